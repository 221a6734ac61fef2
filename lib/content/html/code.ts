/** Code as its author wrote it: once, without line numbers, in a `pre` that says its language. */
import {
  type Element,
  element,
  type HtmlAttributes,
  type HtmlNode,
  hasClass,
  isBlank,
  outermost,
  textOf,
} from "./nodes.ts";
import { anyClass, VOID } from "./profile.ts";

/** Of an element for line numbers, wherever it stands. */
const GUTTER = anyClass(`
  line-numbers-rows line-numbers-wrapper linenodiv hljs-ln-numbers rouge-gutter blob-num CodeMirror-linenumber
  react-syntax-highlighter-line-number
`);
/** Words that mean other things outside of code, and of tables. */
const GUTTER_IN_CODE = anyClass("ln lnt lineno linenos line-number linenumber gutter");
const OF_GUTTER_CELL = anyClass("lntd gutter lineno linenos linenumber blob-num");

/** What a cell of line numbers leaves behind, for its table to know. */
export const GUTTER_CELL = "#gutter-cell";

export function isGutter(name: string, attributes: HtmlAttributes, isInCode: boolean): boolean {
  if (VOID.has(name) || name === "table" || name === "td" || name === "th") return false;
  return hasClass(attributes, GUTTER) || (isInCode && (hasClass(attributes, GUTTER_IN_CODE) || isNumbered(attributes)));
}

const isNumbered = (attributes: HtmlAttributes): boolean => attributes["data-line-number"] !== undefined;

/** Numbers alone: whatever else such an element holds is not lost. One that carries its number may hold code itself. */
export function isNumbers({ source, children }: Element): boolean {
  const text = children.map((child) => textOf(child)).join("");
  if (hasClass(source, GUTTER) || hasClass(source, GUTTER_IN_CODE) || hasClass(source, OF_GUTTER_CELL)) {
    return /^[\s\d.:|]*$/.test(text);
  }
  return text.trim() === "" || text.trim() === source["data-line-number"];
}

/** The first cell of a row, if it numbers the lines of code in the next. */
export function isGutterCell(cell: Element, row: Element): boolean {
  const { source } = cell;
  if (!hasClass(source, OF_GUTTER_CELL) && !hasClass(source, GUTTER) && !isNumbered(source)) return false;
  const isFirst = row.children.every((child) => typeof child === "string" || child.name === GUTTER_CELL);
  return isFirst && isNumbers(cell);
}

/** A table of which the numbers are gone: the code in it, for where the table stood. */
export function codeOfTable(table: Element, isInCode: boolean): readonly HtmlNode[] {
  const blocks = outermost(table, ({ name }) => name === "pre");
  const text = textOf(table, true);
  const isAllCode = blocks.length > 0 && folded(blocks.map((block) => textOf(block)).join("")) === folded(text);
  if (isInCode) return [isAllCode ? blocks.map((block) => textOf(block)).join("\n") : text];
  if (isAllCode) return blocks;
  return blocks.length > 0 ? [table] : [element("pre", [element("code", [text])])];
}

const folded = (text: string): string => text.replace(/\s+/g, "");

const LANGUAGE = /(?:^|\s)(?:lang(?:uage)?-|highlight-source-|brush:\s*)([\w+#.-]+)/;
/** highlight.js before its version 11, and Hexo: the one word besides their own. */
const BESIDE = /^\s*(?:hljs|highlight)\s+([\w+#-]+)\s*$/;
const NO_LANGUAGE = /^(?:highlight|hljs|plain|none|chroma|wrap|linenos)$/;

export function codeLanguage(className: string): string | undefined {
  const language = LANGUAGE.exec(className)?.[1] ?? BESIDE.exec(className)?.[1];
  return language === undefined || NO_LANGUAGE.test(language) ? undefined : language;
}

/** What a block of code stands in names its language too. */
const AROUND: ReadonlySet<string> = new Set(["pre", "figure", "div", "code", "table", "tbody", "tr", "td"]);

export function languageAround(open: readonly Element[]): string | undefined {
  for (let i = open.length - 1; i >= 0; i--) {
    const around = open[i];
    if (!around || !AROUND.has(around.name)) return undefined;
    const { source } = around;
    const language = source["data-lang"] ?? source["data-language"] ?? codeLanguage(source["class"] ?? "");
    if (language !== undefined) return /^[\w+#.-]+$/.test(language) ? language : undefined;
  }
  return undefined;
}

/** The block with its language, which only `code` can carry. */
export function withLanguage(block: Element, open: readonly Element[]): Element {
  const shown = block.children.filter((child) => !isBlank(child));
  const [code, ...others] = shown;
  const isCode = code !== undefined && typeof code !== "string" && code.name === "code" && others.length === 0;
  if (isCode ? code.attributes !== "" : outermost(block, ({ name }) => name === "code" || name === "pre").length > 0) {
    return block;
  }
  const language = (isCode ? languageAround([code]) : undefined) ?? languageAround([...open, block]);
  if (language === undefined) return block;
  const children = isCode ? code.children : block.children;
  return { ...block, children: [element("code", children, ` class="language-${language}"`)] };
}
