/** Documents onto the public store, each over exactly what should be there. */
import type { Etag } from "../model.ts";
import { type Store, StoreConflict, type StoredObject, StoreUnknown } from "../stores/store.ts";
import type { Turn } from "./turn.ts";

const TRIES = 5;

export interface DocumentToPut {
  readonly path: string;
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly cacheControl: string;
  /** The ETag that the catalog knows; `undefined`: there should be nothing. */
  readonly known: Etag | undefined;
  /** Whatever is there, it is ours to replace. */
  readonly ours: boolean;
}

/** `held`: the very bytes were there already. `drifted`: something else was than the catalog says. */
export type PutOutcome =
  | { readonly how: "put" | "drifted" | "held"; readonly etag: Etag }
  /** Something of somebody's is there, and was left. */
  | { readonly how: "foreign" };

/**
 * Puts over what the catalog knows. Where something else is and the head is still ours, the object drifted, and is put
 * over what is there now. An object that holds these very bytes is left as it is.
 */
export async function putDocument(
  store: Store,
  { path, body, contentType, cacheControl, known, ours }: DocumentToPut,
  turn: Turn,
): Promise<PutOutcome> {
  let expected = known;
  let how: "put" | "drifted" = "put";
  for (let attempt = 1; ; attempt++) {
    await turn.renew();
    const condition = expected === undefined ? { ifAbsent: true } : { ifMatch: expected };
    try {
      return { how, etag: await store.put(path, body, { contentType, cacheControl, ...condition }) };
    } catch (error) {
      const isUnknown = error instanceof StoreUnknown;
      if (!isUnknown && !(error instanceof StoreConflict)) throw error;
      if (attempt === TRIES) throw error;
      await turn.confirm();
      const present = await readObject(store, path);
      if (present && holds(present, body)) return { how: isUnknown ? how : "held", etag: present.etag };
      if (present && !ours) return { how: "foreign" };
      if (!isUnknown) how = "drifted";
      expected = present?.etag;
    }
  }
}

export async function readObject(store: Store, key: string): Promise<StoredObject | undefined> {
  const object = await store.get(key);
  return object === "unchanged" ? undefined : object;
}

export function holds({ body }: StoredObject, bytes: Uint8Array): boolean {
  return Buffer.compare(body, bytes) === 0;
}
