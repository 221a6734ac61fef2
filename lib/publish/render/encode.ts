/** Entries → a block of their bytes. Apart from what reads blocks, since it needs the renderers. */
import { serialiseItem } from "../../formats/serialise.ts";
import type { ItemSite } from "../../formats/types.ts";
import type { Entry } from "../../model.ts";
import { encodeEntry } from "../../state/entries.ts";
import type { BlockPlace, EntryBlock, ToDecode } from "./block.ts";
import { type BlockMemory, takeBlock } from "./memory.ts";

export interface ToEncode extends ToDecode {
  readonly task: number;
  readonly entry: Entry;
}

export function encodeBlock(entries: readonly ToEncode[], site: ItemSite | undefined, memory: BlockMemory): EntryBlock {
  const encoded = entries.map(({ task, entry, facts, item }) => {
    const line = encodeEntry(facts.inputHash, entry).bytes;
    const serialised = item && site && serialiseItem({ ...item, entry }, site);
    const parts = serialised ? [line, serialised.rss.bytes, serialised.atom.bytes, serialised.json] : [line];
    return { task, parts, prefixes: [serialised?.rss.prefixes ?? [], serialised?.atom.prefixes ?? []] as const };
  });
  const size = encoded.reduce((sum, { parts }) => sum + parts.reduce((length, part) => length + part.length, 0), 0);
  const { bytes, chunk } = takeBlock(memory, size);
  let end = 0;
  const places = encoded.map(({ task, parts, prefixes }): BlockPlace => {
    const start = end;
    const ends = parts.map((part) => {
      bytes.set(part, end);
      end += part.length;
      return end;
    });
    return { task, start, ends, prefixes };
  });
  return { bytes, chunk, places };
}
