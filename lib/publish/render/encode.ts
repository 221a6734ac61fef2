/** Entries → a block of their bytes. Apart from what reads blocks, since it needs the renderers. */
import { formsOf } from "../../formats/encode.ts";
import type { ItemSite } from "../../formats/types.ts";
import type { Entry } from "../../model.ts";
import { encodeEntry } from "../../state/entries.ts";
import type { BlockPlace, EntryBlock, ToDecode } from "./block.ts";

export interface ToEncode extends ToDecode {
  readonly task: number;
  readonly entry: Entry;
}

export function encodeBlock(entries: readonly ToEncode[], site: ItemSite | undefined): EntryBlock {
  const encoded = entries.map(({ task, entry, facts, item }) => {
    const line = encodeEntry(facts.inputHash, entry).bytes;
    const forms = item && site && formsOf({ ...item, entry }, site);
    const parts = forms ? [line, forms.rss.bytes, forms.atom.bytes, forms.json] : [line];
    return { task, parts, prefixes: [forms?.rss.prefixes ?? [], forms?.atom.prefixes ?? []] as const };
  });
  const size = encoded.reduce((sum, { parts }) => sum + parts.reduce((length, part) => length + part.length, 0), 0);
  const bytes = new Uint8Array(new SharedArrayBuffer(size));
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
  return { bytes, places };
}
