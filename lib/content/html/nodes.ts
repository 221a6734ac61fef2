/** The tree of a post's HTML while it is made safe: elements with safe attributes, and text. */
import { escapeText } from "../../base/text.ts";
import { INLINE, VOID } from "./profile.ts";

export type HtmlAttributes = { readonly [name: string]: string };

/** A name that begins with `#` is no element of HTML: only its children are written. */
export interface Element {
  readonly name: string;
  /** The safe attributes as they are written, each after a space. */
  readonly attributes: string;
  /** The attributes of the author. */
  readonly source: HtmlAttributes;
  readonly children: HtmlNode[];
  /** While it is open, the last of its children that is not white space. */
  lastVisible: HtmlNode | undefined;
  /** It is the link of a frame. */
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
  lastVisible: undefined,
});

/** The text of the node; with `flowing`, each block ends its line. */
export function textOf(node: HtmlNode, flowing = false): string {
  if (typeof node === "string") return node;
  if (node.name === "br") return "\n";
  const text = node.children.map((child) => textOf(child, flowing)).join("");
  return flowing && !INLINE.has(node.name) && !/^#|^$/.test(node.name) && !text.endsWith("\n") ? `${text}\n` : text;
}

/** Calls `atMore` with the HTML before the more mark: what is open there is closed, but left out where it is empty so far. */
export function htmlOf(nodes: readonly HtmlNode[], atMore?: (before: string) => void): string {
  let html = "";
  const open: { readonly name: string; readonly from: number; readonly inside: number }[] = [];
  function before(): string {
    let end = html.length;
    let closing = "";
    for (const { name, from, inside } of open.toReversed()) {
      if (closing === "" && html.slice(inside, end).trim() === "") end = from;
      else closing += `</${name}>`;
    }
    return html.slice(0, end) + closing;
  }
  function write(node: HtmlNode): void {
    if (typeof node === "string") {
      html += escapeText(node);
      return;
    }
    const { name, attributes, children } = node;
    const isElement = !name.startsWith("#");
    if (name === "#more") atMore?.(before());
    const from = html.length;
    if (isElement) html += `<${name}${attributes}>`;
    const isOpen = atMore !== undefined && isElement;
    if (isOpen) open.push({ name, from, inside: html.length });
    for (const child of children) write(child);
    if (isOpen) open.pop();
    if (isElement && !VOID.has(name)) html += `</${name}>`;
  }
  for (const node of nodes) write(node);
  return html;
}

/** The wanted elements below the node, without those that are within another. */
export function outermost(node: HtmlNode, isWanted: (found: Element) => boolean): readonly Element[] {
  if (typeof node === "string") return [];
  return node.children.flatMap((child) =>
    typeof child !== "string" && isWanted(child) ? [child] : outermost(child, isWanted),
  );
}

export const isBlank = (node: HtmlNode): boolean => typeof node === "string" && !/[^ \t\n\r\f]/.test(node);

export const hasClass = (attributes: HtmlAttributes, pattern: RegExp): boolean =>
  pattern.test(attributes["class"] ?? "");
