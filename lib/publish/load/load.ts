/** Load: the snapshot that an attempt begins with: the current one, a former one, or one read back from the feeds. */
import { DISCOVERY } from "../../formats/files.ts";
import { LostIds } from "../../state/adopted.ts";
import { type CurrentHead, readHeadAnyway } from "../../state/head.ts";
import { LostLease } from "../../state/lease.ts";
import { NewerState, StateError } from "../../state/objects.ts";
import type { Store } from "../../stores/store.ts";
import type { Loaded, LoadFrom, LoadInput } from "./input.ts";
import { loadForRebuild } from "./rebuild.ts";
import { listKept, loadFormer } from "./rollback.ts";
import { loadCurrent, type Snapshot } from "./snapshot.ts";

/** Throws `StateError` when the state is damaged, unless it is to be replaced, and when a newer Dripfeed wrote it. */
export async function loadSnapshot(input: LoadInput, head: CurrentHead, from: LoadFrom): Promise<Loaded> {
  if (from.rollback !== undefined) return loadFormer(input, head, from.rollback);
  if (from.rebuild) return loadForRebuild(input, head, from.isBegun === true);
  const snapshot = await loadCurrent(input.state, input.site, head);
  return (await refuseLost(input, snapshot)) ?? { snapshot, loadNext: from };
}

/** No catalog, but documents of ours: to publish now would give every post that was renamed a new id. */
async function refuseLost({ force, public: store, state }: LoadInput, snapshot: Snapshot): Promise<Loaded | undefined> {
  // A first run that did not end has left its lease, and names what it was writing.
  if (snapshot.catalog || force || snapshot.inherited.has(DISCOVERY.list.file)) return undefined;
  const { readList } = await import("../../recover/ours.ts"); // rarely needed
  if (!(await readList(store))) return undefined;
  // Or they are those of a run that was quicker, and whose catalog is current by now.
  if ((await readHeadAnyway(state)).etag !== snapshot.head.etag) throw new LostLease("another run wrote meanwhile");
  return {
    refused: {
      code: "state-lost",
      message: `${store.name} holds feeds that Dripfeed published, but ${state.name} does not know of them: the ledger of ids and dates is lost`,
      fix: `bring back the state store (check --state), or ${await waysOut(state)}`,
    },
  };
}

/** Throws a `StateError` with the ways out of the damage, and any other error as it is. */
export async function explainDamage(error: unknown, state: Store): Promise<never> {
  if (!(error instanceof StateError) || error instanceof NewerState || error instanceof LostIds) throw error;
  throw new StateError(`${error.message}, or ${await waysOut(state)}`);
}

/** The one that keeps most comes first. */
async function waysOut(state: Store): Promise<string> {
  const rebuild = "read back what is left of it and the feeds, with the same stores: dripfeed publish --rebuild";
  const [former] = await listKept(state).catch(() => []);
  return former
    ? `${rebuild}; or go back to an older ledger that is whole: dripfeed rollback --to ${former.run}`
    : rebuild;
}
