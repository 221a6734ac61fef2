/** Boxes around text: notes, text that unfolds, tabs, cards. */
import { words } from "../../../base/text.ts";
import type { Output, Render } from "../types.ts";
import { kept, namedOf, table } from "./call.ts";
import { block, bold, details, inert, link, quote } from "./output.ts";

const TYPES = words(`
  note info tip warning danger important caution success error hint alert attention question abstract bug example
  failure todo notice help fatal seealso
  `);
/** Words for how a box looks, which a feed does not show. */
const LOOKS = new Set([
  ...words(`
  primary secondary default light dark red green blue yellow orange pink purple gray grey cyan white black flat
  modern simple disabled no-icon icon open closed true false
  `),
  "",
]);

export const isType = (word: string): boolean => TYPES.includes(word.toLowerCase());
const isIcon = (word: string): boolean =>
  /^:.*:$|^fa[a-z]?[-\s]|^(?:\p{Extended_Pictographic}|\u200d|\ufe0f)+$/u.test(word);
const isLook = (word: string): boolean => LOOKS.has(word) || isIcon(word);

/** The words of the title, without the words before it that name a type or a look. */
export function titleOf(words: readonly string[]): string | undefined {
  const start = words.findIndex((word) => !isLook(word) && !TYPES.includes(word));
  const rest = start < 0 ? [] : words.slice(start);
  while (/^(?:true|false|open|closed)$/.test(rest.at(-1) ?? "")) rest.pop();
  return rest.join(" ").replace(/^title:/, "") || undefined;
}

const note: Render = (call, { context }) => {
  const { args, key } = call;
  const body = call.body ?? namedOf(call, "text", "content", "message", "body");
  if (body === undefined) return undefined;
  const title = namedOf(call, "title", "header", "heading", "summary", "name", "label") ?? titleOf(args.words);
  const given = namedOf(call, "type", "context", "level", "kind", "variant", "style") ?? args.words.find(isType);
  const isOwn = isType(key) && !OPEN_BOXES.has(key);
  const type =
    given !== undefined && /^\p{L}[\p{L} -]*$/u.test(given) && !LOOKS.has(given) ? given : isOwn ? key : undefined;
  // Hexo's themes show the type of a note by its colour alone.
  const ownWord = type === undefined || context.dialect === "hexo" ? undefined : capital(type);
  return quote(body, title ?? ownWord);
};

/** Their names are words for any box, not for a type of note. */
const OPEN_BOXES = new Set(["alert", "notice"]);

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const fold: Render = (call) => {
  if (call.body === undefined) return undefined;
  const title = namedOf(call, "title", "summary", "label", "header", "heading", "name", "question");
  const summary = title ?? titleOf(call.args.words) ?? "…";
  if (/<summary[\s>]/.test(call.body.slice(0, 200))) return block(`<details>\n\n${call.body}\n\n</details>`);
  return details(summary, call.body);
};

const tab: Render = (call) => {
  if (call.body === undefined) return undefined;
  const label = namedOf(call, "label", "title", "name", "header", "tabname", "value", "lang") ?? call.args.words[0];
  return block(label === undefined ? call.body : `${bold(label)}\n\n${call.body}`);
};

const card: Render = (call) => {
  const title = namedOf(call, "title", "name", "text") ?? call.args.words[0];
  const href = namedOf(call, "href", "link", "url", "to");
  const heading = title === undefined ? href : title;
  if (heading === undefined) return call.body === undefined ? undefined : kept;
  const description = call.body ?? namedOf(call, "description", "subtitle", "desc");
  const head = bold(href === undefined ? heading : link(href, heading));
  return block(description ? `${head}\n\n${description}` : head);
};

/** A construct that only arranges its content. */
export const onlyContent: Render = ({ body }) => (body === undefined ? undefined : kept);

/** Blocks of code, each with a name in brackets. */
const codeGroup: Render = ({ body }) =>
  body === undefined ? undefined : block(body.replace(LABELLED, (_, label: string) => `${bold(inert(label))}\n\n`));

const LABELLED = /^(?=(?:`{3}`*|~{3}~*)[^\n[`~]*\[([^[\]\n]+)\])/gm;

/** Some themes separate columns by a line `<--->`. */
const columns: Render = ({ body }) => (body === undefined ? undefined : block(body.replace(/^<--->$/gm, "")));

/** Content that is Markdown even within an HTML block. */
const markdown: Render = ({ body, isHtml }) => (body === undefined ? undefined : isHtml ? block(body) : kept);

/** A note in the margin, shown in parentheses. */
const aside: Render = (call): Output => {
  const text = call.body ?? namedOf(call, "text", "content") ?? call.args.words[0];
  return text === undefined ? undefined : ` (${text.trim()})`;
};

/** The comment before a tab or a cell, `<!-- tab id:x "title:A title" @icon -->`: its title in bold. */
export function labelText(comment: string): string {
  const written = comment.slice(0, 400);
  const title = /\btitle:([^"]+)/.exec(written)?.[1];
  const text = (title ?? written.replace(/(?<!\s)\s*@[\w-]+\s*$/, "").replace(/\b(?:id|icon|active):\S+/g, "")).trim();
  return text === "" ? "" : bold(text);
}

export const NOTES = table(
  [`${TYPES.join(" ")} callout admonition aside noteblock message notes infobox box panel`, note],
  ["details expand collapse collapsible accordion accordionitem spoiler toggle dropdown fold folding disclosure", fold],
  ["tab tabitem tabsitem tabpanel codetab", tab],
  ["card linkcard", card],
  ["markdown md markdownify rendertemplate", markdown],
  ["columns", columns],
  ["codegroup", codeGroup],
  ["sidenote marginnote", aside],
  [
    `
    tabs tabset tabgroup tabpane tabbed codetabs column cols col row rows grid gridcell cardgrid cards steps step
    filetree center left right centered wrapper fragment swiper slides timeline lead typeit style section flex div
    container accordions accordiongroup foldings keyword keywordlist attribution color vpre
    `,
    onlyContent,
  ],
);
