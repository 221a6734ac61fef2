/** How far the clocks of a zone are from UTC, without asking for each moment: most months know one offset. */
import { Temporal } from "temporal-polyfill";

/** The years of which it is told: before, zones were less orderly, and after, nobody writes. */
export const STEADY_YEARS = { first: 1971, last: 2199 };

const known = new Map<string, number | undefined>();
const MOST_KNOWN = 20_000;

/** In milliseconds, of a month and the days around it; nothing when clocks change in them, or there is no such zone. */
export function steadyOffset(timezone: string, year: number, month: number): number | undefined {
  if (!(year >= STEADY_YEARS.first && year <= STEADY_YEARS.last && month >= 1 && month <= 12)) return undefined;
  const key = `${timezone} ${year} ${month}`;
  if (known.has(key)) return known.get(key);
  if (known.size >= MOST_KNOWN) known.clear();
  const offset = offsetThrough(timezone, year, month);
  known.set(key, offset);
  return offset;
}

/** No zone is more than a day from UTC: two days cover whoever counts the month by another clock. */
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
