/**
 * Forms: what `feed` writes for blanks, to be filled in with what authors wrote.
 *
 * `feed` knows the formats but not how to escape (it splits one `]]>`, leaves `<` and `&` bare in attributes, unescapes
 * `&amp;`, rewrites ids). So it is given blanks, once for each shape of an item, and the text never passes through it.
 */
import { escapeAttribute, escapeText, xmlSafe } from "../base/text.ts";

/** Literals, and between them the names of the blanks. */
export type Form = readonly { readonly literal: string; readonly blank?: string }[];

export const textBlank = (name: string): string => `%${name}%`;
export const urlBlank = (name: string): string => `https://blank.invalid/${name}`;

const BLANK = /<!\[CDATA\[%(\w+)%\]\]>|%(\w+)%|https:\/\/blank\.invalid\/(\w+)/g;

export function formOf(xml: string): Form {
  const form: { literal: string; blank?: string }[] = [];
  let end = 0;
  for (const match of xml.matchAll(BLANK)) {
    const blank = match[1] ?? match[2] ?? match[3] ?? "";
    form.push({ literal: xml.slice(end, match.index), blank });
    end = match.index + match[0].length;
  }
  form.push({ literal: xml.slice(end) });
  return form;
}

/** `values` are XML already: made by `xmlText`, `xmlAttribute` or `xmlHtml`. */
export function fill(form: Form, values: { readonly [blank: string]: string }): string {
  let xml = "";
  for (const { literal, blank } of form) {
    xml += literal;
    if (blank === undefined) continue;
    const value = values[blank];
    if (value === undefined) throw new Error(`nothing to fill the blank ${blank} with`);
    xml += value;
  }
  return xml;
}

/** What stands before the blank `gap` and what after it, both filled in. */
export function fillAround(
  gap: string,
  form: Form,
  values: { readonly [blank: string]: string },
): readonly [before: string, after: string] {
  const at = form.findIndex(({ blank }) => blank === gap);
  const last = form[at];
  if (!last) throw new Error(`the form has no blank ${gap}`);
  return [fill(form.slice(0, at), values) + last.literal, fill(form.slice(at + 1), values)];
}

/** One form for each shape, drawn when it is first needed. */
export function formsBy<Shape extends readonly unknown[]>(
  draw: (...shape: Shape) => string,
): (...shape: Shape) => Form {
  const drawn = new Map<string, Form>();
  return (...shape) => {
    const key = shape.join();
    let form = drawn.get(key);
    if (!form) {
      form = formOf(draw(...shape));
      drawn.set(key, form);
    }
    return form;
  };
}

/** The form has the piece exactly once, or `feed` has changed under us. */
export function replaceOnce(xml: string, piece: string, replacement: string): string {
  const parts = xml.split(piece);
  if (parts.length !== 2) throw new Error(`feed no longer writes ${piece} once`);
  return parts.join(replacement);
}

/** From the first `<name>` to the last `</name>`. */
export function cutElement(xml: string, name: string): string {
  return xml.slice(xml.indexOf(`<${name}>`), xml.lastIndexOf(`</${name}>`) + name.length + 3);
}

export const xmlText = escapeText;
/** Text of which every character counts: a parser would take a bare carriage return for a line feed. */
export const xmlExact = (text: string): string =>
  text
    .split("\r")
    .map((part) => xmlText(xmlSafe(part)))
    .join("&#13;");
export const xmlAttribute = escapeAttribute;

/** HTML as a CDATA section; any `]]>` in it is split between two. */
export function xmlHtml(html: string): string {
  return `<![CDATA[${html.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}
