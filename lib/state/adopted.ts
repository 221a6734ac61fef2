/** Ids of a former system in the state store: an immutable object that the head names, then the catalog. */
import { type AdoptedPost, encodeLedger, LEDGER_TYPE, type Ledger, parseLedger } from "../adopt/ledger.ts";
import type { Catalog, Facts } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { StateError } from "./catalog.ts";
import { type CurrentHead, readNamed, swapHead } from "./head.ts";

export const adoptedKey = (run: string): string => `adopted/${run}.jsonl`;

/** Throws `StateError` when the object is gone, damaged, or of a newer Dripfeed. Nothing of no key. */
export async function readAdopted(state: Store, key: string | undefined): Promise<Ledger> {
  if (key === undefined) return new Map();
  const { posts, errors, newer } = parseLedger(new TextDecoder().decode(await readNamed(state, key)));
  if (newer !== undefined) {
    throw new StateError(`${key} was written by a newer Dripfeed (format ${newer}); use that one`);
  }
  const [error] = errors;
  if (error) {
    const { line, message } = error;
    throw new StateError(`${key} is damaged: line ${line}: ${message}; bring back a copy of the state store`);
  }
  return posts;
}

/** The next run finds them. `undefined` when somebody else wrote the head meanwhile. */
export async function writeAdopted(
  state: Store,
  read: CurrentHead,
  ledger: Ledger,
  run: string,
): Promise<CurrentHead | undefined> {
  const key = adoptedKey(run);
  await state.put(key, new TextEncoder().encode(encodeLedger(ledger.values())), { contentType: LEDGER_TYPE });
  const next = await swapHead(state, read, { ...read.head, adopted: key });
  const former = next ? read.head.adopted : key;
  if (former !== undefined) await state.delete(former);
  return next;
}

/** The catalog with the adopted ids of posts that were published already. Their dates stay: readers have seen them. */
export function foldAdopted(catalog: Catalog, ledger: Ledger): Catalog {
  if (ledger.size === 0) return catalog;
  const records = catalog.records.map((record) => {
    const facts = record.facts && factsWith(record.facts, ledger.get(record.key));
    return facts && facts !== record.facts ? { ...record, facts } : record;
  });
  return { ...catalog, records };
}

function factsWith(facts: Facts, adopted: AdoptedPost | undefined): Facts {
  if (!adopted) return facts;
  const { ids: _, ...rest } = facts;
  const { id = facts.id, ids } = adopted;
  return { ...rest, id, ...(ids && { ids }) };
}

/** Of every post under which ids readers know it, or will: published, or waiting among `adopted`. */
export function knownLedger(catalog: Catalog | undefined, adopted: Ledger): Ledger {
  const posts = new Map(adopted);
  for (const { key, facts } of catalog?.records ?? []) {
    if (!facts) continue;
    const { url, id, ids, updated } = facts;
    posts.set(key, { key, url, id, ...(ids && { ids }), updated });
  }
  return posts;
}
