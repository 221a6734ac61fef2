/** Ids of a former system in the state store: an immutable object that first the head names, then the catalog. */
import { type AdoptedPost, encodeLedger, LEDGER_TYPE, type Ledger, parseLedger } from "../adopt/ledger.ts";
import { present } from "../base/optional.ts";
import type { Facts } from "../model.ts";
import { readObject, type Store } from "../stores/store.ts";
import { type CurrentHead, swapHead } from "./head.ts";
import { NewerState, readNamed, StateError } from "./objects.ts";
import { decode, openBytes, sealBytes } from "./sealed.ts";
import type { Catalog } from "./types.ts";

const ADOPTED = "adopted/";
const keyOfAdopted = (run: string): string => `${ADOPTED}${run}.jsonl`;

/** Ids of a former system are gone or damaged. What else is known is not. */
export class LostIds extends StateError {}

/** Throws `LostIds` when the object is gone or damaged, `NewerState` when a newer Dripfeed wrote it. Nothing of no key. */
export async function readAdopted(state: Store, key: string | undefined): Promise<Ledger> {
  if (key === undefined) return new Map();
  try {
    const bytes = await readNamed(state, key);
    return decode(key, () => parseAdopted(key, openBytes(key, bytes)));
  } catch (error) {
    if (!(error instanceof StateError) || error instanceof NewerState) throw error;
    throw new LostIds(`${error.message}, or give these ids again: ${AGAIN}`);
  }
}

const AGAIN =
  "dripfeed ids import <file> --force, or dripfeed adopt <feed>... --force; or go on without them: dripfeed publish --rebuild";

function parseAdopted(key: string, bytes: Uint8Array): Ledger {
  const { posts, errors, newer } = parseLedger(new TextDecoder().decode(bytes));
  if (newer !== undefined) {
    throw new NewerState(`${key} was written by a newer Dripfeed (format ${newer}); use that one`);
  }
  const [error] = errors;
  if (error) throw new Error(`line ${error.line}: ${error.message}`);
  return posts;
}

/**
 * The newest object that no run has used yet, for a head that was lost. A catalog that knows of none, because it was read back
 * from feeds, may be given ids that its posts have already.
 */
export async function findPending(
  state: Store,
  { adopted, adoptedBefore = [] }: Pick<Catalog, "adopted" | "adoptedBefore">,
): Promise<string | undefined> {
  let newest: { readonly key: string; readonly written: string } | undefined;
  for await (const { key } of state.list(ADOPTED)) {
    if (key === adopted || adoptedBefore.includes(key)) continue;
    const written = (await readObject(state, key))?.modified ?? "";
    if (!newest || written >= newest.written) newest = { key, written };
  }
  return newest?.key;
}

/** Notes them in the head for the next run. `undefined` when another run wrote the head meanwhile. */
export async function writeAdopted(
  state: Store,
  read: CurrentHead,
  ledger: Ledger,
  run: string,
): Promise<CurrentHead | undefined> {
  const key = keyOfAdopted(run);
  const bytes = new TextEncoder().encode(encodeLedger(ledger.values()));
  await state.put(key, sealBytes(key, bytes), { contentType: LEDGER_TYPE, durable: true });
  const next = await swapHead(state, read, { ...read.value, adopted: key });
  const former = next ? read.value.adopted : key;
  if (former !== undefined) await state.delete(former);
  return next;
}

/** The catalog with adopted ids for posts that were published already. Their dates stay, which readers have seen. */
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
  return { ...rest, id, ...present({ ids }) };
}

/** The ids of every post: of those that are published, and of those that wait among `adopted`. */
export function knownLedger(catalog: Catalog | undefined, adopted: Ledger): Ledger {
  const posts = new Map(adopted);
  for (const { key, facts } of catalog?.records ?? []) {
    if (!facts) continue;
    const { url, id, ids, updated } = facts;
    posts.set(key, { key, url, id, ...present({ ids }), updated });
  }
  return posts;
}
