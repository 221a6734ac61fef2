/** What the server put into the page: the words of its language, and the site. */
import type { PageData } from "../../types.ts";
import { shortName } from "../../words/names.ts";

const data: PageData = JSON.parse(document.getElementById("data")?.textContent ?? "");

export const { language, languages, site } = data;

Object.assign(globalThis, { W: Object.fromEntries(data.words.map((word, i) => [shortName(i), word])) });

/** What a language is called in another, or in itself. */
export const languageName = (tag: string, shownIn: string): string =>
  new Intl.DisplayNames([shownIn, "en"], { type: "language" }).of(tag) ?? tag;

/** Between two sentences. */
export const SPACE = /^(?:ja|zh)/.test(language) ? "" : " ";

/** By these a name could turn the text around it (Unicode Standard Annex #9 §2). */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Puts values in the places of a text, which are `{name}`. */
export const filled = (text: string, values: { readonly [name: string]: string | number }): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place).replace(TURNS, ""));
