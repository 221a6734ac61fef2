/** The word that was meant: the nearest of those that there are. */
import { distance } from "fastest-levenshtein";

/** A word that is far longer than all of them is near to none. */
const LONGEST = 50;

/** Without case, accents and what separates words. */
export const foldedWord = (word: string): string =>
  word
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

/** How many letters are wrong, missing or too many; two that changed places are one. */
export function slips(a: string, b: string): number {
  const far = distance(a, b);
  return far === 2 && a.length === b.length && isSwapped(a, b) ? 1 : far;
}

function isSwapped(a: string, b: string): boolean {
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** The nearest of `words`, unless it has little to do with what was written. */
export function nearest<Word extends string>(written: string, words: readonly Word[]): Word | undefined {
  if (written.length > LONGEST) return undefined;
  const folded = foldedWord(written);
  const most = folded.length <= 4 ? 1 : Math.max(2, folded.length / 3);
  let [best, least]: [Word | undefined, number] = [undefined, most];
  for (const word of words) {
    const far = slips(folded, foldedWord(word));
    if (far < least || (far === least && best === undefined)) [best, least] = [word, far];
  }
  return best;
}
