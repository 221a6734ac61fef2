/** A rebuild: the snapshot read back from the published feeds, and what a run that begins with it refuses and saves. */
import type { Refusal } from "../../model.ts";
import { readAdopted } from "../../state/adopted.ts";
import { putCatalog, readCatalog } from "../../state/catalog.ts";
import { type CurrentHead, swapHead } from "../../state/head.ts";
import { LostLease } from "../../state/lease.ts";
import { catalogKey } from "../../state/objects.ts";
import { hasUnknownText, isRecovered } from "../../state/unknown.ts";
import type { Store } from "../../stores/store.ts";
import { named } from "../guard/thresholds.ts";
import type { Reconciled } from "../reconcile/reconcile.ts";
import { snapshotDespiteDamage, unlessDamaged } from "./damage.ts";
import type { Loaded, LoadInput } from "./input.ts";
import { formerOf, loadCurrent, type Snapshot } from "./snapshot.ts";

/** The ledger if it is whole again, else what the feeds say; refuses where it was never lost. */
export async function loadForRebuild(input: LoadInput, head: CurrentHead, isBegun: boolean): Promise<Loaded> {
  const { state, site, force } = input;
  const loadNext = { rebuild: true, isBegun: true };
  const current = await unlessDamaged(readCatalog(state, head.value));
  const whole = current && (await unlessDamaged(loadCurrent(state, site, head)));
  // What was read back was saved, by this run or by one that stopped half way: go on with it.
  if (whole && isRecovered(current)) return { snapshot: { ...whole, origin: "feeds" }, loadNext };
  if (whole && !(await unlessDamaged(readAdopted(state, whole.adoptedKey)))) {
    // The posts that wait for those ids are given others; all that was published is known.
    return { snapshot: { ...whole, adoptedKey: undefined }, loadNext };
  }
  if (whole && isBegun) return { snapshot: whole, loadNext };
  if (whole && !force) return { refused: NOT_LOST };
  const { recoverCatalog } = await import("../../recover/catalog.ts"); // rarely needed
  const recovered = await recoverCatalog({ ...input, run: `${input.name}.recovered` });
  if (current && !force) {
    // Only the intent is lost: the documents that a run before began are found by comparing.
    const catalog = { ...current, documents: { ...recovered?.documents, ...current.documents } };
    return { snapshot: await snapshotDespiteDamage(input, head, catalog, formerOf(head, current)), loadNext };
  }
  if (!recovered) return { refused: nothingToRebuild(input.public) };
  const former = formerOf(head, current);
  const kept = [catalogKey(recovered.run), ...former];
  const snapshot = await snapshotDespiteDamage(input, head, { ...recovered, former }, kept);
  return { snapshot: { ...snapshot, origin: "feeds" }, loadNext };
}

const NOT_LOST: Refusal = {
  code: "not-lost",
  message: "the ledger of ids and dates is there, and knows more than the feeds do",
  fix: "publish without --rebuild; to read everything back from the feeds all the same, add --force",
};

const nothingToRebuild = (store: Store): Refusal => ({
  code: "nothing-to-rebuild",
  message: `${store.name} holds no feed that Dripfeed published, so there is nothing to read back`,
  fix: "check --public; for the first publication, publish without --rebuild",
});

/**
 * Makes the catalog that was read back current before a document is written, so that a run that takes over still knows
 * every id. Gives the head that is to be leased. Throws `LostLease`.
 */
export async function saveRecovered(state: Store, { head, catalog }: Snapshot): Promise<CurrentHead> {
  if (!catalog) return head;
  const key = catalogKey(catalog.run);
  await putCatalog(state, key, catalog);
  const saved = await swapHead(state, head, { ...head.value, catalog: key });
  if (!saved) throw new LostLease("another run wrote meanwhile");
  return saved;
}

/** A file that cannot be read may be the post that is missing: its tombstone would be published by mistake. */
export function refuseRebuild(
  { catalog, origin }: Pick<Snapshot, "catalog" | "origin">,
  after: Reconciled,
): Refusal | undefined {
  if (!catalog || origin !== "feeds") return undefined;
  const broken = after.records.filter(({ state, facts }) => state === "broken" && !facts).map(({ key }) => key);
  const former = new Set(catalog.gone.map(({ facts }) => facts.id));
  const missing = after.gone.filter(({ facts }) => hasUnknownText(facts) && !former.has(facts.id));
  if (broken.length === 0 || missing.length === 0) return undefined;
  return {
    code: "rebuild-unclear",
    message: `posts of the feeds are not found in the content (${missing.length}), and may be in files that cannot be read: ${named(broken)}`,
    fix: "fix these files first (dripfeed check); to publish tombstones for the missing posts, add --force",
  };
}
