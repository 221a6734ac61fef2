/** The use case: one pass, from what the authors wrote to what the readers get. */
import pMap from "p-map";
import { instantOf } from "./content/dates.ts";
import { documentRenderer } from "./formats/document.ts";
import { FORMATS } from "./formats/formats.ts";
import type {
  Catalog,
  Instant,
  ListedRecord,
  Plan,
  PostRecord,
  PublishedDocument,
  Refusal,
  Report,
  Site,
} from "./model.ts";
import { beginReport, type ReportInProgress } from "./report.ts";
import { SITE_KEY } from "./site/problems.ts";
import { parseSite, sinceProblems } from "./site/site.ts";
import { nextCatalog, nextOutbox, removeFormer } from "./state/commit.ts";
import { findForeign, refuseEmpty, refuseForeign } from "./state/guard.ts";
import { type CurrentHead, readCatalog, readHead } from "./state/head.ts";
import { channelId, type TagAuthority } from "./state/ids.ts";
import { type Gathered, gatherEntries, rememberEntries } from "./state/memo.ts";
import { planPass } from "./state/plan.ts";
import { forgetEntries, hasNews, settleRecords } from "./state/settle.ts";
import { hasMoved, postsOf, readingOf, type Survey, surveyContent, withFailures } from "./state/survey.ts";
import { busyUntil, type Clock, inheritedPaths, LostClaim, type Turn, takeTurn } from "./state/turn.ts";
import { type PutOutcome, putDocument, readObject } from "./state/write.ts";
import { type CountedStore, countedStore } from "./stores/counted.ts";
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

interface Pass extends Omit<PublishOptions, "now"> {
  readonly now: Instant;
  readonly content: CountedStore;
  readonly public: CountedStore;
  readonly state: CountedStore;
  readonly report: ReportInProgress;
  readonly log: (line: string) => void;
}

/** What the state store knew when the attempt began. */
interface Known {
  readonly head: CurrentHead;
  readonly catalog: Catalog | undefined;
  readonly authority: TagAuthority;
  readonly inherited: ReadonlySet<string>;
}

/** What should be, seen at one moment. */
interface View {
  readonly survey: Survey;
  readonly records: readonly PostRecord[];
  readonly plan: Plan;
  readonly gathered: Gathered;
  readonly render: (path: string) => Uint8Array;
}

const AT_ONCE = 32;
const ATTEMPTS = 8;
const PATIENCE_MS = 90_000;

/** Throws `StoreError` when a store fails and `StateError` when the state cannot be understood; all else is reported. */
export async function publish(options: PublishOptions): Promise<Report> {
  const pass = beginPass(options);
  const site = parseSite((await readObject(pass.content, SITE_KEY))?.body);
  if (!site.ok) {
    pass.report.view({ ...NOTHING, problems: site.problems });
    return pass.report.done(UNUSABLE_SITE);
  }

  let { hints } = pass;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const head = await headOnceFree(pass);
    if (!head) break;
    try {
      const report = await attemptPass(pass, site.site, await recallState(pass, site.site, head), hints);
      if (report) return report;
    } catch (error) {
      if (!(error instanceof LostClaim)) throw error;
      pass.log(`${error.message}; looking again`);
    }
    hints = undefined; // somebody else wrote meanwhile: look at everything
  }
  return pass.report.done(BUSY);
}

/** From survey to commit; nothing when another pass was quicker. */
async function attemptPass(
  pass: Pass,
  site: Site,
  known: Known,
  hints: readonly string[] | undefined,
): Promise<Report | undefined> {
  let turn: Turn | undefined;
  try {
    for (let look = 1; look <= ATTEMPTS; look++) {
      const view = await surveyAndPlan(pass, site, known, hints);
      const refusal = await guard(pass, known, view);
      if (refusal) return pass.report.done(refusal);

      const isOver = pass.dryRun || !(turn || hasWork(known, view));
      if (isOver) return pass.report.done();

      if (turn) await turn.replan(view.plan);
      else turn = await takeTurn(pass, known.head, view.plan);
      if (!turn) return undefined;
      if (await hasMoved(pass.content, view.survey)) continue; // edited while we looked

      await rememberEntries(view.gathered.rendered, pass.state);
      const { documents, foreign } = await writeDocuments(pass, site, known, view, turn);
      await commit(pass, site, known, view, documents, turn);
      turn = undefined;
      return pass.report.done(refuseForeign(foreign, known.catalog, pass.public.name));
    }
    return undefined; // the content never stood still
  } finally {
    // Refused or failed: the next pass need not wait until the claim expires.
    await turn?.abandon().catch(() => undefined);
  }
}

/** Documents to write, something to note for the next pass, or another pass to clear up after. */
function hasWork({ head, catalog }: Known, { plan, records }: View): boolean {
  return plan.put.length > 0 || plan.remove.length > 0 || head.head.claim !== undefined || hasNews(records, catalog);
}

function beginPass(options: PublishOptions): Pass {
  const { clock, dryRun = false, now, log = () => undefined } = options;
  const stores = {
    content: countedStore(options.content),
    public: countedStore(options.public),
    state: countedStore(options.state),
  };
  return { ...options, ...stores, now: instantOf(now), log, report: beginReport(stores, dryRun, clock) };
}

/** The head, as soon as nobody else is writing; nothing when that takes too long. A dry run never waits. */
async function headOnceFree({
  state,
  clock,
  patience = PATIENCE_MS,
  dryRun,
  log,
}: Pass): Promise<CurrentHead | undefined> {
  const deadline = clock.now().getTime() + patience;
  for (let said = false; ; said = true) {
    const head = await readHead(state);
    const until = busyUntil(head, clock);
    if (!until || dryRun) return head;
    const left = Math.min(until.getTime(), deadline) - clock.now().getTime();
    if (clock.now().getTime() >= deadline) return undefined;
    if (!said) log(`another pass (${head.head.claim?.pass}) is writing; waiting for it`);
    await clock.wait(Math.min(Math.max(left, 50), 1000));
  }
}

async function recallState({ state }: Pass, site: Site, head: CurrentHead): Promise<Known> {
  const catalog = await readCatalog(state, head.head);
  // Fixed by the first pass: whatever the site is called later, ids stay.
  const { authority, since } = catalog ?? { authority: new URL(site.url).hostname, since: site.since };
  return { head, catalog, authority: { authority, since }, inherited: await inheritedPaths(state, head) };
}

async function surveyAndPlan(
  pass: Pass,
  site: Site,
  { catalog, authority, inherited }: Known,
  hints: readonly string[] | undefined,
): Promise<View> {
  let survey = await surveyContent({ ...pass, site, catalog, hints });
  let recalled = catalog;
  for (;;) {
    const records = settleRecords({ catalog: recalled, findings: survey.findings, authority, now: pass.now });
    const plan = planPass({ records, site, catalog, authority, inherited });
    const gathered = await gatherEntries(recordsToRender(plan), { ...pass, site, posts: postsOf(survey) });

    const { failed, moved, forgotten, entries, rendered } = gathered;
    if (failed.size + moved.length + forgotten.length === 0) {
      const counts = { rendered: rendered.size, remembered: entries.size - rendered.size };
      pass.report.view({ problems: sinceProblems(site, authority), records, plan, entries: counts });
      return { survey, records, plan, gathered, render: rendererOf(site, authority, plan, gathered) };
    }
    // A post that cannot be rendered is a problem like any other; the plan is made again without it.
    survey = withFailures(survey, records, failed);
    if (recalled && forgotten.length > 0) recalled = forgetEntries(recalled, forgotten);
    if (moved.length > 0)
      survey = await surveyContent({ ...pass, site, catalog, hints: hints && [...hints, ...moved] });
  }
}

function recordsToRender({ documents, put }: Plan): ReadonlySet<ListedRecord> {
  const paths = new Set(put.map(({ path }) => path));
  return new Set(documents.filter(({ path }) => paths.has(path)).flatMap(({ window }) => window.records));
}

function rendererOf(site: Site, authority: TagAuthority, { documents }: Plan, { entries }: Gathered) {
  const renderDocument = documentRenderer(site, (channel) => channelId(channel, authority), entries);
  const byPath = new Map(documents.map((document) => [document.path, document]));
  return (path: string): Uint8Array => {
    const document = byPath.get(path);
    if (!document) throw new Error(`${path} is in no plan`);
    return renderDocument(document);
  };
}

/** Throws `LostClaim` when what looks foreign may be another pass's doing. */
async function guard(
  pass: Pass,
  { head, catalog }: Known,
  { records, plan, render }: View,
): Promise<Refusal | undefined> {
  if (pass.force) return undefined;
  const empty = refuseEmpty(records, catalog);
  if (empty) return empty;
  const foreign = await findForeign(plan, pass.public, render);
  if (foreign.length > 0 && (await readHead(pass.state)).etag !== head.etag) {
    throw new LostClaim("another pass wrote meanwhile");
  }
  return refuseForeign(foreign, catalog, pass.public.name);
}

interface Written {
  /** Every document that now exists, by path. */
  readonly documents: ReadonlyMap<string, PublishedDocument>;
  /** Paths at which something of somebody's appeared meanwhile. */
  readonly foreign: readonly string[];
}

/** Puts, then removals. */
async function writeDocuments(
  pass: Pass,
  site: Site,
  { catalog }: Known,
  { plan, render }: View,
  turn: Turn,
): Promise<Written> {
  const planned = new Map(plan.documents.map((document) => [document.path, document]));
  const documents = new Map(Object.entries(catalog?.documents ?? {}));
  const outcomes = new Map<string, PutOutcome["how"]>();

  await pMap(
    plan.put,
    async ({ path, reason }) => {
      const document = planned.get(path);
      if (!document) return;
      const outcome = await putDocument(
        pass.public,
        {
          ...{ path, body: render(path), known: documents.get(path)?.etag },
          ...{ contentType: FORMATS[document.format].contentType, cacheControl: site.cacheControl },
          ours: reason !== "new" || pass.force === true,
        },
        turn,
      );
      outcomes.set(path, outcome.how);
      if (outcome.how === "foreign") return;
      const { window, fingerprint } = document;
      documents.set(path, { channel: window.channel.key, fingerprint, etag: outcome.etag });
      if (outcomes.size % 1000 === 0) pass.log(`put ${outcomes.size} of ${plan.put.length} documents`);
    },
    { concurrency: AT_ONCE },
  );
  await pMap(
    plan.remove,
    async ({ path }) => {
      await turn.renew();
      await pass.public.delete(path);
      documents.delete(path);
    },
    { concurrency: AT_ONCE },
  );

  const put = plan.put.flatMap(({ path, reason }) => {
    const how = outcomes.get(path);
    if (how === "put") return [{ path, reason }];
    if (how === "drifted") return [{ path, reason: reason === "new" ? ("forced" as const) : how }];
    return [];
  });
  pass.report.wrote(put, plan.remove);
  return { documents, foreign: [...outcomes].filter(([, how]) => how === "foreign").map(([path]) => path) };
}

async function commit(
  { pass, state }: Pass,
  site: Site,
  { head, catalog, authority }: Known,
  { records, plan, gathered }: View,
  documents: ReadonlyMap<string, PublishedDocument>,
  turn: Turn,
): Promise<void> {
  const channels = new Map(plan.documents.map(({ window, updated }) => [window.channel.key, { updated }]));
  const changed = [...plan.put, ...plan.remove].map(({ path }) => path);
  await turn.commit(
    nextCatalog(catalog, {
      ...{ pass, authority, reading: readingOf(site), records, channels, documents },
      rendered: gathered.entries,
    }),
    nextOutbox(head.head.outbox, changed, plan.due),
  );
  await removeFormer(state, catalog);
}

const NOTHING = {
  problems: [],
  records: [],
  plan: { documents: [], put: [], remove: [] },
  entries: { rendered: 0, remembered: 0 },
};

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
