/** The day in UTC of the times that logs have. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayOfDate, dayOfSeconds, dayOfText, dayOfTime } from "../../../lib/audience/logs/days.ts";
import { logTime } from "./writers.ts";

const MIDNIGHT = Date.UTC(2026, 10, 29);
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
/** Some within a minute or an hour of each other, so that what was worked out last is of use, or would mislead. */
const moments = fc.array(
  fc.record({
    ms: fc.oneof(
      fc.integer({ min: -90_000, max: 90_000 }),
      fc.integer({ min: -7_200_000, max: 7_200_000 }),
      fc.integer({ min: -1e12, max: 1e12 }),
    ),
    ahead: fc.constantFrom(0, 60, 330, 345, 840, -210, -480),
  }),
  { minLength: 2, maxLength: 8 },
);

test("a time of nginx and Apache is of the day in UTC, whatever its zone and whichever times were read before", () => {
  fc.assert(
    fc.property(moments, (times) => {
      const found = times.map(({ ms, ahead }) => dayOfTime(`x [${logTime(MIDNIGHT + ms, ahead)}] "`, 3));
      expect(found).toEqual(times.map(({ ms }) => dayOf(MIDNIGHT + ms)));
    }),
  );
});

test("dates and seconds are of their day, whichever were read before", () => {
  fc.assert(
    fc.property(moments, (times) => {
      const days = times.map(({ ms }) => dayOf(MIDNIGHT + ms));
      expect(days.map((day) => dayOfDate(`x\t${day}\t`, 2, 12))).toEqual(days);
      expect(times.map(({ ms }) => dayOfSeconds((MIDNIGHT + ms) / 1000))).toEqual(days);
    }),
  );
});

describe("no day", () => {
  test.each([
    ...["30/Feb/2026:10:00:00 +0000", "00/Nov/2026:10:00:00 +0000", "28/Nom/2026:10:00:00 +0000"],
    ...["28/Nov/2026:24:00:00 +0000", "28/Nov/2026:10:60:00 +0000", "28/Nov/2026:10:00:61 +0000"],
    ...["28/Nov/2026:10:00:x0 +0000", "28/Nov/2026:10:00:00 *0000", "28/Nov/0026:10:00:00 +0000", ""],
  ])("is found in the time %j, after a good one of the same minute either", (time) => {
    expect(dayOfTime(time, 0)).toBeUndefined();
    expect(dayOfTime("28/Nov/2026:10:00:00 +0000", 0)).toBe("2026-11-28");
    expect(dayOfTime(time, 0)).toBeUndefined();
  });

  test.each(["2026-02-29", "2026-13-01", "2026-11-00", "2026-1-1", "0000-01-01", "-", "", "2026-11-280"])(
    "is found in the date %j",
    (date) => {
      expect(dayOfDate("2026-11-28", 0, 10)).toBe("2026-11-28");
      expect(dayOfDate(date, 0, date.length)).toBeUndefined();
    },
  );

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e15])("is found in %d seconds", (seconds) => {
    expect(dayOfSeconds(seconds)).toBeUndefined();
  });

  test.each(["2026-11-28", "2026-11-31T10:00:00Z", "2026-11-28T24:00:00Z", "2026-11-28T10:00:61Z", "yesterday"])(
    "is found in the text %j",
    (text) => {
      expect(dayOfText(text)).toBeUndefined();
    },
  );
});

test.each([
  ["2026-11-28T23:59:60Z", "2026-11-28"],
  ["2026-11-29T00:30:00.123+0100", "2026-11-28"],
  ["2026-11-28T23:30:00.123456789-01:00", "2026-11-29"],
  ["2026/11/28 23:59:59.123", "2026-11-28"],
  ["28/Nov/2026:20:00:00 -0500", "2026-11-29"],
])("%s is of %s", (text, day) => {
  expect(dayOfText(text)).toBe(day);
});
