/** The entry cache: rendered entries in the state store, each under the hash of all that it was rendered from. */
import type { Entry } from "../model.ts";
import { readObject, type Store } from "../stores/store.ts";
import { isEntry } from "./entryguard.ts";
import { JSON_TYPE } from "./objects.ts";
import { openJson, sealJson } from "./sealed.ts";

export const ENTRIES = "entries/";

const entryKey = (inputHash: string): string => `${ENTRIES}${inputHash}.json`;

/** The input hash of an entry's key; nothing for a key that no entry has. */
export const hashOf = (key: string): string | undefined => /^entries\/([\w-]{22,})\.json$/.exec(key)?.[1];

/** Nothing where it is absent, or is not what was written: it is rendered again then. */
export async function readEntry(state: Store, inputHash: string): Promise<Entry | undefined> {
  const key = entryKey(inputHash);
  const object = await readObject(state, key);
  if (!object) return undefined;
  try {
    const entry = openJson(key, object.body);
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** Unconditional: all who write under one hash write the same bytes. */
export async function writeEntry(state: Store, inputHash: string, entry: Entry): Promise<void> {
  const key = entryKey(inputHash);
  await state.put(key, sealJson(key, entry), { contentType: JSON_TYPE });
}
