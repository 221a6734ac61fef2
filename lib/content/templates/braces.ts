/** Reading `{% tag %}`, `{{ value }}`, `{# comment #}` and `{{< shortcode >}}`. */
import { keyOf } from "./call.ts";
import type { Construct, Place, Reader } from "./scan.ts";
import { isExpression } from "./variables.ts";

/** Tags and shortcodes in whose content nothing is read. */
const VERBATIM_TAGS = new Set([
  ...["raw", "verbatim", "comment", "codeblock", "code", "highlight", "mermaid", "math", "katex", "chart", "chartjs"],
  ...["echarts", "abc", "score", "javascript", "css", "style", "stylesheet", "schema", "flink", "doc", "mathjax"],
]);
const VERBATIM_SHORTCODES = new Set([
  ...["highlight", "code", "mermaid", "math", "katex", "mathjax", "raw", "rawhtml", "html", "unsafe", "comment"],
  ...["echarts", "chart", "plantuml", "markmap", "css", "js", "script", "jsx"],
]);

const TAG_NAME = /\{%[-~+]?\s*([A-Za-z_][\w-]*)/y;
const NOTE = /\{%-?\s*#/y;
const SHORTCODE_NAME = /\{\{[<%]-?\s*(\/?)\s*([A-Za-z_][\w./-]*)/y;
const CLOSING = /\{\{[<%]\s*\/\s*[>%]\}\}/y;

const matchAt = (pattern: RegExp, source: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(source);
};

/** `{% name arguments %}`, with the white space that `-` takes from its line. */
export const readTag: Reader = (place) => {
  const { source, at } = place;
  const match = matchAt(TAG_NAME, source, at) ?? matchAt(NOTE, source, at);
  if (!match) return undefined;
  const [opening, name] = match;
  const close = endOf(place, at + opening.length, "%}", "{%");
  if (close === undefined) return undefined;
  const isTrimmedBefore = /[-~]/.test(source[at + 2] ?? "");
  const isTrimmedAfter = /[-~]/.test(source[close - 1] ?? "");
  const start = isTrimmedBefore ? gapBefore(place) : at;
  const end = isTrimmedAfter ? gapAfter(source, close + 2) : close + 2;
  if (name === undefined) return { family: "fixed", role: "whole", name: "", rest: "", start, end };
  const isClose = /^end./i.test(name);
  const key = keyOf(isClose ? name.slice(3) : name);
  const rest = source.slice(at + opening.length, isTrimmedAfter ? close - 1 : close).trim();
  const tag = { family: "tag", name: key, rest, start, end } as const;
  if (isClose) return { ...tag, role: "close" };
  const isSetting = key === "set" && rest.includes("=");
  return (VERBATIM_TAGS.has(key) && verbatimTag(place, name, tag)) || { ...tag, role: isSetting ? "whole" : "open" };
};

/** With all up to its end, in which nothing is read. */
function verbatimTag({ source, find }: Place, name: string, tag: Omit<Construct, "role">): Construct | undefined {
  const pattern = () => new RegExp(`\\{%[-~]?\\s*end${name}\\s*[-~]?%\\}`, "gi");
  const close = find.pattern(`end${name}`, pattern, tag.end);
  if (!close) return undefined;
  const content = source.slice(tag.end, close.start);
  const whole = { ...tag, role: "whole", content, end: close.end } as const;
  if (tag.name === "comment") return { ...whole, family: "fixed", rest: "" };
  return tag.name === "raw" || tag.name === "verbatim" ? { ...whole, family: "fixed", rest: content } : whole;
}

/** Where the white space before a tag begins that is on its line, and not its indentation. */
function gapBefore({ source, at, line, since }: Place): number {
  let start = at;
  if (at !== line.content) while (start > since && /[ \t]/.test(source[start - 1] ?? "")) start -= 1;
  return start;
}

function gapAfter(source: string, at: number): number {
  let end = at;
  while (/[ \t]/.test(source[end] ?? "")) end += 1;
  return end;
}

const BLANK_LINE = /\n[ \t]*\n/;
/** Nothing but filters may be parted from a value by a blank line: anything else reads as a paragraph. */
const FILTERED = /^(?:"[^"]*"|'[^']*'|[\w$.[\]-]+)\s*\|/;
const VALUE = /\{\{-?\s{0,99}(?=["'\w$}-])/y;

/** `{{ expression }}`; `isKnown` says which of them are the generator's, where others are text. */
export function valueReader(isKnown: (expression: string) => boolean): Reader {
  return (place) => {
    const { source, at, find } = place;
    if (source[at - 1] === "{" || !matchAt(VALUE, source, at)) return undefined;
    const first = find.text("}}", at + 2);
    const close = first < 0 || first > at + LONGEST ? undefined : endOf(place, at + 2, "}}", "{{");
    if (close === undefined) return undefined;
    const expression = source
      .slice(at + 2, close)
      .replace(/^-|-$/g, "")
      .trim();
    if (!isExpression(expression) || !isKnown(expression)) return undefined;
    if (BLANK_LINE.test(expression) && !FILTERED.test(expression)) return undefined;
    return { family: "value", role: "whole", name: expression, rest: expression, start: at, end: close + 2 };
  };
}

/** `{# comment #}`, which is not `{#id}`. */
export const readComment: Reader = ({ source, at, find }) => {
  if (source[at + 1] !== "#" || /^[\w:.-]{1,200}\}/.test(source.slice(at + 2, at + 204))) return undefined;
  const close = find.text("#}", at + 2);
  if (close < 0) return undefined;
  return { family: "fixed", role: "whole", name: "", rest: "", start: at, end: close + 2 };
};

/** `{{< name >}}`, `{{% name %}}`, their ends, and what is shown of one that is between comment marks. */
export const readShortcode: Reader = (place) => {
  const { source, at, find } = place;
  const sign = source[at + 2];
  if (source[at + 1] !== "{" || (sign !== "<" && sign !== "%")) return undefined;
  const ending = sign === "<" ? ">}}" : "%}}";
  if (source.startsWith("/*", at + 3)) {
    const close = find.text(`*/${ending}`, at + 5);
    if (close < 0) return undefined;
    const text = source.slice(at + 5, close);
    const shown = sign === "<" ? `{{&lt;${text}&gt;}}` : `{{%${text}%}}`;
    return { family: "fixed", role: "whole", name: "", rest: shown, start: at, end: close + 5 };
  }
  const nameless = matchAt(CLOSING, source, at)?.[0];
  if (nameless !== undefined) {
    return { family: "shortcode", role: "close", name: "", rest: "", start: at, end: at + nameless.length };
  }
  const [opening = "", slash, name = ""] = matchAt(SHORTCODE_NAME, source, at) ?? [];
  if (name === "") return undefined;
  const close = endOf(place, at + opening.length, ending, "{{");
  if (close === undefined) return undefined;
  const end = close + ending.length;
  const written = source.slice(at + opening.length, close).trim();
  const isSelfClosing = /(?:^|[\s"`])\/$/.test(written);
  const rest = isSelfClosing ? written.slice(0, -1) : written;
  const key = keyOf(name.replace(/\/$/, ""));
  const construct = { family: "shortcode", name: key, rest, start: at, end } as const;
  if (slash) return { ...construct, role: "close" };
  if (isSelfClosing || name.endsWith("/")) return { ...construct, role: "whole" };
  if (VERBATIM_SHORTCODES.has(key) || key.endsWith(".inline")) {
    const pattern = () => new RegExp(`\\{\\{[<%]\\s*/\\s*${name.replace(/[.]/g, "\\.")}\\s*[>%]\\}\\}`, "g");
    const closing = find.pattern(`/${name}`, pattern, end);
    if (closing) {
      const whole = { ...construct, role: "whole", end: closing.end } as const;
      // What stands in a shortcode that is made on the spot is a template, not text.
      return key.endsWith(".inline") ? whole : { ...whole, content: source.slice(end, closing.start) };
    }
  }
  return { ...construct, role: "open" };
};

/** How far a value in quotes, or an expression, is followed. */
const LONGEST = 500;

/** How far a construct is followed, over blank lines too: it is read before there are paragraphs. */
const FARTHEST = 20_000;

/**
 * Where `ending` stands before the next construct begins: outside quotes that a value on one line has, or else
 * anywhere.
 */
function endOf({ source, find }: Place, from: number, ending: string, beginning: string): number | undefined {
  const first = find.text(ending, from);
  if (first < 0 || first > from + FARTHEST) return undefined;
  const next = find.text(beginning, from);
  if (next >= 0 && next < first && blankFrom("before", from) < first) return undefined;
  const limit = Math.min(first + LONGEST, blankFrom("after", first));
  for (let at = from; at < limit; at += 1) {
    if (source.startsWith(ending, at)) return at;
    const isQuote = /["'`]/.test(source[at] ?? "") && /[\s=,:(|[{]/.test(source[at - 1] ?? "");
    if (isQuote) at = closingQuote(source, at) ?? at;
  }
  return first;

  function blankFrom(name: string, start: number): number {
    return find.pattern(`blank line ${name}`, () => new RegExp(BLANK_LINE, "g"), start)?.start ?? source.length;
  }
}

function closingQuote(source: string, open: number): number | undefined {
  for (let at = open + 1; at < source.length && source[at] !== "\n"; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === source[open]) return at;
  }
  return undefined;
}
