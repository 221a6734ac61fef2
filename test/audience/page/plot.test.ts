/** The shapes of plots: in their box whatever was counted, interrupted where days were not, and with round values and days beside. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayTicks } from "../../../lib/audience/page/dayticks.ts";
import {
  areaPath,
  barBasePath,
  barPath,
  dotPath,
  gapPath,
  gapsOf,
  highestOf,
  linePath,
  type PlotCounts,
  runsOf,
  ticksUpTo,
} from "../../../lib/audience/page/plot.ts";

const BOX = { width: 100, height: 50 };

const anyCounts: fc.Arbitrary<PlotCounts> = fc.array(
  fc.option(fc.oneof(fc.nat(20), fc.maxSafeNat()), { nil: undefined, freq: 3 }),
  { maxLength: 60 },
);

/** Each command of a path with its numbers. */
function commandsOf(path: string): readonly { readonly letter: string; readonly numbers: readonly number[] }[] {
  expect(path).toMatch(/^[MLHVZh\d. -]*$/);
  return [...path.matchAll(/([A-Za-z])([^A-Za-z]*)/g)].map(([, letter = "", text = ""]) => ({
    letter,
    numbers: text.split(" ").filter(Boolean).map(Number),
  }));
}

const strokesIn = (path: string) => commandsOf(path).filter(({ letter }) => letter === "M").length;

/** Whether a number is across or down: pairs, but for commands in one direction. */
const limitOf = (letter: string, i: number) =>
  letter === "V" || (letter !== "H" && i % 2 === 1) ? BOX.height : BOX.width;

test("every coordinate is within the box, with one decimal at most", () => {
  fc.assert(
    fc.property(anyCounts, (counts) => {
      const top = ticksUpTo(highestOf(counts)).at(-1) ?? 1;
      for (const path of [
        ...[linePath, dotPath, areaPath, barPath].map((draw) => draw(counts, top, BOX)),
        ...[gapPath, barBasePath].map((draw) => draw(counts, BOX)),
      ])
        for (const { letter, numbers } of commandsOf(path))
          for (const [i, number] of numbers.entries()) {
            expect(number).toBeGreaterThanOrEqual(0);
            expect(number).toBeLessThanOrEqual(limitOf(letter, i));
            expect(String(number)).toMatch(/^\d+(\.\d)?$/);
          }
    }),
  );
});

test("there are as many strokes as runs of counted days, and between them as many gaps as runs of others", () => {
  fc.assert(
    fc.property(anyCounts, (counts) => {
      const places = counts.map((count) => (count === undefined ? " " : "x")).join("");
      const runs = places.split(" ").filter(Boolean);
      expect(runsOf(counts).map(({ start, end }) => places.slice(start, end))).toEqual(runs);
      expect(gapsOf(counts)).toHaveLength(places.split("x").filter(Boolean).length);
      const [line, dots] = [linePath(counts, 1, BOX), dotPath(counts, 1, BOX)].map(strokesIn);
      expect([line, dots]).toEqual([
        runs.filter((run) => run.length > 1).length,
        runs.filter((run) => run.length === 1).length,
      ]);
      const points = commandsOf(linePath(counts, 1, BOX)).reduce((sum, { numbers }) => sum + numbers.length / 2, 0);
      expect(points + (dots ?? 0)).toBe(counts.filter((count) => count !== undefined).length);
    }),
  );
});

test("a bar stands on the base line of its day; a day of 0 has the line alone, one that was not counted has neither", () => {
  const counts = [4, 0, undefined, 2];
  expect(barPath(counts, 4, BOX)).toBe("M2.5 50V0H22.5V50ZM77.5 50V25H97.5V50Z");
  expect(barBasePath(counts, BOX)).toBe("M2.5 50H22.5M27.5 50H47.5M77.5 50H97.5");
});

test("a line runs from the first day to the last, and stops where a day was not counted", () => {
  const counts = [0, 10, undefined, 5, undefined, 10, 10];
  const box = { width: 60, height: 20 };
  expect(linePath(counts, 10, box)).toBe("M0 20 10 0M50 0 60 0");
  expect(dotPath(counts, 10, box)).toBe("M30 10h0");
  expect(areaPath(counts, 10, box)).toBe("M0 20L0 20 10 0L10 20ZM50 20L50 0 60 0L60 20Z");
  expect(gapPath(counts, box)).toBe("M10 0H30V20H10ZM30 0H50V20H30Z");
});

describe("values beside a plot", () => {
  test("begin at 0, have equal steps, are whole, few and round, and the last is not below the highest", () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(2_000), fc.maxSafeNat()), (highest) => {
        const ticks = ticksUpTo(highest);
        const step = ticks[1] ?? 0;
        expect(ticks).toEqual(ticks.map((_, i) => i * step));
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(String(step)).toMatch(/^[125]0*$/);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest);
        expect(ticks.length === 2 || (ticks.at(-2) ?? 0) < highest).toBe(true);
      }),
    );
  });

  test.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [7, [0, 2, 4, 6, 8]],
    [457, [0, 100, 200, 300, 400, 500]],
    [1000, [0, 200, 400, 600, 800, 1000]],
    [1001, [0, 500, 1000, 1500]],
  ])("up to %i are %j", (highest, ticks) => {
    expect(ticksUpTo(highest)).toEqual(ticks);
  });
});

describe("days below a plot", () => {
  const daysFrom = (first: string, count: number) =>
    Array.from({ length: count }, (_, i) => new Date(Date.parse(first) + i * 86_400_000).toISOString().slice(0, 10));
  const shown = (first: string, count: number) => {
    const days = daysFrom(first, count);
    return dayTicks(days, 8).places.map((i) => days[i]);
  };

  test("are all of a week, and end with the last one", () => {
    expect(shown("2026-11-26", 3)).toEqual(["2026-11-26", "2026-11-27", "2026-11-28"]);
    expect(shown("2026-10-30", 30)).toEqual(["2026-10-31", "2026-11-07", "2026-11-14", "2026-11-21", "2026-11-28"]);
  });

  test("are firsts of months when there are many, in steps that a year is divided by", () => {
    expect(shown("2026-05-13", 200)).toEqual(["06", "07", "08", "09", "10", "11"].map((month) => `2026-${month}-01`));
    expect(shown("2024-11-29", 730).map((day) => day?.slice(0, 7))).toEqual([
      ...["2025-01", "2025-04", "2025-07", "2025-10", "2026-01", "2026-04", "2026-07", "2026-10"],
    ]);
  });

  test("are never more than what there is room for, and never none", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 731 }), fc.nat(5_000), (count, start) => {
        const first = new Date(Date.parse("2016-02-20") + start * 86_400_000).toISOString().slice(0, 10);
        expect(shown(first, count).length).toBeLessThanOrEqual(8);
        expect(shown(first, count).length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});
