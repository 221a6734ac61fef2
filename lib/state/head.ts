/** The head: read, and changed only by conditional put, so that one of several runs wins. */
import { present } from "../base/optional.ts";
import type { Etag } from "../model.ts";
import { readObject, type Store, StoreConflict, StoreUnknown } from "../stores/store.ts";
import { decodeJson, JSON_TYPE, NewerState, StateError } from "./objects.ts";
import type { Head } from "./types.ts";

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
