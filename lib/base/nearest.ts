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

/** The nearest of `words`, unless it has little to do with what was written. */
export function nearest<Word extends string>(written: string, words: readonly Word[]): Word | undefined {
  if (written.length > LONGEST) return undefined;
  const folded = foldedWord(written);
  const most = folded.length <= 3 ? 1 : Math.max(2, folded.length / 3);
  let [best, least]: [Word | undefined, number] = [undefined, most];
  for (const word of words) {
    const far = distance(folded, foldedWord(word));
    if (far < least || (far === least && best === undefined)) [best, least] = [word, far];
  }
  return best;
}
