/** What depends on a language: direction, dates, numbers. Never on the locale or time zone of the machine. */

import { memoised } from "../../base/memoised.ts";

export interface Formatters {
  readonly date: (instant: string) => string;
  /** Date, time of day and time zone. */
  readonly dateTime: (instant: string) => string;
  readonly number: (value: number) => string;
  /** In whole minutes; less than one, in seconds. */
  readonly duration: (seconds: number) => string;
}

interface TextInfo {
  readonly direction?: "ltr" | "rtl";
}

/** ECMA-402, Intl Locale Info; not in TypeScript's library yet. Node 22 has the proposal's former property alone. */
interface LocaleInfo extends Intl.Locale {
  getTextInfo?(): TextInfo;
  readonly textInfo?: TextInfo;
}

/** The script of a language; if the tag names none, the one that it is mostly written in (UTS #35, likely subtags). */
export const scriptOf = memoised((language: string): string | undefined => localeOf(language)?.maximize().script);

export const directionOf = memoised((language: string): "ltr" | "rtl" => {
  const locale = localeOf(language) as LocaleInfo | undefined;
  return (locale?.getTextInfo?.() ?? locale?.textInfo)?.direction ?? "ltr";
});

function localeOf(language: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(language);
  } catch {
    return undefined; // not a language tag
  }
}

const formattersBy = memoised((key: string): Formatters => {
  const [language = "en", timeZone = "UTC"] = key.split(" ");
  // `Intl` falls back to the locale of the machine only if it knows none of the list, and it always knows English.
  const locales = [language, "en"];
  const day = { timeZone, year: "numeric", month: "long", day: "numeric" } as const;
  const date = new Intl.DateTimeFormat(locales, day);
  const dateTime = new Intl.DateTimeFormat(locales, {
    ...day,
    hour: "numeric",
    minute: "2-digit",
  });
  // Some languages have it between the date and the time.
  const zone = new Intl.DateTimeFormat(locales, { timeZone, timeZoneName: "short" });
  const zoneAt = (instant: number) => zone.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value;
  const number = new Intl.NumberFormat(locales);
  const unit = { style: "unit", unitDisplay: "short" } as const;
  const minutes = new Intl.NumberFormat(locales, { ...unit, unit: "minute" });
  const seconds = new Intl.NumberFormat(locales, { ...unit, unit: "second" });
  return {
    date: (instant) => date.format(Date.parse(instant)),
    dateTime(instant) {
      const time = Date.parse(instant);
      return `${dateTime.format(time)} ${zoneAt(time) ?? ""}`.trimEnd();
    },
    number: (value) => number.format(value),
    duration: (length) =>
      length < 59.5 ? seconds.format(Math.max(1, Math.round(length))) : minutes.format(Math.round(length / 60)),
  };
});

/** Memoised, since making a formatter costs more than using it. */
export const formattersOf = (language: string, timezone: string): Formatters => formattersBy(`${language} ${timezone}`);
