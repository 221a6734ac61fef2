/** Collection: what the state store holds and nothing names any more goes. Under a lease, so that nobody adds to it. */

import { forEachAtOnce } from "../../base/concurrency.ts";
import type { PostRecord } from "../../model.ts";
import { CATALOGS, decodeCatalog, INTENTS, runOf } from "../../state/catalog.ts";
import { ENTRIES, hashOf } from "../../state/entries.ts";
import { readNamed } from "../../state/head.ts";
import type { HeldLease } from "../../state/lease.ts";
import type { Run, Snapshot } from "../run.ts";
import type { View } from "../view.ts";

/** Entries that may lie unused before it is worth looking for them, and the part of all records that they must be. */
const MANY = 100;
const PART = 10;

/**
 * On a run that looks at everything and has something to write. What the current catalog, the next one and the former
 * ones need stays: the entries of their records, last good ones among them, and what their runs wrote.
 */
export async function collectUnused(
  { state, run }: Run,
  known: Snapshot,
  { reconciled: { records } }: View,
  held: HeldLease,
): Promise<Snapshot> {
  const { catalog, head, former, loaded } = known;
  if (known.unused <= Math.max(MANY, records.length / PART)) return known;
  const live = new Set<string>();
  const keep = (records: readonly PostRecord[]) => {
    for (const { facts, rendered } of records) if (facts && rendered) live.add(facts.inputHash);
  };
  keep(records);
  keep(catalog?.records ?? []);
  // One at a time: they may be large. The one that the head names is at hand, unless another takes its place.
  for (const key of former.filter((key) => loaded !== undefined || key !== head.head.catalog)) {
    const bytes = await readNamed(state, key).catch(() => undefined);
    if (bytes) keep(recordsIn(key, bytes));
  }
  // Should this run end before it writes, the head is given back as it was: what it named must be there.
  const named = [head.head.lease?.intent, head.head.catalog, ...former].filter((key) => key !== undefined);
  const runs = new Set([run, ...named.map(runOf)]);
  const unused: string[] = [];
  for await (const { key } of state.list(ENTRIES)) if (!live.has(hashOf(key))) unused.push(key);
  for (const prefix of [CATALOGS, INTENTS]) {
    for await (const { key } of state.list(prefix)) if (!runs.has(runOf(key))) unused.push(key);
  }
  // Whoever took over while this was listed needs what it wrote.
  await held.confirm();
  await forEachAtOnce(unused, async (key) => {
    await held.renew();
    await state.delete(key);
  });
  return { ...known, unused: 0 };
}

/** Of a catalog that is damaged nothing can be brought back anyway. */
function recordsIn(key: string, bytes: Uint8Array): readonly PostRecord[] {
  try {
    return decodeCatalog(key, bytes).records;
  } catch {
    return [];
  }
}
