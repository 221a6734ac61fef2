/** Objects of the state store: how they are named and read, and what is wrong with one that is damaged, newer or gone. */
import { readObject, type Store } from "../stores/store.ts";

export const JSON_TYPE = "application/json; charset=utf-8";

/** The state store holds what this version does not understand. Users see the message. */
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
