/** Who reads which channel: a small plot for each of the largest, and a table of all. */
import { type Html, html } from "../../base/html.ts";
import type { Audience, ChannelAudience, Day } from "../types.ts";
import { smallPlot } from "./drawn.ts";
import type { AudienceLocale, Title } from "./locale.ts";
import { highestOf } from "./plot.ts";
import { folded, leftOut, numberColumn, type TableRow, table, textColumn } from "./table.ts";

/** Of channels: with a plot, and in the table. */
const MOST_PLOTS = 24;
const MOST_ROWS = 500;
/** In characters. */
const CARD_TITLE = 60;
const ROW_TITLE = 80;
/** Of days that a table of the plots' numbers shows. */
const MOST_DAYS = 26;

/** The only channel of a site is the site's, which the top of the page shows. */
export function channelsMarkup({ channels, series }: Audience, locale: AudienceLocale): Html {
  const { words, number, date } = locale;
  const [first, last] = [series[0]?.day, series.at(-1)?.day];
  if (first === undefined || last === undefined || channels.length === 0) return html``;
  if (channels.every(({ key }) => key === "site")) return html``;
  const plotted = channels.slice(0, MOST_PLOTS);
  const days = series.map(({ day }) => day);
  const some = plotted.length < channels.length ? words.someOf(number(plotted.length), number(channels.length)) : "";
  const hasPlots = days.length > 1;
  const plots = html`<p class="note">${locale.sentences([some, words.channelsNote(date(first), date(last))])}</p>
<ul class="cards">
${plotted.map((channel) => card(channel, days, locale))}</ul>
${folded("some-days", words.someDays, someDays(plotted, days, locale))}`;
  const all = channelTable(channels, locale);
  return html`<section aria-labelledby="channels">
<h2 id="channels">${words.channels}</h2>
${hasPlots ? plots : ""}${hasPlots ? folded("all-channels", words.allChannels(channels.length, number(channels.length)), all) : html`<p class="far" id="all-channels">${words.channels}</p>\n${all}`}</section>
`;
}

function card(channel: ChannelAudience, days: readonly Day[], locale: AudienceLocale): Html {
  const { words, number, change } = locale;
  const highest = number(highestOf(channel.series));
  const changed = channel.change30 === undefined ? channel.change7 : channel.change30;
  const changeIn = channel.change30 === undefined ? words.changeIn7 : words.changeIn30;
  return html`<li><h3>${linked(channel, CARD_TITLE, locale)}</h3>
<p class="meta"><strong>${number(channel.total)}</strong>${changed === undefined ? "" : html` <span>${changeIn(change(changed))}</span>`}${goneMark(channel, locale)}</p>
${smallPlot(channel.series, sentenceOf(channel, days, locale))}
<p class="note">${words.highest(highest)}</p></li>
`;
}

function sentenceOf(channel: ChannelAudience, days: readonly Day[], locale: AudienceLocale): string {
  const { words, number, date, plainTitle } = locale;
  const { series } = channel;
  const counted = series.flatMap((count, i) => {
    const day = days[i];
    return count === undefined || day === undefined ? [] : { count, day };
  });
  const most = highestOf(series);
  const [first, last, highest] = [counted[0], counted.at(-1), counted.find(({ count }) => count === most)];
  const name = plainTitle(titleOf(channel, CARD_TITLE));
  if (!first || !last || !highest) return `${name}: ${words.gap}`;
  const moved = words.moved({
    ...{ first: number(first.count), firstDay: date(first.day) },
    ...{ last: number(last.count), lastDay: date(last.day) },
    ...{ highest: number(highest.count), highestDay: date(highest.day) },
  });
  return words.named(name, moved);
}

/** What is published no more has no page to lead to. */
function linked(channel: ChannelAudience, characters: number, locale: AudienceLocale): Html {
  const title = locale.title(titleOf(channel, characters));
  return channel.isGone ? title : html`<a href="${channel.url}">${title}</a>`;
}

const titleOf = ({ title, key }: ChannelAudience, characters: number): Title => ({
  text: title,
  characters,
  otherwise: key,
});

const goneMark = ({ isGone }: ChannelAudience, { words }: AudienceLocale): Html =>
  isGone ? html` <span class="mark">${words.gone}</span>` : html``;

/** A row for each channel, a column for each of some days: the last one, and as many before it in equal steps. */
function someDays(channels: readonly ChannelAudience[], days: readonly Day[], locale: AudienceLocale): Html {
  const { words, number, shortDate } = locale;
  const step = Math.max(1, Math.ceil(days.length / MOST_DAYS));
  const places = days.flatMap((_, i) => ((days.length - 1 - i) % step === 0 ? i : [])).toReversed();
  const rows = channels.map((channel): TableRow => {
    const counts = places.map((i) => channel.series[i]);
    return [
      locale.title(titleOf(channel, CARD_TITLE)),
      ...counts.map((count) => (count === undefined ? "–" : number(count))),
    ];
  });
  const columns = [textColumn(words.channel), ...places.map((i) => numberColumn(shortDate(days[i] ?? "")))];
  return html`${table(columns, rows, "some-days")}<p class="note">${words.dashUncounted}</p>\n`;
}

function channelTable(channels: readonly ChannelAudience[], locale: AudienceLocale): Html {
  const { words, number, change } = locale;
  const rows = channels.slice(0, MOST_ROWS).map((channel): TableRow => {
    const { total, said, estimated, change7, change30, browsers } = channel;
    return [
      html`${linked(channel, ROW_TITLE, locale)}${goneMark(channel, locale)}`,
      ...[number(total), number(said), `~${number(estimated)}`, change(change7), change(change30), number(browsers)],
    ];
  });
  const titles = [words.subscribers, words.said, words.estimated, words.in7, words.in30, words.browsers];
  const hasDash = channels.some(({ change7, change30 }) => change7 === undefined || change30 === undefined);
  return html`${table([textColumn(words.channel), ...titles.map(numberColumn)], rows, "all-channels")}${leftOut(channels.length - rows.length, locale)}<p class="note">${locale.sentences([hasDash ? words.dash : "", words.browsersNote])}</p>
`;
}
