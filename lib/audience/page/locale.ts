/** The language of the author's page: its words, and how it writes numbers, dates and text of the site. */
import { type Html, html } from "../../base/html.ts";
import { memoised } from "../../base/memoised.ts";
import { formattersOf, scriptOf } from "../../formats/page/language.ts";
import { langAttribute } from "../../formats/page/locale.ts";
import { shorten } from "../../formats/page/text.ts";
import type { Day } from "../types.ts";
import { AUDIENCE_EN } from "./words/en.ts";
import type { AudienceWords } from "./words/words.ts";
import { AUDIENCE_ZH_HANS } from "./words/zh-hans.ts";
import { AUDIENCE_ZH_HANT } from "./words/zh-hant.ts";

export interface AudienceLocale {
  readonly words: AudienceWords;
  /** Of the whole page but for titles: a page in two languages would mix two ways to write a number. */
  readonly language: string;
  readonly number: (value: number) => string;
  /** Beside an axis: `1.2M`. */
  readonly axisNumber: (value: number) => string;
  /** `+12`, `0`, `−3`; a dash where it is not known. */
  readonly change: (value: number | undefined) => string;
  readonly bytes: (value: number) => string;
  readonly date: (day: Day) => string;
  /** In tables. */
  readonly shortDate: (day: Day) => string;
  /** Below an axis. */
  readonly dayAndMonth: (day: Day) => string;
  readonly monthAndYear: (day: Day) => string;
  /** Text of the site as one line, in its own language and direction. */
  readonly title: (title: ShownTitle) => Html;
  /** The same where there can be no markup. */
  readonly plainTitle: (title: ShownTitle) => string;
  readonly sentences: (sentences: readonly string[]) => string;
}

export interface ShownTitle {
  readonly text: string;
  /** That it has at most. */
  readonly characters: number;
  /** In its place if it is empty. */
  readonly otherwise: string;
}

const CHINESE = ["zh", "yue", "cmn"];

/** Chinese goes by script, as on other pages. */
function wordsIn(language: string): AudienceWords | undefined {
  const script = scriptOf(language);
  const primary = language.split("-")[0]?.toLowerCase() ?? "";
  if (script === undefined) return undefined;
  if (CHINESE.includes(primary)) return script === "Hant" ? AUDIENCE_ZH_HANT : AUDIENCE_ZH_HANS;
  return primary === "en" ? AUDIENCE_EN : undefined;
}

/** A page without a translation is in English, numbers and dates included. */
export function audienceLocale(siteLanguage: string): AudienceLocale {
  const found = wordsIn(siteLanguage);
  const isTag = scriptOf(siteLanguage) !== undefined;
  const language = found === undefined ? "en" : siteLanguage;
  const { number, date } = formattersOf(language, "UTC");
  const lang = siteLanguage === language || !isTag ? html`` : langAttribute(siteLanguage);
  const words = found ?? AUDIENCE_EN;
  const plainTitle = ({ text, characters, otherwise }: ShownTitle) =>
    shorten(text, characters) || shorten(otherwise, characters);
  return {
    ...{ words, language, number, date },
    ...numbersOf(language),
    title: (title) => html`<bdi${lang}>${plainTitle(title)}</bdi>`,
    plainTitle,
    sentences: (sentences) => sentences.filter(Boolean).join(words.betweenSentences),
  };
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

const numbersOf = memoised((language: string) => {
  const locales = [language, "en"];
  const compact = new Intl.NumberFormat(locales, { notation: "compact", maximumFractionDigits: 1 });
  const plain = new Intl.NumberFormat(locales);
  const signed = new Intl.NumberFormat(locales, { signDisplay: "exceptZero" });
  const sizes = UNITS.map(
    (unit) => new Intl.NumberFormat(locales, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }),
  );
  const shortDay = new Intl.DateTimeFormat(locales, { timeZone: "UTC", month: "short", day: "numeric" });
  const medium = new Intl.DateTimeFormat(locales, { timeZone: "UTC", dateStyle: "medium" });
  const shortMonth = new Intl.DateTimeFormat(locales, { timeZone: "UTC", month: "short", year: "numeric" });
  return {
    axisNumber: (value: number) => (value < 10_000 ? plain : compact).format(value),
    change: (value: number | undefined) => (value === undefined ? "–" : signed.format(value).replace("-", "−")),
    bytes(value: number) {
      const unit = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
      return sizes[unit]?.format(value / 1000 ** unit) ?? plain.format(value);
    },
    shortDate: (day: Day) => medium.format(Date.parse(day)),
    dayAndMonth: (day: Day) => shortDay.format(Date.parse(day)),
    monthAndYear: (day: Day) => shortMonth.format(Date.parse(day)),
  };
});

/** A number with `~` before it, where some of it is an estimate. */
export const about = (shown: string, estimated: number): string => (estimated > 0 ? `~${shown}` : shown);
