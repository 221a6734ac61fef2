/** What a pass leaves behind: the next catalog, the outbox, and the tidying of former ones. */
import type { Catalog, Instant, Outbox, Plan, PostRecord } from "../model.ts";
import { astrayAfter } from "./astray.ts";
import { intentKey, passOf } from "./catalog.ts";
import { meantUntil } from "./guard/departures.ts";
import type { Known, Pass } from "./pass.ts";
import { hasNews } from "./settle.ts";
import { pathsOf, pathsToWrite, type Slice } from "./slices.ts";
import { readingOf } from "./survey.ts";
import type { Turn } from "./turn.ts";
import type { View } from "./view.ts";
import type { Written } from "./write.ts";

/** Beyond this many changed paths the outbox says `*`. */
const MANY_PATHS = 1000;
/** How many former catalogs and intents stay, for rollback and diagnosis. */
const KEPT = 5;

export interface CommitInput {
  readonly slice: Slice;
  readonly written: Written;
  readonly turn: Turn;
  /** What this turn writes next; without it this is its end. */
  readonly next: Slice | undefined;
}

/** Documents to write, something to note for the next pass, or another pass to clear up after. */
export function hasWork({ site }: Pass, { head, catalog, recalled }: Known, { plan, settled, adopted }: View): boolean {
  const isReadAnew = recalled !== undefined || catalog?.reading !== readingOf(site);
  const isAdopting = head.head.adopted !== undefined || catalog?.adopted !== adopted;
  return (
    isAdopting ||
    plan.put.length + plan.remove.length > 0 ||
    head.head.claim !== undefined ||
    isReadAnew ||
    hasNews(settled, catalog)
  );
}

/** Makes what was written known: what the next slice, or the next pass, begins with. */
export async function commitSlice(
  pass: Pass,
  before: Known,
  view: View,
  { slice, written, turn, next }: CommitInput,
): Promise<Known> {
  const done = new Set(pathsOf(slice));
  const inherited = new Set([...before.inherited].filter((path) => !done.has(path)));
  // What is rendered anew mostly takes the place of something.
  const unused = before.unused + (before.former.length > 0 ? written.rendered : 0);
  const catalog = { ...nextCatalog(pass, before, view, written), ...(unused > 0 && { unused }) };
  const outbox = nextOutbox(before.head.head.outbox, changedPaths(before, slice, written), view.plan.due);
  const head = await turn.commit(catalog, outbox, next && pathsToWrite(next, { inherited }));
  return { ...before, head, catalog, inherited, unused };
}

function nextCatalog(
  { pass, site, force, now }: Pass,
  { catalog: before, former, authority, podcastGuid, inherited }: Known,
  { settled, plan, adopted }: View,
  { documents, remembered }: Written,
): Catalog {
  const podcast = site.podcast ? podcastGuid : before?.podcast;
  const isNew = ({ facts, rendered }: PostRecord) => facts && !rendered && remembered.has(facts.inputHash);
  return {
    ...{ pass, reading: readingOf(site) },
    ...{ authority: authority.authority, since: authority.since },
    records: settled.records.map((record) => (isNew(record) ? { ...record, rendered: true } : record)),
    gone: settled.gone,
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

/** A path that a pass before left half done may hold what this one would put: nobody was told of it either. */
function changedPaths({ recalled }: Known, { put }: Slice, written: Written): readonly string[] {
  if (recalled === "feeds") return ["*"]; // what was still to be told was lost with the head
  const inherited = put.filter(({ reason }) => reason === "inherited").map(({ document }) => document.path);
  return [...inherited, ...[...written.put, ...written.removed].map(({ path }) => path)];
}

/** What was to announce already, and what this pass adds. */
function nextOutbox({ paths }: Outbox, changed: readonly string[], due: Instant | undefined): Outbox {
  const all = [...new Set([...paths, ...changed])];
  return { paths: all.length > MANY_PATHS || all.includes("*") ? ["*"] : all, ...(due !== undefined && { due }) };
}

/** Once all is committed: of the catalogs before this one only the last few stay. */
export async function removeFormer({ state, log }: Pass, { former }: Known): Promise<void> {
  try {
    for (const key of former.slice(KEPT)) {
      await state.delete(key);
      await state.delete(intentKey(passOf(key)));
    }
  } catch (error) {
    log(`former catalogs stay: ${(error as Error).message}`); // what was published is published
  }
}
