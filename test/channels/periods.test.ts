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

  test("is the same, whatever was asked before", () => {
    const days = fc.array(fc.integer({ min: 0, max: 800 }), { minLength: 1, maxLength: 40 });
    const toInstant = (day: number) =>
      Temporal.Instant.fromEpochMilliseconds(Date.UTC(2024, 0) + day * 80_000_000).toString({ smallestUnit: "second" });
    fc.assert(
      fc.property(days, fc.constantFrom<Period>("year", "month", "week", "day"), (days, period) => {
        // Two names of one time zone, so that neither calendar knows what the other has found.
        const [newestFirst, oldestFirst] = [calendarOf(period, "US/Eastern"), calendarOf(period, "America/New_York")];
        const sorted = days.toSorted((a, b) => b - a).map(toInstant);
        expect(sorted.map(newestFirst)).toEqual(sorted.toReversed().map(oldestFirst).toReversed());
      }),
      { numRuns: 50 },
    );
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

  test("that has ended does not come again where clocks go back over midnight", () => {
    // In Newfoundland 2009-11-01 00:01 became 2009-10-31 23:01.
    for (const [period, before, after] of [
      ["day", "2009-10-31", "2009-11-01"],
      ["month", "2009-10", "2009-11"],
    ] as const) {
      const periodOf = calendarOf(period, "America/St_Johns");
      const names = ["02:31:00", "02:29:59", "02:30:00", "03:15:00", "03:30:00"].map(
        (time) => periodOf(`2009-11-01T${time}Z`).name,
      );
      expect(names).toEqual([after, before, after, after, after]);
    }
  });

  test("is one for each instant about a change of clocks, at midnight too, whichever is asked for first", () => {
    const zones = `America/St_Johns America/Goose_Bay America/Havana America/Asuncion America/Sao_Paulo America/Nuuk
      Asia/Beirut Asia/Amman Asia/Gaza Africa/Cairo Pacific/Apia Atlantic/Azores`.split(/\s+/);
    const toText = (instant: Temporal.Instant) => instant.toString({ smallestUnit: "second" });
    const change = fc
      .tuple(fc.constantFrom(...zones), fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2030, 0) }))
      .map(([timezone, ms]) => {
        const start = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone);
        const at = start.getTimeZoneTransition("next") ?? start.getTimeZoneTransition("previous") ?? start;
        return { timezone, at: at.toInstant() };
      });
    const seconds = fc.array(fc.integer({ min: -7300, max: 7300 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(
        change,
        seconds,
        fc.constantFrom<Period>("year", "month", "week", "day"),
        ({ timezone, at }, offsets, period) => {
          const periodOf = calendarOf(period, timezone);
          const instants = offsets.map((offset) => toText(at.add({ seconds: offset })));
          const byInstant = new Map(instants.map((instant) => [instant, periodOf(instant)]));
          const inOrder = [...byInstant].sort(([a], [b]) => (a < b ? -1 : 1));
          for (const [i, [instant, { name, start, end }]] of inOrder.entries()) {
            expect(start <= instant && instant < end).toBe(true);
            const [, next] = inOrder[i + 1] ?? [];
            if (next)
              expect(next.name === name ? next.start === start : next.start >= end && next.name > name).toBe(true);
            expect(periodOf(start).name).toBe(name);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
