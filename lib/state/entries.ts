/** The entry cache: rendered entries in the state store, one a line in packs, and each sealed under the hash of its input. */
import type { Entry, EntryPlace } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { isEntry } from "./entryguard.ts";
import { ENTRIES, type EntryLine, eachLine } from "./packs.ts";
import { openJson, sealJson } from "./sealed.ts";

const nameOf = (inputHash: string): string => ENTRIES + inputHash;

/** The line of an entry, which `putPacks` takes. Whoever renders the same writes the same bytes. */
export const encodeEntry = (inputHash: string, entry: Entry): EntryLine => ({
  inputHash,
  bytes: sealJson(nameOf(inputHash), { inputHash, entry }),
});

/** Nothing where the bytes are not what was written under the hash. */
export function decodeEntry({ inputHash, bytes }: EntryLine): Entry | undefined {
  try {
    const { entry } = openJson(nameOf(inputHash), bytes) as { readonly entry?: unknown };
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** Those that are there and are what was written, by input hash. The others are rendered again. */
export async function readEntries(
  state: Store,
  places: ReadonlyMap<string, EntryPlace>,
): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  await eachLine(state, places, (line) => {
    const entry = decodeEntry(line);
    if (entry) entries.set(line.inputHash, entry);
  });
  return entries;
}

/** Nothing where it is absent, or is not what was written. */
export const readEntry = async (state: Store, inputHash: string, place: EntryPlace): Promise<Entry | undefined> =>
  (await readEntries(state, new Map([[inputHash, place]]))).get(inputHash);
