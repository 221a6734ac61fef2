/** The counts of days in the state store: a small object of JSON for each, `audience/2026/11/28.json`. */
import { forEachAtOnce } from "../base/concurrency.ts";
import type { Etag } from "../model.ts";
import { isMapOf, isObjectOf, isOneOf, isText, maybe, type TypeGuard } from "../state/guards.ts";
import { JSON_TYPE, NewerState } from "../state/objects.ts";
import { readObject, type Store, StoreConflict } from "../stores/store.ts";
import { sorted } from "./count/tallies.ts";
import type { AgentCount, ChannelCount, Day, DayCount, FormerCount, MissingCount, RecordingCount } from "./types.ts";

export const AUDIENCE = "audience/";

const FORMAT = 1;
const KEY = /^audience\/(\d{4})\/(\d{2})\/(\d{2})\.json$/;
/** How often a count is put again where another process put one meanwhile. */
const MAX_ATTEMPTS = 5;

const isCount: TypeGuard<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isCounts = isMapOf(isCount);
const isDayCount: TypeGuard<DayCount> = isObjectOf<DayCount>({
  format: isOneOf(FORMAT),
  day: isText,
  countedOn: isText,
  requests: isCount,
  channels: isMapOf(
    isObjectOf<ChannelCount>({
      subscribers: isCounts,
      readers: isCounts,
      browsers: isCount,
      formats: isObjectOf<ChannelCount["formats"]>({
        rss: maybe(isCount),
        atom: maybe(isCount),
        json: maybe(isCount),
      }),
      bytes: isCount,
    }),
  ),
  agents: isMapOf(
    isObjectOf<AgentCount>({
      kind: isOneOf("aggregator", "reader", "browser", "bot", "monitor", "program"),
      requests: isCount,
      unchanged: isCount,
      bytes: isCount,
      pairs: isCount,
    }),
  ),
  readers: isCounts,
  recordings: isMapOf(isObjectOf<RecordingCount>({ downloads: isCount, estimated: isCount, bytes: isCount })),
  former: isMapOf(
    isObjectOf<FormerCount>({ kind: isOneOf("alias", "retired"), requests: isCount, subscribers: isCount }),
  ),
  missing: isMapOf(isObjectOf<MissingCount>({ requests: isCount, subscribers: isCount })),
});

const keyOf = (day: Day): string => `${AUDIENCE}${day.replaceAll("-", "/")}.json`;

/** Every day that was counted. */
export async function listDays(state: Store): Promise<ReadonlySet<Day>> {
  const days = new Set<Day>();
  for await (const { key } of state.list(AUDIENCE)) {
    const [, year, month, day] = KEY.exec(key) ?? [];
    if (day !== undefined) days.add(`${year}-${month}-${day}`);
  }
  return days;
}

/** The counts of these days; those that are damaged are left out. Throws `StateError` where a newer Dripfeed wrote one. */
export async function readDays(
  state: Store,
  days: Iterable<Day>,
  log: (line: string) => void,
): Promise<ReadonlyMap<Day, DayCount>> {
  const counts = new Map<Day, DayCount>();
  await forEachAtOnce(days, async (day) => {
    const { count, isDamaged } = await readDay(state, day);
    if (count) counts.set(day, count);
    if (isDamaged) log(`${keyOf(day)} is damaged: the day is counted again if its logs are still there`);
  });
  return counts;
}

/** Puts a count where there is none, or one of no more requests. Tells whether anything was put. */
export async function keepDay(state: Store, count: DayCount): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const known = await readDay(state, count.day);
    const better = betterOf(known.count, count);
    const bytes = new TextEncoder().encode(`${JSON.stringify(better)}\n`);
    if (better === known.count || (known.body && Buffer.compare(known.body, bytes) === 0)) return false;
    const condition = known.etag === undefined ? { ifAbsent: true } : { ifMatch: known.etag };
    try {
      await state.put(keyOf(count.day), bytes, { contentType: JSON_TYPE, durable: true, ...condition });
      return true;
    } catch (error) {
      if (!(error instanceof StoreConflict) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/**
 * Of two counts of one day that of more requests. Of as many the later one, with the recordings of the former that no post has any more: what was
 * downloaded stays downloaded.
 */
export function betterOf(known: DayCount | undefined, count: DayCount): DayCount {
  if (!known || known.requests < count.requests) return count;
  if (known.requests > count.requests) return known;
  return { ...count, recordings: sorted(Object.entries({ ...known.recordings, ...count.recordings })) };
}

interface ReadDay {
  readonly etag?: Etag;
  readonly body?: Uint8Array;
  readonly count?: DayCount;
  readonly isDamaged?: boolean;
}

async function readDay(state: Store, day: Day): Promise<ReadDay> {
  const object = await readObject(state, keyOf(day));
  if (!object) return {};
  const { etag, body } = object;
  const value = parsed(body);
  if (typeof value === "object" && value !== null && "format" in value && Number(value.format) > FORMAT) {
    throw new NewerState(`${keyOf(day)} was written by a newer Dripfeed (format ${value.format}); use that one`);
  }
  return isDayCount(value) && value.day === day ? { etag, body, count: value } : { etag, body, isDamaged: true };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
