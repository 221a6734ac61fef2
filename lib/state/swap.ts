/** An object of the state store that changes: changed only by conditional put, so that one of several runs wins. */
import type { Etag } from "../model.ts";
import { readObject, type Store, StoreConflict, StoreUnknown } from "../stores/store.ts";
import type { TypeGuard } from "./guards.ts";
import { JSON_TYPE, NewerState, StateError } from "./objects.ts";
import { decodeJson, sealJson } from "./sealed.ts";

/** An object as it was read. */
export interface Current<T> {
  readonly value: T;
  /** Absent while there is no such object. */
  readonly etag?: Etag;
  /** What is wrong with the object, for which the empty one stands. */
  readonly damage?: StateError;
}

export interface Mutable<T> {
  readonly key: string;
  /** What counts while there is no object. */
  readonly empty: T;
  readonly isShape: TypeGuard<T>;
}

/** Throws `StateError` for an object that is damaged or newer. */
export async function readMutable<T extends object>(state: Store, mutable: Mutable<T>): Promise<Current<T>> {
  const { damage, ...current } = await readMutableAnyway(state, mutable);
  if (damage) throw damage;
  return current;
}

/** The same, but a damaged object counts as an empty one, with the ETag by which it can be replaced. */
export async function readMutableAnyway<T extends object>(
  state: Store,
  { key, empty, isShape }: Mutable<T>,
): Promise<Current<T>> {
  const object = await readObject(state, key);
  if (!object) return { value: empty };
  const { body, etag } = object;
  try {
    return { value: decodeJson(key, body, isShape), etag };
  } catch (error) {
    if (!(error instanceof StateError) || error instanceof NewerState) throw error;
    return { value: empty, etag, damage: error };
  }
}

/**
 * Puts `next` where `current` was read; `undefined` when another run was quicker. After a lost reply the object is read again
 * and compared: it holds the name of the run that wrote it.
 */
export async function swapMutable<T extends object>(
  state: Store,
  mutable: Mutable<T>,
  { current, next }: { readonly current: Current<T>; readonly next: T },
): Promise<Current<T> | undefined> {
  const body = sealJson(mutable.key, next, 2);
  const condition = current.etag === undefined ? { ifAbsent: true } : { ifMatch: current.etag };
  for (let attempt = 1; ; attempt++) {
    try {
      const etag = await state.put(mutable.key, body, { contentType: JSON_TYPE, durable: true, ...condition });
      return { value: next, etag };
    } catch (error) {
      // Once a reply was lost, the condition may fail because that very put succeeded.
      if (error instanceof StoreConflict && attempt === 1) return undefined;
      if (!(error instanceof StoreConflict) && !(error instanceof StoreUnknown)) throw error;
      const found = await readMutable(state, mutable);
      if (found.etag !== current.etag) return isSame(found.value, next) ? found : undefined;
      if (attempt === 5) throw error; // neither written nor refused, five times
    }
  }
}

const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);
