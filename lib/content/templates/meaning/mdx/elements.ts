/** Elements of MDX as HTML. */
import { escapeAttribute } from "../../../../base/text.ts";
import { type Property, VOID } from "../../syntax/readers/jsx.ts";
import type { BlockOutput, PlacedConstruct, Tools } from "../../types.ts";
import { block } from "../output.ts";
import { tagOf, textOf } from "./properties.ts";

/** Properties that only a page uses, not a feed. */
const PAGE_ONLY = /^(?:className|style|key|ref|on[A-Z]\w*|client:\w+|set:\w+|is:\w+|suppressHydrationWarning)$/;

/** The opening tag as HTML: attributes with text, without expressions. */
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
    tools.warn(`the target of ${tools.written} is not known`, "template-link");
  }
  return "";
}

const BLOCK =
  /^(?:address|article|aside|blockquote|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|caption|footer|form|h[1-6]|header|legend|li|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)$/;

/** An element that contains Markdown gets its tags on lines of their own: CommonMark reads none beside block tags. */
export function elementWith(
  { name, isAlone }: { readonly name: string; readonly isAlone: boolean },
  opening: string,
  inner: string,
  body: string,
): string | BlockOutput {
  // A custom element is removed later, so that its text needs a paragraph of its own.
  const isRead = BLOCK.test(name)
    ? hasMarkdownIn(body)
    : isAlone && (name.includes("-") ? inner.includes("\n") : /\n[ \t]*\n/.test(inner));
  if (!isRead) {
    if (BLOCK.test(name) || name.includes("-") || !/\n/.test(inner) || !hasMarkdownIn(body) || /\n[ \t]*\n/.test(body))
      return `${opening}${inner}</${name}>`;
    // Alone on its line, its tag would begin HTML in which no Markdown is read (CommonMark 4.6).
    return BEGINS_BLOCK.test(body) ? block(`${opening}\n\n${body}\n\n</${name}>`) : `${opening}${body}</${name}>`;
  }
  return block(name === "p" ? body : `${opening}\n\n${body}\n\n</${name}>`);
}

const BEGINS_BLOCK = /^(?:[-+*>]|#{1,6}|\d{1,9}[.)])[ \t]/m;

/** Whether what follows on the next line is Markdown of its own: in CommonMark it would be part of the HTML. */
export function isApart({ name, role, isAlone, line }: PlacedConstruct, written: string, after: string): boolean {
  if (!isAlone || !/^[ \t]*\n[ \t>]*(?:[^\s<>]|<[A-Z>])/.test(after)) return false;
  return BLOCK.test(name) || name === "hr" || (!line.isAfterText && (role === "whole" || written.includes("\n")));
}

function hasMarkdownIn(body: string): boolean {
  const text = body.replace(/<[^<>]*>/g, "<>");
  return /[*_`[\]~]|^[ \t]*(?:[-+>]|#{1,6}|\d{1,9}\.)[ \t]|\S[ \t]*\n[ \t]*\n/m.test(text);
}
