/** Channels and readers: for how many people each channel is asked for, and by which readers. */
import { compareKeys } from "../../stores/store.ts";
import type { ChannelCount, Day, DayCount } from "../types.ts";
import { type Figures, readershipOn, sumOf, totalOf } from "./figures.ts";
import type { AudienceChannel, ChannelAudience, DoubtfulCount, ReaderAudience } from "./types.ts";

/** Some readers ask once a week: before so many days were counted, nobody knows what is never asked for. */
const DAYS_TO_TELL = 7;

export interface ReadChannels {
  readonly channels: readonly ChannelAudience[];
  readonly unread: readonly AudienceChannel[];
}

/** `lately`: the counts of the last 30 days. A channel that is published no more is shown as long as it is asked for. */
export function selectChannels(
  published: readonly AudienceChannel[] | undefined,
  lately: readonly DayCount[],
  days: readonly Day[],
  figures: Figures,
): ReadChannels {
  const day = days.at(-1) ?? "";
  const today = new Map(Object.entries(lately.find((count) => count.day === day)?.channels ?? {}));
  const asked = new Set(lately.flatMap(({ channels }) => askedFor(channels)));
  const known = new Set(published?.map(({ key }) => key));
  const gone = [...asked]
    .filter((key) => !known.has(key))
    .map((key) => ({ key, title: key, url: "", isGone: published !== undefined }));
  const shown = [
    ...(published ?? []).filter(({ key }) => asked.has(key)).map((channel) => ({ ...channel, isGone: false })),
    ...gone,
  ].map((channel) => {
    const of = (on: Day) => figures.ofChannel(on, channel.key);
    return {
      ...channel,
      ...readershipOn(day, of),
      series: days.map((on) => optionally(of(on), totalOf)),
      browsers: today.get(channel.key)?.browsers ?? 0,
    };
  });
  return {
    channels: shown.toSorted((a, b) => b.total - a.total || compareKeys(a.key, b.key)),
    unread: lately.length < DAYS_TO_TELL ? [] : (published ?? []).filter(({ key }) => !asked.has(key)).toSorted(byKey),
  };
}

const byKey = (a: AudienceChannel, b: AudienceChannel): number => compareKeys(a.key, b.key);

const optionally = <From, To>(value: From | undefined, made: (value: From) => To): To | undefined =>
  value === undefined ? undefined : made(value);

/** By readers and aggregators: a browser that shows a page reads it only now. */
const askedFor = (channels: DayCount["channels"]): readonly string[] =>
  Object.entries(channels).flatMap(([key, channel]) => (isAskedFor(channel) ? [key] : []));

const isAskedFor = ({ subscribers, readers, formats }: ChannelCount): boolean =>
  sumOf(subscribers) + sumOf(readers) + sumOf(formats) > 0;

/**
 * Of one day. An aggregator that says its number to some channels only, and asks by itself for others, has two rows; one that never says
 * any, but asks for many people all the same, is the last, without a number.
 */
export function selectReaders(
  { day, channels, readers, agents }: DayCount,
  doubtful: readonly DoubtfulCount[],
): readonly ReaderAudience[] {
  const reported = Map.groupBy(
    Object.values(channels).flatMap(({ subscribers }) => Object.entries(subscribers)),
    ([name]) => name,
  );
  const rows = [
    ...[...reported].map(([name, counts]) => ({
      name,
      subscribers: counts.reduce((sum, [, count]) => sum + count, 0),
      isEstimate: false,
    })),
    ...Object.entries(readers).map(([name, subscribers]) => ({ name, subscribers, isEstimate: true })),
  ];
  const doubted = new Set(doubtful.filter((each) => each.day === day).map(({ agent }) => agent));
  const silent = Object.entries(agents)
    .filter(([name, { kind }]) => kind === "aggregator" && !reported.has(name) && !doubted.has(name))
    .map(([name]) => ({ name, isEstimate: false }))
    .toSorted((a, b) => compareKeys(a.name, b.name));
  const counted = rows.toSorted(
    (a, b) =>
      b.subscribers - a.subscribers || compareKeys(a.name, b.name) || Number(a.isEstimate) - Number(b.isEstimate),
  );
  return [...counted, ...silent];
}
