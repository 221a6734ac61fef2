/** The page's own words, in the language of its channel. */
import type { Channel, Kind } from "../../model.ts";
import { JA, KO, ZH_HANS, ZH_HANT } from "./asian.ts";
import { DE, EN, ES, FR, PT, RU } from "./european.ts";
import { scriptOf } from "./language.ts";

/** Of several channels of a kind, and of the one that a page is about. */
export type Listed = Kind | "channels";

/** In this order: what the owner chose, what the site is about, who writes it. */
export const KINDS: readonly Listed[] = ["channels", "categories", "tags", "sections", "authors", "languages"];

export interface Words {
  readonly skip: string;
  /** Over the title of the site's page. */
  readonly feeds: string;
  readonly one: { readonly [kind in Listed | "podcast"]: string };
  readonly many: { readonly [kind in Listed]: string };
  readonly subscribe: string;
  /** What a feed is, and what to do with its address. */
  readonly what: string;
  readonly podcast: string;
  readonly sameInEach: string;
  readonly copy: string;
  readonly copied: string;
  readonly newest: string;
  readonly nothing: string;
  /** Over the directory: the parts of the site that can be followed alone. */
  readonly parts: string;
  /** `{count}`, `{file}` */
  readonly rest: string;
  /** `{file}` */
  readonly opml: string;
  readonly list: string;
  readonly entries: (count: number, shown: string) => string;
  readonly live: string;
  readonly upcoming: string;
  readonly ended: string;
  readonly audio: string;
  readonly video: string;
}

const TABLE: { readonly [language: string]: Words | undefined } = {
  ...{ en: EN, de: DE, fr: FR, es: ES, pt: PT, ru: RU },
  ...{ ja: JA, ko: KO, zh: ZH_HANS, "zh-Hant": ZH_HANT },
};

export interface Spoken {
  readonly words: Words;
  /** False if these are English because there are none of the language. */
  readonly areNative: boolean;
}

/** Whatever Chinese is written in traditional characters (`zh-TW`, `zh-HK`, `yue`) reads those. */
export function wordsOf(language: string): Spoken {
  const primary = language.split("-")[0]?.toLowerCase() ?? "";
  const chinese = ["zh", "yue", "cmn"].includes(primary)
    ? scriptOf(language) === "Hant"
      ? "zh-Hant"
      : "zh"
    : undefined;
  const words = Object.hasOwn(TABLE, chinese ?? primary) ? TABLE[chinese ?? primary] : undefined;
  return { words: words ?? EN, areNative: words !== undefined };
}

/** What a channel is; nothing of the site's own. */
export function kindWord({ kind }: Channel, { words }: Spoken, isPodcast: boolean): string {
  if (isPodcast) return words.one.podcast;
  return kind === "site" || kind === "archive" ? words.feeds : words.one[kind];
}
