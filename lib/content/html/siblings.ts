/**
 * Adds a node to its parent: without a picture twice, without a formula both rendered and in TeX, without a split list.
 */
import { type Element, type HtmlNode, isBlank, lastVisible } from "./nodes.ts";
import { isSamePicture, keepsPlaceOf } from "./pictures.ts";

export function addTo(parent: Element, node: HtmlNode): void {
  if (typeof node === "object") {
    const last = lastVisible(parent);
    if (typeof last === "object") {
      if (isDuplicatePicture(parent, last, node) || joinsList(parent, last, node)) return;
    }
  }
  parent.children.push(node);
}

/** Drops one of a picture and the `noscript` beside it, in either order. True if it is the new node. */
function isDuplicatePicture(parent: Element, last: Element, node: Element): boolean {
  if (last.name !== "#noscript" && node.name !== "#noscript") return false;
  const [noscript, picture] = node.name === "#noscript" ? [node, last] : [last, node];
  const unwanted = isSamePicture(picture, noscript) ? noscript : keepsPlaceOf(picture, noscript) ? picture : undefined;
  if (unwanted === last) remove(parent, last);
  return unwanted === node;
}

/** Joins the two parts of a list that a more mark has split. */
function joinsList(parent: Element, more: Element, list: Element): boolean {
  if (more.name !== "#more" || (list.name !== "ul" && list.name !== "ol")) return false;
  const before = parent.children.findLast((child) => child !== more && !isBlank(child));
  if (typeof before !== "object" || before.name !== list.name) return false;
  const items = before.children.filter((child) => typeof child === "object" && child.name === "li").length;
  const next = Number(before.source["start"] ?? 1) + items;
  if (list.name === "ol" && Number(list.source["start"] ?? 1) !== next) return false;
  parent.children.splice(parent.children.indexOf(before) + 1);
  before.children.push(more, ...list.children);
  return true;
}

/** Removes what MathJax rendered, for which it leaves the TeX in the script that follows. */
export function withoutRendering(parent: Element): void {
  const last = lastVisible(parent);
  if (typeof last !== "object" || last.name !== "#mathjax") return;
  remove(parent, last);
  withoutRendering(parent);
}

function remove(parent: Element, child: HtmlNode): void {
  parent.children.splice(parent.children.lastIndexOf(child), 1);
}
