/** Rollback: the ledger as a former pass left it, made current again. What the posts say is the content's, and stays. */
import type { Catalog, Facts, GonePost, Head, Instant } from "../model.ts";
import { readObject, type Store } from "../stores/store.ts";
import { decodeCatalog, NewerState, StateError } from "./catalog.ts";
import { headline } from "./recognise.ts";
import { isWordless } from "./unknown.ts";

/** A former catalog that is whole. */
export interface Kept {
  readonly key: string;
  /** By which it is named. */
  readonly pass: string;
  /** When it was written, where the store knows. */
  readonly written?: Instant;
  readonly catalog: Catalog;
}

/** Those that can be gone back to, newest first: those that the current catalog names, or all that are there without one. */
export async function keptCatalogs(state: Store, head?: Head, current?: Catalog): Promise<readonly Kept[]> {
  const keys = current ? current.former : await catalogsIn(state, head);
  const kept: Kept[] = [];
  for (const key of keys) {
    const one = await readKept(state, key);
    if (one) kept.push(one);
  }
  return current ? kept : kept.sort((a, b) => compareMoments(b.written, a.written));
}

const compareMoments = (a = "", b = ""): number => (a < b ? -1 : a > b ? 1 : 0);

async function catalogsIn(state: Store, head?: Head): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of state.list("catalogs/")) if (key !== head?.catalog) keys.push(key);
  return keys;
}

async function readKept(state: Store, key: string): Promise<Kept | undefined> {
  const object = await readObject(state, key);
  if (!object) return undefined;
  try {
    const catalog = decodeCatalog(key, object.body);
    return { key, pass: catalog.pass, catalog, ...(object.modified !== undefined && { written: object.modified }) };
  } catch (error) {
    if (!(error instanceof StateError) || error instanceof NewerState) throw error;
    return undefined; // damaged: no way to go
  }
}

const LONG_AGO: Instant = "1970-01-01T00:00:00Z";

/**
 * What was known `then`, with what is published now. `current` is the catalog to be left, if it is whole: posts that only
 * it knows came since, and keep their ids and dates as long as their files are there.
 */
export function mergeFormer(then: Catalog, published: Catalog | undefined, current: Catalog | undefined): Catalog {
  return {
    ...then,
    gone: [...then.gone, ...(current ? newcomers(then, current) : [])],
    channels: { ...current?.channels, ...then.channels },
    documents: published?.documents ?? then.documents,
  };
}

/** As posts that went long ago, of which nothing is told: whoever has one's file is known as that post. */
function newcomers(then: Catalog, current: Catalog): readonly GonePost[] {
  const ids = new Set<string>();
  const traits = new Set<string>();
  for (const { key, facts } of [...then.records, ...then.gone]) {
    if (!facts) continue;
    ids.add(facts.id);
    for (const trait of traitsOf(key, facts)) traits.add(trait);
  }
  // What was one of the former posts under a new id is that post again.
  const isNew = (key: string, facts: Facts) =>
    !ids.has(facts.id) && !traitsOf(key, facts).some((trait) => traits.has(trait));
  return [
    ...current.records.flatMap(({ key, facts, left = LONG_AGO, rendered }): readonly GonePost[] => {
      return facts && isNew(key, facts) ? [{ key, facts, since: left, ...(rendered && { rendered }) }] : [];
    }),
    ...current.gone.filter(({ key, facts }) => isNew(key, facts)),
  ];
}

function traitsOf(key: string, facts: Facts): readonly string[] {
  const words = isWordless(facts) ? [] : [`words ${facts.sourceDigest}`];
  return [`key ${key}`, `url ${facts.url}`, `headline ${headline(facts)}`, ...words];
}
