/**
 * Forms: templates that the library `feed` writes from placeholders (blanks), and that are then filled in with values.
 *
 * `feed` knows the formats but does not escape correctly: it splits only the first `]]>`, leaves `<` and `&` bare in
 * attributes, unescapes `&amp;` and rewrites ids. So it is given blanks, once for each combination of optional elements,
 * and text of authors never passes through it.
 */
import { escapeAttribute, escapeText, xmlSafe } from "../base/text.ts";

/** Literals, each followed by the blank of that name; the last by none. */
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

/** `values` are XML: made by `xmlText`, `xmlExact`, `xmlAttribute` or `xmlHtml`. */
export function fill(form: Form, values: { readonly [blank: string]: string }): string {
  let xml = "";
  for (const { literal, blank } of form) {
    xml += literal;
    if (blank === undefined) continue;
    const value = values[blank];
    if (value === undefined) throw new Error(`the blank ${blank} has no value`);
    xml += value;
  }
  return xml;
}

/** Fills in the form but for the blank `gap`, and returns what is before and after it. */
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

/** One form for each combination of arguments, made when it is first needed. */
export function formsBy<Shape extends readonly unknown[]>(
  make: (...shape: Shape) => string,
): (...shape: Shape) => Form {
  const forms = new Map<string, Form>();
  return (...shape) => {
    const key = shape.join();
    let form = forms.get(key);
    if (!form) {
      form = formOf(make(...shape));
      forms.set(key, form);
    }
    return form;
  };
}

/** Throws unless `piece` occurs exactly once: another version of `feed` may write its documents differently. */
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
/**
 * For ids, which must not change: parsers read a bare carriage return as a line feed (XML 1.0 §2.11), so it becomes a
 * reference.
 */
export const xmlExact = (text: string): string =>
  text
    .split("\r")
    .map((part) => xmlText(xmlSafe(part)))
    .join("&#13;");
export const xmlAttribute = escapeAttribute;

/** HTML as a CDATA section. Every `]]>` in it, which would end the section, is split between two. */
export function xmlHtml(html: string): string {
  return `<![CDATA[${html.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}
