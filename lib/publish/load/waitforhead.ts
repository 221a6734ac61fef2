/** The head, as soon as no other run is writing. */
import type { Clock } from "../../base/clock.ts";
import { type CurrentHead, readHead, readHeadAnyway } from "../../state/head.ts";
import { busyUntil, LEASE_MS } from "../../state/lease.ts";
import type { Store } from "../../stores/store.ts";

export interface HeadInput {
  readonly state: Store;
  readonly clock: Clock;
  /** How long to wait for another run to end, in milliseconds. */
  readonly patience: number;
  /** A dry run does not wait. */
  readonly dryRun: boolean;
  readonly log: (line: string) => void;
  /** A damaged head counts as an empty one, to be replaced. */
  readonly replacesDamaged?: boolean;
}

/**
 * Nothing when it takes longer than `patience`.
 *
 * A lease expires by the clock of the run that took it, which may be ahead of this one by a year. A run that lives renews
 * its lease, so a head that stays unchanged for a whole lease is free.
 */
export async function waitForHead(input: HeadInput): Promise<CurrentHead | undefined> {
  const { state, clock, patience, dryRun, log, replacesDamaged = false } = input;
  const deadline = clock.now().getTime() + patience;
  let seen: { readonly etag: string | undefined; readonly since: number } | undefined;
  for (;;) {
    const head = await (replacesDamaged ? readHeadAnyway(state) : readHead(state));
    const until = busyUntil(head, clock);
    const now = clock.now().getTime();
    if (!seen && until && !dryRun) log(`another run (${head.value.lease?.run}) is writing; waiting for it`);
    if (seen?.etag !== head.etag || !seen) seen = { etag: head.etag, since: now };
    if (!until || dryRun || now - seen.since > LEASE_MS) return head;
    if (now >= deadline) return undefined;
    await clock.wait(Math.min(Math.max(Math.min(until.getTime(), deadline) - now, 50), 1000));
  }
}
