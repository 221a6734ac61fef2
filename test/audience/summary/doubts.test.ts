/** Forged numbers: which counts are left out, and which are believed all the same. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysAfter } from "../../../lib/audience/days.ts";
import { leaveOutDoubtful } from "../../../lib/audience/summary/doubts.ts";
import type { DayCount } from "../../../lib/audience/types.ts";
import { channelOf, dayOf } from "../counted.ts";

const FIRST = "2026-01-01";

/** Nothing: it did not ask on that day; `-`: the day was not counted. */
type OnDay = number | undefined | "-";

/** What Feedly reported for `site` on days in a row. */
const reported = (...counts: readonly OnDay[]): readonly DayCount[] =>
  counts.flatMap((count, i) => {
    const subscribers: { [agent: string]: number } = count === undefined || count === "-" ? {} : { Feedly: count };
    return count === "-" ? [] : [dayOf(daysAfter(FIRST, i), { channels: { site: channelOf({ subscribers }) } })];
  });

const doubtfulIn = (days: readonly DayCount[]): readonly number[] =>
  leaveOutDoubtful(days)
    .doubtful.map(({ count }) => count)
    .toReversed();

const times = <T>(n: number, value: T): readonly T[] => Array.from({ length: n }, () => value);

describe("a count is doubtful", () => {
  test("when it is more than ten times the highest of the days before", () => {
    expect(doubtfulIn(reported(30, 50, 40, 500))).toEqual([]);
    expect(doubtfulIn(reported(30, 50, 40, 501, 45))).toEqual([501]);
  });

  test("only beyond 20, whatever was reported before", () => {
    expect(doubtfulIn(reported(0, 20))).toEqual([]);
    expect(doubtfulIn(reported(1, 20))).toEqual([]);
    expect(doubtfulIn(reported(0, 21))).toEqual([21]);
    expect(doubtfulIn(reported(2, 21))).toEqual([21]);
    expect(doubtfulIn(reported(3, 21, 30))).toEqual([]);
  });

  test("never when it is the first", () => {
    expect(doubtfulIn(reported(1_000_000))).toEqual([]);
    expect(doubtfulIn(reported(undefined, undefined, 1_000_000, 3))).toEqual([]);
  });

  test("by what was reported in the 30 days before, and not before those", () => {
    expect(doubtfulIn(reported(5, ...times(29, undefined), 900))).toEqual([900]);
    expect(doubtfulIn(reported(5, ...times(29, "-" as const), 900))).toEqual([900]);
    expect(doubtfulIn(reported(5, ...times(30, undefined), 900))).toEqual([]);
    expect(doubtfulIn(reported(900, ...times(29, 5), 800, 700))).toEqual([]);
    expect(doubtfulIn(reported(900, ...times(30, 5), 800, 6))).toEqual([800]);
  });

  test("without a doubtful one before it making it less so", () => {
    expect(doubtfulIn(reported(5, 5_000, 5, 4_000))).toEqual([5_000, 4_000]);
  });

  test("of one aggregator and one channel, whatever others say", () => {
    const subscribers = (site: number, tea: number, other: number) => ({
      site: channelOf({ subscribers: { Feedly: site, Inoreader: other } }),
      "tags/tea": channelOf({ subscribers: { Feedly: tea } }),
    });
    const days = [
      dayOf("2026-01-01", { channels: subscribers(900, 5, 900) }),
      dayOf("2026-01-02", { channels: subscribers(900, 900, 900) }),
    ];
    const { days: believed, doubtful } = leaveOutDoubtful(days);
    expect(doubtful).toEqual([{ day: "2026-01-02", channel: "tags/tea", agent: "Feedly", count: 900, before: 5 }]);
    expect(believed).toEqual([days[0], dayOf("2026-01-02", { channels: subscribers(900, 5, 900) })]);
  });
});

describe("of an aggregator that no table knows", () => {
  const day = (i: number, site: { readonly [agent: string]: number }, tea: { readonly [agent: string]: number } = {}) =>
    dayOf(daysAfter(FIRST, i), {
      channels: { site: channelOf({ subscribers: site }), "tags/tea": channelOf({ subscribers: tea }) },
    });
  const doubted = (...days: readonly DayCount[]) => leaveOutDoubtful(days).doubtful.map(({ agent }) => agent);

  test("the first number is doubtful when it is far beyond what is believed of all others that day", () => {
    expect(doubted(day(0, { Feedly: 100, Wonder: 1_000 }))).toEqual([]);
    expect(doubted(day(0, { Feedly: 100, Wonder: 1_001 }))).toEqual(["Wonder"]);
    expect(doubted(day(0, { Wonder: 20 }))).toEqual([]);
  });

  test("many small ones are one large one, whatever their names and channels", () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`Wonder${i}`, 30]));
    expect(doubted(day(0, { Feedly: 100, ...many }))).toHaveLength(50);
    expect(doubted(day(0, { Feedly: 100, Wonder: 600 }, { Wonder: 600 }))).toEqual(["Wonder", "Wonder"]);
  });

  test("no forged number of one that is known vouches for it", () => {
    const days = [day(0, { Feedly: 100 }), day(1, { Feedly: 2_000_000_000, Wonder: 999_999_999 })];
    expect(doubted(...days).toSorted()).toEqual(["Feedly", "Wonder"]);
  });

  test("in a new channel it is compared with what it reported for others", () => {
    const site = { Wonder: 500 };
    const days = Array.from({ length: 9 }, (_, i) => day(i, site));
    expect(
      leaveOutDoubtful([...days, day(9, site, { Wonder: 30 })]).doubtful.filter(
        ({ channel }) => channel === "tags/tea",
      ),
    ).toEqual([]);
  });
});

describe("in the place of a doubtful count", () => {
  const figures = (...counts: readonly OnDay[]) =>
    leaveOutDoubtful(reported(...counts)).days.map(({ channels }) => channels["site"]?.subscribers["Feedly"]);

  test("stands what the aggregator reported on the counted day before", () => {
    expect(figures(30, 25, 900, 800, "-", 900, 28)).toEqual([30, 25, 25, 25, 25, 28]);
  });

  test("stands nothing where it reported nothing then", () => {
    expect(figures(30, undefined, 900, 800, 30)).toEqual([30, undefined, undefined, undefined, 30]);
  });
});

describe("what is reported for long is believed", () => {
  test("from the 8th day on", () => {
    expect(doubtfulIn(reported(5, ...times(7, 900)))).toEqual(times(7, 900));
    expect(doubtfulIn(reported(5, ...times(9, 900), 8_000))).toEqual(times(7, 900));
  });

  test("a day that was not counted does not matter", () => {
    expect(doubtfulIn(reported(5, ...times(4, 900), "-", ...times(5, 900)))).toEqual(times(7, 900));
  });

  test("but not when it was not reported, or the number was a usual one, on a counted day between", () => {
    for (const between of [undefined, 6]) {
      const days = reported(5, ...times(6, 900), between, ...times(7, 900));
      expect(doubtfulIn(days)).toEqual(times(13, 900));
    }
  });

  test("nor when it is another number every day", () => {
    const days = reported(5, ...times(7, 900), 900_000);
    expect(doubtfulIn(days)).toEqual([...times(7, 900), 900_000]);
    expect(doubtfulIn(reported(5, ...times(7, 2_000), 100))).toEqual([...times(7, 2_000), 100]);
    expect(doubtfulIn(reported(5, 100, 2_000, 100, 2_000, 100, 2_000, 100, 2_000))).toHaveLength(8);
  });

  test("growth within ten-fold is about the same", () => {
    expect(doubtfulIn(reported(5, 100, 200, 300, 400, 500, 600, 700, 800, 900))).toHaveLength(7);
  });
});

test("no count is left out of an audience that never grows ten-fold", () => {
  const counts = fc.array(fc.option(fc.integer({ min: 50, max: 500 }), { nil: undefined }), { maxLength: 60 });
  fc.assert(
    fc.property(counts, (numbers) => {
      const days = reported(...numbers);
      expect(leaveOutDoubtful(days)).toEqual({ days, doubtful: [] });
    }),
    { numRuns: 50 },
  );
});
