/** The use case: one pass, from what the authors wrote to what the readers get. */

import { instantOf } from "./content/facts/dates.ts";
import type { Entry, Post, Problem, Refusal, Report, Site } from "./model.ts";
import { SITE_KEY } from "./problems.ts";
import { beginReport, type ReportInProgress } from "./report.ts";
import { siteWarnings } from "./site/warnings.ts";
import { collectUnused } from "./state/collect.ts";
import { commitSlice, hasWork, removeFormer } from "./state/commit.ts";
import { drawer, proveEntries } from "./state/draw.ts";
import { guardPass, refuseForeign, wouldWrite } from "./state/guard.ts";
import { type AtHand, Doubtful, doubtAlso, NO_DOUBTS, nothingAtHand, openMemo } from "./state/memo.ts";
import { type Announce, drainOutbox } from "./state/outbox.ts";
import { headOnceFree, type Known, type Pass } from "./state/pass.ts";
import { explainDamage, type Recalling, recallKnown } from "./state/recall.ts";
import { countRecovered, refuseRebuild, saveRecovered } from "./state/recover/rebuild.ts";
import { isTooLateFor, pathsToWrite, slicesOf } from "./state/slices.ts";
import { hasMoved } from "./state/survey.ts";
import { type Clock, LostClaim, type Turn, takeTurn } from "./state/turn.ts";
import { type View, viewContent } from "./state/view.ts";
import { writeSlice } from "./state/write.ts";
import { countedStore, countedTogether } from "./stores/counted.ts";
import { readObject, type Store } from "./stores/store.ts";

export { type AtHand, nothingAtHand };

export interface PublishOptions {
  readonly content: Store;
  readonly public: Store;
  readonly state: Store;
  /** The moment for which is published: what is dated later waits. */
  readonly now: Date;
  readonly clock: Clock;
  /** A fresh random name for this pass. */
  readonly pass: string;
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
  /** How many documents are written per commit, 500 if it does not say: what ends a long pass loses no more than these. */
  readonly sliceSize?: number | undefined;
  /** After this moment no further slice begins: what is written is committed, and the report says `unfinished`. */
  readonly until?: Date | undefined;
  /** What a process that stays has at hand from one pass to the next: faster, and the same documents. */
  readonly atHand?: AtHand | undefined;
  /** What the guard would refuse is meant. */
  readonly force?: boolean | undefined;
  /** The ledger is lost: ids, dates and ownership are read back from the public store first. */
  readonly rebuild?: boolean | undefined;
  /** The ledger as a former pass left it becomes current first: its pass, or the one before the current where empty. */
  readonly rollback?: string | undefined;
  /** Tells of what changed whoever keeps copies of it, after every pass; without it the outbox waits. */
  readonly announce?: Announce | undefined;
  /** How long to wait for that, in milliseconds. */
  readonly announcePatience?: number | undefined;
  /** How long to wait for another pass to end, in milliseconds. */
  readonly patience?: number | undefined;
  /** Takes a line for people who wait. */
  readonly log?: ((line: string) => void) | undefined;
}

const ATTEMPTS = 8;

/** What is loaded when it is needed lets the first request go out sooner: a function begins often, and renders seldom. */
const renderHere = async (post: Post): Promise<Entry> => (await import("./content/entry.ts")).renderEntry(post);
const PATIENCE_MS = 90_000;
const ANNOUNCE_MS = 60_000;

/** Throws `StoreError` when a store fails and `StateError` when the state cannot be understood; all else is reported. */
export async function publish(options: PublishOptions): Promise<Report> {
  const report = await publishFeeds(options);
  const { announce, announcePatience: patience = ANNOUNCE_MS, dryRun = false, log = () => undefined } = options;
  // Another pass that is writing announces when it is done. A refused one leaves what was told of before it.
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
  let recalling: Recalling = { rebuild, rollback };
  // A hint of the site concerns every post, and so do edits that came while it could not be read.
  let hints = overcomes || options.hints?.includes(SITE_KEY) ? undefined : options.hints;

  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const name = attempt === 1 ? options.pass : `${options.pass}-${attempt}`;
    const { patience = PATIENCE_MS } = options;
    const head = await headOnceFree({ state: stores.state, clock, patience, dryRun, log, overcomes }).catch(
      (error: unknown) => explainDamage(error, stores.state),
    );
    if (!head) return report.done({ refused: BUSY });
    const begun = await beginPass(name, options, stores, started);
    if (!begun.ok) return report.done({ refused: UNUSABLE_SITE, problems: begun.problems });
    const { pass } = begun;
    try {
      const recalled = await recallKnown(pass, head, recalling);
      if ("refused" in recalled) return report.done({ refused: recalled.refused });
      recalling = recalled.again;
      const done = await attemptPass(pass, recalled.known, hints, report);
      if (done) return done;
    } catch (error) {
      if (!(error instanceof LostClaim)) return await explainDamage(error, stores.state);
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
async function beginPass(
  name: string,
  options: PublishOptions,
  stores: Pick<Pass, "content" | "public" | "state">,
  started: Date,
): Promise<{ readonly ok: true; readonly pass: Pass } | { readonly ok: false; readonly problems: readonly Problem[] }> {
  const { clock, overrides, dryRun = false, renderAll = false, force = false, sliceSize, until } = options;
  const { renderEntry = renderHere, atHand = nothingAtHand(), log = () => undefined } = options;
  const file = await readObject(stores.content, SITE_KEY);
  const { parseSite } = await import("./site/site.ts");
  const now = new Date(options.now.getTime() + clock.now().getTime() - started.getTime());
  const read = parseSite(file?.body, stores.content.name, now.getUTCFullYear());
  if (!read.ok) return read;
  const site: Site = overrides ? { ...read.site, ...overrides } : read.site;
  const pass: Pass = {
    ...stores,
    site,
    siteEtag: file?.etag,
    now: instantOf(now),
    clock,
    pass: name,
    dryRun,
    renderAll,
    renderEntry,
    atHand,
    sliceSize,
    until,
    force,
    log,
  };
  return { ok: true, pass };
}

/** From survey to commit; nothing when another pass was quicker, or the content never stood still. */
async function attemptPass(
  pass: Pass,
  recalled: Known,
  hints: readonly string[] | undefined,
  report: ReportInProgress,
): Promise<Report | undefined> {
  const memo = openMemo(pass);
  const foreign: string[] = [];
  let known = recalled;
  let doubts = NO_DOUBTS;
  let turn: Turn | undefined;
  let asked = hints;
  try {
    for (let look = 1; look <= ATTEMPTS; look++) {
      const view = await viewContent(pass, known, asked, doubts);
      report.saw(view, warningsOf(pass, known, view));
      const slices = slicesOf(view.plan, pass.sliceSize);
      try {
        // Before the claim: it is short then, and a crash while rendering leaves nothing behind.
        await (pass.dryRun ? proveEntries(pass, view, memo) : memo.gather(slices[0].records, view));

        const draw = drawer(pass, known, view, memo);
        const {
          refused = refuseRebuild(pass, known, view),
          forced,
          present,
        } = await guardPass(...([pass, known, view, draw, turn] as const));
        if (refused && asked) {
          asked = undefined; // bells may have told of removals, and not yet of what comes instead
          continue;
        }
        const told = { forced, memo, recovered: countRecovered(recalled, view) };
        if (refused || pass.dryRun) return report.done({ ...told, refused, would: wouldWrite(view.plan, present) });
        if (!turn && !hasWork(pass, known, view)) return report.done({ memo });

        const paths = pathsToWrite(slices[0], known);
        if (turn) await turn.intend(paths);
        else turn = await takeTurn(pass, await saveRecovered(pass, known), paths);
        if (!turn) return undefined;
        if (await hasMoved(pass.content, view.surveyed)) continue;
        if ((await pass.content.get(SITE_KEY, pass.siteEtag)) !== "unchanged") return undefined;

        if (asked === undefined) known = await collectUnused(pass, known, view, turn);
        let unfinished = false;
        for (const [i, slice] of slices.entries()) {
          const written = await writeSlice(pass, known, view, { slice, memo, turn });
          unfinished = isTooLateFor(slices.slice(i + 1), pass);
          const next = unfinished ? undefined : slices[i + 1];
          known = await commitSlice(pass, known, view, { slice, written, turn, next });
          report.wrote(written);
          foreign.push(...written.foreign);
          look = 1; // it was not in vain
          if (unfinished) break;
        }
        await removeFormer(pass, known);
        return report.done({
          ...told,
          unfinished,
          refused: refuseForeign(foreign, recalled.catalog, pass.public.name),
        });
      } catch (error) {
        if (!(error instanceof Doubtful)) throw error;
        doubts = doubtAlso(doubts, error.doubts);
      }
    }
    return undefined;
  } finally {
    // Refused, overtaken or failed: the next pass need not wait until the claim expires.
    await turn?.end().catch(() => undefined);
  }
}

function warningsOf({ site }: Pass, { authority }: Known, { settled, plan }: View): readonly Problem[] {
  const channels = plan.windows.map(({ channel: { key, formats }, total }) => ({ key, formats, total }));
  return siteWarnings(site, { since: authority.since, records: settled.records, channels });
}

const UNUSABLE_SITE: Refusal = {
  code: "site-unusable",
  message: "site.yaml cannot be used, so nothing was published",
  mend: "mend the problems of site.yaml",
};

const BUSY: Refusal = {
  code: "busy",
  message: "another pass is writing and did not end in time",
  mend: "publish again when it has ended",
};

const UNSETTLED: Refusal = {
  code: "unsettled",
  message: "the content or the state kept changing while it was published",
  mend: "publish again when it stands still",
};
