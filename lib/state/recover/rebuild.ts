/** A rebuild, around the pass that publishes by what was read back: what it refuses, saves and counts. */
import type { Recovered, Refusal } from "../../model.ts";
import { catalogKey } from "../catalog.ts";
import { type CurrentHead, putCatalog, swapHead } from "../head.ts";
import type { Known, Pass } from "../pass.ts";
import { LostClaim } from "../turn.ts";
import { isWordless } from "../unknown.ts";
import type { View } from "../view.ts";

/**
 * Makes the catalog that was read back current before a document is written: whoever has to take over then still knows
 * every id. Gives the head that is to be claimed; that of any other pass is as it was. Throws `LostClaim`.
 */
export async function saveRecovered({ state }: Pass, { head, catalog, recalled }: Known): Promise<CurrentHead> {
  if (!catalog || recalled !== "feeds") return head;
  const key = catalogKey(catalog.pass);
  await putCatalog(state, key, catalog);
  const saved = await swapHead(state, head, { ...head.head, catalog: key });
  if (!saved) throw new LostClaim("another pass wrote meanwhile");
  return saved;
}

/** What became of the posts that feeds told of; nothing of any other pass. */
export function countRecovered({ catalog, recalled }: Known, { settled }: View): Recovered | undefined {
  if (!catalog || recalled !== "feeds") return undefined;
  const read = new Set(catalog.records.flatMap(({ facts }) => (facts ? [facts.id] : [])));
  const known = new Set([...read, ...catalog.gone.map(({ facts }) => facts.id)]);
  const found = settled.records.flatMap(({ facts }) => (facts ? [facts.id] : []));
  return {
    documents: Object.keys(catalog.documents).length,
    posts: read.size,
    tombstones: catalog.gone.length,
    recognised: found.filter((id) => read.has(id)).length,
    minted: found.filter((id) => !known.has(id)).length,
  };
}

/** A file that cannot be read may be the post that is missing: its readers would be told that it is gone. */
export function refuseRebuild({ force }: Pass, { catalog, recalled }: Known, { settled }: View): Refusal | undefined {
  if (force || !catalog || recalled !== "feeds") return undefined;
  const broken = settled.records.filter(({ state, facts }) => state === "broken" && !facts).map(({ key }) => key);
  const former = new Set(catalog.gone.map(({ facts }) => facts.id));
  const missing = settled.gone.filter(({ facts }) => isWordless(facts) && !former.has(facts.id));
  if (broken.length === 0 || missing.length === 0) return undefined;
  const named = broken.slice(0, 3).join(", ") + (broken.length > 3 ? ` and ${broken.length - 3} more` : "");
  return {
    code: "rebuild-unclear",
    message: `posts of the feeds are not found in the content (${missing.length}), and may be in files that cannot be read: ${named}`,
    mend: "mend these files first (dripfeed check); to have readers told that the posts are gone, add --force",
  };
}
