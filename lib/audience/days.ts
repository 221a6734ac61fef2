/** Days in UTC, counted forward and back. */
import type { Day } from "./types.ts";

const DAY_MS = 86_400_000;

export const dayOf = (moment: Date): Day => moment.toISOString().slice(0, "2026-11-28".length);

/** Days since 1970-01-01; `NaN` of what is no day. */
export const numberOf = (day: Day): number => Date.parse(day) / DAY_MS;

/** Before the day, where `days` is less than 0. */
export const daysAfter = (day: Day, days: number): Day => dayOf(new Date((numberOf(day) + days) * DAY_MS));

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
