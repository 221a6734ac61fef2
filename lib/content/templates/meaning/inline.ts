/** Words within a line, code, formulas, quotations and what shows nothing, in every language of templates. */
import type { Call, Render } from "../types.ts";
import { kept, namedOf, table } from "./call.ts";
import { block, fenced, inert, link, literal, quote } from "./output.ts";

/** The text that a construct marks: between its tags, or among its arguments. */
const wordsOf = (call: Call): string | undefined =>
  call.body?.trim() || namedOf(call, "text", "content", "label", "value", "title") || call.args.words[0];

const wrapped =
  (tag: string): Render =>
  (call) => {
    const words = wordsOf(call);
    return words === undefined ? undefined : `<${tag}>${words}</${tag}>`;
  };

const words: Render = (call) => wordsOf(call);

const nothing: Render = () => "";

const code: Render = (call) => {
  const text = call.body ?? namedOf(call, "code", "source");
  if (text === undefined) return undefined;
  if (!call.isAlone && !text.includes("\n")) return `<code>${literal(text.trim())}</code>`;
  return fenced(text, namedOf(call, "lang", "language", "type") ?? languageOf(call.args.words[0]));
};

/** The word if it can be the name of a language, or nothing. */
const languageOf = (word: string | undefined): string => (word && /^[\w#+.-]{1,20}$/.test(word) ? word : "");

const mermaid: Render = ({ body, args }) => {
  const chart = body ?? args.named.get("chart") ?? args.named.get("value");
  return chart === undefined ? undefined : fenced(chart, "mermaid");
};

/** TeX between its own marks stays as it is. */
const math: Render = (call) => {
  const tex = (call.body ?? call.args.named.get("math") ?? call.args.raw).trim();
  if (tex === "") return undefined;
  const isMarked = /^(?:\$|\\[[(]|```)/.test(tex);
  if (call.isAlone || tex.includes("\n")) return block(isMarked ? tex : `$$\n${tex}\n$$`);
  return isMarked ? tex : `$$${tex}$$`;
};

const ruby: Render = (call) => {
  const base = namedOf(call, "base", "rb", "text") ?? call.args.words[0];
  const reading = namedOf(call, "ruby", "rt", "reading") ?? call.args.words[1] ?? call.body?.trim();
  return base === undefined || reading === undefined
    ? undefined
    : `<ruby>${base}<rp>(</rp><rt>${reading}</rt><rp>)</rp></ruby>`;
};

const blockquote: Render = (call, { context }) => {
  if (call.body === undefined) return undefined;
  const author = namedOf(call, "author", "name", "by") ?? (call.args.words.join(" ") || undefined);
  const href = namedOf(call, "link", "cite", "href", "url");
  const source = namedOf(call, "source", "title") ?? href;
  const linked = (url: string, text: string) => (context.isHtml ? link(url, text) : `[${inert(text)}](<${url}>)`);
  const from = href === undefined || source === undefined ? source : linked(href, source);
  return quote(call.body, undefined, [author, from].filter(Boolean).join(", ") || undefined);
};

const raw: Render = ({ body }) => (body === undefined ? undefined : kept);

/** Data that a script of the page draws, shown as code. */
const data: Render = ({ body, key }) => (body === undefined ? undefined : fenced(body, key));

export const INLINE = table(
  ["kbd", wrapped("kbd")],
  ["mark hl", wrapped("mark")],
  ["del", wrapped("del")],
  ["sup", wrapped("sup")],
  ["sub", wrapped("sub")],
  ["ruby", ruby],
  ["badge label tag pill chip", words],
  ["icon icons avatar indieavatar fa toc tableofcontents spacer clear", nothing],
  ["code highlight codeblock codesnippet snippet sourcecode", code],
  ["mermaid", mermaid],
  ["chart chartjs echarts abc score plantuml markmap", data],
  ["math katex mathjax tex latex", math],
  ["blockquote quote pullquote cite", blockquote],
  ["raw rawhtml html unsafe", raw],
);
