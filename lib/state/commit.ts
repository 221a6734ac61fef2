/** What a pass leaves behind: the next catalog, the outbox, and the tidying of former ones. */
import type { Catalog, Instant, Outbox, Plan, PublishedDocument } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { catalogKey, intentKey } from "./catalog.ts";
import type { Known, Pass } from "./pass.ts";
import { readingOf } from "./survey.ts";
import type { Turn } from "./turn.ts";
import type { View } from "./view.ts";

/** Beyond this many changed paths the outbox says `*`. */
const MANY_PATHS = 1000;
/** How many former catalogs and intents stay, for rollback and diagnosis. */
const KEPT = 5;

/** Makes what was written known, and ends the turn. */
export async function commitPass(
  pass: Pass,
  known: Known,
  view: View,
  documents: ReadonlyMap<string, PublishedDocument>,
  turn: Turn,
): Promise<void> {
  const { head, catalog } = known;
  const { put, remove, due } = view.plan;
  const changed = [...put, ...remove].map(({ path }) => path);
  await turn.commit(nextCatalog(pass, known, view, documents), nextOutbox(head.head.outbox, changed, due));
  await removeFormer(pass.state, catalog).catch((error: Error) => {
    pass.log(`former catalogs stay: ${error.message}`); // what was published is published
  });
}

function nextCatalog(
  { pass, site }: Pass,
  { catalog: former, authority, podcastGuid }: Known,
  { settled, plan, gathered }: View,
  documents: ReadonlyMap<string, PublishedDocument>,
): Catalog {
  const podcast = site.podcast ? podcastGuid : former?.podcast;
  const rendered = (inputHash: string | undefined) => inputHash !== undefined && gathered.entries.has(inputHash);
  return {
    ...{ format: 1, pass, reading: readingOf(site) },
    ...{ authority: authority.authority, since: authority.since },
    records: settled.records.map((record) => {
      return rendered(record.facts?.inputHash) ? { ...record, rendered: true } : record;
    }),
    gone: settled.gone,
    // Of channels that are gone too: one that comes back goes on from where it was.
    channels: { ...former?.channels, ...channelsOf(plan) },
    documents: Object.fromEntries([...documents].sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(podcast !== undefined && { podcast }),
    former: former ? [former.pass, ...former.former].slice(0, KEPT) : [],
  };
}

const channelsOf = ({ documents }: Plan): Catalog["channels"] =>
  Object.fromEntries(
    documents.flatMap(({ drawing, updated }) => {
      return "window" in drawing ? [[drawing.window.channel.key, { updated }]] : [];
    }),
  );

/** What was to announce already, and what this pass adds. */
function nextOutbox({ paths }: Outbox, changed: readonly string[], due: Instant | undefined): Outbox {
  const all = [...new Set([...paths, ...changed])];
  return { paths: all.length > MANY_PATHS || all.includes("*") ? ["*"] : all, ...(due !== undefined && { due }) };
}

/** Removes what the catalog after `former` no longer names. */
async function removeFormer(state: Store, former: Catalog | undefined): Promise<void> {
  for (const pass of former?.former.slice(KEPT - 1) ?? []) {
    await state.delete(catalogKey(pass));
    await state.delete(intentKey(pass));
  }
}
