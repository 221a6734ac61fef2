/** The locale of a page: its words, numbers and dates, and how text in another language is marked. */
import { type Html, html } from "../../base/html.ts";
import type { Site } from "../../site/types.ts";
import { directionOf, type Formatters, formattersOf } from "./language.ts";
import { type LocalWords, wordsOf } from "./words/lookup.ts";

export interface PageLocale extends LocalWords {
  readonly language: string;
  readonly formatters: Formatters;
  /** One of the page's words, marked as English if it is not translated. */
  readonly phrase: (word: string | Html) => Html;
  /** `lang` and `dir` of an element whose text is in `language`: empty if the page is too. */
  readonly languageAttributes: (language: string) => Html;
}

export function pageLocale(language: string, { timezone }: Pick<Site, "timezone">): PageLocale {
  const { words, isTranslated } = wordsOf(language);
  const direction = directionOf(language);
  return {
    words,
    isTranslated,
    language,
    formatters: formattersOf(language, timezone),
    phrase: (word) => (isTranslated ? html`${word}` : html`<bdi lang="en">${word}</bdi>`),
    languageAttributes(other) {
      if (other === language) return html``;
      const dir = directionOf(other);
      return html`${langAttribute(other)}${dir === direction ? "" : html` dir="${dir}"`}`;
    },
  };
}

export const langAttribute = (language: string): Html => html` lang="${language}"`;
