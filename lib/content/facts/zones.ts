/** The offset of a time zone by month, cached: in most months a zone has only one. */
import { Temporal } from "temporal-polyfill";

/** The years that are cached: earlier offsets are irregular, and later dates are rare. */
const STEADY_YEARS = { first: 1971, last: 2199 };

const offsets = new Map<string, number | undefined>();
const MAX_CACHED = 20_000;

/** How long a zone has one offset. */
interface Steady {
  readonly from: number;
  /** Not including the change at its end. */
  readonly until: number;
  readonly offset: number;
}

/** Of each zone around the month that was asked for last: to find a change of its offset takes long. */
const steady = new Map<string, Steady>();

/**
 * In milliseconds, for a month and two days around it; `undefined` when it changes in that time, or for an unknown
 * zone.
 */
export function steadyOffset(timezone: string, year: number, month: number): number | undefined {
  if (!(year >= STEADY_YEARS.first && year <= STEADY_YEARS.last && month >= 1 && month <= 12)) return undefined;
  const key = `${timezone} ${year} ${month}`;
  const known = offsets.get(key);
  if (known !== undefined || offsets.has(key)) return known;
  if (offsets.size >= MAX_CACHED) {
    offsets.clear();
    steady.clear();
  }
  const offset = offsetThrough(timezone, year, month);
  offsets.set(key, offset);
  return offset;
}

/** No zone is more than a day from UTC, so that two days around a month in UTC cover it in any zone. */
const AROUND_MS = 2 * 86_400_000;

function offsetThrough(timezone: string, year: number, month: number): number | undefined {
  const from = Date.UTC(year, month - 1, 1) - AROUND_MS;
  const end = Date.UTC(year, month, 1) + AROUND_MS;
  const known = steady.get(timezone);
  if (known && known.from <= from && end < known.until) return known.offset;
  try {
    const first = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timezone);
    const until = first.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
    if (until <= end) return undefined;
    const offset = first.offsetNanoseconds / 1e6;
    steady.set(timezone, { from, until, offset });
    return offset;
  } catch {
    return undefined;
  }
}
