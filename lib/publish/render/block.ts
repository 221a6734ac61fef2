/** Entries as bytes in one block of memory that threads share: each as its line of the entry cache, and as its item in every format. */
import { present } from "../../base/optional.ts";
import type { HeldEntry, ItemSite, ItemXml, PlannedItem, SerialisedItem } from "../../formats/types.ts";
import type { Entry, Facts } from "../../model.ts";
import { decodeEntry } from "../../state/entries.ts";
import type { EntryLine } from "../../state/packs.ts";
import type { TakenBlock } from "./memory.ts";

export interface EntryBlock extends TakenBlock {
  readonly places: readonly BlockPlace[];
}

/** Where an entry is. */
export interface BlockPlace {
  /** The number by which it is asked for. */
  readonly task: number;
  readonly start: number;
  /** Of its line in the entry cache, and of its item in each format, one after the other; of the line alone where no document is to be written. */
  readonly ends: readonly number[];
  readonly prefixes: readonly [rss: ItemXml["prefixes"], atom: ItemXml["prefixes"]];
}

/** What feeds show of entries. */
export interface ItemsOfFeeds {
  readonly site: ItemSite;
  /** By input hash. */
  readonly items: ReadonlyMap<string, PlannedItem>;
}

export interface ToDecode {
  readonly facts: Pick<Facts, "inputHash">;
  /** What feeds show of the entry, if they are to be written. */
  readonly item?: PlannedItem;
}

/** Each entry of the block, by its number. Its bytes stay in the block. */
export function entriesIn(
  { bytes, places }: EntryBlock,
  tasks: readonly ToDecode[],
  site: ItemSite | undefined,
): readonly (readonly [task: number, entry: HeldEntry])[] {
  return places.flatMap(({ task, start, ends, prefixes: [ofRss, ofAtom] }) => {
    const asked = tasks[task];
    const parts = ends.map((end, i) => bytes.subarray(i === 0 ? start : ends[i - 1], end));
    const [line, rss, atom, json] = parts;
    if (!asked || !line) return [];
    const { facts, item } = asked;
    const serialised: SerialisedItem | undefined =
      item && site && rss && atom && json
        ? {
            ...{ digest: item.digest, site, json },
            rss: { bytes: rss, prefixes: ofRss },
            atom: { bytes: atom, prefixes: ofAtom },
          }
        : undefined;
    return [[task, heldAs({ inputHash: facts.inputHash, bytes: line }, serialised)] as const];
  });
}

function heldAs(line: EntryLine, serialised: SerialisedItem | undefined): HeldEntry {
  let entry: Entry | undefined;
  return {
    line: line.bytes,
    ...present({ serialised }),
    get entry() {
      entry ??= decodeEntry({ ...line, bytes: line.bytes.slice() }); // not shared
      if (!entry) throw new Error(`the entry ${line.inputHash} is not what was encoded`);
      return entry;
    },
  };
}
