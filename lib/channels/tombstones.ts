/** Posts that left the documents, and how long Atom feeds list each as deleted (RFC 6721). */
import { instantOf } from "../base/instant.ts";
import { ofSegments } from "../base/segments.ts";
import type { Facts, GonePost, Instant, PostRecord } from "../model.ts";
import { isListed } from "./listed.ts";

/** A post that was in documents: its file is gone, or it is kept back now. */
export interface Departed {
  readonly key: string;
  readonly facts: Facts;
  /** When it left. */
  readonly when: Instant;
}

const DAY_MS = 86_400_000;

/** When the tombstone of a post that left at `when` is dropped. */
export function tombstoneExpiry(when: Instant, days: number): Instant {
  return instantOf(new Date(Date.parse(when) + days * DAY_MS));
}

/** The posts that left within the last `days` days; with 0 days a site has no tombstones. */
export function departedPosts(
  { records, gone }: { readonly records: readonly PostRecord[]; readonly gone: readonly GonePost[] },
  days: number,
  now: Instant,
): readonly Departed[] {
  if (days === 0) return [];
  const removed = gone.map(({ key, facts, since }) => ({ key, facts, when: since }));
  return [...removed, ...keptBackIn(records).flat()].filter(({ when }) => tombstoneExpiry(when, days) > now);
}

const keptBackIn = ofSegments((records: readonly PostRecord[]): readonly Departed[] =>
  records.flatMap((record) => {
    const { key, facts, left } = record;
    return facts && left !== undefined && !isListed(record) ? [{ key, facts, when: left }] : [];
  }),
);
