/** The use case: one pass, from what the authors wrote to what the readers get. */
import { instantOf } from "./content/dates.ts";
import type { Plan, Refusal, Report } from "./model.ts";
import { beginReport, type ReportInProgress } from "./report.ts";
import { SITE_KEY } from "./site/problems.ts";
import { parseSite, siteWarnings } from "./site/site.ts";
import { commitPass } from "./state/commit.ts";
import { findPresent, type Present, refuseEmpty, refuseForeign } from "./state/guard.ts";
import { readHead } from "./state/head.ts";
import { rememberEntries } from "./state/memo.ts";
import { type Known, type Pass, recallState } from "./state/pass.ts";
import { hasNews } from "./state/settle.ts";
import { hasMoved } from "./state/survey.ts";
import { type Clock, LostClaim, type Turn, takeTurn } from "./state/turn.ts";
import { type View, viewContent } from "./state/view.ts";
import { readObject, writeDocuments } from "./state/write.ts";
import { countedStore } from "./stores/counted.ts";
import type { Store } from "./stores/store.ts";

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
  /** Only say what would be done. */
  readonly dryRun?: boolean | undefined;
  /** What the guard would refuse is meant. */
  readonly force?: boolean | undefined;
  /** How long to wait for another pass to end, in milliseconds. */
  readonly patience?: number | undefined;
  /** Takes a line for people who wait. */
  readonly log?: ((line: string) => void) | undefined;
}

const ATTEMPTS = 8;
const PATIENCE_MS = 90_000;

/** Throws `StoreError` when a store fails and `StateError` when the state cannot be understood; all else is reported. */
export async function publish(options: PublishOptions): Promise<Report> {
  const { dryRun = false, force = false, patience = PATIENCE_MS, log = () => undefined, clock } = options;
  const content = countedStore(options.content);
  const publicStore = countedStore(options.public);
  const state = countedStore(options.state);
  const report = beginReport({ content, public: publicStore, state }, dryRun, clock);

  const read = parseSite((await readObject(content, SITE_KEY))?.body, content.name, options.now.getUTCFullYear());
  if (!read.ok) return report.done({ refused: UNUSABLE_SITE, problems: read.problems });

  const { site } = read;
  const stores = { content, public: publicStore, state };
  const pass: Pass = { ...options, ...stores, site, now: instantOf(options.now), dryRun, force, patience, log };

  let { hints } = options;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const known = await recallState(pass);
    if (!known) break;
    try {
      const done = await attemptPass(pass, known, hints, report);
      if (done) return done;
    } catch (error) {
      if (!(error instanceof LostClaim)) throw error;
      log(`${error.message}; looking again`);
    }
    hints = undefined; // somebody else wrote meanwhile: look at everything
  }
  return report.done({ refused: BUSY });
}

/** From survey to commit; nothing when another pass was quicker, or the content never stood still. */
async function attemptPass(
  pass: Pass,
  known: Known,
  hints: readonly string[] | undefined,
  report: ReportInProgress,
): Promise<Report | undefined> {
  let turn: Turn | undefined;
  try {
    for (let look = 1; look <= ATTEMPTS; look++) {
      const view = await viewContent(pass, known, hints);
      report.saw(view, siteWarnings(pass.site, known.authority, view.records));

      const { refused, present } = await guard(pass, known, view);
      if (refused || pass.dryRun) return report.done({ refused, put: putsOf(view.plan, present) });
      if (!turn && !hasWork(known, view)) return report.done({});

      if (turn) await turn.replan(view.plan);
      else turn = await takeTurn(pass, known.head, view.plan);
      if (!turn) return undefined;
      if (await hasMoved(pass.content, view.survey)) continue;

      await rememberEntries(view.gathered.rendered, pass.state);
      const { documents, put, foreign } = await writeDocuments(pass, known, view, turn);
      await commitPass(pass, known, view, documents, turn);
      turn = undefined;
      return report.done({ put, refused: refuseForeign(foreign, known.catalog, pass.public.name) });
    }
    return undefined;
  } finally {
    // Refused or failed: the next pass need not wait until the claim expires.
    await turn?.abandon().catch(() => undefined);
  }
}

/** Throws `LostClaim` when what looks foreign may be another pass's doing. */
async function guard(
  { force, public: store, state }: Pass,
  { head, catalog }: Known,
  { records, plan, render }: View,
): Promise<{ readonly present: Present; readonly refused?: Refusal | undefined }> {
  const present = await findPresent(plan, store, render);
  if (force) return { present };
  if (present.foreign.length > 0 && (await readHead(state)).etag !== head.etag) {
    throw new LostClaim("another pass wrote meanwhile");
  }
  return { present, refused: refuseEmpty(records, catalog) ?? refuseForeign(present.foreign, catalog, store.name) };
}

/** What would really be put: what is there already need not be, and what is somebody's would be forced. */
function putsOf({ put }: Plan, { held, foreign }: Present): Plan["put"] {
  return put
    .filter(({ path }) => !held.includes(path))
    .map(({ path, reason }) => ({ path, reason: foreign.includes(path) ? "forced" : reason }));
}

/** Documents to write, something to note for the next pass, or another pass to clear up after. */
function hasWork({ head, catalog }: Known, { plan, records }: View): boolean {
  return plan.put.length > 0 || plan.remove.length > 0 || head.head.claim !== undefined || hasNews(records, catalog);
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
