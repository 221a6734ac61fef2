/** Takes the lease, and writes and commits what was planned, batch by batch. */
import { SITE_KEY } from "../base/problems.ts";
import { type Batches, isOutOfTime, pathsToWrite } from "./plan/batches.ts";
import { counter } from "./progress.ts";
import { BeginAgain, LookAgain, NO_CORRECTIONS } from "./retry.ts";
import type { Attempt } from "./run.ts";
import { withMovedEtags } from "./scan/drift.ts";
import { movedKeys, type ScannedEtags } from "./scan/moved.ts";
import type { RoundPlan } from "./scanandplan.ts";
import { leaseFor, type Progress } from "./underway.ts";
import { collectUnused } from "./write/collect.ts";
import { type CommittedBatch, commitBatch } from "./write/commit.ts";
import { writeBatch } from "./write/write.ts";

interface WriteOptions {
  readonly batches: Batches;
  readonly looksAtAll: boolean;
  /** Holds once all is written. */
  readonly rest: CommittedBatch["rest"];
}

/** Takes the lease, checks that nothing moved since the scan, then writes and commits batch by batch: all, if time allows. */
export async function writeBatches(
  attempt: Attempt,
  progress: Progress,
  planned: RoundPlan,
  { batches, looksAtAll, rest: note }: WriteOptions,
): Promise<boolean> {
  const { state, name, site, now, since, force, entries, report, log } = attempt;
  const { after, adoptedKey, plan, drift, posts, listed } = planned;
  const paths = pathsToWrite(batches[0], progress.snapshot.inherited);
  const lease = await leaseFor(attempt, progress, paths);
  await confirmUnmoved(attempt, planned.scanned, after.records.length);
  const onWritten = counter(attempt.progress, "write", plan.put.length + plan.remove.length);
  const rendering = { site, entries, posts, listed };
  const given = { public: attempt.public, helper: attempt.helper, force, drifted: drift.paths };
  const writing = { ...rendering, ...given, lease, onWritten };

  progress.snapshot = withMovedEtags(progress.snapshot, drift);
  // A run with hints is to be quick: the daily full run collects.
  const kept = looksAtAll
    ? await collectUnused({ state, name, records: after.records, lease }, progress.snapshot)
    : { snapshot: progress.snapshot, records: after.records };
  progress.snapshot = kept.snapshot;
  entries.forgetPlaces();
  const committing = { state, name, site, force, now, since, log, plan, adoptedKey, lease };
  let { records } = kept;
  for (const [i, batch] of batches.entries()) {
    const written = await writeBatch({ ...writing, catalog: progress.snapshot.catalog }, batch);
    const rest = batches.slice(i + 1);
    const outOfTime = isOutOfTime(rest, attempt);
    const next = outOfTime ? undefined : rest[0];
    const isAll = rest.length === 0 && progress.foreign.length + written.foreign.length === 0;
    const committed = { batch, written, next, rest: isAll ? note : undefined };
    const known = { ...after, records };
    const snapshot = await commitBatch({ ...committing, after: known }, progress.snapshot, committed);
    progress.snapshot = snapshot;
    // The next catalog is made from these, so that it shares every segment that its batch does not change.
    records = snapshot.catalog.records;
    progress.commits += 1;
    progress.foreign.push(...written.foreign);
    report.wrote(written);
    if (outOfTime) return false;
  }
  return true;
}

/** The scan came before the lease. Throws `LookAgain` when posts moved since, `BeginAgain` when the site did. */
async function confirmUnmoved({ content, siteEtag }: Attempt, scanned: ScannedEtags, objects: number): Promise<void> {
  const restless = await movedKeys(content, scanned, objects);
  if (restless.length > 0) {
    throw new LookAgain("posts changed while they were read", { corrections: { ...NO_CORRECTIONS, restless } });
  }
  const site = await content.get(SITE_KEY, siteEtag, 0);
  if (site !== "unchanged") throw new BeginAgain("site.yaml changed while posts were read");
}
