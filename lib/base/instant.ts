/** Instants: moments in UTC to the whole second, as text that sorts. */
import type { Instant } from "../model.ts";

/** What the text of a date always ends with: milliseconds. */
const FRACTION = ".000Z";

/** `2020-10-15T00:20:25Z` (RFC 3339), whatever fraction of a second the date has. */
export function instantOf(date: Date): Instant {
  return `${date.toISOString().slice(0, -FRACTION.length)}Z`;
}

/** The first of those that are known. */
export function earliest(...instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.flatMap((each) => each ?? []).toSorted()[0];
}

const DAY_MS = 86_400_000;

export const dayBefore = (now: Instant): Instant => instantOf(new Date(Date.parse(now) - DAY_MS));
