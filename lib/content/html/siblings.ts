/** What a new node means for those before it: a picture kept twice, a formula rendered before its TeX, a list in two. */
import { type Element, type HtmlNode, isBlank, lastSeen } from "./nodes.ts";
import { isSamePicture, keepsPlaceOf } from "./pictures.ts";

export function addTo(parent: Element, node: HtmlNode): void {
  if (typeof node === "object") {
    const last = lastSeen(parent);
    if (typeof last === "object") {
      if (isPictureAgain(parent, last, node) || isListAgain(parent, last, node)) return;
    }
  }
  parent.children.push(node);
}

/** Of a picture and a `noscript` beside it, in whichever order. */
function isPictureAgain(parent: Element, last: Element, node: Element): boolean {
  if (last.name !== "#noscript" && node.name !== "#noscript") return false;
  const [noscript, picture] = node.name === "#noscript" ? [node, last] : [last, node];
  const unwanted = isSamePicture(picture, noscript) ? noscript : keepsPlaceOf(picture, noscript) ? picture : undefined;
  if (unwanted === last) remove(parent, last);
  return unwanted === node;
}

/** A list that only a more mark has split in two is one. */
function isListAgain(parent: Element, more: Element, list: Element): boolean {
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

/** MathJax leaves what it rendered before the script that holds the TeX of it. */
export function withoutRendering(parent: Element): void {
  const last = lastSeen(parent);
  if (typeof last !== "object" || last.name !== "#mathjax") return;
  remove(parent, last);
  withoutRendering(parent);
}

function remove(parent: Element, child: HtmlNode): void {
  parent.children.splice(parent.children.lastIndexOf(child), 1);
}
