/** The entry cache: rendered entries in the state store, each under the hash of all that it was rendered from. */
import type { Entry } from "../model.ts";
import { readObject, type Store } from "../stores/store.ts";
import { JSON_TYPE } from "./objects.ts";

export const ENTRIES = "entries/";

const entryKey = (inputHash: string): string => `${ENTRIES}${inputHash}.json`;

/** The input hash of an entry's key. */
export const hashOf = (key: string): string => key.slice(ENTRIES.length).replace(/\.json$/, "");

/** Nothing where it is absent, or damaged: it is rendered again then. */
export async function readEntry(state: Store, inputHash: string): Promise<Entry | undefined> {
  const object = await readObject(state, entryKey(inputHash));
  if (!object) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(object.body)) as Entry;
  } catch {
    return undefined;
  }
}

/** Unconditional: all who write under one hash write the same bytes. */
export async function writeEntry(state: Store, inputHash: string, entry: Entry): Promise<void> {
  const body = new TextEncoder().encode(JSON.stringify(entry));
  await state.put(entryKey(inputHash), body, { contentType: JSON_TYPE });
}
