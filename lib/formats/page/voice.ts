/** How a page speaks: its words and numbers in one language, and what is said in another marked as such. */
import type { Site } from "../../model.ts";
import { xmlAttribute, xmlText } from "../form.ts";
import { directionOf, type Formats, formatsOf } from "./language.ts";
import { type Spoken, wordsOf } from "./words.ts";

export interface Voice extends Spoken {
  readonly language: string;
  readonly formats: Formats;
  /** A word of the page's own as markup. */
  readonly say: (word: string) => string;
  /** The attributes of an element whose text is in that language: none if the page is too. */
  readonly langOf: (language: string) => string;
}

export function voiceOf(language: string, { timezone }: Site): Voice {
  const spoken = wordsOf(language);
  const direction = directionOf(language);
  return {
    ...{ ...spoken, language, formats: formatsOf(language, timezone) },
    say: (word) => (spoken.areNative ? xmlText(word) : `<bdi lang="en">${xmlText(word)}</bdi>`),
    langOf(other) {
      if (other === language) return "";
      const dir = directionOf(other);
      return `${langAttribute(other)}${dir === direction ? "" : ` dir="${dir}"`}`;
    },
  };
}

export const langAttribute = (language: string): string => ` lang="${xmlAttribute(language)}"`;
