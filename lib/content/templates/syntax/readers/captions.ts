/** Reads a fence of Hexo with a caption, ```` ```js a title https://example.org the link ````, as the tag `codeblock`. */
import { escapeText } from "../../../../base/text.ts";
import { matchAt } from "../../../match.ts";
import type { Reader } from "../reader.ts";

export const CAPTIONS = ["```", "~~~"].map((fence) => [fence, /[`~]{3}[ \t]*[^\s`~{][^\s`{]*[ \t]+[^\s`{]/y] as const);

const OPENING = /([`~]{3,})[ \t]*([^\s`~{][^\s`{]*)[ \t]+([^\s`{][^`\n]*)\n/y;
const CLOSING = /(?<![^\n])[ \t>]*(?:`{3,}|~{3,})[ \t]*\n?$/;
/** `first_line:5`, `title="a"`: for the page, or of another highlighter. */
const OPTION = /(?<!\S)[\w-]+(?:=|:(?!\/\/))\S+/g;
const TARGET = /(?<!\S)https?:\/\/[\s\S]*$/;

export const readCaptioned: Reader = ({ source, at, line: { codeEnd = at } }) => {
  const [opening, fence = "", language = "", written = ""] = matchAt(OPENING, source, at) ?? [];
  if (opening === undefined) return undefined;
  const caption = written.replace(OPTION, " ").trim();
  const [target = ""] = TARGET.exec(caption) ?? [];
  const title = escapeText(caption.slice(0, caption.length - target.length).trim()).replaceAll('"', "&quot;");
  const code = source.slice(at + opening.length, codeEnd).replace(CLOSING, "");
  // With its fence, so that code which begins with one itself stays as it is.
  const content = `${fence}${language}\n${code}${/(?:^|\n)$/.test(code) ? "" : "\n"}${fence}`;
  const rest = `${title && `"${title}"`} ${target}`;
  const end = codeEnd - (source[codeEnd - 1] === "\n" ? 1 : 0);
  return caption ? { family: "tag", role: "whole", name: "codeblock", rest, content, start: at, end } : undefined;
};
