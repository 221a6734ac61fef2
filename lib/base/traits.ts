/** What tells one post from another when its file is renamed, and what a record keeps of it while the post is not public. */
import type { Facts, Traits } from "../model.ts";
import { present } from "./optional.ts";

/** Its date; all posts without one of their own share another. */
export const momentOf = ({ published, undated }: Traits): string | undefined => (undated ? "undated" : published);

/** A post that is renamed and edited mostly keeps its title and the moment of its publication. */
export const headline = (traits: Traits): string | undefined => pairOf(momentOf(traits), traits.title);

/** The same of a post that has a title: translations are told apart. */
export const titleAndDate = (traits: Traits): string | undefined =>
  traits.title === "" ? undefined : pairOf(traits.language, headline(traits));

export const titleAndWords = ({ title, wordsDigest }: Traits): string | undefined =>
  title === "" || wordsDigest === "" ? undefined : pairOf(wordsDigest, title);

export const wordsAndDate = (traits: Traits): string | undefined =>
  traits.wordsDigest === "" ? undefined : pairOf(traits.wordsDigest, momentOf(traits));

const pairOf = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || other === undefined ? undefined : `${one} ${other}`;

/**
 * What a record keeps of what is `found` in the file of a post that is not public as it is there. Nothing where its facts say
 * the same.
 */
export function seenOf(
  found: Traits | undefined,
  former: { readonly facts?: Facts; readonly seen?: Traits } | undefined,
): Traits | undefined {
  if (!former?.facts) return undefined;
  const { facts, seen } = former;
  // What cannot be read in a broken file is as it was before.
  const { undated, ...kept } = traitsOf(seen ?? facts);
  const date = found?.published === undefined ? { undated } : {};
  const latest = traitsOf({ ...kept, ...present(date), ...found });
  return JSON.stringify(latest) === JSON.stringify(traitsOf(facts)) ? undefined : latest;
}

/** In a fixed order. */
export function traitsOf({ title, published, undated, language, sourceDigest, wordsDigest }: Traits): Traits {
  return present({ title, published, undated, language, sourceDigest, wordsDigest });
}
