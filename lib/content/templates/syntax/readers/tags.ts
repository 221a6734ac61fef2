/** Reads `{% tag %}` and `{# comment #}`. */
import { foldedName } from "../../../../base/names.ts";
import { words } from "../../../../base/text.ts";
import { matchAt } from "../../../match.ts";
import type { Construct } from "../../types.ts";
import { fixed, type Position, type Reader } from "../reader.ts";
import { endOf, tooLong } from "./ending.ts";

/** Tags in whose content nothing is read. */
const VERBATIM = new Set(
  words(`
  raw verbatim comment codeblock code highlight mermaid math katex chart chartjs echarts abc score javascript css
  style stylesheet schema flink doc mathjax
  `),
);

const NAME = /\{%[-~+]?\s*([A-Za-z_][\w-]*)/y;
const NOTE = /\{%-?\s*#/y;
const END = /\{%[-~]?\s*end([A-Za-z_][\w-]*)\s*[-~]?%\}/gi;

/** In `{% endraw-%}` the hyphen is part of the name, or it trims. */
function namesOfEnd([end, written = ""]: RegExpExecArray): readonly string[] {
  const name = written.toLowerCase();
  return end.endsWith("-%}") && name.endsWith("-") ? [name, name.slice(0, -1)] : [name];
}

/** `{% name arguments %}`, with the white space on its line that `{%-` and `-%}` remove. */
export const readTag: Reader = (position) => {
  const { source, at } = position;
  const match = matchAt(NAME, source, at) ?? matchAt(NOTE, source, at);
  if (!match) return undefined;
  const [opening, name] = match;
  const close = endOf(position, at + opening.length, "%}", "{%");
  if (close === undefined) return tooLong(position, at + opening.length, "%}", "{%");
  const isTrimmedBefore = /[-~]/.test(source[at + 2] ?? "");
  const isTrimmedAfter = /[-~]/.test(source[close - 1] ?? "");
  const start = isTrimmedBefore ? gapBefore(position) : at;
  const end = isTrimmedAfter ? gapAfter(source, close + 2) : close + 2;
  if (name === undefined) return fixed(start, end);
  const isClose = /^end./i.test(name);
  const key = foldedName(isClose ? name.slice(3) : name);
  const rest = source.slice(at + opening.length, isTrimmedAfter ? close - 1 : close).trim();
  const tag = { family: "tag", name: key, rest, start, end } as const;
  if (isClose) return { ...tag, role: "close" };
  const isSetting = key === "set" && rest.includes("=");
  return (VERBATIM.has(key) && verbatimTag(position, name, tag)) || { ...tag, role: isSetting ? "whole" : "open" };
};

/** The tag, its content, in which nothing is read, and its end tag. */
function verbatimTag({ source, find }: Position, name: string, tag: Omit<Construct, "role">): Construct | undefined {
  const close = find.end(END, namesOfEnd, name.toLowerCase(), tag.end);
  if (!close) return undefined;
  const content = source.slice(tag.end, close.start);
  if (tag.name === "comment") return fixed(tag.start, close.end);
  if (tag.name === "raw" || tag.name === "verbatim")
    return { ...tag, ...fixed(tag.start, close.end, content), content };
  return { ...tag, role: "whole", content, end: close.end };
}

/** Where the white space before a tag begins on its line; indentation stays. */
function gapBefore({ source, at, line, since }: Position): number {
  let start = at;
  if (at !== line.content) while (start > since && /[ \t]/.test(source[start - 1] ?? "")) start -= 1;
  return start;
}

function gapAfter(source: string, at: number): number {
  let end = at;
  while (/[ \t]/.test(source[end] ?? "")) end += 1;
  return end;
}

/** `{# comment #}`, which is not `{#id}`. */
export const readComment: Reader = ({ source, at, find }) => {
  if (source[at + 1] !== "#" || /^[\w:.-]{1,200}\}/.test(source.slice(at + 2, at + 204))) return undefined;
  const close = find.text("#}", at + 2);
  return close < 0 ? undefined : fixed(at, close + 2);
};
