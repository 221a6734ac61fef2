/** A rebuild: the snapshot read back from what is left, and what a run that begins with it refuses and saves. */
import { foldPaths } from "../../base/fold.ts";
import type { Refusal } from "../../model.ts";
import { readAdopted } from "../../state/adopted.ts";
import { putCatalog, readCatalog } from "../../state/catalog.ts";
import { withDocuments } from "../../state/documents.ts";
import { type CurrentHead, swapHead } from "../../state/head.ts";
import { LostLease } from "../../state/lease.ts";
import { CATALOGS, catalogKey } from "../../state/objects.ts";
import type { Catalog } from "../../state/types.ts";
import { hasUnknownText, isRecovered } from "../../state/unknown.ts";
import type { Store } from "../../stores/store.ts";
import { named } from "../guard/thresholds.ts";
import type { Reconciled } from "../reconcile/reconcile.ts";
import { snapshotDespiteDamage, unlessDamaged, withoutAdopted } from "./damage.ts";
import type { Loaded, LoadInput } from "./input.ts";
import { keptCatalogs } from "./rollback.ts";
import { formerOf, loadCurrent, type Snapshot } from "./snapshot.ts";
import { supplementCatalog } from "./supplement.ts";

/** The ledger if it is whole again, else the newest one that is, with what the feeds say; refuses where it was never lost. */
export async function loadForRebuild(input: LoadInput, head: CurrentHead, isBegun: boolean): Promise<Loaded> {
  const { state, site, force } = input;
  const loadNext = { rebuild: true, isBegun: true };
  const current = await unlessDamaged(readCatalog(state, head.value));
  const whole = current && (await unlessDamaged(loadCurrent(state, site, head)));
  // What was read back was saved, by this run or by one that stopped half way: go on with it.
  if (whole && isRecovered(current)) return { snapshot: { ...whole, origin: "feeds" }, loadNext };
  if (whole && !(await unlessDamaged(readAdopted(state, whole.adoptedKey)))) {
    return { snapshot: withoutAdopted(input, whole), loadNext };
  }
  if (whole && isBegun) return { snapshot: whole, loadNext };
  if (whole && !force) return { refused: NOT_LOST };
  if (current && !force) {
    // Only the intent is lost: the documents that a run before began are found by comparing.
    const ofFeeds = (await readFeeds(input))?.documents ?? {};
    const documents = withDocuments(ofFeeds, new Map(Object.entries(current.documents)));
    const snapshot = await snapshotDespiteDamage(input, head, { ...current, documents }, formerOf(head, current));
    return { snapshot, loadNext };
  }
  const [newest] = current || force ? [] : await keptCatalogs(state, head.value);
  const found = await readBack(input, newest?.catalog);
  if (!found && !(await isUnpublished(input, head))) return { refused: nothingToRebuild(input.public, head) };
  const former = newest ? [newest.key, ...newest.catalog.former] : formerOf(head, current);
  const catalog = found && { ...found, former };
  const snapshot = await snapshotDespiteDamage(
    input,
    head,
    catalog,
    catalog ? [catalogKey(catalog.run), ...former] : [],
  );
  return { snapshot: { ...snapshot, origin: "feeds" }, loadNext };
}

/** What the feeds say, and before them the newest catalog that is whole, if there is one. */
async function readBack(input: LoadInput, newest: Catalog | undefined): Promise<Catalog | undefined> {
  const recovered = await readFeeds(input);
  return newest && recovered
    ? supplementCatalog(newest, recovered)
    : (recovered ?? (newest && { ...newest, run: readBackName(input) }));
}

async function readFeeds(input: LoadInput): Promise<Catalog | undefined> {
  const { recoverCatalog } = await import("../../recover/catalog.ts"); // rarely needed
  return recoverCatalog({ ...input, run: readBackName(input) });
}

const readBackName = ({ name }: LoadInput): string => `${name}.recovered`;

/** Was there no commit yet, so that there is nothing to lose? The first run may have been killed. */
async function isUnpublished({ state, force }: LoadInput, { etag }: CurrentHead): Promise<boolean> {
  if (etag === undefined) return false;
  if (force) return true;
  for await (const _ of state.list(CATALOGS)) return false;
  return true;
}

const NOT_LOST: Refusal = {
  code: "not-lost",
  message: "the ledger of ids and dates is there, and knows more than the feeds do",
  fix: "publish without --rebuild; to read everything back from the feeds all the same, add --force",
};

const nothingToRebuild = (store: Store, head: CurrentHead): Refusal => ({
  code: "nothing-to-rebuild",
  message: `${store.name} holds no feed that Dripfeed published, so there is nothing to read back`,
  fix:
    head.etag === undefined
      ? "check --public; for the first publication, publish without --rebuild"
      : "check --public; to begin as if nothing had been published, add --force",
});

/**
 * Makes the catalog that was read back current before a document is written, so that a run that takes over still knows
 * every id. Gives the head that is to be leased. Throws `LostLease`.
 */
export async function saveRecovered(state: Store, { head, catalog }: Snapshot): Promise<CurrentHead> {
  if (!catalog) return head;
  const key = catalogKey(catalog.run);
  await putCatalog(state, key, catalog);
  // What was still to be announced was lost with the head: it is somewhere in the folders of what is published.
  const outbox = {
    ...head.value.outbox,
    paths: foldPaths([...head.value.outbox.paths, ...Object.keys(catalog.documents)], 0),
  };
  const saved = await swapHead(state, head, { ...head.value, catalog: key, outbox });
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
