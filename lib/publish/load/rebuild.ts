/** A rebuild, around the run that publishes by what was read back: what it refuses, saves and counts. */
import type { Recovered, Refusal } from "../../model.ts";
import { catalogKey } from "../../state/catalog.ts";
import { type CurrentHead, putCatalog, swapHead } from "../../state/head.ts";
import { LostLease } from "../../state/lease.ts";
import { isWordless } from "../../state/unknown.ts";
import type { Run, Snapshot } from "../run.ts";
import type { View } from "../view.ts";

/**
 * Makes the catalog that was read back current before a document is written: whoever has to take over then still knows
 * every id. Gives the head that is to be leased; that of any other run is as it was. Throws `LostLease`.
 */
export async function saveRecovered({ state }: Run, { head, catalog, loaded }: Snapshot): Promise<CurrentHead> {
  if (!catalog || loaded !== "feeds") return head;
  const key = catalogKey(catalog.run);
  await putCatalog(state, key, catalog);
  const saved = await swapHead(state, head, { ...head.head, catalog: key });
  if (!saved) throw new LostLease("another run wrote meanwhile");
  return saved;
}

/** What became of the posts that feeds told of; nothing of any other run. */
export function countRecovered({ catalog, loaded }: Snapshot, { reconciled }: View): Recovered | undefined {
  if (!catalog || loaded !== "feeds") return undefined;
  const read = new Set(catalog.records.flatMap(({ facts }) => (facts ? [facts.id] : [])));
  const known = new Set([...read, ...catalog.gone.map(({ facts }) => facts.id)]);
  const found = reconciled.records.flatMap(({ facts }) => (facts ? [facts.id] : []));
  return {
    documents: Object.keys(catalog.documents).length,
    posts: read.size,
    tombstones: catalog.gone.length,
    recognised: found.filter((id) => read.has(id)).length,
    minted: found.filter((id) => !known.has(id)).length,
  };
}

/** A file that cannot be read may be the post that is missing: its readers would be told that it is gone. */
export function refuseRebuild(
  { force }: Run,
  { catalog, loaded }: Snapshot,
  { reconciled }: View,
): Refusal | undefined {
  if (force || !catalog || loaded !== "feeds") return undefined;
  const broken = reconciled.records.filter(({ state, facts }) => state === "broken" && !facts).map(({ key }) => key);
  const former = new Set(catalog.gone.map(({ facts }) => facts.id));
  const missing = reconciled.gone.filter(({ facts }) => isWordless(facts) && !former.has(facts.id));
  if (broken.length === 0 || missing.length === 0) return undefined;
  const named = broken.slice(0, 3).join(", ") + (broken.length > 3 ? ` and ${broken.length - 3} more` : "");
  return {
    code: "rebuild-unclear",
    message: `posts of the feeds are not found in the content (${missing.length}), and may be in files that cannot be read: ${named}`,
    fix: "fix these files first (dripfeed check); to have readers told that the posts are gone, add --force",
  };
}
