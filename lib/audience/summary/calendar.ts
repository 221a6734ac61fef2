/** Days in UTC, counted forward and back. */
import type { Day } from "../types.ts";

const DAY_MS = 86_400_000;

/** Days since 1970-01-01; `NaN` of what is no day. */
export const numberOf = (day: Day): number => Date.parse(day) / DAY_MS;

const dayOf = (number: number): Day => new Date(number * DAY_MS).toISOString().slice(0, "2026-11-28".length);

export const daysAfter = (day: Day, days: number): Day => dayOf(numberOf(day) + days);

/** So many days in a row, the last of which is `day`. */
export const daysUpTo = (day: Day, days: number): readonly Day[] =>
  Array.from({ length: days }, (_, i) => daysAfter(day, i + 1 - days));

/** Those of the last so many days, of which the last is `day`, that were counted; `counts` has none after it. */
export function lastDays<Count extends { readonly day: Day }>(
  counts: readonly Count[],
  day: Day,
  days: number,
): readonly Count[] {
  const first = daysAfter(day, 1 - days);
  return counts.filter((count) => first <= count.day);
}
