/** The counts of days in the state store: a small object of JSON for each, `audience/2026/11/28.json`. */
import { forEachAtOnce } from "../base/concurrency.ts";
import type { Etag } from "../model.ts";
import { isMapOf, isObjectOf, isOneOf, isText, maybe, type TypeGuard } from "../state/guards.ts";
import { JSON_TYPE, NewerState } from "../state/objects.ts";
import { readObject, type Store, StoreConflict } from "../stores/store.ts";
import { sorted } from "./count/tallies.ts";
import { daysAfter } from "./days.ts";
import type { AgentCount, ChannelCount, Day, DayCount, FormerCount, MissingCount, RecordingCount } from "./types.ts";

export const AUDIENCE = "audience/";
export const PAGE_KEY = `${AUDIENCE}audience.html`;

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
  files: isCount,
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

/** The counts of the days from `oldest` on; those that are damaged are left out. Throws `StateError` where a newer Dripfeed wrote one. */
export async function readDays(
  state: Store,
  oldest: Day,
  log: (line: string) => void,
): Promise<ReadonlyMap<Day, DayCount>> {
  const days: Day[] = [];
  for await (const { key } of state.list(AUDIENCE)) {
    const day = KEY.exec(key)?.slice(1).join("-");
    if (day !== undefined && day >= oldest) days.push(day);
  }
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

/** Logs come late: a count is the last one if it was made so many days after its day. */
export const OPEN_DAYS = 2;

export const isClosed = ({ day, countedOn }: DayCount): boolean => countedOn >= daysAfter(day, OPEN_DAYS);

/**
 * Of two counts of one day that of more requests; of as many the known one, once it is closed, else the later one. It gets the channels
 * and recordings of the known one that it has no more, since posts were removed: what was read stays read.
 */
export function betterOf(known: DayCount | undefined, count: DayCount): DayCount {
  if (!known) return count;
  const isSettled = isClosed(known) && known.files >= count.files;
  if (known.requests > count.requests || (known.requests === count.requests && isSettled)) return known;
  return {
    ...count,
    countedOn: known.countedOn > count.countedOn ? known.countedOn : count.countedOn,
    channels: sorted(Object.entries({ ...known.channels, ...count.channels })),
    recordings: sorted(Object.entries({ ...known.recordings, ...count.recordings })),
  };
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
