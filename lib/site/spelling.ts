/** Names as each site generator spells them in URLs. */
import { asciiOf } from "../base/ascii/ascii.ts";

/**
 * A dash in the place of each separator, none at the ends. Split and joined, since a pattern that removes dashes at the
 * end takes time quadratic in their number.
 */
const dashed = (text: string, separators: RegExp): string =>
  text.normalize("NFC").split(separators).filter(Boolean).join("-");

/**
 * Lower case; all but letters, digits and some marks is removed, and spaces become a dash where there is none beside them. Dashes
 * stay as they are written.
 */
export function hugoName(text: string): string {
  const kept = text.normalize("NFC").replace(/[^\p{L}\p{M}\p{Nd}\s./\\_#+~@%-]+|%(?![\da-f]{2})/giu, "");
  const words = kept.toLowerCase().split(/\s+/).filter(Boolean);
  const isApart = (word: string, before = "-") => !word.startsWith("-") && !before.endsWith("-");
  return words.map((word, i) => (isApart(word, words[i - 1]) ? `-${word}` : word)).join("");
}

/** Of a slug the dashes at its ends do not count. */
export const hugoSlug = (text: string): string => hugoName(text.replace(/^-+|(?<!-)-+$/g, ""));

/** ASCII alone, in lower case; what is no letter or digit of it becomes a dash. */
export const zolaName = (text: string): string => dashed(asciiOf(text).toLowerCase(), /[^a-z\d]+/);

/** As in GitHub's anchors: lower case; spaces become dashes, and all but letters, digits, `_` and `-` is removed. */
export const astroName = (text: string): string =>
  dashed(text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\s_-]+/gu, ""), /\s+/u);

/** Jekyll's `pretty`: case stays, and so do the marks that a URL may contain. */
export const jekyllName = (text: string): string => dashed(text, /[^\p{L}\p{M}\p{N}._~!$&'()+,;=@]+/u);

export const jekyllSlug = (text: string): string => dashed(text.toLowerCase(), /[^\p{L}\p{M}\p{N}]+/u);

const HEXO_SEPARATORS = /[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/u;

export const hexoTitle = (text: string): string => dashed(text, HEXO_SEPARATORS).toLowerCase();
export const hexoCategory = (text: string): string => dashed(text, HEXO_SEPARATORS);

export const asWritten = (text: string): string => text;
