/** The words by names of a letter or two: in the page of 60 KB, their names would take as much room as many of them. */
import { EN } from "./en.ts";
import type { WritingWords } from "./words.ts";

/** The global object of the page that holds them. */
export const GLOBAL = "W";

/** Name → short name. Every language has the same. */
export const SHORT: ReadonlyMap<string, string> = new Map(Object.keys(EN).map((name, i) => [name, shortName(i)]));

/** `a` to `z`, then `ba`, `bb` … */
function shortName(i: number): string {
  const letter = String.fromCharCode(97 + (i % 26));
  return i < 26 ? letter : shortName(Math.floor(i / 26)) + letter;
}

export const shortened = (words: WritingWords): { readonly [name: string]: unknown } =>
  Object.fromEntries(Object.entries(words).map(([name, word]) => [SHORT.get(name) ?? name, word]));
