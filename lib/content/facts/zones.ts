/** The offset of a time zone by month, cached: in most months a zone has only one. */
import { Temporal } from "temporal-polyfill";

/** The years that are cached: earlier offsets are irregular, and later dates are rare. */
export const STEADY_YEARS = { first: 1971, last: 2199 };

const offsets = new Map<string, number | undefined>();
const MAX_CACHED = 20_000;

/**
 * In milliseconds, for a month and two days around it; `undefined` when it changes in that time, or for an unknown
 * zone.
 */
export function steadyOffset(timezone: string, year: number, month: number): number | undefined {
  if (!(year >= STEADY_YEARS.first && year <= STEADY_YEARS.last && month >= 1 && month <= 12)) return undefined;
  const key = `${timezone} ${year} ${month}`;
  if (offsets.has(key)) return offsets.get(key);
  if (offsets.size >= MAX_CACHED) offsets.clear();
  const offset = offsetThrough(timezone, year, month);
  offsets.set(key, offset);
  return offset;
}

/** No zone is more than a day from UTC, so that two days around a month in UTC cover it in any zone. */
const AROUND_MS = 2 * 86_400_000;

function offsetThrough(timezone: string, year: number, month: number): number | undefined {
  try {
    const start = Temporal.Instant.fromEpochMilliseconds(Date.UTC(year, month - 1, 1) - AROUND_MS);
    const first = start.toZonedDateTimeISO(timezone);
    const change = first.getTimeZoneTransition("next");
    const end = Date.UTC(year, month, 1) + AROUND_MS;
    return change && change.epochMilliseconds <= end ? undefined : first.offsetNanoseconds / 1e6;
  } catch {
    return undefined;
  }
}
