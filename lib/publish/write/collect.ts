/** Collection: removes objects of the state store that nothing names any more. Under a lease, so that no other run adds any. */
import { forEachAtOnce } from "../../base/concurrency.ts";
import type { PostRecord } from "../../model.ts";
import { decodeCatalog } from "../../state/catalog.ts";
import { listPrepared } from "../../state/findings.ts";
import type { HeldLease } from "../../state/lease.ts";
import { CATALOGS, INTENTS, readNamed, runOf } from "../../state/objects.ts";
import { ENTRIES, packOf } from "../../state/packs.ts";
import type { Store } from "../../stores/store.ts";
import type { Snapshot } from "../load/snapshot.ts";
import { placesOf, repack } from "./repack.ts";

/** It is worth looking for what is unused when there may be more entries than this, */
const MIN_UNUSED = 100;
/** and more than this part of the number of records. */
const MIN_SHARE = 0.1;

export interface CollectInput {
  readonly state: Store;
  /** Name of the attempt, whose own objects stay. */
  readonly name: string;
  /** The records of the next catalog. */
  readonly records: readonly PostRecord[];
  readonly lease: HeldLease;
}

export interface Collected {
  readonly snapshot: Snapshot;
  /** The records, each naming the place where its entry lies now. */
  readonly records: readonly PostRecord[];
}

/**
 * What the current catalog, the next one and the former ones need stays: the packs in which their entries lie, last good ones
 * among them, and what their runs wrote.
 */
export async function collectUnused(input: CollectInput, snapshot: Snapshot): Promise<Collected> {
  const { state, records, lease } = input;
  if (snapshot.unused <= Math.max(MIN_UNUSED, records.length * MIN_SHARE)) return { snapshot, records };
  const live = await livePacks(input, snapshot);
  const runs = liveRuns(input, snapshot);
  const unused: string[] = [];
  const sizes = new Map<string, number>();
  // What no run has written stays: another folder may lie in this one.
  for await (const { key, size } of state.list(ENTRIES)) {
    const pack = packOf(key);
    if (pack === undefined) continue;
    if (live.has(pack)) sizes.set(pack, size);
    else unused.push(key);
  }
  for (const prefix of [CATALOGS, INTENTS]) {
    for await (const { key } of state.list(prefix)) {
      if (!key.includes("/", prefix.length) && !runs.has(runOf(key))) unused.push(key);
    }
  }
  // What was read of posts before this scan is known now, or is of no use.
  unused.push(...(await listPrepared(state)));
  // A run that took over while this was listed needs what it wrote.
  await lease.confirm();
  await forEachAtOnce(unused, async (key) => {
    await lease.renew();
    await state.delete(key);
  });
  const repacked = await repack(state, records, sizes);
  return {
    snapshot: { ...snapshot, unused: repacked.isUnfinished ? snapshot.unused : 0 },
    records: repacked.records,
  };
}

/** Packs that stay. */
async function livePacks(
  { state, records }: CollectInput,
  { catalog, head, former, origin }: Snapshot,
): Promise<ReadonlySet<string>> {
  const live = new Set<string>();
  const keep = (records: readonly PostRecord[]) => {
    for (const record of records) {
      for (const [, { pack }] of placesOf(record)) live.add(pack);
    }
  };
  keep(records);
  keep(catalog?.records ?? []);
  // One at a time: they may be large. The one that the head names was read already, unless another takes its place.
  for (const key of former.filter((key) => origin !== undefined || key !== head.value.catalog)) {
    const bytes = await readNamed(state, key).catch(() => undefined);
    if (bytes) keep(recordsIn(key, bytes));
  }
  return live;
}

/** Names of the runs whose objects stay. Should this run end before it writes, the head names what it named before. */
function liveRuns({ name }: CollectInput, { head, former }: Snapshot): ReadonlySet<string> {
  const named = [head.value.lease?.intent, head.value.catalog, ...former].filter((key) => key !== undefined);
  return new Set([name, ...named.map(runOf)]);
}

/** From a damaged catalog nothing can be brought back anyway. */
function recordsIn(key: string, bytes: Uint8Array): readonly PostRecord[] {
  try {
    return decodeCatalog(key, bytes).records;
  } catch {
    return [];
  }
}
