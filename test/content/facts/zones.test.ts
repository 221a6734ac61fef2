/** The fast conversions give what Temporal gives, on both sides of every change of an offset. */
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { parseDate, wallTimeOf } from "../../../lib/content/facts/dates.ts";
import { steadyOffset } from "../../../lib/content/facts/zones.ts";

const ZONES = [
  ...["UTC", "Asia/Shanghai", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"],
  ...["Pacific/Kiritimati", "Africa/Casablanca", "Antarctica/Troll", "Asia/Kathmandu", "America/Sao_Paulo"],
  ...["+08:00", "-03:30", "+14:00"],
];
const zone = fc.constantFrom(...ZONES);
const two = (n: number) => String(n).padStart(2, "0");

/** Changes of clocks, and moments within two days of one or anywhere at all. */
const moment = fc.oneof(
  fc
    .date({ min: new Date("1968-01-01"), max: new Date("2203-01-01"), noInvalidDate: true })
    .map((date) => date.getTime()),
  fc
    .tuple(zone, fc.integer({ min: 0, max: 70 }), fc.integer({ min: -172_800, max: 172_800 }))
    .map(([timezone, years, by]) => {
      const from = Temporal.Instant.from(`${1970 + years}-01-01T00:00:00Z`).toZonedDateTimeISO(timezone);
      return (from.getTimeZoneTransition("next") ?? from).epochMilliseconds + by * 1000;
    }),
);
const instantAt = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

test("the wall time in a zone is that of Temporal", () => {
  fc.assert(
    fc.property(zone, moment, (timezone, ms) => {
      const at = Temporal.Instant.from(instantAt(ms)).toZonedDateTimeISO(timezone);
      expect(wallTimeOf(instantAt(ms), timezone)).toEqual({
        ...{ year: at.year, month: at.month, day: at.day, hour: at.hour, minute: at.minute, second: at.second },
        ...{ dayOfYear: at.dayOfYear, dayOfWeek: at.dayOfWeek, week: at.weekOfYear, weekYear: at.yearOfWeek },
        seconds: Math.floor(at.epochMilliseconds / 1000),
      });
    }),
    { numRuns: 3000 },
  );
});

test("a wall time in a zone is the instant that Temporal reads", () => {
  fc.assert(
    fc.property(zone, moment, (timezone, ms) => {
      const { year, month, day, hour, minute, second } = Temporal.Instant.from(instantAt(ms)).toZonedDateTimeISO("UTC");
      const clock = { year, month, day, hour, minute, second };
      const expected = Temporal.PlainDateTime.from(clock).toZonedDateTime(timezone).toInstant().toString();
      const written = `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
      expect(parseDate(written, timezone)).toBe(expected);
      if (/^[+-]/.test(timezone)) expect(parseDate(`${written} ${timezone}`, "Europe/Paris")).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});

test("a day or time that does not exist gives nothing", () => {
  for (const text of ["2026-02-29", "2026-04-31", "2026-13-01", "2026-00-01", "2026-01-00", "2026-01-01 24:00"]) {
    expect(parseDate(text, "Asia/Shanghai")).toBeUndefined();
  }
  for (const text of ["2026-01-01 10:60", "2026-01-01 10:00:60", "2026-01-01 13:00 pm", "2026-01-01 10:00 +25:00"]) {
    expect(parseDate(text, "Asia/Shanghai")).toBeUndefined();
  }
  expect(parseDate("2024-02-29", "Asia/Shanghai")).toBe("2024-02-28T16:00:00Z");
});

test("a month in which the offset changes has no single one, nor has an unknown zone", () => {
  expect(steadyOffset("Europe/Paris", 2026, 3)).toBeUndefined();
  expect(steadyOffset("Europe/Paris", 2026, 5)).toBe(2 * 3_600_000);
  expect(steadyOffset("Asia/Shanghai", 2026, 3)).toBe(8 * 3_600_000);
  expect(steadyOffset("Mars/Olympus", 2026, 3)).toBeUndefined();
});
