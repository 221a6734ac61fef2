/**
 * Plots as SVG. Lines are drawn in a view box that is stretched to the width of the page, and text beside it at places in per cent, so
 * that letters and strokes are as large on a phone as on a wide screen.
 */
import { type Html, html } from "../../base/html.ts";
import type { SeriesDay } from "../summary/types.ts";
import type { Day } from "../types.ts";
import { type DayTicks, dayTicks } from "./dayticks.ts";
import type { AudienceLocale } from "./locale.ts";
import {
  areaPath,
  barBasePath,
  barPath,
  dotPath,
  gapPath,
  heightOf,
  highestOf,
  linePath,
  type PlotBox,
  type PlotCounts,
  placeOf,
  ticksUpTo,
} from "./plot.ts";

const SVG = "http://www.w3.org/2000/svg";
/** As high as it is shown, so that a unit of height is a pixel. */
const MAIN: PlotBox = { width: 1000, height: 220 };
const SMALL_HEIGHT = 56;
/** Of days below the plot; every second one is not shown on a phone. */
const MOST_DAYS = 8;
/** In per cent of the width: nearer to its end, the name of a day would reach beyond the page. At its start there is room, for values. */
const LAST = 92;

export interface MainPlot {
  readonly series: readonly SeriesDay[];
  /** The id of the sentence that says what the plot shows. */
  readonly label: string;
}

/** The subscribers that aggregators say, and all, one above the other. A line that is the other one or all 0 is not drawn. */
export function mainPlot({ series, label }: MainPlot, { axisNumber, ...locale }: AudienceLocale): Html {
  const { reported, total, hasSaid, hasEstimate } = linesOf(series);
  const ticks = ticksUpTo(highestOf(total));
  const top = ticks.at(-1) ?? 1;
  const rules = ticks.map((tick) => {
    const y = heightOf(tick, top, MAIN);
    return html`<line class="${tick === 0 ? "axis" : "rule"}" x1="0" x2="100%" y1="${y}" y2="${y}"/><text class="value" x="-8" y="${y}" dy="4">${axisNumber(tick)}</text>\n`;
  });
  return html`<svg xmlns="${SVG}" class="main" role="img" aria-labelledby="${label}" width="100%" height="${MAIN.height + 26}">
<svg width="100%" height="${MAIN.height}" viewBox="0 0 ${MAIN.width} ${MAIN.height}" preserveAspectRatio="none">${shape("gap", gapPath(total, MAIN))}</svg>
${rules}<svg width="100%" height="${MAIN.height}" viewBox="0 0 ${MAIN.width} ${MAIN.height}" preserveAspectRatio="none">
${hasEstimate ? linePaths("total", total, top) : ""}${hasSaid ? linePaths("reported", reported, top) : ""}</svg>
${daysBelow(
  series.map(({ day }) => day),
  locale,
)}</svg>`;
}

/** What the lines of `mainPlot` are, for those that it draws. */
export function legend(series: readonly SeriesDay[], { words }: AudienceLocale): Html {
  const { hasSaid, hasEstimate, hasGap } = linesOf(series);
  const entry = (kind: string, d: string, text: string) =>
    html`<li><svg xmlns="${SVG}" aria-hidden="true" width="32" height="12"><path class="${kind}" d="${d}"/></svg> ${text}</li>\n`;
  return html`<ul class="legend">
${hasEstimate ? entry("total", "M1 6H31", words.totalLine) : ""}${hasSaid ? entry("reported", "M1 6H31", words.saidLine) : ""}${hasGap ? entry("gap", "M8 0H24V12H8Z", words.gap) : ""}</ul>`;
}

function linesOf(series: readonly SeriesDay[]) {
  const reported: PlotCounts = series.map((each) => each.reported);
  const total: PlotCounts = series.map(totalOf);
  const hasEstimate = series.some(({ estimated = 0 }) => estimated > 0);
  const hasSaid = !hasEstimate || highestOf(reported) > 0;
  return { reported, total, hasSaid, hasEstimate, hasGap: total.includes(undefined) };
}

/** Nothing where the day was not counted. */
export const totalOf = ({ reported, estimated }: SeriesDay): number | undefined =>
  reported === undefined && estimated === undefined ? undefined : (reported ?? 0) + (estimated ?? 0);

const linePaths = (kind: "reported" | "total", counts: PlotCounts, top: number): Html =>
  html`${shape(`area ${kind}-area`, areaPath(counts, top, MAIN))}${shape(`${kind}`, linePath(counts, top, MAIN))}${shape(`${kind} dot`, dotPath(counts, top, MAIN))}\n`;

/** None for nothing to draw. */
const shape = (kind: string, d: string): Html => (d === "" ? html`` : html`<path class="${kind}" d="${d}"/>`);

function daysBelow(
  days: readonly Day[],
  locale: Pick<AudienceLocale, "dayAndMonth" | "monthAndYear">,
): readonly Html[] {
  const { places, areMonths } = dayTicks(days, MOST_DAYS);
  const nameOf = areMonths ? locale.monthAndYear : locale.dayAndMonth;
  return places.map((i, nth) => {
    const x = Math.round(placeOf(i, days.length, { width: 1000, height: 0 })) / 10;
    const isEvery = isShownOnPhone(nth, { places, areMonths });
    return html`<g class="${isEvery ? "tick" : "tick wide"}"><line class="axis" x1="${x}%" x2="${x}%" y1="${MAIN.height}" y2="${MAIN.height + 5}"/><text class="day${x > LAST ? " last" : ""}" x="${x}%" y="${MAIN.height + 20}">${nameOf(days[i] ?? "")}</text></g>\n`;
  });
}

/** Every second one, the last one among them. */
const isShownOnPhone = (nth: number, { places }: DayTicks): boolean =>
  places.length <= MOST_DAYS / 2 || (places.length - 1 - nth) % 2 === 0;

/** A unit of width is a day, so that places of days are whole numbers, which are short: a page has many such plots. */
const smallBox = (days: number): PlotBox => ({ width: Math.max(1, days), height: SMALL_HEIGHT });

/** A line on a scale of its own. */
export function smallPlot(counts: PlotCounts, sentence: string): Html {
  const box = smallBox(counts.length - 1);
  const top = highestOf(counts);
  return smallSvg(
    box,
    sentence,
    html`${shape("gap", gapPath(counts, box))}<path class="axis" d="M0 ${box.height}H${box.width}"/>${shape("reported", linePath(counts, top, box))}${shape("reported dot", dotPath(counts, top, box))}`,
  );
}

/** A bar for each day on a scale of its own. */
export function barPlot(counts: PlotCounts, sentence: string): Html {
  const box = smallBox(counts.length);
  return smallSvg(
    box,
    sentence,
    html`${shape("bars", barPath(counts, highestOf(counts), box))}${shape("axis", barBasePath(counts, box))}`,
  );
}

const smallSvg = ({ width, height }: PlotBox, sentence: string, shapes: Html): Html =>
  html`<svg xmlns="${SVG}" class="small" role="img" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none"><title>${sentence}</title>${shapes}</svg>`;

/** One bar that lies in a cell of a table, whose number stands beside it: outlined where that is an estimate. */
export function cellBar(share: number, isEstimate: boolean): Html {
  const percent = Math.max(0.5, Math.round(share * 980) / 10);
  return html`<svg xmlns="${SVG}" class="bar" aria-hidden="true" width="100%" height="12"><rect${isEstimate ? html` class="guess"` : ""} x="1" y="1" width="${percent}%" height="10" rx="2"/></svg>`;
}
