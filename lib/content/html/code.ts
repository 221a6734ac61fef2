/** Code as its author wrote it: once, without line numbers, in a `pre` with its language. */
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

/** Classes of elements with line numbers, in code or not. */
const GUTTER = anyClass(`
  line-numbers-rows line-numbers-wrapper linenodiv hljs-ln-numbers rouge-gutter blob-num CodeMirror-linenumber
  react-syntax-highlighter-line-number
`);
/** Classes of line numbers that have other meanings outside of code. */
const GUTTER_IN_CODE = anyClass("ln lnt lineno linenos line-number linenumber gutter");
const OF_GUTTER_CELL = anyClass("lntd gutter lineno linenos linenumber blob-num");

/** The node in the place of a cell with line numbers, by which its table is recognised. */
export const GUTTER_CELL = "#gutter-cell";

export function isGutter(name: string, attributes: HtmlAttributes, isInCode: boolean): boolean {
  if (VOID.has(name) || name === "table" || name === "td" || name === "th") return false;
  return hasClass(attributes, GUTTER) || (isInCode && (hasClass(attributes, GUTTER_IN_CODE) || isNumbered(attributes)));
}

const isNumbered = (attributes: HtmlAttributes): boolean => attributes["data-line-number"] !== undefined;

/**
 * Whether the element holds numbers alone, so that no other text is lost. One with `data-line-number` may hold code.
 */
export function isNumbers({ source, children }: Element): boolean {
  const text = children.map((child) => textOf(child)).join("");
  if (hasClass(source, GUTTER) || hasClass(source, GUTTER_IN_CODE) || hasClass(source, OF_GUTTER_CELL)) {
    return /^[\s\d.:|]*$/.test(text);
  }
  return text.trim() === "" || text.trim() === source["data-line-number"];
}

/** Whether it is the first cell of a row, with the line numbers of the code in the next. */
export function isGutterCell(cell: Element, row: Element): boolean {
  const { source } = cell;
  if (!hasClass(source, OF_GUTTER_CELL) && !hasClass(source, GUTTER) && !isNumbered(source)) return false;
  // The cell before it decides: that one is a gutter only if all before it were.
  const before = row.children.findLast((child) => typeof child !== "string");
  return (before === undefined || before.name === GUTTER_CELL) && isNumbers(cell);
}

/** The code in a table whose line numbers were removed; it takes the place of the table. */
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
/** Classes of highlight.js before version 11 and of Hexo: the language is the word besides their own. */
const BESIDE = /^\s*(?:hljs|highlight)\s+([\w+#-]+)\s*$/;
const NO_LANGUAGE = /^(?:highlight|hljs|plain|none|chroma|wrap|linenos)$/;

export function codeLanguage(className: string): string | undefined {
  const language = LANGUAGE.exec(className)?.[1] ?? BESIDE.exec(className)?.[1];
  return language === undefined || NO_LANGUAGE.test(language) ? undefined : language;
}

/** Elements around code that may name its language. */
const AROUND: ReadonlySet<string> = new Set(["pre", "figure", "div", "code", "table", "tbody", "tr", "td"]);

function languageAround(open: readonly Element[]): string | undefined {
  for (let i = open.length - 1; i >= 0; i--) {
    const around = open[i];
    if (!around || !AROUND.has(around.name)) return undefined;
    const language = languageIn(around.source);
    if (language !== undefined) return /^[\w+#.-]+$/.test(language) ? language : undefined;
  }
  return undefined;
}

/** An element may be around many blocks, so its attributes are read once. */
const languages = new WeakMap<HtmlAttributes, string | undefined>();

function languageIn(source: HtmlAttributes): string | undefined {
  if (!languages.has(source)) {
    languages.set(source, source["data-lang"] ?? source["data-language"] ?? codeLanguage(source["class"] ?? ""));
  }
  return languages.get(source);
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
