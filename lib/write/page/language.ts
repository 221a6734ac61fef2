/** In which language the page is, and in which direction. */
import Negotiator from "negotiator";
import { directionOf, scriptOf } from "../../formats/page/language.ts";
import { DE } from "./words/de.ts";
import { EN } from "./words/en.ts";
import { ES } from "./words/es.ts";
import { FR } from "./words/fr.ts";
import { JA } from "./words/ja.ts";
import { KO } from "./words/ko.ts";
import { PT } from "./words/pt.ts";
import { RU } from "./words/ru.ts";
import type { WritingWords } from "./words/words.ts";
import { ZH_HANS } from "./words/zh-hans.ts";
import { ZH_HANT } from "./words/zh-hant.ts";

const TABLE = {
  de: DE,
  en: EN,
  es: ES,
  fr: FR,
  ja: JA,
  ko: KO,
  pt: PT,
  ru: RU,
  "zh-Hans": ZH_HANS,
  "zh-Hant": ZH_HANT,
} as const satisfies { readonly [tag: string]: WritingWords };

export type WritingLanguage = keyof typeof TABLE;

export const WRITING_LANGUAGES = Object.keys(TABLE) as readonly WritingLanguage[];

export const writingWords = (language: WritingLanguage): WritingWords => TABLE[language];

const CHINESE = ["zh", "yue", "cmn"];

/** The language of the page that a tag means, if there is one; Chinese by its script. */
export function writingLanguage(tag: string): WritingLanguage | undefined {
  const primary = tag.split("-")[0]?.toLowerCase() ?? "";
  const name = CHINESE.includes(primary) ? (scriptOf(tag) === "Hant" ? "zh-Hant" : "zh-Hans") : primary;
  return WRITING_LANGUAGES.find((each) => each === name);
}

export interface LanguageWish {
  /** `lang` of the query. */
  readonly asked?: string | null;
  /** `Accept-Language`. */
  readonly accepted?: string | null;
  /** The site's own, which also counts if the page has no words in it: they are English then, in its direction. */
  readonly site: string;
}

export interface ChosenLanguage {
  readonly language: WritingLanguage;
  readonly direction: "ltr" | "rtl";
}

/** The first that the page has of: the one asked for, those that the browser accepts, the one of the site. */
export function chooseLanguage({ asked, accepted, site }: LanguageWish): ChosenLanguage {
  const wished = [asked ?? "", ...new Negotiator({ headers: { "accept-language": accepted ?? "" } }).languages(), site];
  for (const tag of wished) {
    const language = writingLanguage(tag);
    if (language) return { language, direction: directionOf(language) };
    // Who reads from right to left is used to pages laid out so, whatever the language of their words.
    if (directionOf(tag) === "rtl") return { language: "en", direction: "rtl" };
  }
  return { language: "en", direction: "ltr" };
}
