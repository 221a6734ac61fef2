/** Reads the attribute lists of kramdown and goldmark, of which a feed shows nothing. */
import { matchAt, textAt } from "../../../match.ts";
import type { Construct } from "../../types.ts";
import { isLineEnd, prefixOf } from "../layout.ts";
import { fixed, type Position, type Reader } from "../reader.ts";

const SPAN_ATTRIBUTES = /\{:(?![:/])[^{}"'\n]*(?:(?:"[^"\n]*"|'[^'\n]*')[^{}"'\n]*)*\}/y;
/** Of a numbered list. */
const START = /[\s:]start=["']?(\d{1,9})["'}\s]/;
const EXTENSION = /\{::(comment|nomarkdown|options)(?=[\s/}])[^{}\n]*\}/y;
const STRAY_END = /\{:\/\w*\}/y;
const ITEM = `(?:[.#][^\\s{}"']+|[\\w-]+=(?:"[^"\\n]*"|'[^'\\n]*'|[^\\s"'{}]+))`;
const LIST = new RegExp(`\\{:?[ \\t]*${ITEM}(?:[ \\t]+${ITEM})*[ \\t]*\\}`, "y");

/** kramdown's `{: .class}` on a line of its own or right after an element, `{::comment}` and `{:toc}`. */
export const readKramdown: Reader = (position) => {
  const { source, at, line } = position;
  if (source[at + 1] !== ":") return undefined;
  const extension = readExtension(position);
  if (extension) return extension;
  const written = textAt(SPAN_ATTRIBUTES, source, at);
  if (written === undefined) return undefined;
  const end = at + written.length;
  if (at === line.content) {
    const isWhole = isLineEnd(source, end);
    const start = isWhole && line.isAfterText ? START.exec(written)?.[1] : undefined;
    const prefix = prefixOf(source, position);
    // Behind a blank line, where the list ends for CommonMark; `markdown/attributelists.ts` reads it.
    if (start !== undefined && !prefix.endsWith("  ")) return fixed(at, end, `\n${prefix}{:start="${start}"}`);
    if (isWhole) return ownLine(position, end, /[\s:]toc[\s}]/.test(written));
    return line.isItem ? fixed(at, source[end] === " " ? end + 1 : end) : undefined;
  }
  return /[)\]*_`>}"]/.test(source[at - 1] ?? "") ? fixed(at, end) : undefined;
};

function readExtension({ source, at, find }: Position): Construct | undefined {
  const [opening = "", name] = matchAt(EXTENSION, source, at) ?? [];
  if (name === undefined) {
    const stray = textAt(STRAY_END, source, at);
    return stray === undefined ? undefined : fixed(at, at + stray.length);
  }
  const start = at + opening.length;
  const close =
    name === "options" || opening.endsWith("/}")
      ? undefined
      : find.pattern(`{:/${name}}`, () => new RegExp(`\\{:/(?:${name})?\\}`, "g"), start);
  if (!close) return fixed(at, start);
  return fixed(at, close.end, name === "comment" ? "" : source.slice(start, close.start));
}

/** The attributes of a heading, at the end of its line: `## Heading {#id}`. */
export const readHeadingAttributes: Reader = ({ source, at, line }) => {
  if (!line.isHeading) return undefined;
  const written = textAt(LIST, source, at);
  if (written === undefined || !isLineEnd(source, at + written.length)) return undefined;
  let start = at;
  while (start > line.content && /[ \t]/.test(source[start - 1] ?? "")) start -= 1;
  return fixed(start, at + written.length);
};

/** goldmark's attributes on a line of their own, after a block. */
export const readBlockAttributes: Reader = (position) => {
  const { source, at, line } = position;
  if (at !== line.content || at === 0) return undefined;
  const written = textAt(LIST, source, at);
  if (written === undefined || !isLineEnd(source, at + written.length) || isAfterBlank(source, line.start)) {
    return undefined;
  }
  return ownLine(position, at + written.length, false);
};

/** Removes the line too, unless it separates two blocks: then it is left empty, so that they stay apart. */
function ownLine({ source, line, since }: Position, end: number, isToc: boolean): Construct {
  const next = source.indexOf("\n", end) + 1;
  if (isToc) {
    const before = source.lastIndexOf("\n", line.start - 2) + 1;
    const isItem = /^\s*(?:[-*+]|\d+[.)])\s/.test(source.slice(before, line.start));
    if (isItem && before >= since) return fixed(before, end);
  }
  if (line.start < since || next === 0) return fixed(line.content, end);
  const parts =
    !isAfterBlank(source, line.start) &&
    !/^[ \t>]*(?:\n|$|[-*+][ \t]|\d+[.)][ \t]|#|\||\{:)/.test(source.slice(next, next + 80));
  return parts ? fixed(line.content, end) : fixed(line.start, next);
}

const isAfterBlank = (source: string, lineStart: number): boolean =>
  lineStart === 0 || /(?:^|\n)[ \t>]*\n$/.test(source.slice(Math.max(0, lineStart - 80), lineStart));
