/** The head: read, and changed only by conditional put, so that one of several runs wins. */
import { present } from "../base/optional.ts";
import type { Etag } from "../model.ts";
import { readObject, type Store, StoreConflict, StoreUnknown } from "../stores/store.ts";
import {
  CATALOG_TYPE,
  decodeCatalog,
  decodeJson,
  encodeCatalog,
  JSON_TYPE,
  NewerState,
  StateError,
} from "./catalog.ts";
import type { Catalog, Head } from "./types.ts";

const HEAD_KEY = "head.json";

const EMPTY: Head = { format: 1, outbox: { paths: [] } };

/** The head as it was read. */
export interface CurrentHead {
  readonly value: Head;
  /** Absent while there is no head object. */
  readonly etag?: Etag;
}

export async function readHead(state: Store): Promise<CurrentHead> {
  const object = await readObject(state, HEAD_KEY);
  if (!object) return { value: EMPTY };
  return { value: decodeJson<Head>(HEAD_KEY, object.body, ["outbox"]), etag: object.etag };
}

/** The same; a damaged head counts as an empty one, with the ETag by which it can be replaced. */
export async function readHeadAnyway(state: Store): Promise<CurrentHead> {
  try {
    return await readHead(state);
  } catch (error) {
    if (!(error instanceof StateError) || error instanceof NewerState) throw error;
    const object = await readObject(state, HEAD_KEY);
    return { value: EMPTY, ...present({ etag: object?.etag }) };
  }
}

/** The catalog that was read last: a catalog never changes, so a process that stays need not read it again. */
let latest:
  | { readonly store: string; readonly key: string; readonly etag: Etag; readonly catalog: Catalog }
  | undefined;

/** The catalog that a head names; nothing before the first commit. */
export async function readCatalog(state: Store, { catalog: key }: Head): Promise<Catalog | undefined> {
  if (key === undefined) return undefined;
  const known = latest?.store === state.name && latest.key === key ? latest : undefined;
  const object = await state.get(key, known?.etag);
  if (object === "unchanged" && known) return known.catalog;
  if (typeof object !== "object") throw isGone(key);
  latest = undefined; // so that two of them are never held at once
  const catalog = decodeCatalog(key, object.body);
  latest = { store: state.name, key, etag: object.etag, catalog };
  return catalog;
}

/** Writes the catalog, under `key`, that a head will name. */
export async function putCatalog(state: Store, key: string, catalog: Catalog): Promise<void> {
  const etag = await state.put(key, encodeCatalog(catalog), { contentType: CATALOG_TYPE });
  latest = { store: state.name, key, etag, catalog };
}

/** An object that the head or its catalog names. Throws `StateError` when it is gone. */
export async function readNamed(state: Store, key: string): Promise<Uint8Array> {
  const object = await readObject(state, key);
  if (!object) throw isGone(key);
  return object.body;
}

const isGone = (key: string): StateError => new StateError(`${key} is gone; bring back a copy of the state store`);

/**
 * Puts `next` where `current` was read; `undefined` when another run was quicker. After a lost reply the head is read again
 * and compared: it holds the name of the run that wrote it.
 */
export async function swapHead(state: Store, current: CurrentHead, next: Head): Promise<CurrentHead | undefined> {
  const body = new TextEncoder().encode(`${JSON.stringify(next, null, 2)}\n`);
  const condition = current.etag === undefined ? { ifAbsent: true } : { ifMatch: current.etag };
  for (let attempt = 1; ; attempt++) {
    try {
      const etag = await state.put(HEAD_KEY, body, { contentType: JSON_TYPE, ...condition });
      return { value: next, etag };
    } catch (error) {
      // Once a reply was lost, the condition may fail because that very put succeeded.
      if (error instanceof StoreConflict && attempt === 1) return undefined;
      if (!(error instanceof StoreConflict) && !(error instanceof StoreUnknown)) throw error;
      const found = await readHead(state);
      if (found.etag !== current.etag) return isSame(found.value, next) ? found : undefined;
      if (attempt === 5) throw error; // neither written nor refused, five times
    }
  }
}

const isSame = (a: Head, b: Head): boolean => JSON.stringify(a) === JSON.stringify(b);
