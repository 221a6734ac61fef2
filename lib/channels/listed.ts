/** Which posts belong in documents, and which were there and are gone: decided here once, for every channel. */
import { instantOf } from "../content/facts/dates.ts";
import type { Facts, GonePost, Instant, ListedRecord, PostRecord } from "../model.ts";

/** Does the post belong in documents? */
export function isListed<Known extends Pick<PostRecord, "state" | "facts" | "lastGood">>(
  record: Known,
): record is Known & Pick<ListedRecord, "facts"> {
  const { state, facts, lastGood } = record;
  return (
    facts !== undefined &&
    (state === "public" || (lastGood === true && (state === "broken" || state === "conflicting")))
  );
}

/** A post that documents still tell of as gone. */
export interface Departed {
  readonly key: string;
  readonly facts: Facts;
  readonly when: Instant;
}

const DAY_MS = 86_400_000;

/** Until when a post that left at `when` is told of. */
export function tellingEnds(when: Instant, days: number): Instant {
  return instantOf(new Date(Date.parse(when) + days * DAY_MS));
}

/** Those that left in the last `days` days; none are told of where that is 0. */
export function departedPosts(
  { records, gone }: { readonly records: readonly PostRecord[]; readonly gone: readonly GonePost[] },
  days: number,
  now: Instant,
): readonly Departed[] {
  if (days === 0) return [];
  const removed = gone.map(({ key, facts, since }) => ({ key, facts, when: since }));
  const withdrawn = records.flatMap((record) => {
    const { key, facts, left } = record;
    return facts && left !== undefined && !isListed(record) ? [{ key, facts, when: left }] : [];
  });
  return [...removed, ...withdrawn].filter(({ when }) => tellingEnds(when, days) > now);
}
