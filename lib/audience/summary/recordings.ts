/** Episodes, videos and streams: how often each was downloaded, in all and on each of its first days. */
import { present } from "../../base/optional.ts";
import { compareKeys } from "../../stores/store.ts";
import { daysAfter, daysUpTo, lastDays } from "../days.ts";
import type { Day, DayCount, Recording, RecordingCount } from "../types.ts";
import type { RecordingAudience } from "./types.ts";

/** From the day of its publication on. */
const FIRST_DAYS = 30;

type OnDay = RecordingCount & { readonly day: Day };

/** Those that posts have, and those that were counted when a post had them. `counts` are of days up to `day`. */
export function selectRecordings(
  recordings: readonly Recording[],
  counts: readonly DayCount[],
  day: Day,
): readonly RecordingAudience[] {
  const counted = new Set(counts.map((count) => count.day));
  const byPath = Map.groupBy(counts.flatMap(countsOf), ({ path }) => path);
  const known = new Map(recordings.map((recording) => [recording.path, recording]));
  return [...new Set([...known.keys(), ...byPath.keys()])]
    .map((path) => audienceOf(path, known.get(path), byPath.get(path) ?? [], counted, day))
    .toSorted((a, b) => compareKeys(b.published ?? "", a.published ?? "") || compareKeys(a.path, b.path));
}

const countsOf = ({ day, recordings }: DayCount): readonly (OnDay & { readonly path: string })[] =>
  Object.entries(recordings).map(([path, count]) => ({ ...count, day, path }));

function audienceOf(
  path: string,
  recording: Recording | undefined,
  counts: readonly OnDay[],
  counted: ReadonlySet<Day>,
  day: Day,
): RecordingAudience {
  const published = recording?.published.slice(0, day.length);
  const byDay = new Map(counts.map((count) => [count.day, count.downloads]));
  const firstDays = published === undefined ? [] : daysUpTo(daysAfter(published, FIRST_DAYS - 1), FIRST_DAYS);
  return {
    path,
    title: recording?.title ?? path,
    ...present({ published }),
    isStream: recording?.isStream ?? false,
    downloads: downloadsOf(counts),
    last7: downloadsOf(lastDays(counts, day, 7)),
    last30: downloadsOf(lastDays(counts, day, 30)),
    estimated: counts.reduce((sum, { estimated }) => sum + estimated, 0),
    first: firstDays.map((on) => (counted.has(on) ? (byDay.get(on) ?? 0) : undefined)),
  };
}

const downloadsOf = (counts: readonly OnDay[]): number => counts.reduce((sum, { downloads }) => sum + downloads, 0);
