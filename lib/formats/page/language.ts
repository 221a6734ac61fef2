/** What depends on a language: its direction, its dates, its numbers. Nothing here asks for the machine's own locale. */

export interface Formats {
  readonly date: (instant: string) => string;
  /** With the time of day and the name of the zone: when to be there. */
  readonly moment: (instant: string) => string;
  readonly number: (value: number) => string;
  readonly minutes: (value: number) => string;
}

const RIGHT_TO_LEFT = new Set(["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"]);

/** Of a script the language does not name, the one that it is mostly written in (UTS #35, likely subtags). */
export const scriptOf = once((language: string): string | undefined => {
  try {
    return new Intl.Locale(language).maximize().script;
  } catch {
    return undefined; // not a language tag
  }
});

export const directionOf = (language: string): "ltr" | "rtl" =>
  RIGHT_TO_LEFT.has(scriptOf(language) ?? "") ? "rtl" : "ltr";

const formatsBy = once((key: string): Formats => {
  const [language = "en", timeZone = "UTC"] = key.split(" ");
  // With English as the last choice, the locale of the machine is never one.
  const locales = [language, "en"];
  const day = { timeZone, year: "numeric", month: "long", day: "numeric" } as const;
  const date = new Intl.DateTimeFormat(locales, day);
  const moment = new Intl.DateTimeFormat(locales, {
    ...day,
    ...{ hour: "numeric", minute: "2-digit", timeZoneName: "short" },
  });
  const number = new Intl.NumberFormat(locales);
  const minutes = new Intl.NumberFormat(locales, { style: "unit", unit: "minute", unitDisplay: "short" });
  return {
    date: (instant) => date.format(Date.parse(instant)),
    moment: (instant) => moment.format(Date.parse(instant)),
    number: (value) => number.format(value),
    minutes: (value) => minutes.format(value),
  };
});

/** Making them takes longer than using them: the same ones for every page of a language. */
export const formatsOf = (language: string, timezone: string): Formats => formatsBy(`${language} ${timezone}`);

function once<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
