/** The use case: one run, from what the authors wrote to what the readers get. */

import type { Clock } from "../base/clock.ts";
import { SITE_KEY } from "../base/problems.ts";
import { instantOf } from "../content/facts/dates.ts";
import type { Entry, Post, Problem, Refusal, Report, Site } from "../model.ts";
import { siteWarnings } from "../site/warnings.ts";
import { type HeldLease, LostLease, takeLease } from "../state/lease.ts";
import { type Announce, drainOutbox } from "../state/outbox.ts";
import { countedStore, countedTogether } from "../stores/counted.ts";
import { readObject, type Store } from "../stores/store.ts";
import { guardRun, refuseForeign, wouldWrite } from "./guard/guard.ts";
import { explainDamage, type LoadHow, loadSnapshot } from "./load/load.ts";
import { countRecovered, refuseRebuild, saveRecovered } from "./load/rebuild.ts";
import { batchesOf, isTooLateFor, pathsToWrite } from "./plan/batches.ts";
import { Doubtful, doubtAlso, emptyWarmCache, NO_DOUBTS, openEntryCache, type WarmCache } from "./render/entries.ts";
import { drawer, proveEntries } from "./render/render.ts";
import { beginReport, type ReportInProgress } from "./report.ts";
import { headOnceFree, type Run, type Snapshot } from "./run.ts";
import { hasMoved } from "./scan/scan.ts";
import { type View, viewContent } from "./view.ts";
import { collectUnused } from "./write/collect.ts";
import { commitBatch, hasWork, removeFormer } from "./write/commit.ts";
import { writeBatch } from "./write/write.ts";

export { emptyWarmCache, type WarmCache };

export interface PublishOptions {
  readonly content: Store;
  readonly public: Store;
  readonly state: Store;
  /** The moment for which is published: what is dated later waits. */
  readonly now: Date;
  readonly clock: Clock;
  /** A fresh random name for this run. */
  readonly run: string;
  /** Content keys that may have changed; without them every key is looked at. */
  readonly hints?: readonly string[] | undefined;
  /** Counts before what the site says: a preview publishes under an address of its own. */
  readonly overrides?: Pick<Site, "feeds"> | undefined;
  /** Only say what would be done. */
  readonly dryRun?: boolean | undefined;
  /** Render every public post, not only those that a document needs, to find all that cannot be. */
  readonly renderAll?: boolean | undefined;
  /** Renders an entry, perhaps elsewhere; without it this thread does. */
  readonly renderEntry?: ((post: Post) => Promise<Entry>) | undefined;
  /** How many documents are written per commit, 500 if it does not say: what ends a long run loses no more than these. */
  readonly batchSize?: number | undefined;
  /** After this moment no further batch begins: what is written is committed, and the report says `unfinished`. */
  readonly until?: Date | undefined;
  /** What a process that stays has at hand from one run to the next: faster, and the same documents. */
  readonly warmCache?: WarmCache | undefined;
  /** What the guard would refuse is meant. */
  readonly force?: boolean | undefined;
  /** The ledger is lost: ids, dates and ownership are read back from the public store first. */
  readonly rebuild?: boolean | undefined;
  /** The ledger as a former run left it becomes current first: its run, or the one before the current where empty. */
  readonly rollback?: string | undefined;
  /** Tells of what changed whoever keeps copies of it, after every run; without it the outbox waits. */
  readonly announce?: Announce | undefined;
  /** How long to wait for that, in milliseconds. */
  readonly announcePatience?: number | undefined;
  /** How long to wait for another run to end, in milliseconds. */
  readonly patience?: number | undefined;
  /** Takes a line for people who wait. */
  readonly log?: ((line: string) => void) | undefined;
}

const ATTEMPTS = 8;

/** What is loaded when it is needed lets the first request go out sooner: a function begins often, and renders seldom. */
const renderHere = async (post: Post): Promise<Entry> => (await import("../content/entry.ts")).renderEntry(post);
const PATIENCE_MS = 90_000;
const ANNOUNCE_MS = 60_000;

/** Throws `StoreError` when a store fails and `StateError` when the state cannot be understood; all else is reported. */
export async function publish(options: PublishOptions): Promise<Report> {
  const report = await publishFeeds(options);
  const { announce, announcePatience: patience = ANNOUNCE_MS, dryRun = false, log = () => undefined } = options;
  // Another run that is writing announces when it is done. A refused one leaves what was told of before it.
  if (!announce || dryRun || report.refused?.code === "busy") return report;
  const state = countedStore(options.state);
  const announced = await drainOutbox({ state, announce, patience, log });
  const operations = { ...report.operations, state: countedTogether(report.operations.state, state.operations) };
  return { ...report, ...(announced && { announced }), operations };
}

async function publishFeeds(options: PublishOptions): Promise<Report> {
  const { dryRun = false, rebuild = false, rollback, clock, log = () => undefined } = options;
  const stores = countedStores(options);
  const report = beginReport(stores, dryRun, clock);
  const started = clock.now();
  const overcomes = rebuild || rollback !== undefined;
  let how: LoadHow = { rebuild, rollback };
  // A hint of the site concerns every post, and so do edits that came while it could not be read.
  let hints = overcomes || options.hints?.includes(SITE_KEY) ? undefined : options.hints;

  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const name = attempt === 1 ? options.run : `${options.run}-${attempt}`;
    const { patience = PATIENCE_MS } = options;
    const head = await headOnceFree({ state: stores.state, clock, patience, dryRun, log, overcomes }).catch(
      (error: unknown) => explainDamage(error, stores.state),
    );
    if (!head) return report.done({ refused: BUSY });
    const begun = await beginRun(name, options, stores, started);
    if (!begun.ok) return report.done({ refused: UNUSABLE_SITE, problems: begun.problems });
    const { run } = begun;
    try {
      const loaded = await loadSnapshot(run, head, how);
      if ("refused" in loaded) return report.done({ refused: loaded.refused });
      how = loaded.again;
      const done = await attemptRun(run, loaded.known, hints, report);
      if (done) return done;
    } catch (error) {
      if (!(error instanceof LostLease)) return await explainDamage(error, stores.state);
      log(`${error.message}; looking again`);
    }
    hints = undefined; // somebody else wrote meanwhile: look at everything
  }
  return report.done({ refused: UNSETTLED });
}

const countedStores = ({ content, public: publicStore, state }: PublishOptions) => ({
  content: countedStore(content),
  public: countedStore(publicStore),
  state: countedStore(state),
});

/** After all waiting: the site and the moment are those of the writing. */
async function beginRun(
  name: string,
  options: PublishOptions,
  stores: Pick<Run, "content" | "public" | "state">,
  started: Date,
): Promise<{ readonly ok: true; readonly run: Run } | { readonly ok: false; readonly problems: readonly Problem[] }> {
  const { clock, overrides, dryRun = false, renderAll = false, force = false, batchSize, until } = options;
  const { renderEntry = renderHere, warmCache = emptyWarmCache(), log = () => undefined } = options;
  const file = await readObject(stores.content, SITE_KEY);
  const { parseSite } = await import("../site/site.ts");
  const now = new Date(options.now.getTime() + clock.now().getTime() - started.getTime());
  const read = parseSite(file?.body, stores.content.name, now.getUTCFullYear());
  if (!read.ok) return read;
  const site: Site = overrides ? { ...read.site, ...overrides } : read.site;
  const run: Run = {
    ...stores,
    site,
    siteEtag: file?.etag,
    now: instantOf(now),
    clock,
    run: name,
    dryRun,
    renderAll,
    renderEntry,
    warmCache,
    batchSize,
    until,
    force,
    log,
  };
  return { ok: true, run };
}

/** From scan to commit; nothing when another run was quicker, or the content never stood still. */
async function attemptRun(
  run: Run,
  loaded: Snapshot,
  hints: readonly string[] | undefined,
  report: ReportInProgress,
): Promise<Report | undefined> {
  const cache = openEntryCache(run);
  const foreign: string[] = [];
  let known = loaded;
  let doubts = NO_DOUBTS;
  let held: HeldLease | undefined;
  let asked = hints;
  try {
    for (let look = 1; look <= ATTEMPTS; look++) {
      const view = await viewContent(run, known, asked, doubts);
      report.saw(view, warningsOf(run, known, view));
      const batches = batchesOf(view.plan, run.batchSize);
      try {
        // Before the lease: it is short then, and a crash while rendering leaves nothing behind.
        await (run.dryRun ? proveEntries(run, view, cache) : cache.gather(batches[0].records, view));

        const draw = drawer(run, known, view, cache);
        const {
          refused = refuseRebuild(run, known, view),
          forced,
          present,
        } = await guardRun(...([run, known, view, draw, held] as const));
        if (refused && asked) {
          asked = undefined; // triggers may have told of removals, and not yet of what comes instead
          continue;
        }
        const told = { forced, cache, recovered: countRecovered(loaded, view) };
        if (refused || run.dryRun) return report.done({ ...told, refused, would: wouldWrite(view.plan, present) });
        if (!held && !hasWork(run, known, view)) return report.done({ cache });

        const paths = pathsToWrite(batches[0], known);
        if (held) await held.intend(paths);
        else held = await takeLease(run, await saveRecovered(run, known), paths);
        if (!held) return undefined;
        if (await hasMoved(run.content, view.scanned)) continue;
        if ((await run.content.get(SITE_KEY, run.siteEtag)) !== "unchanged") return undefined;

        if (asked === undefined) known = await collectUnused(run, known, view, held);
        let unfinished = false;
        for (const [i, batch] of batches.entries()) {
          const written = await writeBatch(run, known, view, { batch, cache, held });
          unfinished = isTooLateFor(batches.slice(i + 1), run);
          const next = unfinished ? undefined : batches[i + 1];
          known = await commitBatch(run, known, view, { batch, written, held, next });
          report.wrote(written);
          foreign.push(...written.foreign);
          look = 1; // it was not in vain
          if (unfinished) break;
        }
        await removeFormer(run, known);
        return report.done({
          ...told,
          unfinished,
          refused: refuseForeign(foreign, loaded.catalog, run.public.name),
        });
      } catch (error) {
        if (!(error instanceof Doubtful)) throw error;
        doubts = doubtAlso(doubts, error.doubts);
      }
    }
    return undefined;
  } finally {
    // Refused, overtaken or failed: the next run need not wait until the lease expires.
    await held?.end().catch(() => undefined);
  }
}

function warningsOf({ site }: Run, { authority }: Snapshot, { reconciled, plan }: View): readonly Problem[] {
  const channels = plan.windows.map(({ channel: { key, formats }, total }) => ({ key, formats, total }));
  return siteWarnings(site, { since: authority.since, records: reconciled.records, channels });
}

const UNUSABLE_SITE: Refusal = {
  code: "site-unusable",
  message: "site.yaml cannot be used, so nothing was published",
  fix: "fix the problems of site.yaml",
};

const BUSY: Refusal = {
  code: "busy",
  message: "another run is writing and did not end in time",
  fix: "publish again when it has ended",
};

const UNSETTLED: Refusal = {
  code: "unsettled",
  message: "the content or the state kept changing while it was published",
  fix: "publish again when it stands still",
};
