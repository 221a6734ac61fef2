/** Where front matter begins and ends: the fences of every site generator, and lines that only resemble them. */
import { lineFrom, linesAtTop } from "./attop.ts";
import { almostJson, misplacedKeys, unfencedKeys } from "./keys.ts";
import { hasKnownKey, hasKnownTomlKey, looksLikeKeys } from "./known.ts";
import { endOfQuoted, isClosed } from "./quotes.ts";
import type { FenceProblem, FrontMatterBlock, KeyLines, Opening } from "./types.ts";

type Found = FrontMatterBlock | FenceProblem | undefined;

/** `undefined` where the file has no front matter, so that all of it is body. */
export function findFrontMatter(file: string): Found {
  const first = file.search(/\S/);
  if (first < 0) return undefined;
  const start = file.lastIndexOf("\n", first) + 1;
  const opening = { file, start, line: lineAt(file, start), text: lineFrom(file, start).trimEnd() };
  const fence = FENCES.find(([pattern]) => pattern.test(opening.text));
  return fence?.[1](opening) ?? misplacedKeys(opening) ?? unopened(opening) ?? unfencedKeys(opening);
}

/** The line of the character at `offset`; 1 for the first. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

// Without the flag m, for which U+2028 ends a line; for YAML and Markdown it does not.
const closedBy = (fence: string) => new RegExp(`\\n(?:${fence})[ \\t\\u00a0\\u3000]*(?=\\n|$)`);
const YAML_CLOSE = closedBy("---|\\.\\.\\.");
const DASHES_CLOSE = closedBy("---");
const PLUSES_CLOSE = closedBy("\\+\\+\\+");
const UNOPENED_CLOSE = closedBy("-{3,}|;{3,}");

/** The first lines that may open front matter, each with the function that reads it. */
const FENCES: readonly (readonly [pattern: RegExp, open: (opening: Opening) => Found])[] = [
  [/^---(?!-)/, (opening) => inLanguage(opening, opening.text.slice(3).trim())],
  [/^-{4,99}$/, (opening) => longDashes(opening)],
  [/^\+\+\+[ \t]*(?:toml)?$/i, (opening) => between(opening, "toml", PLUSES_CLOSE) ?? unclosed(opening, "toml", "+++")],
  [/^\+\+\+(?!\+)/, (opening) => plusesAndMore(opening)],
  [
    /^;{3,99}$/,
    (opening) => between(opening, "hexo-json", closedBy(opening.text)) ?? unclosed(opening, "hexo-json", opening.text),
  ],
  // Not `{{< shortcode >}}`, `{% tag %}` or words in braces.
  [/^\s*\{/, (opening) => (opensJson(opening) ? bare(opening) : almostJson(opening))],
  [/^\s*\[/, (opening) => almostJson(opening)],
];

/** Characters that a message quotes of what follows a fence. */
const MAX_SHOWN = 40;

/** A name with its colon behind the brace, or nothing but the other brace. */
function opensJson({ file, start }: Opening): boolean {
  if (file[start] !== "{") return false;
  const at = endOfBlank(file, start + 1);
  if (file[at] === "}") return /^[ \t]*$/.test(lineFrom(file, at + 1));
  if (file[at] !== '"') return false;
  const end = endOfQuoted(file, at);
  return isClosed(file.slice(at, end)) && file[endOfBlank(file, end)] === ":";
}

function endOfBlank(text: string, start: number): number {
  const length = text.slice(start).search(/\S/);
  return length < 0 ? text.length : start + length;
}

/** `---`, which may be followed by the name of a language, as in gray-matter. */
function inLanguage(opening: Opening, language: string): Found {
  switch (language.toLowerCase()) {
    case "":
    case "yaml":
    case "yml":
      return between(opening, "yaml", YAML_CLOSE) ?? unclosed(opening, "yaml", "---");
    case "toml":
      return between(opening, "toml", DASHES_CLOSE) ?? unclosed(opening, "toml", "---");
    case "json":
      return between(opening, "json", DASHES_CLOSE) ?? unclosed(opening, "json", "---");
    default: {
      const message = `front matter in ${JSON.stringify(language.slice(0, MAX_SHOWN))} is refused`;
      const block = between(opening, "yaml", DASHES_CLOSE) ?? linesBelow(opening, "yaml");
      // An object of JavaScript, or lines such as those of CoffeeScript.
      const keys: KeyLines = block.text.includes("{") ? { ...block, form: "json" } : block;
      return { code: "front-matter-language", message, line: opening.line, keys };
    }
  }
}

/** Hexo's longer fences. In Markdown such a line is a thematic break, so it counts only with keys below it. */
function longDashes(opening: Opening): Found {
  const block = between(opening, "yaml", closedBy(opening.text));
  if (!block || !hasKnownKey(block.text)) return undefined;
  if (looksLikeKeys(block.text)) return block;
  const message = `between the lines ${opening.text.slice(0, MAX_SHOWN)} not every line is a key`;
  const fix = "write each key as `title: My post`, or begin the file with a line --- if there is no front matter in it";
  return { code: "front-matter-missing", message, line: opening.line, fix, keys: block };
}

/** `+++ toml # ours` is meant as a fence; `+++ details`, which opens a block in some Markdown dialects, is not. */
function plusesAndMore(opening: Opening): Found {
  const rest = opening.text.slice(3).trim();
  const isMeant = /^(?:#|toml\b)/i.test(rest);
  const block = between(opening, "toml", PLUSES_CLOSE);
  if (!isMeant && !hasKnownTomlKey(block?.text ?? "")) return undefined;
  const message = `${JSON.stringify(rest.slice(0, MAX_SHOWN))} stands after the fence +++`;
  const keys = block ?? linesBelow(opening, "toml");
  return { code: "front-matter-missing", message, line: opening.line, fix: "leave +++ alone on its line", keys };
}

function between(
  { file, start, line }: Opening,
  form: FrontMatterBlock["form"],
  close: RegExp,
): FrontMatterBlock | undefined {
  const end = file.indexOf("\n", start);
  const rest = end < 0 ? "" : file.slice(end);
  const closing = close.exec(rest);
  if (!closing) return undefined;
  const inner = rest.slice(0, closing.index);
  const bodyAt = afterLineEnd(file, end + closing.index + closing[0].length);
  return { form, line, text: form === "hexo-json" ? braced(inner) : inner, bodyAt };
}

const afterLineEnd = (file: string, at: number): number => (file[at] === "\n" ? at + 1 : at);

/** Members of JSON as an object, on the same lines. */
const braced = (members: string): string => (/^\s*\{/.test(members) ? members : `{${members}\n}`);

function unclosed(opening: Opening, form: KeyLines["form"], fence: string): FenceProblem {
  const fix = `close the front matter with a line that holds ${fence} alone`;
  const { line } = opening;
  const keys = linesBelow(opening, form);
  return { code: "front-matter-open", message: "the front matter is never closed", line, fix, keys };
}

/** The lines below an opening fence that has no closing one, as far as they may be front matter. */
function linesBelow({ file, start, line }: Opening, form: KeyLines["form"]): KeyLines {
  const end = file.indexOf("\n", start);
  return linesAtTop(file, end < 0 ? file.length : end + 1, line + 1, form);
}

/** Hugo's JSON, whose only fences are its braces. */
function bare({ file, start, line }: Opening): Found {
  let depth = 0;
  const tokens = /[{}"]/g;
  tokens.lastIndex = start;
  for (let found = tokens.exec(file); found; found = tokens.exec(file)) {
    const { 0: token, index } = found;
    if (token === "{") depth += 1;
    else if (token === "}") depth -= 1;
    else tokens.lastIndex = endOfQuoted(file, index);
    if (depth > 0) continue;
    const end = index + 1;
    const blank = /^[ \t]*(?=\n|$)/.exec(lineFrom(file, end))?.[0].length ?? 0;
    return { form: "json", line, text: file.slice(start, end), bodyAt: afterLineEnd(file, end + blank) };
  }
  const fix = "close the front matter with a }";
  const keys = linesAtTop(file, start, line, "json");
  return { code: "front-matter-open", message: "the front matter is never closed", line, fix, keys };
}

const FIRST_KEY = /^(?:\p{L}[\p{L}\p{N}_.-]*|"[^"]*"|'[^']*')\s*:(?:\s|$)/u;

/**
 * Hexo needs no opening fence. In Markdown a line above `---` is a heading, so here each line has to look like a key.
 */
function unopened({ file, start, line, text }: Opening): FrontMatterBlock | undefined {
  if (!FIRST_KEY.test(text)) return undefined;
  const rest = file.slice(start);
  const closing = UNOPENED_CLOSE.exec(rest);
  if (!closing) return undefined;
  const inner = rest.slice(0, closing.index);
  const bodyAt = afterLineEnd(file, start + closing.index + closing[0].length);
  if (closing[0].startsWith("\n;")) {
    return hasKnownKey(inner) ? { form: "hexo-json", line, text: braced(inner), bodyAt } : undefined;
  }
  return looksLikeKeys(inner) ? { form: "yaml", line, text: inner, bodyAt } : undefined;
}
