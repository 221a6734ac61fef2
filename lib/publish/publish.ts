/** The use case: one run, from what the authors wrote to what the readers get. */
import { present } from "../base/optional.ts";
import { SITE_KEY } from "../base/problems.ts";
import type { Post, Problem } from "../model.ts";
import type { Site } from "../site/types.ts";
import { siteWarnings } from "../site/warnings.ts";
import { takeLease } from "../state/lease.ts";
import { drainOutbox } from "../state/outbox.ts";
import { countedStore, countedTogether } from "../stores/counted.ts";
import { guardPlan } from "./guard/guard.ts";
import { refuseForeign, wouldWrite } from "./guard/present.ts";
import type { LoadFrom } from "./load/input.ts";
import { explainDamage, loadSnapshot } from "./load/load.ts";
import { refuseRebuild, saveRecovered } from "./load/rebuild.ts";
import type { Snapshot } from "./load/snapshot.ts";
import { waitForHead } from "./load/waitforhead.ts";
import type { PublishOptions } from "./options.ts";
import { type Batches, cutBatches, isOutOfTime, pathsToWrite } from "./plan/batches.ts";
import { planRun } from "./plan/plan.ts";
import { adoptedIds } from "./reconcile/adopted.ts";
import { reconcilePosts, withoutEntries } from "./reconcile/posts.ts";
import type { Reconciled } from "./reconcile/reconcile.ts";
import { BUSY, UNSETTLED, UNUSABLE_SITE } from "./refusals.ts";
import { batchRenderer, proveEntries } from "./render/render.ts";
import type { RunEnd } from "./report.ts";
import { NO_CORRECTIONS, type Start, startAfter, TryAgain } from "./retry.ts";
import { type Attempt, beginAttempt, beginRun, type Run } from "./run.ts";
import { type Drift, findDrift, NO_DRIFT, withMovedEtags } from "./scan/drift.ts";
import type { Findings } from "./scan/findings.ts";
import { etagsIn, hasMoved, type ScannedEtags } from "./scan/moved.ts";
import { scanContent } from "./scan/scan.ts";
import type { Plan, Report } from "./types.ts";
import { collectUnused } from "./write/collect.ts";
import { commitBatch, hasWork, removeFormer } from "./write/commit.ts";
import { writeBatch } from "./write/write.ts";

/** Attempts in a row that write nothing, after which a run gives up. */
const ATTEMPTS = 8;
const ANNOUNCE_MS = 60_000;

/** Throws `StoreError` when a store fails and `StateError` when the state cannot be understood; all else is reported. */
export async function publish(options: PublishOptions): Promise<Report> {
  const { announce, announcePatience: patience = ANNOUNCE_MS } = options;
  const run = beginRun(options);
  const { state, dryRun, log } = run;
  const report = await publishFeeds(run, firstStart(options)).catch((error) => explainDamage(error, state));
  // Another run that is writing announces when it is done. A refused run wrote nothing, but an earlier one may have left
  // paths to announce.
  if (!announce || dryRun || report.refused?.code === "busy") return report;
  const outbox = countedStore(options.state);
  const announced = await drainOutbox({ state: outbox, announce, patience, log });
  const operations = { ...report.operations, state: countedTogether(report.operations.state, outbox.operations) };
  return { ...report, ...present({ announced }), operations };
}

/** A hint of the site concerns every post; so do edits that came while the ledger could not be read. */
function firstStart({ hints, rebuild = false, rollback }: PublishOptions): Start {
  const looksAtAll = rebuild || rollback !== undefined || hints?.includes(SITE_KEY);
  return { hints: looksAtAll ? undefined : hints, load: { rebuild, rollback }, corrections: NO_CORRECTIONS };
}

/** Attempts until one succeeds. What asks for another is `LostLease` or `TryAgain`; each begins with what the one before learned. */
async function publishFeeds(run: Run, first: Start): Promise<Report> {
  const { report, log } = run;
  let start = first;
  for (let number = 1, fruitless = 0; fruitless < ATTEMPTS; number++) {
    const written = report.batches();
    try {
      const begun = await begin(run, number, start.load);
      if ("end" in begun) return report.done(begun.end);
      start = { ...start, load: begun.again };
      return await publishFrom(begun.attempt, begun.snapshot, start);
    } catch (error) {
      start = startAfter(error, start);
      log(`${(error as Error).message}; looking again`);
      fruitless = report.batches() > written ? 0 : fruitless + 1;
    }
  }
  return report.done({ refused: UNSETTLED });
}

type Begun =
  | { readonly attempt: Attempt; readonly snapshot: Snapshot; readonly again: LoadFrom }
  | { readonly end: RunEnd };

/** Waits for the head, then loads the site and the snapshot. */
async function begin(run: Run, number: number, from: LoadFrom): Promise<Begun> {
  const repairs = from.rebuild || from.rollback !== undefined;
  const head = await waitForHead({ ...run, repairs });
  if (!head) return { end: { refused: BUSY } };
  const begun = await beginAttempt(run, number);
  if (!begun.ok) return { end: { refused: UNUSABLE_SITE, problems: begun.problems } };
  const { attempt } = begun;
  const loaded = await loadSnapshot(attempt, head, from);
  if ("refused" in loaded) return { end: { refused: loaded.refused } };
  const { snapshot, again } = loaded;
  if (snapshot.origin === "feeds" && snapshot.catalog) run.report.recovered(snapshot.catalog);
  return { attempt, snapshot, again };
}

/** Scans and plans, renders what the first batch needs, asks the guard; then, if there is work, writes. */
async function publishFrom(attempt: Attempt, snapshot: Snapshot, start: Start): Promise<Report> {
  const { report, site, now, dryRun, force, entries } = attempt;
  const { head, catalog, authority, podcastGuid } = snapshot;
  const planned = await scanAndPlan(attempt, snapshot, start);
  const { after, plan, posts, drift } = planned;
  report.planned(after, plan, warningsOf(site, snapshot, planned));

  const batches = cutBatches(plan, attempt.batchSize);
  // Before the lease, so that a short run holds it briefly, and a crash while rendering leaves nothing behind.
  if (dryRun) await proveEntries({ batches, entries, posts, records: after.records, all: attempt.rendersAll });
  else await entries.gather(batches[0].records, { posts });

  const renderWanted = batchRenderer({ site, authority, podcastGuid, windows: plan.windows, batches, entries, posts });
  const stores = { public: attempt.public, state: attempt.state };
  const given = { site, now, dryRun, force, head, catalog };
  const drifted = drift.paths;
  const guarded = await guardPlan({ ...stores, ...given, after, plan, batches, drifted, renderWanted });
  const refused = guarded.refused ?? (force ? undefined : refuseRebuild(snapshot, after));
  // The triggers may have named removals, and not yet what comes instead: look at everything before refusing.
  if (refused && start.hints) throw new TryAgain(refused.message, { hints: undefined });
  const { forced, present: found } = guarded;
  if (refused || dryRun) return report.done({ refused, forced, would: wouldWrite(plan, found) });
  if (!hasWork(snapshot, site, planned)) return report.done({});

  const end = await writeBatches(attempt, snapshot, planned, { batches, looksAtAll: start.hints === undefined });
  return report.done({ forced, ...end });
}

interface Planned {
  readonly after: Reconciled;
  readonly adoptedKey: string | undefined;
  readonly plan: Plan;
  readonly drift: Drift;
  /** Posts that were read, by key, as many as there is room for. */
  readonly posts: ReadonlyMap<string, Post>;
  /** The ETags of the keys that were scanned. */
  readonly scanned: ScannedEtags;
}

/** What should be, seen at one moment. Writes nothing. Without hints the public store is compared with the catalog, too. */
async function scanAndPlan(
  { content, public: store, state, site, now, log }: Attempt,
  snapshot: Snapshot,
  { hints, corrections }: Start,
): Promise<Planned> {
  const { authority, podcastGuid } = snapshot;
  const catalog = snapshot.catalog && withoutEntries(snapshot.catalog, corrections.lostEntries);
  const adopted = adoptedIds(state, snapshot.adopted);
  const keysOfRenamed = (findings: Findings) => adopted.keysOfRenamed(findings, catalog);

  const drift = hints ? NO_DRIFT : await findDrift(store, snapshot.catalog, now);
  const scan = await scanContent({ content, site, catalog, now, hints, corrections, keysOfRenamed, log });
  const keepsUpdated = snapshot.origin === "former";
  const known = { catalog, authority, now, keepsUpdated };
  const reconciled = await reconcilePosts({ ...known, content, site, log, scan, adopted });
  const { records, gone, adoptedKey } = reconciled;
  const inherited = new Set([...snapshot.inherited, ...drift.late]);
  const given = { site, now, catalog, authority, podcastGuid, inherited, drifted: drift.paths };
  const plan = planRun({ ...given, records, gone });
  // The findings themselves are let go: for a large site they weigh as much as its records.
  const { posts, findings } = reconciled.scan;
  return { after: { records, gone }, adoptedKey, plan, drift, posts, scanned: etagsIn(findings) };
}

/** Takes the lease, checks that nothing moved since the scan, then writes and commits batch by batch. */
async function writeBatches(
  attempt: Attempt,
  snapshot: Snapshot,
  planned: Planned,
  { batches, looksAtAll }: { readonly batches: Batches; readonly looksAtAll: boolean },
): Promise<RunEnd> {
  const { state, name, site, now, force, entries, report, clock, log } = attempt;
  const { authority, podcastGuid } = snapshot;
  const { after, adoptedKey, plan, drift, posts } = planned;
  const head = snapshot.origin === "feeds" ? await saveRecovered(state, snapshot) : snapshot.head;
  const paths = pathsToWrite(batches[0], snapshot.inherited);
  const lease = await takeLease({ state, clock, log, run: name }, head, paths);
  const rendering = { site, authority, podcastGuid, windows: plan.windows, entries, posts };
  const writing = { ...rendering, public: attempt.public, force, drifted: drift.paths, lease };
  const committing = { name, site, force, now, plan, after, adoptedKey, lease };
  try {
    await confirmUnmoved(attempt, planned.scanned);
    const catalog = snapshot.catalog && withMovedEtags(snapshot.catalog, drift);
    let current: Snapshot = { ...snapshot, catalog };
    // A run with hints is to be quick: the daily full run collects.
    if (looksAtAll) current = await collectUnused({ state, name, records: after.records, lease }, current);
    let outOfTime = false;
    for (const [i, batch] of batches.entries()) {
      const written = await writeBatch({ ...writing, catalog: current.catalog }, batch);
      const rest = batches.slice(i + 1);
      outOfTime = isOutOfTime(rest, attempt);
      const next = outOfTime ? undefined : rest[0];
      current = await commitBatch(committing, current, { batch, written, next });
      report.wrote(written);
      if (outOfTime) break;
    }
    await removeFormer({ state, log }, current.former);
    // Objects that appeared since the guard looked were left as they are, and make the run a refused one.
    const refused = refuseForeign(report.foreign(), snapshot.catalog, attempt.public.name);
    return { refused, unfinished: outOfTime };
  } finally {
    // Overtaken, failed or in vain: the next run need not wait until the lease expires.
    await lease.release().catch(() => undefined);
  }
}

/** The scan came before the lease. Throws `TryAgain` when content moved since. */
async function confirmUnmoved({ content, siteEtag }: Attempt, scanned: ScannedEtags): Promise<void> {
  if (await hasMoved(content, scanned)) throw new TryAgain("posts changed while they were read", {});
  const site = await content.get(SITE_KEY, siteEtag);
  if (site !== "unchanged") throw new TryAgain("site.yaml changed while posts were read", { hints: undefined });
}

function warningsOf(site: Site, { authority }: Snapshot, { after, plan }: Planned): readonly Problem[] {
  const channels = plan.windows.map(({ channel: { key, formats }, total }) => ({ key, formats, total }));
  return siteWarnings(site, { since: authority.since, records: after.records, channels });
}
