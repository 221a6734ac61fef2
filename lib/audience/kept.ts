/** The counts of days in the state store: a small object of JSON for each, `audience/2026/11/28.json`. */
import { forEachAtOnce } from "../base/concurrency.ts";
import type { Etag } from "../model.ts";
import { isMapOf, isNumber, isObjectOf, isOneOf, isText, maybe, type TypeGuard } from "../state/guards.ts";
import { JSON_TYPE, NewerState } from "../state/objects.ts";
import { readObject, type Store, StoreConflict } from "../stores/store.ts";
import type { AgentCount, ChannelCount, Day, DayCount, FormerCount, RecordingCount } from "./types.ts";

export const AUDIENCE = "audience/";

const FORMAT = 1;
const KEY = /^audience\/(\d{4})\/(\d{2})\/(\d{2})\.json$/;
/** How often a count is put again where another process put one meanwhile. */
const MAX_ATTEMPTS = 5;

const isNumbers = isMapOf(isNumber);
const isDayCount: TypeGuard<DayCount> = isObjectOf<DayCount>({
  format: isOneOf(FORMAT),
  day: isText,
  requests: isNumber,
  channels: isMapOf(
    isObjectOf<ChannelCount>({
      subscribers: isNumbers,
      readers: isNumbers,
      browsers: isNumber,
      formats: isObjectOf<ChannelCount["formats"]>({
        rss: maybe(isNumber),
        atom: maybe(isNumber),
        json: maybe(isNumber),
      }),
      bytes: isNumber,
    }),
  ),
  agents: isMapOf(
    isObjectOf<AgentCount>({
      kind: isOneOf("aggregator", "reader", "browser", "bot", "monitor", "program"),
      requests: isNumber,
      unchanged: isNumber,
      bytes: isNumber,
      pairs: isNumber,
    }),
  ),
  readers: isNumbers,
  recordings: isMapOf(isObjectOf<RecordingCount>({ downloads: isNumber, estimated: isNumber, bytes: isNumber })),
  former: isMapOf(isObjectOf<FormerCount>({ kind: isOneOf("alias", "retired"), requests: isNumber })),
  missing: isMapOf(isObjectOf<DayCount["missing"][string]>({ requests: isNumber })),
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
  const bytes = new TextEncoder().encode(`${JSON.stringify(count)}\n`);
  for (let attempt = 1; ; attempt++) {
    const known = await readDay(state, count.day);
    if (known.count && known.count.requests > count.requests) return false;
    if (known.body && Buffer.compare(known.body, bytes) === 0) return false;
    const condition = known.etag === undefined ? { ifAbsent: true } : { ifMatch: known.etag };
    try {
      await state.put(keyOf(count.day), bytes, { contentType: JSON_TYPE, durable: true, ...condition });
      return true;
    } catch (error) {
      if (!(error instanceof StoreConflict) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
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
