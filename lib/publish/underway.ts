/** How far an attempt has come, with the lease that it takes before it writes. */
import { type HeldLease, takeLease } from "../state/lease.ts";
import { saveRecovered } from "./load/rebuild.ts";
import type { Snapshot } from "./load/snapshot.ts";
import type { Attempt } from "./run.ts";

export interface Progress {
  /** Before the first commit the one that was loaded. */
  snapshot: Snapshot;
  lease: HeldLease | undefined;
  commits: number;
  /** Paths at which an object appeared that Dripfeed did not put. */
  readonly foreign: string[];
}

/** The lease that is held, or a new one, with an intent to write the paths. */
export async function leaseFor(attempt: Attempt, progress: Progress, paths: readonly string[]): Promise<HeldLease> {
  const { state, clock, holder, log, name } = attempt;
  const { snapshot, lease: held } = progress;
  if (held) {
    await held.intend(paths);
    return held;
  }
  // Where there is a head, a put under a condition has written it.
  if (snapshot.head.etag === undefined) for (const store of [state, attempt.public]) await store.probe?.();
  const head = snapshot.origin === "feeds" ? await saveRecovered(state, snapshot) : snapshot.head;
  progress.snapshot = { ...snapshot, head };
  const lease = await takeLease({ state, clock, holder, log, run: name }, head, paths);
  progress.lease = lease;
  return lease;
}
