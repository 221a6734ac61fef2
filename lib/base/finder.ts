/** Finding the few items of a long list that have one of some names, without looking at every item each time. */
import { fnv1a } from "./fnv.ts";
import { segmentsOf } from "./segments.ts";

/**
 * Finds all items that have one of the names, and others beside them: the caller looks closer. From the second time that a
 * segment is seen, a Bloom filter of the names of its items tells of most segments that none has one.
 */
export function finderOf<Item extends { readonly key: string }>(
  namesOf: (item: Item) => readonly (string | undefined)[],
): (items: readonly Item[], names: Iterable<string>) => readonly Item[] {
  const noted = new WeakMap<readonly Item[], Uint32Array | "seen">();
  const bitsOf = (segment: readonly Item[]): Uint32Array | undefined => {
    const known = noted.get(segment);
    if (known === undefined) noted.set(segment, "seen");
    if (known !== "seen") return known;
    const bits = notesOf(segment.flatMap(namesOf));
    noted.set(segment, bits);
    return bits;
  };
  return (items, names) => {
    const hashes = Array.from(names, hashOf);
    if (hashes.length === 0) return [];
    if (hashes.length > MOST_NAMES) return items;
    return segmentsOf(items).flatMap((segment) => {
      const bits = bitsOf(segment);
      return !bits || hashes.some((hash) => mayHold(bits, hash)) ? segment : [];
    });
  };
}

/** With more, nearly every segment has one of them. */
const MOST_NAMES = 1000;
/** A segment is looked through in vain for about one of 400 names that none of its items has (Bloom 1970). */
const BITS_PER_NAME = 16;
const PROBES = 4;

interface Hash {
  readonly first: number;
  readonly step: number;
}

function hashOf(name: string): Hash {
  const first = fnv1a(name);
  const step = fnv1a(name, 0x9747b28c, 0x5bd1e995);
  return { first: first ^ (first >>> 15), step: (step ^ (step >>> 13)) | 1 };
}

function notesOf(names: readonly (string | undefined)[]): Uint32Array {
  const bits = new Uint32Array(Math.ceil((names.length * BITS_PER_NAME) / 32) + 1);
  for (const name of names) {
    if (name === undefined) continue;
    for (const place of placesOf(hashOf(name), bits))
      bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31));
  }
  return bits;
}

const mayHold = (bits: Uint32Array, hash: Hash): boolean =>
  placesOf(hash, bits).every((place) => ((bits[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0);

const placesOf = ({ first, step }: Hash, { length }: Uint32Array): readonly number[] =>
  Array.from({ length: PROBES }, (_, i) => ((Math.imul(step, i) + first) >>> 0) % (length * 32));
