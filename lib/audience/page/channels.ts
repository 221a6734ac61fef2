/** Who reads which channel: a small plot for each of the largest, and a table of all. */
import { type Html, html } from "../../base/html.ts";
import type { Audience, ChannelAudience } from "../summary/types.ts";
import type { Day } from "../types.ts";
import { smallPlot, totalOf } from "./drawn.ts";
import { type AudienceLocale, about, type ShownTitle } from "./locale.ts";
import { movementOf } from "./movement.ts";
import { highestOf } from "./plot.ts";
import { folded, leftOut, longTable, numberColumn, type TableRow, table, textColumn } from "./table.ts";

/** Of channels: with a plot, in the table at once where there are no plots, and in the table at all. */
const MOST_PLOTS = 24;
const OPEN_ROWS = 15;
const MOST_ROWS = 500;
/** In characters. */
const CARD_TITLE = 60;
const ROW_TITLE = 80;
/** Of days that a table of the plots' numbers shows. */
const MOST_DAYS = 26;

/** Where the site's channel is the only one, the top of the page shows it. One channel, or one day, makes no plots to compare. */
export function channelsMarkup(audience: Audience, locale: AudienceLocale): Html {
  const { channels, series } = audience;
  if (channels.every(({ key }) => key === "site")) return html``;
  const { words, number } = locale;
  const countedDays = series.filter((each) => totalOf(each) !== undefined).length;
  const { columns, rows, notes } = channelTable(channels, locale);
  const content =
    channels.length > 1 && countedDays > 1
      ? html`${plots(audience, locale)}${folded(
          "all-channels",
          words.allChannels(channels.length, number(channels.length)),
          html`${table(columns, rows.slice(0, MOST_ROWS), "all-channels")}${leftOut(rows.length - MOST_ROWS, locale)}${notes}`,
        )}`
      : html`${longTable({ columns, rows, label: "channels", open: OPEN_ROWS, most: MOST_ROWS }, locale)}${notes}`;
  return html`<section aria-labelledby="channels">
<h2 id="channels">${words.channels}</h2>
${content}</section>
`;
}

function plots({ channels, series }: Audience, locale: AudienceLocale): Html {
  const { words, number, date } = locale;
  const days = series.map(({ day }) => day);
  const plotted = channels.slice(0, MOST_PLOTS);
  const some = plotted.length < channels.length ? words.someOf(number(plotted.length), number(channels.length)) : "";
  const note = words.channelsNote(date(days[0] ?? ""), date(days.at(-1) ?? ""));
  return html`<p class="note">${locale.sentences([some, note])}</p>
<ul class="cards">
${plotted.map((channel) => card(channel, days, locale))}</ul>
${folded("some-days", words.someDays, someDays(plotted, days, locale))}`;
}

function card(channel: ChannelAudience, days: readonly Day[], locale: AudienceLocale): Html {
  const { words, number, change } = locale;
  const highest = number(highestOf(channel.series));
  const changed = channel.change30 === undefined ? channel.change7 : channel.change30;
  const changeIn = channel.change30 === undefined ? words.changeIn7 : words.changeIn30;
  return html`<li><h3>${linked(channel, CARD_TITLE, locale)}</h3>
<p class="meta"><strong>${about(number(channel.total), channel.estimated)}</strong>${changed === undefined ? "" : html` <span>${changeIn(change(changed))}</span>`}${goneMark(channel, locale)}</p>
${smallPlot(channel.series, sentenceOf(channel, days, locale))}
<p class="note">${words.highest(highest)}</p></li>
`;
}

function sentenceOf(channel: ChannelAudience, days: readonly Day[], locale: AudienceLocale): string {
  const { words, plainTitle } = locale;
  const name = plainTitle(titleOf(channel, CARD_TITLE));
  return words.named(name, movementOf(channel.series, days, locale) ?? words.gap);
}

/** What is published no more has no page to lead to. */
function linked(channel: ChannelAudience, characters: number, locale: AudienceLocale): Html {
  const title = locale.title(titleOf(channel, characters));
  return channel.isGone ? title : html`<a href="${channel.url}">${title}</a>`;
}

const titleOf = ({ title, key }: ChannelAudience, characters: number): ShownTitle => ({
  text: title,
  characters,
  otherwise: key,
});

const goneMark = ({ isGone }: ChannelAudience, { words }: AudienceLocale): Html =>
  isGone ? html` <span class="mark">${words.gone}</span>` : html``;

/** A row for each channel, a column for each of some days: of those that were counted the last one, and others in equal steps before it. */
function someDays(channels: readonly ChannelAudience[], days: readonly Day[], locale: AudienceLocale): Html {
  const { words, number, shortDate } = locale;
  const counted = days
    .flatMap((_, i) => (channels.some(({ series }) => series[i] !== undefined) ? i : []))
    .toReversed();
  const step = Math.max(1, Math.ceil(counted.length / MOST_DAYS));
  const places = counted.filter((_, nth) => nth % step === 0);
  const rows = channels.map((channel): TableRow => {
    const counts = places.map((i) => channel.series[i]);
    const cells = counts.map((count) => (count === undefined ? "–" : number(count)));
    return [locale.title(titleOf(channel, CARD_TITLE)), ...cells];
  });
  const columns = [textColumn(words.channel), ...places.map((i) => numberColumn(shortDate(days[i] ?? "")))];
  const hasDash = channels.some(({ series }) => places.some((i) => series[i] === undefined));
  return html`${table(columns, rows, "some-days")}${hasDash ? html`<p class="note">${words.dashUncounted}</p>\n` : ""}`;
}

function channelTable(channels: readonly ChannelAudience[], locale: AudienceLocale) {
  const { words, number, change } = locale;
  const rows = channels.map((channel): TableRow => {
    const { total, reported, estimated, change7, change30, browsers } = channel;
    return [
      html`${linked(channel, ROW_TITLE, locale)}${goneMark(channel, locale)}`,
      ...[
        about(number(total), estimated),
        number(reported),
        about(number(estimated), estimated),
        change(change7),
        change(change30),
        number(browsers),
      ],
    ];
  });
  const titles = [words.subscribers, words.reported, words.estimated, words.in7, words.in30, words.browsers];
  const hasDash = channels.some(({ change7, change30 }) => change7 === undefined || change30 === undefined);
  const notes = html`<p class="note">${locale.sentences([hasDash ? words.dash : "", words.browsersNote])}</p>\n`;
  return { columns: [textColumn(words.channel), ...titles.map(numberColumn)], rows, notes };
}
