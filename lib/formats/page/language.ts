/** What depends on a language: direction, dates, numbers. Never on the locale or time zone of the machine. */

export interface Formatters {
  readonly date: (instant: string) => string;
  /** Date, time of day and time zone. */
  readonly dateTime: (instant: string) => string;
  readonly number: (value: number) => string;
  readonly minutes: (value: number) => string;
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
    timeZoneName: "short",
  });
  const number = new Intl.NumberFormat(locales);
  const minutes = new Intl.NumberFormat(locales, { style: "unit", unit: "minute", unitDisplay: "short" });
  return {
    date: (instant) => date.format(Date.parse(instant)),
    dateTime: (instant) => dateTime.format(Date.parse(instant)),
    number: (value) => number.format(value),
    minutes: (value) => minutes.format(value),
  };
});

/** Memoised, since making a formatter costs more than using it. */
export const formattersOf = (language: string, timezone: string): Formatters => formattersBy(`${language} ${timezone}`);

function memoised<Value>(make: (key: string) => Value): (key: string) => Value {
  const values = new Map<string, Value>();
  return (key) => {
    const cached = values.get(key);
    if (cached !== undefined) return cached;
    const value = make(key);
    values.set(key, value);
    return value;
  };
}
