/** Tags of Hexo, its themes, Jekyll, Octopress and Eleventy, by key: those that all languages share, and their own. */
import { partsOf, unquoted } from "../../syntax/arguments.ts";
import type { Call, Output, Render } from "../../types.ts";
import { namedOf, table } from "../call.ts";
import { NOTES, onlyContent, titleOf } from "../notes.ts";
import { block, bold, details, fenced, inert, link, quote } from "../output.ts";
import { SHARED } from "../shared.ts";
import { withoutScheme } from "../unknown.ts";
import { TAG_LINKS } from "./links.ts";
import { TAG_PICTURES } from "./pictures.ts";

/** `{% codeblock [title] [lang:language] [url] [link text] %}` */
const codeblock: Render = ({ body, args: { words, named } }) => {
  if (body === undefined) return undefined;
  const at = words.findIndex((word) => /^https?:\/\//.test(word));
  const title = (at < 0 ? words : words.slice(0, at)).join(" ") || named.get("title");
  const url = at < 0 ? named.get("url") : words[at];
  const label = at < 0 ? "" : words.slice(at + 1).join(" ");
  const heading = [title && bold(inert(title)), url && link(url, inert(label || "link"))].filter(Boolean).join(" ");
  const code = fenced(body, named.get("lang") ?? named.get("language"));
  return heading === "" ? code : block(`${heading}\n\n${code.block}`);
};

/** Jekyll's and Eleventy's: `{% highlight ruby linenos %}` */
const highlight: Render = ({ body, args }) => (body === undefined ? undefined : fenced(body, args.words[0]));

/** `{% blockquote author[, source] [link] [title of the link] %}`; before a link all is the author, as Hexo has it. */
const blockquote: Render = (call, tools) => {
  if (call.body === undefined) return undefined;
  if (namedOf(call, "author", "name", "by", "source", "cite", "href", "link", "url") !== undefined)
    return SHARED.get("blockquote")?.(call, tools);
  const [, before = "", url, title = ""] = /^([\s\S]*?)(?:(https?:\/\/\S+)([\s\S]*))?$/.exec(call.args.raw) ?? [];
  const from = url === undefined ? undefined : link(url, inert(title.trim() || withoutScheme(url)));
  const people = before.split(",").map(unquoted).filter(Boolean).join(", ");
  return quote(call.body, undefined, [people, from].filter(Boolean).join(", ") || undefined);
};

const pullquote: Render = ({ body }) => (body === undefined ? undefined : quote(body));

/** Code in another file, which is not read: the name of the file. */
const includeCode: Render = ({ args: { words } }, { warn, written }) => {
  if (words.length === 0) return undefined;
  warn(`${written} names a file that feeds do not read`);
  return `<code>${words.join(" ")}</code>`;
};

/** `{% note style, text %}` has its text as an argument, `{% note style %}` between its tags. */
const note: Render = (call, tools) => {
  const [, ...text] = call.body === undefined ? partsOf(call.args.raw) : [];
  return text.length === 0 ? NOTES.get("note")?.(call, tools) : quote(text.join(", "));
};

/** `{% folding red open, a title %}`, `{% fold info @a title %}` */
const fold: Render = (call, tools) => {
  if (call.body === undefined) return undefined;
  const { raw } = call.args;
  const own = /@([\s\S]+)$/.exec(raw)?.[1] ?? partsOf(raw)[1];
  const title = namedOf(call, "title", "summary") ?? own;
  return title ? details(title.trim(), call.body) : SHARED.get("details")?.(call, tools);
};

/** `{% hideToggle a title,colour %}` */
const hidden: Render = ({ body, args }) =>
  body === undefined ? undefined : details(partsOf(args.raw)[0] || "…", body);

const hiddenInline: Render = ({ args }) => partsOf(args.raw)[0];

const wordsOr = ({ body, args }: Call, own: string | undefined): Output => body?.trim() || own || args.raw || undefined;

/** `{% label success@text %}`, `{% label text colour %}` */
const label: Render = (call) => wordsOr(call, /^[\w-]*\s*@([\s\S]*)$/.exec(call.args.raw)?.[1] ?? call.args.words[0]);

/** `{% span red, text %}`: the look comes first. */
const styled: Render = (call) => {
  const [first, ...rest] = partsOf(call.args.raw);
  return wordsOr(call, rest.join(", ") || first);
};

/** A tag whose arguments are all text. */
const marked =
  (tag: string): Render =>
  (call) => {
    const text = call.body?.trim() || unquoted(call.args.raw);
    return text === "" ? undefined : `<${tag}>${text}</${tag}>`;
  };

/** `{% checkbox green checked, text %}`, `{% cb text, true %}` */
const checkbox: Render = ({ args: { raw }, key }) => {
  const [first = "", ...rest] = partsOf(raw);
  const isTextFirst = key === "cb" || rest.length === 0;
  const isChecked = isTextFirst ? rest[0] === "true" : /\bchecked\b/.test(first);
  return `${isChecked ? "☑" : "☐"} ${isTextFirst ? first : rest.join(", ")}`;
};

/** `{% timeline 2022,green %}`, `{% timenode a day %}` */
const timeline: Render = (call) => {
  if (!call.body) return undefined;
  const { raw } = call.args;
  const title = titleOf([call.key === "timeline" ? (partsOf(raw)[0] ?? "") : raw]);
  return block(title ? `${bold(title)}\n\n${call.body}` : call.body);
};

const summary: Render = ({ body }) => (body === undefined ? undefined : `<summary>${body.trim()}</summary>`);

const OWN = table(
  ["codeblock", codeblock],
  ["highlight", highlight],
  ["blockquote quote", blockquote],
  ["pullquote centerquote cq", pullquote],
  ["includecode includeraw", includeCode],
  ["note", note],
  ["fold folding", fold],
  ["hidetoggle hideblock", hidden],
  ["hideinline", hiddenInline],
  ["label", label],
  ["span p emoji", styled],
  ["text", (call) => wordsOr(call, undefined)],
  ["u wavy", marked("u")],
  ["emp", marked("em")],
  ["del", marked("del")],
  ["kbd", marked("kbd")],
  ["psw", marked("span")],
  ["mark", marked("mark")],
  ["checkbox cb radio", checkbox],
  ["timeline timenode", timeline],
  ["detailssummary", summary],
  ["more", () => "<!-- more -->"],
  ["grouppictures gp gi linkgroup linkgrid btns foldings folders subtabs subsubtabs poetry", onlyContent],
);

export const TAGS: ReadonlyMap<string, Render> = new Map([...SHARED, ...TAG_PICTURES, ...TAG_LINKS, ...OWN]);
