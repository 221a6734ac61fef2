/** Language → the words of its pages. */
import type { Channel } from "../../../channels/types.ts";
import type { Site } from "../../../site/types.ts";
import { scriptOf } from "../language.ts";
import { DE } from "./de.ts";
import { EN } from "./en.ts";
import { ES } from "./es.ts";
import { FR } from "./fr.ts";
import { JA } from "./ja.ts";
import { KO } from "./ko.ts";
import { PT } from "./pt.ts";
import { RU } from "./ru.ts";
import type { ListedKind, Words } from "./words.ts";
import { ZH_HANS } from "./zh-hans.ts";
import { ZH_HANT } from "./zh-hant.ts";

/** In the order of directories: what the owner chose, what the site is about, who writes it. */
export const kindsOf = ({ taxonomies }: Pick<Site, "taxonomies">): readonly Channel["kind"][] => [
  ...["channels", "categories", "tags"],
  ...taxonomies,
  ...["sections", "authors", "languages"],
];

const TABLE: { readonly [language: string]: Words | undefined } = {
  en: EN,
  de: DE,
  fr: FR,
  es: ES,
  pt: PT,
  ru: RU,
  ja: JA,
  ko: KO,
  zh: ZH_HANS,
  "zh-Hant": ZH_HANT,
};

const CHINESE = ["zh", "yue", "cmn"];

export interface LocalWords {
  readonly words: Words;
  /** False if there is no translation and the words are English. */
  readonly isTranslated: boolean;
}

/** Chinese goes by script: `zh-TW`, `zh-HK` and `yue` are written in traditional characters. */
export function wordsOf(language: string): LocalWords {
  const primary = language.split("-")[0]?.toLowerCase() ?? "";
  const chinese = scriptOf(language) === "Hant" ? "zh-Hant" : "zh";
  const name = CHINESE.includes(primary) ? chinese : primary;
  const words = Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
  return { words: words ?? EN, isTranslated: words !== undefined };
}

export function kindWord({ kind }: Pick<Channel, "kind">, { words }: LocalWords, isPodcast: boolean): string {
  if (isPodcast) return words.one.podcast;
  return kind === "site" || kind === "archive" ? words.feeds : wordFor(kind, words.one);
}

/** A taxonomy of the owner's own is called as its key is. */
export const wordFor = (kind: Channel["kind"], words: { readonly [kind in ListedKind]: string }): string =>
  Object.hasOwn(words, kind) ? words[kind as ListedKind] : `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`;
