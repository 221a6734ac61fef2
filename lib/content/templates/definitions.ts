/** Definitions of links that come from includes: a file of thousands is included in every post, which uses a few of them. */
import { codeFinder } from "./code.ts";
import { labelOf } from "./links.ts";

/** Lines of included files that define links, each with its label. */
export type Definitions = Map<string, string>;

/** A whole one on its line, which is not of a footnote. */
const DEFINITION =
  /^ {0,3}\[(?!\^)((?:[^[\]\\]|\\.){1,200})\]:[ \t]*(?:<[^<>]*>|[^\s<]\S*)(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$/;
const TITLE = /^[ \t]*["'(]/;
const USE = /\\[\s\S]|\[((?:[^[\]\\]|\\[\s\S])*)\]/g;
const QUOTES = /^[ \t>]*/;

/** Notes the definitions of an included text. */
export function noteDefinitions(text: string, definitions: Definitions): void {
  if (!text.includes("]:")) return;
  const lines = text.split("\n");
  let mayBegin = true;
  for (const [i, line] of lines.entries()) {
    const isWhole: boolean = mayBegin && !TITLE.test(lines[i + 1] ?? "");
    const [, label]: readonly (string | undefined)[] = (isWhole && DEFINITION.exec(line)) || [];
    if (label !== undefined) definitions.set(line.trim(), labelOf(label));
    mayBegin = label !== undefined || line.trim() === "";
  }
}

/** Without those definitions that nothing in the text uses. */
export function withoutUnused(markdown: string, definitions: Definitions, isMdx: boolean): string {
  if (definitions.size === 0) return markdown;
  const lines = markdown.split("\n");
  const bare = lines.map((line) => line.replace(QUOTES, "").trimEnd());
  const others = lines.filter((_, i) => !definitions.has(bare[i] ?? "")).join("\n");
  const used = new Set([...others.matchAll(USE)].map(([, label = ""]) => labelOf(label)));
  const isCode = codeFinder(markdown, isMdx);
  let at = 0;
  const kept = lines.filter((line, i) => {
    const start = at;
    at += line.length + 1;
    const label = definitions.get(bare[i] ?? "");
    return label === undefined || used.has(label) || isCode(start);
  });
  return kept.length === lines.length ? markdown : kept.join("\n");
}
