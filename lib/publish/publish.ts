/** The use case: one run, from what the authors wrote to what the readers get. */
import { present } from "../base/optional.ts";
import { SITE_KEY } from "../base/problems.ts";
import { LostLease } from "../state/lease.ts";
import { drainOutbox } from "../state/outbox.ts";
import { countedStore, countedTogether } from "../stores/counted.ts";
import { refuseForeign, wouldWrite } from "./guard/existing.ts";
import { guardPlan } from "./guard/guard.ts";
import type { LoadFrom } from "./load/input.ts";
import { explainDamage, loadSnapshot } from "./load/load.ts";
import { refuseRebuild } from "./load/rebuild.ts";
import type { Snapshot } from "./load/snapshot.ts";
import { waitForHead } from "./load/waitforhead.ts";
import type { PublishOptions } from "./options.ts";
import { cutBatches } from "./plan/batches.ts";
import { BUSY, UNSETTLED, UNUSABLE_SITE } from "./refusals.ts";
import { itemsOf, lazyRenderer, proveEntries } from "./render/render.ts";
import type { RunEnd } from "./report.ts";
import { restNote } from "./rest/note.ts";
import { BeginAgain, LookAgain, NO_CORRECTIONS, OutOfTime, type RoundStart, startAfter } from "./retry.ts";
import { type Attempt, beginAttempt, beginRun, type Run } from "./run.ts";
import { scanAndPlan } from "./scanandplan.ts";
import type { Report } from "./types.ts";
import { leaseFor, type Progress } from "./underway.ts";
import { warningsOf } from "./warnings.ts";
import { hasWork } from "./write/commit.ts";
import { writeBatches } from "./writebatches.ts";

/**
 * Attempts of a run, and rounds of an attempt that commit nothing, after which it gives up. A run that another one
 * overtakes goes on while its patience lasts: the others end.
 */
const ATTEMPTS = 8;
const ROUNDS = 8;
/** Between attempts from then on, so that the others get on. */
const PAUSE_MS = 50;
/**
 * Attempts that scan before they take the lease. Of many runs at once each can be overtaken in all of these; the next
 * attempt takes the lease first, so that the others wait for it.
 */
const UNLEASED_ATTEMPTS = 4;
const ANNOUNCE_MS = 60_000;

/** Throws `StoreError` when a store fails and `StateError` when the state cannot be understood; all else is reported. */
export async function publish(options: PublishOptions): Promise<Report> {
  const { announce, announcePatience: patience = ANNOUNCE_MS } = options;
  const run = beginRun(options);
  const { state, dryRun, log } = run;
  const report = await publishFeeds(run, options).catch((error) => explainDamage(error, state));
  // Another run that is writing announces when it is done. A refused run wrote nothing, but an earlier one may have left
  // paths to announce.
  if (!announce || dryRun || report.refused?.code === "busy") return report;
  const outbox = countedStore(options.state);
  const { name: by, clock } = run;
  const announcer = { invalidate: announce };
  const announced = await drainOutbox({ state: outbox, public: options.public, clock, announcer, by, patience, log });
  const operations = { ...report.operations, state: countedTogether(report.operations.state, outbox.operations) };
  return { ...report, ...present({ announced }), operations };
}

/** Attempts, until one ends the run. After one that lost its lease or its site, the next looks at everything. */
async function publishFeeds(run: Run, { hints, rebuild = false, rollback }: PublishOptions): Promise<Report> {
  const { report, clock, started, patience, log } = run;
  const replacesDamaged = rebuild || rollback !== undefined;
  let load: LoadFrom = { rebuild, rollback };
  for (let number = 1; ; number++) {
    try {
      const begun = await begin(run, number, { load, replacesDamaged });
      if ("end" in begun) return report.done(begun.end);
      load = begun.loadNext;
      // A hint of the site concerns every post; so do edits that came while the ledger could not be read.
      const looksAtAll = number > 1 || replacesDamaged || hints?.includes(SITE_KEY);
      const leasesFirst = number > UNLEASED_ATTEMPTS && !run.dryRun;
      return await runAttempt(begun.attempt, begun.snapshot, { hints: looksAtAll ? undefined : hints, leasesFirst });
    } catch (error) {
      if (!(error instanceof LostLease || error instanceof BeginAgain)) throw error;
      log(`${error.message}; looking again`);
      if (number < ATTEMPTS) continue;
      if (error instanceof BeginAgain) return report.done({ refused: UNSETTLED });
      if (clock.now().getTime() - started.getTime() > patience) return report.done({ refused: BUSY });
      await clock.wait(PAUSE_MS);
    }
  }
}

type Begun =
  | { readonly attempt: Attempt; readonly snapshot: Snapshot; readonly loadNext: LoadFrom }
  | { readonly end: RunEnd };

interface BeginOptions {
  readonly load: LoadFrom;
  /** A damaged head is to be replaced. */
  readonly replacesDamaged: boolean;
}

/** Waits for the head, then loads the site and the snapshot. */
async function begin(run: Run, number: number, { load, replacesDamaged }: BeginOptions): Promise<Begun> {
  const { state, clock, holder, patience, dryRun, log } = run;
  const head = await waitForHead({ state, clock, holder, patience, dryRun, log, replacesDamaged });
  if (!head) return { end: { refused: BUSY } };
  const begun = await beginAttempt(run, number);
  if (!begun.ok) return { end: { refused: UNUSABLE_SITE, problems: begun.problems } };
  const { attempt } = begun;
  const loaded = await loadSnapshot(attempt, head, load);
  if ("refused" in loaded) return { end: { refused: loaded.refused } };
  return { attempt, snapshot: loaded.snapshot, loadNext: loaded.loadNext };
}

/** Rounds, until one ends the run. The lease is given back however that is. Throws `LostLease` and `BeginAgain`. */
async function runAttempt(
  attempt: Attempt,
  loaded: Snapshot,
  { hints, leasesFirst }: { readonly hints: readonly string[] | undefined; readonly leasesFirst: boolean },
): Promise<Report> {
  const progress: Progress = { snapshot: loaded, lease: undefined, commits: 0, foreign: [] };
  const readBack = loaded.origin === "feeds" ? loaded.catalog : undefined;
  let start: RoundStart = { hints, corrections: NO_CORRECTIONS };
  try {
    if (leasesFirst) await leaseFor(attempt, progress, [...loaded.inherited]);
    for (let fruitless = 0; fruitless < ROUNDS; ) {
      const { commits } = progress;
      try {
        const end = await runRound(attempt, progress, start);
        // Objects that appeared since the guard looked were left as they are, and make the run a refused one.
        const foreign = refuseForeign(progress.foreign, loaded.catalog, attempt.public.name);
        const refused = end.refused ?? foreign;
        return attempt.report.done({ ...end, refused, readBack, entries: attempt.entries.count() });
      } catch (error) {
        if (error instanceof OutOfTime) return endedScan(attempt, error);
        start = startAfter(error, start);
        fruitless = progress.commits > commits ? 0 : fruitless + 1;
      }
    }
    throw new BeginAgain("the content kept changing");
  } finally {
    // Overtaken, failed or in vain: the next run need not wait until the lease expires.
    await progress.lease?.release().catch(() => undefined);
  }
}

/** There was no time to read all posts: the next run reads the others. */
function endedScan({ report, entries, log }: Attempt, { message, scanned }: OutOfTime): Report {
  log(`${message}; ${scanned.handedOver ? "the others are read beside this run" : "the next run goes on"}`);
  return report.done({ unfinished: true, scanned, entries: entries.count() });
}

/** Scans and plans, renders what the first batch needs, asks the guard; then, if there is work, writes. */
async function runRound(attempt: Attempt, progress: Progress, start: RoundStart): Promise<RunEnd> {
  const { report, site, now, dryRun, force, entries } = attempt;
  const { snapshot, lease } = progress;
  const { head, catalog, authority } = snapshot;
  const planned = await scanAndPlan(attempt, snapshot, start);
  const { after, plan, posts, listed, drift } = planned;
  const problems = [...warningsOf(site, { authority, after, plan }), ...planned.problems];
  report.planned(after, plan, { site, isFirst: catalog === undefined, problems });

  const batches = cutBatches(plan, attempt.batchSize);
  // Before the lease, so that a short run holds it briefly, and a crash while rendering leaves nothing behind.
  if (dryRun) await proveEntries({ batches, entries, posts, records: after.records, all: attempt.rendersAll });
  else await entries.gather(batches[0].records, { posts, listed, items: itemsOf(batches[0]) });

  const renderWanted = lazyRenderer({ batches, entries, posts });
  const stores = { public: attempt.public, state: attempt.state };
  const given = { site, now, dryRun, force, head, catalog, lease };
  const drifted = drift.paths;
  const guarded = await guardPlan({ ...stores, ...given, after, plan, batches, drifted, renderWanted });
  const refused = guarded.refused ?? (force ? undefined : refuseRebuild(snapshot, after));
  // The triggers may have named removals, and not yet what comes instead: look at everything before refusing.
  if (refused && start.hints) throw new LookAgain(refused.message, { hints: undefined });
  const { forced, existing } = guarded;
  if (refused || dryRun) return { refused, forced, would: wouldWrite(plan, existing) };
  if (progress.commits === 0 && !hasWork(snapshot, site, planned)) {
    await attempt.reading.forget();
    return {};
  }

  // The listing that was looked at first is that of this round alone.
  const mayRest = progress.commits === 0 && start.corrections === NO_CORRECTIONS && !force;
  const rest = mayRest ? restNote({ ...attempt, after, plan, report: report.atRest() }) : undefined;
  const looksAtAll = start.hints === undefined;
  const isInTime = await writeBatches(attempt, progress, planned, { batches, looksAtAll, rest });
  await attempt.reading.forget();
  return { forced, unfinished: !isInTime };
}
