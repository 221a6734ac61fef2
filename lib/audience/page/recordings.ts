/** Episodes, videos and streams: how often each was taken, and on which of its first days. */
import { type Html, html } from "../../base/html.ts";
import type { Audience, RecordingAudience } from "../summary/types.ts";
import { barPlot } from "./drawn.ts";
import type { AudienceLocale, ShownTitle } from "./locale.ts";
import { highestOf, type PlotCounts } from "./plot.ts";
import { folded, leftOut, numberColumn, type TableRow, table, textColumn } from "./table.ts";

/** Of recordings: with a plot, and in the table. */
const MOST_PLOTS = 24;
const MOST_ROWS = 500;
const FIRST_DAYS = 30;
/** In characters. */
const CARD_TITLE = 80;
const ROW_TITLE = 80;

export function recordingsMarkup({ recordings }: Audience, locale: AudienceLocale): Html {
  if (recordings.length === 0) return html``;
  const { words, number } = locale;
  const cards = recordings.slice(0, MOST_PLOTS);
  const plotted = cards.filter((each) => isPlotted(each));
  const days = html`<p class="note">${words.recordingsNote}</p>\n`;
  return html`<section aria-labelledby="recordings">
<h2 id="recordings">${words.recordings}</h2>
${plotted.length > 0 ? days : ""}<ul class="cards">
${cards.map((each) => card(each, locale))}</ul>
${plotted.length > 0 ? folded("first-days", words.byFirstDay, firstDays(plotted, locale)) : ""}${folded("all-recordings", words.allRecordings(recordings.length, number(recordings.length)), recordingTable(recordings, locale))}</section>
`;
}

const titleOf = ({ title, path }: RecordingAudience, characters: number): ShownTitle => ({
  text: title,
  characters,
  otherwise: path,
});

const isPlotted = ({ first }: RecordingAudience): boolean => first.some((count) => count !== undefined);

/** Thirty days, whether they have come or not: so that plots of old and new ones have the same axis. */
const firstOf = ({ first }: RecordingAudience): PlotCounts => Array.from({ length: FIRST_DAYS }, (_, i) => first[i]);

function card(recording: RecordingAudience, locale: AudienceLocale): Html {
  const { words, number, date } = locale;
  const { published, isStream, downloads, last7, last30, estimated } = recording;
  const amount = (isStream ? words.listeners : words.downloads)(downloads, number(downloads));
  const when = published === undefined ? "" : html`<span>${date(published)}</span> `;
  const guessed = estimated > 0 ? words.estimatedOf(estimated, number(estimated)) : "";
  const most = number(highestOf(recording.first));
  return html`<li><h3>${locale.title(titleOf(recording, CARD_TITLE))}</h3>
<p class="meta">${when}${isStream ? html`<span class="mark">${words.stream}</span> ` : ""}</p>
<p><strong>${amount}</strong></p>
<p class="note">${words.lastDays(number(last7), number(last30))}${guessed}</p>
${isPlotted(recording) ? html`${barPlot(firstOf(recording), sentenceOf(recording, locale))}\n<p class="note">${words.highestDay(most)}</p>` : ""}</li>
`;
}

function sentenceOf(recording: RecordingAudience, { words, number, plainTitle }: AudienceLocale): string {
  const { first } = recording;
  const counted = first.filter((count) => count !== undefined);
  const total = counted.reduce((sum, count) => sum + count, 0);
  const name = plainTitle(titleOf(recording, CARD_TITLE));
  return words.firstDays(name, number(total), number(counted.length), number(highestOf(first)));
}

function firstDays(recordings: readonly RecordingAudience[], locale: AudienceLocale): Html {
  const { words, number } = locale;
  const rows = recordings.map((recording): TableRow => {
    const counts = firstOf(recording).map((count) => (count === undefined ? "–" : number(count)));
    return [locale.title(titleOf(recording, CARD_TITLE)), ...counts];
  });
  const columns = Array.from({ length: FIRST_DAYS }, (_, i) => numberColumn(number(i + 1)));
  return html`${table([textColumn(words.recording), ...columns], rows, "first-days")}<p class="note">${words.dashUncounted}</p>\n`;
}

function recordingTable(recordings: readonly RecordingAudience[], locale: AudienceLocale): Html {
  const { words, number, shortDate } = locale;
  const rows = recordings.slice(0, MOST_ROWS).map((each): TableRow => {
    const { published, isStream, downloads, last7, last30, estimated } = each;
    return [
      html`${locale.title(titleOf(each, ROW_TITLE))}${isStream ? html` <span class="mark">${words.stream}</span>` : ""}`,
      published === undefined ? "" : shortDate(published),
      ...[number(downloads), number(last7), number(last30), estimated > 0 ? `~${number(estimated)}` : number(0)],
    ];
  });
  const columns = [words.total, words.last7, words.last30, words.estimated].map(numberColumn);
  const titles = [textColumn(words.recording), textColumn(words.published), ...columns];
  return html`${table(titles, rows, "all-recordings")}${leftOut(recordings.length - rows.length, locale)}`;
}
