/** What a run leaves behind: the next catalog, the outbox, and the tidying of former ones. */
import type { Catalog, Instant, Outbox, Plan, PostRecord } from "../../model.ts";
import { intentKey, runOf } from "../../state/catalog.ts";
import type { HeldLease } from "../../state/lease.ts";
import { meantUntil } from "../guard/departures.ts";
import { type Batch, pathsOf, pathsToWrite } from "../plan/batches.ts";
import { hasNews } from "../reconcile/reconcile.ts";
import type { Run, Snapshot } from "../run.ts";
import { astrayAfter } from "../scan/astray.ts";
import { readingOf } from "../scan/scan.ts";
import type { View } from "../view.ts";
import type { Written } from "./write.ts";

/** Beyond this many changed paths the outbox says `*`. */
const MANY_PATHS = 1000;
/** How many former catalogs and intents stay, for rollback and diagnosis. */
const KEPT = 5;

export interface CommitInput {
  readonly batch: Batch;
  readonly written: Written;
  readonly held: HeldLease;
  /** What this held writes next; without it this is its end. */
  readonly next: Batch | undefined;
}

/** Documents to write, something to note for the next run, or another run to clear up after. */
export function hasWork(
  { site }: Run,
  { head, catalog, loaded }: Snapshot,
  { plan, reconciled, adopted }: View,
): boolean {
  const isReadAnew = loaded !== undefined || catalog?.reading !== readingOf(site);
  const isAdopting = head.head.adopted !== undefined || catalog?.adopted !== adopted;
  return (
    isAdopting ||
    plan.put.length + plan.remove.length > 0 ||
    head.head.lease !== undefined ||
    isReadAnew ||
    hasNews(reconciled, catalog)
  );
}

/** Makes what was written known: what the next batch, or the next run, begins with. */
export async function commitBatch(
  run: Run,
  before: Snapshot,
  view: View,
  { batch, written, held, next }: CommitInput,
): Promise<Snapshot> {
  const done = new Set(pathsOf(batch));
  const inherited = new Set([...before.inherited].filter((path) => !done.has(path)));
  // What is rendered anew mostly takes the place of something.
  const unused = before.unused + (before.former.length > 0 ? written.rendered : 0);
  const catalog = { ...nextCatalog(run, before, view, written), ...(unused > 0 && { unused }) };
  const outbox = nextOutbox(before.head.head.outbox, changedPaths(before, batch, written), view.plan.due);
  const head = await held.commit(catalog, outbox, next && pathsToWrite(next, { inherited }));
  return { ...before, head, catalog, inherited, unused };
}

function nextCatalog(
  { run, site, force, now }: Run,
  { catalog: before, former, authority, podcastGuid, inherited }: Snapshot,
  { reconciled, plan, adopted }: View,
  { documents, cached }: Written,
): Catalog {
  const podcast = site.podcast ? podcastGuid : before?.podcast;
  const isNew = ({ facts, rendered }: PostRecord) => facts && !rendered && cached.has(facts.inputHash);
  return {
    ...{ run, reading: readingOf(site) },
    ...{ authority: authority.authority, since: authority.since },
    records: reconciled.records.map((record) => (isNew(record) ? { ...record, rendered: true } : record)),
    gone: reconciled.gone,
    // Of channels that are gone too: one that comes back goes on from where it was.
    channels: { ...before?.channels, ...channelsOf(plan) },
    documents: Object.fromEntries([...documents].sort(([a], [b]) => (a < b ? -1 : 1))),
    ...astrayAfter(before, inherited, documents, now),
    ...(podcast !== undefined && { podcast }),
    ...(adopted !== undefined && { adopted }),
    ...meantUntil(force, now, before),
    former: former.slice(0, KEPT),
  };
}

const channelsOf = ({ documents }: Plan): Catalog["channels"] =>
  Object.fromEntries(
    documents.flatMap(({ drawing, updated }) => {
      return "window" in drawing ? [[drawing.window.channel.key, { updated }]] : [];
    }),
  );

/** A path that a run before left half done may hold what this one would put: nobody was told of it either. */
function changedPaths({ loaded }: Snapshot, { put }: Batch, written: Written): readonly string[] {
  if (loaded === "feeds") return ["*"]; // what was still to be told was lost with the head
  const inherited = put.filter(({ reason }) => reason === "inherited").map(({ document }) => document.path);
  return [...inherited, ...[...written.put, ...written.removed].map(({ path }) => path)];
}

/** What was to announce already, and what this run adds. */
function nextOutbox({ paths }: Outbox, changed: readonly string[], due: Instant | undefined): Outbox {
  const all = [...new Set([...paths, ...changed])];
  return { paths: all.length > MANY_PATHS || all.includes("*") ? ["*"] : all, ...(due !== undefined && { due }) };
}

/** Once all is committed: of the catalogs before this one only the last few stay. */
export async function removeFormer({ state, log }: Run, { former }: Snapshot): Promise<void> {
  try {
    for (const key of former.slice(KEPT)) {
      await state.delete(key);
      await state.delete(intentKey(runOf(key)));
    }
  } catch (error) {
    log(`former catalogs stay: ${(error as Error).message}`); // what was published is published
  }
}
