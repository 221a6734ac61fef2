/** Pictures that a page has twice, once for browsers without scripts, are kept once. */

import { isPlaceholder } from "./lazy.ts";
import { type Element, element, type HtmlAttributes, type HtmlNode, outermost } from "./nodes.ts";

const isPicture = ({ name }: Element): boolean => name === "picture" || name === "img";
const picturesIn = (node: HtmlNode): readonly Element[] =>
  typeof node !== "string" && isPicture(node) ? [node] : outermost(node, isPicture);
const imagesIn = (node: HtmlNode): readonly Element[] =>
  typeof node !== "string" && node.name === "img" ? [node] : outermost(node, ({ name }) => name === "img");

const sourceOf = ({ attributes }: Element): string => / src="([^"]*)"/.exec(attributes)?.[1] ?? attributes;

/** A `noscript` with its pictures alone; nothing if it has none. */
export function picturesOfNoscript(noscript: Element): readonly Element[] {
  const pictures = picturesIn(noscript);
  return pictures.length > 0 ? [element("#noscript", pictures)] : [];
}

/** Whether two neighbours, one of them a `noscript`, show the same picture. */
export function isSamePicture(one: HtmlNode | undefined, other: HtmlNode): boolean {
  if (one === undefined) return false;
  const [ones, others] = [imagesIn(one), imagesIn(other)];
  if (ones.length === 0 || others.length === 0) return false;
  if ([...ones, ...others].some(({ wasLazy }) => wasLazy)) return true;
  return ones.some((image) => others.some((found) => sourceOf(found) === sourceOf(image)));
}

/** Whether all pictures of `one` are placeholders, and the `noscript` beside it has the real ones. */
export function keepsPlaceOf(one: HtmlNode | undefined, noscript: HtmlNode): boolean {
  if (one === undefined || imagesIn(noscript).length === 0) return false;
  const images = imagesIn(one);
  return images.length > 0 && images.every(({ source: { src = "" } }) => isPlaceholder(src));
}

const NOTHING = /^\s*[01](?:px)?\s*$/;

/** A picture or frame of at most one pixel, which only counts readers. */
export const isOfNoSize = ({ width = "", height = "" }: HtmlAttributes): boolean =>
  NOTHING.test(width) && NOTHING.test(height);
