/** Packs: immutable objects of the entry cache, of many entries each. A record says where in which pack its entry lies. */
import { forEachAtOnce } from "../base/concurrency.ts";
import { digest } from "../base/digest.ts";
import type { EntryPlace } from "../model.ts";
import type { PutOptions, Store } from "../stores/store.ts";
import { sealIn } from "./sealed.ts";

export const ENTRIES = "entries/";

/** Bytes, beyond which another pack is begun: twice as much is held while it is written. */
export const MAX_PACK = 4_000_000;
/** Bytes between two entries that are read along with them, since they take less time than another request. */
const MAX_GAP = 64_000;
/** Bytes of entries that are read at once, several times of which are held. */
const MAX_SPAN = 1_000_000;

const LF = Buffer.from("\n");
const sizeOf = ({ length }: Uint8Array): number => length + LF.length;

/** An entry, sealed and in JSON, which has no line break. */
export interface EntryLine {
  readonly inputHash: string;
  readonly bytes: Uint8Array;
}

const packKey = (pack: string): string => `${ENTRIES}${pack}.jsonl`;

/** The name of a pack, of its key; nothing for a key that no pack has. */
export const packOf = (key: string): string | undefined => /^entries\/([\w-]{22})\.jsonl$/.exec(key)?.[1];

/**
 * Writes the lines into packs, and says where each lies, by its hash. A pack is named by what it holds: to put it again is to put
 * the same.
 */
export async function putPacks(
  state: Store,
  lines: Iterable<EntryLine>,
  options: Pick<PutOptions, "durable"> = {},
): Promise<ReadonlyMap<string, EntryPlace>> {
  const places = new Map<string, EntryPlace>();
  for (const packed of packsOf(lines)) {
    // A seal covers all of its line.
    const pack = digest(packed.map(({ bytes }) => sealIn(bytes)));
    const body = Buffer.concat(packed.flatMap(({ bytes }) => [bytes, LF]));
    let start = 0;
    for (const { inputHash, bytes } of packed) {
      places.set(inputHash, { pack, start, length: bytes.length });
      start += sizeOf(bytes);
    }
    await state.put(packKey(pack), body, { contentType: "application/jsonl; charset=utf-8", ...options });
  }
  return places;
}

function* packsOf(lines: Iterable<EntryLine>): Iterable<readonly EntryLine[]> {
  let packed: EntryLine[] = [];
  let size = 0;
  for (const line of lines) {
    if (packed.length > 0 && size + sizeOf(line.bytes) > MAX_PACK) {
      yield packed;
      [packed, size] = [[], 0];
    }
    packed.push(line);
    size += sizeOf(line.bytes);
  }
  if (packed.length > 0) yield packed;
}

/** Calls `use` with what is at each place, where there is so much: entries that lie close to each other are read at once. */
export async function eachLine(
  state: Store,
  places: ReadonlyMap<string, EntryPlace>,
  use: (line: EntryLine) => void,
): Promise<void> {
  await forEachAtOnce(spansOf(places), async ({ pack, start, end, lines }) => {
    const part = await state.getPart(packKey(pack), start, end - start);
    if (!part) return;
    for (const { inputHash, at, length } of lines) {
      const bytes = part.subarray(at - start, at - start + length);
      if (bytes.length === length) use({ inputHash, bytes });
    }
  });
}

/** A part of a pack with the entries that are wanted of it. */
interface Span {
  readonly pack: string;
  readonly start: number;
  end: number;
  readonly lines: { readonly inputHash: string; readonly at: number; readonly length: number }[];
}

function spansOf(places: ReadonlyMap<string, EntryPlace>): readonly Span[] {
  const spans: Span[] = [];
  for (const [pack, within] of Map.groupBy(places, ([, place]) => place.pack)) {
    let span: Span | undefined;
    for (const [inputHash, { start, length }] of within.toSorted(([, a], [, b]) => a.start - b.start)) {
      const end = start + length;
      if (!span || start - span.end > MAX_GAP || end - span.start > MAX_SPAN) {
        span = { pack, start, end, lines: [] };
        spans.push(span);
      }
      span.end = Math.max(span.end, end);
      span.lines.push({ inputHash, at: start, length });
    }
  }
  return spans;
}
