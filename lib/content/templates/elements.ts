/** JSX → HTML: components by their properties, elements with the attributes that HTML has. */
import { escapeAttribute } from "../html/html.ts";
import type { Arguments } from "./arguments.ts";
import { keyOf, type Render, type Tools, table } from "./call.ts";
import { type JsxTag, type Property, readJsxTag, VOID } from "./jsx.ts";
import { readValue } from "./mdx.ts";
import { type Block, block } from "./output.ts";
import { SHARED } from "./shared.ts";

/** Components that stand for their content, or whose parts are named after them. */
const PARTS = /^(?:Tabs|Cards|Steps|CardGroup|Accordion|Accordions)\./;

export const COMPONENTS: ReadonlyMap<string, Render> = new Map([...SHARED, ...table(["head script style", () => ""])]);

/** A fragment stands for its content. */
export const componentOf = (name: string): Render | undefined =>
  COMPONENTS.get(name === "" ? "fragment" : keyOf(name.replace(PARTS, "")));

const NO_PATIENCE_NEEDED = 1_000_000;

/** The tag again that was read once already. */
export const tagOf = (written: string): JsxTag | undefined => readJsxTag(written, 0, { left: NO_PATIENCE_NEEDED });

export const expressionValue = (expression: string, { named, context }: Tools): string | undefined =>
  readValue(expression, named, context.values);

const textOf = (property: Property, tools: Tools): string | undefined => {
  if (property === true) return "true";
  return "text" in property ? property.text : expressionValue(property.expression, tools);
};

export function argumentsOf(tag: JsxTag | undefined, tools: Tools): Arguments {
  const named = new Map<string, string>();
  for (const [name, property] of tag?.properties ?? []) {
    const value = textOf(property, tools);
    if (value !== undefined) named.set(name.toLowerCase(), value);
  }
  return { raw: "", words: [], named };
}

/** What only a page can use. */
const PAGE_ONLY = /^(?:className|style|key|ref|on[A-Z]\w*|client:\w+|set:\w+|is:\w+|suppressHydrationWarning)$/;

/** The opening tag as HTML has it. */
export function openingTag(written: string, tools: Tools): string {
  const tag = /[{]|\bclassName\b|\/>$/.test(written) ? tagOf(written) : undefined;
  if (!tag) return written;
  const attributes = [...tag.properties].map(([name, property]) => attributeOf(name, property, tools));
  const isClosed = tag.isSelfClosing && !VOID.has(tag.name);
  return `<${tag.name}${attributes.join("")}>${isClosed ? `</${tag.name}>` : ""}`;
}

function attributeOf(name: string, property: Property, tools: Tools): string {
  if (PAGE_ONLY.test(name)) return "";
  if (property === true) return ` ${name}`;
  if ("text" in property) return ` ${name}="${property.text.replace(/"/g, "&quot;")}"`;
  if (property.expression === "true") return ` ${name}`;
  const value = textOf(property, tools);
  if (value !== undefined) return ` ${name}="${escapeAttribute(value)}"`;
  if (/^(?:src|href|srcSet|poster)$/.test(name)) {
    tools.warn(`the target of ${tools.written} cannot be told`, "template-link");
  }
  return "";
}

const BLOCK =
  /^(?:address|article|aside|blockquote|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)$/;

/** An element with Markdown in it, which HTML would leave as it is, opens and closes on lines of their own. */
export function elementWith(
  { name, isAlone }: { readonly name: string; readonly isAlone: boolean },
  opening: string,
  inner: string,
  body: string,
): string | Block {
  // A custom element is taken away, so that its text needs a paragraph of its own.
  const isRead = BLOCK.test(name)
    ? hasMarkdownIn(body)
    : isAlone && (name.includes("-") ? inner.includes("\n") : /\n[ \t]*\n/.test(inner));
  if (!isRead) return `${opening}${inner}</${name}>`;
  return block(name === "p" ? body : `${opening}\n\n${body}\n\n</${name}>`);
}

function hasMarkdownIn(body: string): boolean {
  const text = body.replace(/<[^<>]*>/g, "<>");
  return /[*_`[\]~]|^[ \t]*(?:[-+>]|#{1,6}|\d{1,9}\.)[ \t]|\S[ \t]*\n[ \t]*\n/m.test(text);
}
