/**
 * Adds a node to its parent: without a picture twice, without a formula both rendered and in TeX, without a split list.
 */
import { type Element, type HtmlNode, isBlank } from "./nodes.ts";
import { forgetPictures, isSamePicture, keepsPlaceOf } from "./pictures.ts";

/** All children of an element that is open are added by this function. */
export function addTo(parent: Element, node: HtmlNode): void {
  const last = parent.lastVisible;
  if (typeof node === "object" && typeof last === "object") {
    if (isDuplicatePicture(parent, last, node) || joinsList(parent, last, node)) return;
  }
  parent.children.push(node);
  if (!isBlank(node)) parent.lastVisible = node;
}

/** Drops one of a picture and the `noscript` beside it, in either order. True if it is the new node. */
function isDuplicatePicture(parent: Element, last: Element, node: Element): boolean {
  if (last.name !== "#noscript" && node.name !== "#noscript") return false;
  const [noscript, picture] = node.name === "#noscript" ? [node, last] : [last, node];
  const unwanted = isSamePicture(picture, noscript) ? noscript : keepsPlaceOf(picture, noscript) ? picture : undefined;
  if (unwanted === last) parent.children.splice(parent.children.lastIndexOf(last), 1);
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
  parent.children.length = parent.children.indexOf(before) + 1;
  parent.lastVisible = before;
  before.children.push(more);
  for (const child of list.children) before.children.push(child);
  forgetPictures(before);
  return true;
}

const isRendering = (node: HtmlNode | undefined): boolean => typeof node === "object" && node.name === "#mathjax";

/** Removes what MathJax rendered, for which it leaves the TeX in the script that follows. */
export function withoutRendering(parent: Element): void {
  if (!isRendering(parent.lastVisible)) return;
  const { children } = parent;
  const from = children.findLastIndex((child) => !isBlank(child) && !isRendering(child)) + 1;
  const kept = children.slice(from).filter((child) => !isRendering(child));
  children.length = from;
  for (const child of kept) children.push(child);
  parent.lastVisible = children[from - 1];
}
