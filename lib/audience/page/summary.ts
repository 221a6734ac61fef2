/** The top of the author's page: how many subscribers there are, and how that came about over time. */
import { type Html, html } from "../../base/html.ts";
import { numberOf } from "../days.ts";
import type { Audience, SeriesDay } from "../summary/types.ts";
import type { Day } from "../types.ts";
import { legend, mainPlot, totalOf } from "./drawn.ts";
import { type AudienceLocale, about } from "./locale.ts";
import { movementOf } from "./movement.ts";
import { folded, numberColumn, table, textColumn } from "./table.ts";

/** The number of the day, what it is made of, and how it changed. */
export function headline({ subscribers, counted, isPartial }: Audience, day: Day, locale: AudienceLocale): Html {
  const { words, number, change, date } = locale;
  const { reported, estimated, total, change7, change30 } = subscribers;
  const part = (name: string, value: string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`;
  return html`<p class="headline"><strong>${about(number(total), estimated)}</strong> ${words.subscribersOn(total, date(day))}</p>
${isPartial ? html`<p class="partial">${words.partial}</p>\n` : ""}<dl class="parts-of">
${part(words.reported, number(reported))}${part(words.estimated, about(number(estimated), estimated))}${part(words.in7, change(change7))}${part(words.in30, change(change30))}</dl>
${change7 === undefined || change30 === undefined ? html`<p class="note">${words.dash}</p>\n` : ""}${countedMarkup(counted, locale)}`;
}

function countedMarkup(
  { from, to, days, requests }: Audience["counted"],
  { words, number, date }: AudienceLocale,
): Html {
  if (from === undefined || to === undefined) return html``;
  const all = numberOf(to) - numberOf(from) + 1;
  const shown = { count: all, shown: number(days), of: number(all) };
  return html`<p class="note">${words.counted(shown, date(from), date(to), number(requests))}</p>\n`;
}

/** The plot needs two days. */
export function overTime({ series }: Audience, locale: AudienceLocale): Html {
  const { words, number } = locale;
  const totals = series.map(totalOf);
  const counted = totals.filter((total) => total !== undefined).length;
  if (counted < 2) return html`<p class="note">${words.oneDay}</p>\n`;
  const missing = series.length - counted;
  const gaps = missing === 0 ? "" : words.uncounted(missing, number(missing));
  const days = series.map(({ day }) => day);
  return html`<section aria-labelledby="time">
<h2 id="time">${words.overTime}</h2>
<p class="says" id="time-says">${locale.sentences([movementOf(totals, days, locale) ?? "", gaps])}</p>
${legend(series, locale)}
${mainPlot({ series, label: "time-says" }, locale)}
${folded("by-day", words.byDay, dayTable(series, locale))}</section>
`;
}

/** The newest day first. */
function dayTable(series: readonly SeriesDay[], { words, number, shortDate }: AudienceLocale): Html {
  const rows = series.toReversed().map((each) => {
    const total = totalOf(each);
    if (total === undefined) return [shortDate(each.day), words.gap, "", ""];
    const { reported = 0, estimated = 0 } = each;
    const numbers = [about(number(total), estimated), number(reported), about(number(estimated), estimated)];
    return [shortDate(each.day), ...numbers];
  });
  const columns = [textColumn(words.day), ...[words.subscribers, words.reported, words.estimated].map(numberColumn)];
  return table(columns, rows, "by-day");
}
