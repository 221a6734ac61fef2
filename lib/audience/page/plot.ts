/** Numbers by day → the shapes of a plot: where lines, areas and bars run, where days are missing, which values and days are written beside. */

/** `undefined`: the day was not counted. */
export type PlotCounts = readonly (number | undefined)[];

/** Of the drawing, in units of its view box; the origin is at the top left. */
export interface PlotBox {
  readonly width: number;
  readonly height: number;
}

/** Days that follow each other: from the place `start` up to the place before `end`. */
export interface DayRun {
  readonly start: number;
  readonly end: number;
}

/** Part of the room for a day that its bar takes. */
const BAR = 0.8;

/** The longest runs of days that were counted. */
export const runsOf = (counts: PlotCounts): readonly DayRun[] => runsWhere(counts, (count) => count !== undefined);

/** The longest runs of days that were not. */
export const gapsOf = (counts: PlotCounts): readonly DayRun[] => runsWhere(counts, (count) => count === undefined);

function runsWhere(counts: PlotCounts, holds: (count: number | undefined) => boolean): readonly DayRun[] {
  const runs: DayRun[] = [];
  for (let start = 0; start < counts.length; start++) {
    if (!holds(counts[start])) continue;
    let end = start + 1;
    while (end < counts.length && holds(counts[end])) end++;
    runs.push({ start, end });
    start = end;
  }
  return runs;
}

export const highestOf = (counts: PlotCounts): number =>
  counts.reduce<number>((most, count) => Math.max(most, count ?? 0), 0);

/** From 0 in steps of 1, 2 or 5 times a power of ten, at most five of them; the last is not below `highest`. Whole numbers, as counts are. */
export function ticksUpTo(highest: number): readonly number[] {
  const least = Math.max(highest, 1) / 5;
  const power = Math.max(1, 10 ** Math.floor(Math.log10(least)));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= least) ?? 10 * power;
  const steps = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: steps + 1 }, (_, i) => i * step);
}

/** Days from the left edge to the right one; a single one is in the middle. */
export function placeOf(i: number, days: number, { width }: PlotBox): number {
  return days < 2 ? width / 2 : (i / (days - 1)) * width;
}

/** One stroke for each run of at least two counted days. */
export const linePath = (counts: PlotCounts, top: number, box: PlotBox): string =>
  strokesOf(counts, top, box, ({ start, end }) => end - start > 1, "");

/** A stroke without length, which round ends make a dot, for each counted day between two that were not. */
export const dotPath = (counts: PlotCounts, top: number, box: PlotBox): string =>
  strokesOf(counts, top, box, ({ start, end }) => end - start === 1, "h0");

function strokesOf(
  counts: PlotCounts,
  top: number,
  box: PlotBox,
  isDrawn: (run: DayRun) => boolean,
  ending: string,
): string {
  const strokes = runsOf(counts)
    .filter(isDrawn)
    .map((run) => `M${pointsOf(counts, run, top, box)}${ending}`);
  return strokes.join("");
}

/** What lies between each stroke of `linePath` and the bottom. A day alone has no area. */
export function areaPath(counts: PlotCounts, top: number, box: PlotBox): string {
  return runsOf(counts)
    .filter(({ start, end }) => end - start > 1)
    .map((run) => {
      const [left, right] = [run.start, run.end - 1].map((i) => rounded(placeOf(i, counts.length, box)));
      return `M${left} ${box.height}L${pointsOf(counts, run, top, box)}L${right} ${box.height}Z`;
    })
    .join("");
}

/** From the last counted day before each gap to the first one after it, over the whole height. */
export function gapPath(counts: PlotCounts, box: PlotBox): string {
  if (counts.length < 2) return "";
  return gapsOf(counts)
    .map(({ start, end }) => {
      const left = rounded(placeOf(Math.max(0, start - 1), counts.length, box));
      const right = rounded(placeOf(Math.min(counts.length - 1, end), counts.length, box));
      return `M${left} 0H${right}V${box.height}H${left}Z`;
    })
    .join("");
}

/** A bar for each day that was counted and is not 0. */
export function barPath(counts: PlotCounts, top: number, box: PlotBox): string {
  return slotsOf(counts, box)
    .filter(({ count }) => count > 0)
    .map(({ left, right, count }) => `M${left} ${box.height}V${heightOf(count, top, box)}H${right}V${box.height}Z`)
    .join("");
}

/** The bottom line below each day that was counted, so that one of 0 differs from one that was not. */
export const barBasePath = (counts: PlotCounts, box: PlotBox): string =>
  slotsOf(counts, box)
    .map(({ left, right }) => `M${left} ${box.height}H${right}`)
    .join("");

function slotsOf(counts: PlotCounts, { width }: PlotBox) {
  const slot = width / Math.max(1, counts.length);
  return counts.flatMap((count, i) =>
    count === undefined
      ? []
      : { count, left: rounded(slot * (i + (1 - BAR) / 2)), right: rounded(slot * (i + (1 + BAR) / 2)) },
  );
}

function pointsOf(counts: PlotCounts, { start, end }: DayRun, top: number, box: PlotBox): string {
  const points = counts.slice(start, end).map((count, i) => {
    const x = rounded(placeOf(start + i, counts.length, box));
    return `${x} ${heightOf(count ?? 0, top, box)}`;
  });
  return points.join(" ");
}

/** From the top of the box down to the point of a count. */
export const heightOf = (count: number, top: number, { height }: PlotBox): number =>
  rounded(top > 0 ? height - (count / top) * height : height);

const rounded = (coordinate: number): number => Math.round(coordinate * 10) / 10;
