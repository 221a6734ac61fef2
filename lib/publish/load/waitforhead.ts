/** The head, as soon as no other run is writing. */
import type { Clock } from "../../base/clock.ts";
import { busyUntil, type Holder, isMisdated } from "../../state/busy.ts";
import { type CurrentHead, readHead, readHeadAnyway } from "../../state/head.ts";
import { LEASE_MS } from "../../state/lease.ts";
import type { Store } from "../../stores/store.ts";

export interface HeadInput {
  readonly state: Store;
  readonly clock: Clock;
  readonly holder?: Holder | undefined;
  /** How long to wait for another run to end, in milliseconds; a lease of a wrong clock may take longer. */
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
 * its lease, so a head that stays unchanged for a whole lease is free, and nothing less shows it. A lease that is dated so late
 * that a clock is wrong is therefore watched for that long, whatever the patience: it would else block runs of little patience
 * until that date. Once it is renewed, a run lives, and `patience` holds.
 */
export async function waitForHead(input: HeadInput): Promise<CurrentHead | undefined> {
  const { state, clock, holder, patience, dryRun, log, replacesDamaged = false } = input;
  let waited = 0;
  let seen: { readonly etag: string | undefined; readonly since: number } | undefined;
  for (;;) {
    const looked = clock.now().getTime();
    const head = await (replacesDamaged ? readHeadAnyway(state) : readHead(state));
    const until = busyUntil(head, clock, holder);
    if (!seen || seen.etag !== head.etag) seen = { etag: head.etag, since: waited };
    if (!until || dryRun || waited - seen.since > LEASE_MS) return head;
    const isWatched = isMisdated(until, clock) && seen.since === 0;
    const limit = isWatched ? Math.max(patience, LEASE_MS + 1) : patience;
    if (waited >= limit) return undefined;
    if (waited === 0) {
      const seconds = Math.ceil(Math.min(limit, LEASE_MS) / 1000);
      log(`another run (${head.value.lease?.run}) is writing; waiting for it, up to ${seconds} s unless it goes on`);
    }
    const left = Math.min(until.getTime() - clock.now().getTime(), limit - waited);
    const pause = Math.min(Math.max(left, 50), 1000);
    await clock.wait(pause);
    // Reading takes time, too. But the clock may be set meanwhile, so what it says is believed within bounds only.
    waited += Math.min(Math.max(clock.now().getTime() - looked, pause), 3 * pause);
  }
}
