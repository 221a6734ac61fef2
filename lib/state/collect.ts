/** Collection: what the state store holds and nothing names any more goes. Only under a claim, so that nobody adds to it. */
import type { Catalog } from "../model.ts";
import { forEachAtOnce } from "../stores/atonce.ts";
import type { Store } from "../stores/store.ts";
import { CATALOGS, decodeCatalog, INTENTS, passOf } from "./catalog.ts";
import { readNamed } from "./head.ts";
import { ENTRIES, hashOf } from "./memo.ts";

/** Entries that lie unused before it is worth looking for them, and the part of all of them that they must be. */
const MANY = 100;
const PART = 10;

/** Is enough unused to be looked for? */
export const isCollectionDue = (unused: number, { records }: Pick<Catalog, "records">): boolean =>
  unused > Math.max(MANY, records.length / PART);

/** Of these catalogs everything stays: the entries of their records, last good ones too, and what their passes wrote. */
export async function collectUnused(
  state: Store,
  current: readonly Pick<Catalog, "records">[],
  former: readonly string[],
  pass: string,
): Promise<void> {
  const live = new Set<string>();
  const keep = ({ records }: Pick<Catalog, "records">) => {
    for (const { facts, rendered } of records) if (facts && rendered) live.add(facts.inputHash);
  };
  for (const catalog of current) keep(catalog);
  // One at a time: they may be large.
  for (const key of former) {
    const catalog = await readNamed(state, key).then(
      (bytes) => decodeCatalog(key, bytes),
      () => undefined,
    );
    if (catalog) keep(catalog);
  }
  const passes = new Set([pass, ...former.map(passOf)]);
  const unused: string[] = [];
  for await (const { key } of state.list(ENTRIES)) if (!live.has(hashOf(key))) unused.push(key);
  for (const prefix of [CATALOGS, INTENTS]) {
    for await (const { key } of state.list(prefix)) if (!passes.has(passOf(key))) unused.push(key);
  }
  await forEachAtOnce(unused, (key) => state.delete(key));
}
