/** The tree of a post while it is made safe: elements with what they may carry, and text. */

import { escapeText } from "../../base/text.ts";
import { INLINE, VOID } from "./profile.ts";

export type HtmlAttributes = { readonly [name: string]: string };

/** A name that begins with `#` is no element: what holds it is written as if its children stood there. */
export interface Element {
  readonly name: string;
  /** As they are written: each with a space before it. */
  readonly attributes: string;
  /** As the author wrote them. */
  readonly source: HtmlAttributes;
  readonly children: HtmlNode[];
  /** It stood for a frame. */
  readonly isFrame?: boolean;
  /** Its picture was loaded lazily. */
  readonly wasLazy?: boolean;
}

/** Text is decoded, and holds nothing that XML cannot. */
export type HtmlNode = Element | string;

export const element = (
  name: string,
  children: readonly HtmlNode[],
  attributes = "",
  source: HtmlAttributes = {},
): Element => ({
  name,
  attributes,
  source,
  children: [...children],
});

/** The words of it; `flowing`, with a line for each block. */
export function textOf(node: HtmlNode, flowing = false): string {
  if (typeof node === "string") return node;
  if (node.name === "br") return "\n";
  const text = node.children.map((child) => textOf(child, flowing)).join("");
  return flowing && !INLINE.has(node.name) && !/^#|^$/.test(node.name) && !text.endsWith("\n") ? `${text}\n` : text;
}

/** `atMore` is given all that is written before the more mark. */
export function htmlOf(nodes: readonly HtmlNode[], atMore?: (before: string) => void): string {
  let html = "";
  function write(node: HtmlNode): void {
    if (typeof node === "string") {
      html += escapeText(node);
      return;
    }
    const { name, attributes, children } = node;
    const isElement = !name.startsWith("#");
    if (name === "#more") atMore?.(html);
    if (isElement) html += `<${name}${attributes}>`;
    for (const child of children) write(child);
    if (isElement && !VOID.has(name)) html += `</${name}>`;
  }
  for (const node of nodes) write(node);
  return html;
}

/** Every element below, outermost first, that is one of those wanted; none within another. */
export function outermost(node: HtmlNode, isWanted: (found: Element) => boolean): readonly Element[] {
  if (typeof node === "string") return [];
  return node.children.flatMap((child) =>
    typeof child !== "string" && isWanted(child) ? [child] : outermost(child, isWanted),
  );
}

export const isBlank = (node: HtmlNode): boolean => typeof node === "string" && !/[^ \t\n\r\f]/.test(node);

/** The child that a reader sees last. */
export const lastSeen = ({ children }: Element): HtmlNode | undefined => children.findLast((child) => !isBlank(child));

export const hasClass = (attributes: HtmlAttributes, pattern: RegExp): boolean =>
  pattern.test(attributes["class"] ?? "");
