/** Pictures that a page has twice, once for browsers without scripts, are kept once. */
import { isPlaceholder } from "./lazy.ts";
import { type Element, element, type HtmlAttributes, outermost } from "./nodes.ts";

const isPicture = ({ name }: Element): boolean => name === "picture" || name === "img";
const imagesIn = (node: Element): readonly Element[] =>
  node.name === "img" ? [node] : outermost(node, ({ name }) => name === "img");

const sourceOf = ({ attributes }: Element): string => / src="([^"]*)"/.exec(attributes)?.[1] ?? attributes;

/** A `noscript` with its pictures alone; nothing if it has none. */
export function picturesOfNoscript(noscript: Element): readonly Element[] {
  const pictures = outermost(noscript, isPicture);
  return pictures.length > 0 ? [element("#noscript", pictures)] : [];
}

interface Shown {
  readonly sources: ReadonlySet<string>;
  readonly wasLazy: boolean;
  readonly arePlaceholders: boolean;
}

/** An element may be beside many `noscript`, so its pictures are gathered once. */
const shown = new WeakMap<Element, Shown>();

function shownBy(node: Element): Shown {
  const known = shown.get(node);
  if (known) return known;
  const images = imagesIn(node);
  const gathered = {
    sources: new Set(images.map(sourceOf)),
    wasLazy: images.some(({ wasLazy }) => wasLazy),
    arePlaceholders: images.every(({ source: { src = "" } }) => isPlaceholder(src)),
  };
  shown.set(node, gathered);
  return gathered;
}

/** To be called when an element gets more children after it was beside a `noscript`. */
export const forgetPictures = (node: Element): boolean => shown.delete(node);

/** Whether two neighbours, one of them a `noscript`, show the same picture. */
export function isSamePicture(one: Element, other: Element): boolean {
  const [ones, others] = [shownBy(one), shownBy(other)];
  if (ones.sources.size === 0 || others.sources.size === 0) return false;
  if (ones.wasLazy || others.wasLazy) return true;
  const [fewer, more] = ones.sources.size < others.sources.size ? [ones, others] : [others, ones];
  return [...fewer.sources].some((source) => more.sources.has(source));
}

/** Whether all pictures of `one` are placeholders, and the `noscript` beside it has the real ones. */
export function keepsPlaceOf(one: Element, noscript: Element): boolean {
  const { sources, arePlaceholders } = shownBy(one);
  return sources.size > 0 && arePlaceholders && shownBy(noscript).sources.size > 0;
}

const NOTHING = /^\s*[01](?:px)?\s*$/;

/** A picture or frame of at most one pixel, which only counts readers. */
export const isOfNoSize = ({ width = "", height = "" }: HtmlAttributes): boolean =>
  NOTHING.test(width) && NOTHING.test(height);
