/** Rollback: the ledger as a former run left it, made current again. What the posts say is the content's, and stays. */
import type { Catalog, Facts, GonePost, Head, Instant, PostRecord } from "../../model.ts";
import { CATALOGS, decodeCatalog, NewerState, StateError } from "../../state/catalog.ts";
import { isWordless } from "../../state/unknown.ts";
import { compareKeys, readObject, type Store } from "../../stores/store.ts";
import { headline } from "../reconcile/recognise.ts";

/** A former catalog that is whole. */
export interface Kept {
  readonly key: string;
  /** By which it is named. */
  readonly run: string;
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
  for await (const { key } of state.list(CATALOGS)) if (key !== head?.catalog) keys.push(key);
  return keys;
}

async function readKept(state: Store, key: string): Promise<Kept | undefined> {
  const object = await readObject(state, key);
  if (!object) return undefined;
  try {
    const catalog = decodeCatalog(key, object.body);
    return { key, run: catalog.run, catalog, ...(object.modified !== undefined && { written: object.modified }) };
  } catch (error) {
    if (!(error instanceof StateError) || error instanceof NewerState) throw error;
    return undefined; // damaged: no way to go
  }
}

const LONG_AGO: Instant = "1970-01-01T00:00:00Z";

/** Of each field one word, so that none is forgotten. */
type Every<T> = { readonly [K in keyof Required<T>]: T[K] | undefined };

/**
 * What was known `then`, with what is published now. `current` is the catalog to be left, if it is whole: posts that only
 * it knows came since, and keep their ids and dates as long as their files are there. So do channels, unless they were
 * there then: a feed's `updated` goes back with what it tells.
 */
export function mergeFormer(then: Catalog, published: Catalog | undefined, current: Catalog | undefined): Catalog {
  const { records, gone } = underKeysOfNow(then, current);
  const merged = {
    run: then.run,
    authority: then.authority,
    since: then.since,
    reading: then.reading,
    records,
    gone: [...gone, ...(current ? newcomers({ records, gone }, current) : [])],
    channels: { ...current?.channels, ...then.channels },
    documents: published?.documents ?? then.documents,
    astray: { ...then.astray, ...current?.astray },
    podcast: then.podcast ?? current?.podcast,
    adopted: current?.adopted ?? then.adopted,
    meant: current?.meant ?? then.meant,
    former: then.former,
    unused: current?.unused ?? then.unused,
  } satisfies Every<Catalog>;
  const { podcast, adopted, meant, unused, ...all } = merged;
  return {
    ...all,
    ...(podcast !== undefined && { podcast }),
    ...(adopted !== undefined && { adopted }),
    ...(meant !== undefined && { meant }),
    ...(unused !== undefined && { unused }),
  };
}

/** A post whose file was renamed since is known by the key that it has now: its words may have changed as well. */
function underKeysOfNow(then: Catalog, current: Catalog | undefined): Pick<Catalog, "records" | "gone"> {
  const keyNow = new Map(current?.records.flatMap(({ key, facts }) => (facts ? [[facts.id, key] as const] : [])));
  const rename = <T extends { readonly key: string; readonly facts?: Facts }>(post: T): T => {
    const key = post.facts && keyNow.get(post.facts.id);
    return key === undefined || key === post.key ? post : { ...post, key };
  };
  const records = new Map<string, PostRecord>();
  const displaced: GonePost[] = [];
  // Who is renamed comes last, and takes the place of whoever had the key then and is not there now.
  const renamed = then.records.map((record) => ({ record: rename(record), isMoved: rename(record) !== record }));
  for (const { record } of renamed.toSorted((a, b) => Number(a.isMoved) - Number(b.isMoved))) {
    const { facts, key, left = LONG_AGO, rendered } = records.get(record.key) ?? {};
    if (facts && key !== undefined) displaced.push({ key, facts, since: left, ...(rendered && { rendered }) });
    records.set(record.key, record);
  }
  return {
    records: [...records.values()].sort((a, b) => compareKeys(a.key, b.key)),
    gone: [...then.gone.map(rename), ...displaced],
  };
}

/** As posts that went long ago, of which nothing is told: whoever has one's file is known as that post. */
function newcomers(then: Pick<Catalog, "records" | "gone">, current: Catalog): readonly GonePost[] {
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
