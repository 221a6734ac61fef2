/** Rollback: the catalogs of former runs, and the snapshot that begins with one of them. */

import { present } from "../../base/optional.ts";
import type { Instant, Refusal } from "../../model.ts";
import { decodeCatalog, readCatalog } from "../../state/catalog.ts";
import { type CurrentHead, readHeadAnyway } from "../../state/head.ts";
import { CATALOGS } from "../../state/objects.ts";
import type { Catalog, Head } from "../../state/types.ts";
import { readObject, type Store } from "../../stores/store.ts";

import { snapshotDespiteDamage, unlessDamaged } from "./damage.ts";
import type { Loaded, LoadInput } from "./input.ts";
import { mergeFormer } from "./merge.ts";
import { formerOf } from "./snapshot.ts";

/** A former catalog that is whole. */
export interface KeptCatalog {
  readonly key: string;
  /** Name of the run that wrote it, by which it is chosen. */
  readonly run: string;
  /** When it was written, where the store knows. */
  readonly written?: Instant;
  readonly catalog: Catalog;
}

/** The snapshot as the run named `to` left it; empty: the run before the current one. */
export async function loadFormer(input: LoadInput, head: CurrentHead, to: string): Promise<Loaded> {
  const { state } = input;
  const current = await unlessDamaged(readCatalog(state, head.value));
  const kept = await keptCatalogs(state, head.value, current);
  const target = to === "" ? kept[0] : kept.find(({ run }) => run === to);
  if (!target) return { refused: noSuchRun(to, kept) };
  // Without the current catalog only the documents themselves say that they are ours.
  const published = current ?? (await recoverCatalog({ ...input, run: input.name }));
  const catalog = mergeFormer(target.catalog, published, current);
  // The current catalog is kept as the newest of the former ones, so that a rollback can be taken back.
  const snapshot = await snapshotDespiteDamage(input, head, catalog, formerOf(head, current));
  return { snapshot: { ...snapshot, origin: "former" }, loadNext: { rebuild: false, rollback: target.run } };
}

/** Imported on the day that it is needed: a function starts sooner without it. */
const recoverCatalog: typeof import("../../recover/catalog.ts").recoverCatalog = async (input) =>
  (await import("../../recover/catalog.ts")).recoverCatalog(input);

function noSuchRun(to: string, kept: readonly KeptCatalog[]): Refusal {
  return {
    code: "no-former",
    message: to === "" ? "no former run is kept" : `no former run ${to} is kept`,
    fix: kept.length > 0 ? `name one of ${kept.map(({ run }) => run).join(", ")}` : "there is nothing to go back to",
  };
}

/** What can be gone back to, newest first. Throws `StateError` where a newer Dripfeed wrote the state. */
export async function listKept(state: Store): Promise<readonly KeptCatalog[]> {
  const { value: head } = await readHeadAnyway(state);
  return keptCatalogs(state, head, await unlessDamaged(readCatalog(state, head)));
}

/** Newest first: those that the current catalog names, or without one all that are in the store. Damaged ones are left out. */
export async function keptCatalogs(state: Store, head?: Head, current?: Catalog): Promise<readonly KeptCatalog[]> {
  const keys = current ? current.former : await catalogsIn(state, head);
  const kept: KeptCatalog[] = [];
  for (const key of keys) {
    const one = await unlessDamaged(readKept(state, key));
    if (one) kept.push(one);
  }
  return current ? kept : newestFirst(kept);
}

/** Each before those that it names as former ones; the store's times may be the same. */
function newestFirst(kept: readonly KeptCatalog[]): readonly KeptCatalog[] {
  const byTime = kept.toSorted((a, b) => compareMoments(b.written, a.written));
  const sorted: KeptCatalog[] = [];
  while (byTime.length > 0) {
    const named = new Set(byTime.flatMap(({ catalog }) => catalog.former));
    const newest = byTime.findIndex(({ key }) => !named.has(key));
    sorted.push(...byTime.splice(Math.max(newest, 0), 1));
  }
  return sorted;
}

const compareMoments = (a = "", b = ""): number => (a < b ? -1 : a > b ? 1 : 0);

async function catalogsIn(state: Store, head?: Head): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of state.list(CATALOGS)) if (key !== head?.catalog) keys.push(key);
  return keys;
}

async function readKept(state: Store, key: string): Promise<KeptCatalog | undefined> {
  const object = await readObject(state, key);
  if (!object) return undefined;
  const catalog = decodeCatalog(key, object.body);
  return { key, run: catalog.run, catalog, ...present({ written: object.modified }) };
}
