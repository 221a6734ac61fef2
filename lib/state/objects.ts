/** Objects of the state store: how they are named and read, and what is wrong with one that is damaged, newer or gone. */
import { readObject, type Store } from "../stores/store.ts";

export const JSON_TYPE = "application/json; charset=utf-8";

export class StateError extends Error {
  override readonly name = "StateError";
}

/** A newer Dripfeed wrote the state: it is not damaged, and must not be overwritten. */
export class NewerState extends StateError {}

export const CATALOGS = "catalogs/";
export const INTENTS = "intents/";

export const catalogKey = (name: string): string => `${CATALOGS}${name}.catalog`;
export const intentKey = (name: string): string => `${INTENTS}${name}.json`;
/** The run that wrote a catalog or an intent: its name is that of the object up to the first dot. */
export const runOf = (key: string): string => key.slice(key.lastIndexOf("/") + 1).replace(/\..*$/s, "");

/** An object that the head or its catalog names. Throws `StateError` when it is gone. */
export async function readNamed(state: Store, key: string): Promise<Uint8Array> {
  const object = await readObject(state, key);
  if (!object) throw isGone(key);
  return object.body;
}

export const isGone = (key: string): StateError =>
  new StateError(`${key} is gone; bring back a copy of the state store`);

/** The head or an intent, which has at least these `fields`. Throws `StateError` as `decodeCatalog` does. */
export function decodeJson<T extends object>(key: string, bytes: Uint8Array, fields: readonly (keyof T & string)[]): T {
  return decode(key, () => {
    const value: T & { readonly format?: unknown } = JSON.parse(new TextDecoder().decode(bytes));
    assertFormat(key, value?.format, 1);
    for (const field of fields) if (typeof value[field] !== "object") throw new Error(`it has no ${field}`);
    return value;
  });
}

/** Throws unless `format` is a number up to `newest`. */
export function assertFormat(key: string, format: unknown, newest: number): void {
  if (typeof format !== "number" || !(format >= 1)) throw new Error("it names no format");
  if (format > newest) throw new NewerState(`${key} was written by a newer Dripfeed (format ${format}); use that one`);
}

export function decode<T>(key: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw new StateError(`${key} is damaged: ${(error as Error).message}; bring back a copy of the state store`);
  }
}
