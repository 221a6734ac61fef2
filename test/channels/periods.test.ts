/** Periods of the site's calendar. */
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { calendarOf } from "../../lib/channels/periods.ts";
import type { Period } from "../../lib/model.ts";

describe("a period", () => {
  test.each([
    ["year", "2026", "2025-12-31T16:00:00Z", "2026-12-31T16:00:00Z"],
    ["month", "2026-10", "2026-09-30T16:00:00Z", "2026-10-31T16:00:00Z"],
    ["week", "2026-W43", "2026-10-18T16:00:00Z", "2026-10-25T16:00:00Z"],
    ["day", "2026-10-20", "2026-10-19T16:00:00Z", "2026-10-20T16:00:00Z"],
  ] as const)("of a %s has its name and bounds in the site's time zone", (period, name, start, end) => {
    expect(calendarOf(period, "Asia/Shanghai")("2026-10-20T01:00:00Z")).toEqual({ name, start, end });
  });

  test("begins at midnight in the site's time zone, not in UTC", () => {
    const periodOf = calendarOf("month", "Asia/Shanghai");
    expect(periodOf("2026-09-30T15:59:59Z").name).toBe("2026-09");
    expect(periodOf("2026-09-30T16:00:00Z").name).toBe("2026-10");
  });

  test("of a week belongs to the year that ISO 8601 assigns", () => {
    expect(calendarOf("week", "UTC")("2027-01-02T00:00:00Z").name).toBe("2026-W53");
    expect(calendarOf("week", "UTC")("2024-12-30T00:00:00Z").name).toBe("2025-W01");
  });

  test("of a day has 23 hours when daylight saving time begins", () => {
    expect(calendarOf("day", "Europe/Paris")("2026-03-29T12:00:00Z")).toMatchObject({
      start: "2026-03-28T23:00:00Z",
      end: "2026-03-29T22:00:00Z",
    });
  });

  test("contains its instant, ends where the next begins, and has names in chronological order", () => {
    const moment = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) });
    const toInstant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: "second" });
    fc.assert(
      fc.property(
        fc.array(moment, { minLength: 2, maxLength: 6 }),
        fc.constantFrom<Period>("year", "month", "week", "day"),
        fc.constantFrom("UTC", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"),
        (moments, period, timezone) => {
          const periodOf = calendarOf(period, timezone);
          const periods = moments.map((ms) => [toInstant(ms), periodOf(toInstant(ms))] as const);
          for (const [instant, { name, start, end }] of periods) {
            expect(start <= instant && instant < end).toBe(true);
            const next = periodOf(end);
            expect(next.start).toBe(end);
            expect(next.name > name).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
