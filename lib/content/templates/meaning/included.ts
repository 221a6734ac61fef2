/** The text of a file that a construct includes, rendered with its arguments, and how it stands in the text around it. */
import { MARKDOWN } from "../../inputs.ts";
import { noteDefinitions } from "../definitions.ts";
import { onOneLine } from "../syntax/layout.ts";
import { beginsHtmlBlock } from "../syntax/lines.ts";
import type { Call, Included, IncludeName, Output, TemplateContext, Tools } from "../types.ts";
import { block, fenced } from "./output.ts";
import { piecesOf } from "./pieces.ts";

/** Files within files. Each is read in a round of its own, of which there are few. */
const DEEPEST = 6;

/** What a file shows, or why it is not shown: what follows the name of the construct in a sentence. */
export type Shown =
  | { readonly output: Exclude<Output, undefined> }
  | {
      readonly output?: never;
      readonly flaw: string;
      readonly fix?: string | undefined;
      readonly missing?: string | undefined;
    };

export function shownFile(
  { file, from }: Omit<IncludeName, "within">,
  call: Pick<Call, "args" | "isAlone" | "isHtml">,
  tools: Tools,
): Shown {
  const { context, within, growth } = tools;
  if (!context.include || file === "") return { flaw: NOT_READ };
  const { path, piece } = piecesOf(file, from);
  const included = context.include({ file: path, from, within: within.at(-1) });
  if (included.text === undefined) return included;
  if (within.includes(included.key))
    return { flaw: `names a file that includes itself: ${included.key}`, fix: CIRCLE_FIX };
  if (within.length >= DEEPEST) return { flaw: `is more than ${DEEPEST} files deep`, fix: DEEP_FIX };
  growth.includes -= 1;
  if (growth.includes < 0) return { flaw: "comes after more includes than feeds read in a post", fix: MANY_FIX };
  growth.left -= included.text.length;
  for (const { message, code } of included.warnings ?? []) {
    tools.warn(`in ${included.key}: ${message}`, code, { subject: `${included.key} ${message}` });
  }
  const written = piece(included.text, included.numbered);
  if (written === undefined) return { flaw: `names a part that ${included.key} does not have` };
  const [language, label] = call.args.words;
  if (from === "code") return { output: fenced(written, label ? `${language} [${label}]` : language) };
  const text = rendered({ key: included.key, text: written }, call, tools);
  if (text === undefined) return { flaw: `names a file with logic, which feeds do not run: ${included.key}` };
  if (!context.isHtml) noteDefinitions(text, tools.definitions);
  return { output: placed(text, call) };
}

export const NOT_READ = "names a file that feeds do not read";
const CIRCLE_FIX = "remove one of the includes";
const DEEP_FIX = "include the innermost files themselves";
const MANY_FIX = "write fewer, longer files";

function rendered(
  { key, text }: Extract<Included, { readonly text: string }>,
  { args }: Pick<Call, "args">,
  { warn, refer, written: _, ...around }: Tools,
): string | undefined {
  const context: TemplateContext = { ...around.context, isMdx: /\.mdx$/i.test(key), refer: (link) => refer(link) };
  const inner = { ...around, context, given: args.named, within: [...around.within, key] };
  return around.render(isHtmlFile(key) ? unindented(text) : text, inner, (_at, message, code, about) =>
    about.file === undefined
      ? warn(`in ${key}: ${message}`, code, { ...about, file: key, subject: `${key} ${about.subject ?? message}` })
      : warn(message, code, about),
  );
}

const TEXT = new RegExp(`\\.(?:${MARKDOWN}|txt)$`, "i");
const isHtmlFile = (key: string): boolean => !TEXT.test(key);

/** HTML in which blank lines would begin Markdown, and indented lines code. */
function unindented(html: string): string {
  if (/\smarkdown\s*=/i.test(html) || !/^\s*(?:<|\{%)/.test(html)) return html;
  let isVerbatim = false;
  const lines = html.split("\n").flatMap((line) => {
    const wasVerbatim = isVerbatim;
    const marks = line.match(/<\/?(?:pre|textarea)(?=[\s>])/gi);
    if (marks) isVerbatim = !marks.at(-1)?.startsWith("</");
    if (wasVerbatim) return [line];
    return line.trim() === "" ? [] : [line.trimStart()];
  });
  return lines.join("\n");
}

/** As its lines would stand there, on lines of their own where they begin a block. */
function placed(text: string, { isAlone, isHtml }: Pick<Call, "isAlone" | "isHtml">): Output & (string | object) {
  const body = text.slice(text.search(/[^\n\r]|$/)).trimEnd();
  if (body.trim() === "") return "";
  const isLong = body.includes("\n");
  const isApart = /\n[ \t]*\n/.test(body);
  if (isHtml && !isApart) return body;
  if (isAlone ? isLong || BEGINS_BLOCK.test(body) : isApart) return block(body);
  if (beginsHtmlBlock(body)) return block(body);
  return isLong ? onOneLine(body) : body.trim();
}

const BEGINS_BLOCK = /^ {0,3}(?:[[#*+>|`~-]|\d{1,9}[.)]|<\/?[a-z])/i;
