/** Long lists ⇄ compressed segments. A segment whose items are the very same objects is not compressed again. */
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** How a list is cut and its items are written. */
export interface Listing<Item, Row extends readonly unknown[]> {
  readonly rowOf: (item: Item) => Row;
  readonly itemOf: (row: Row) => Item;
  /** By which an item is told from others, and a list is cut at the same places as before. */
  readonly nameOf: (item: Item) => string;
  /** What is the very same object while an item stays as it is. */
  readonly identityOf: (item: Item) => object;
}

/** One segment in about so many items begins a new one. */
const LENGTH = 512;
const LONGEST = 8 * LENGTH;

interface Segment {
  readonly identities: readonly object[];
  readonly bytes: Uint8Array;
}

/** By the identity of its first item: as long as somebody holds on to the catalog that it is part of. */
const segments = new WeakMap<object, Segment>();

export function encodeList<Item, Row extends readonly unknown[]>(
  items: readonly Item[],
  listing: Listing<Item, Row>,
): readonly Uint8Array[] {
  return cut(items, listing).map((part) => {
    const identities = part.map(listing.identityOf);
    const known = identities[0] && segments.get(identities[0]);
    if (known && isSame(known.identities, identities)) return known.bytes;
    const bytes = zstdCompressSync(JSON.stringify(part.map(listing.rowOf)), COMPRESSION);
    remember({ identities, bytes });
    return bytes;
  });
}

/** Throws on bytes that are no segment. */
export function decodeSegment<Item, Row extends readonly unknown[]>(
  bytes: Uint8Array,
  listing: Listing<Item, Row>,
): readonly Item[] {
  const rows: readonly Row[] = JSON.parse(zstdDecompressSync(bytes).toString("utf8"));
  const items = rows.map(listing.itemOf);
  remember({ identities: items.map(listing.identityOf), bytes });
  return items;
}

const COMPRESSION = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

function remember(segment: Segment): void {
  const [first] = segment.identities;
  if (first) segments.set(first, segment);
}

const isSame = (a: readonly object[], b: readonly object[]): boolean =>
  a.length === b.length && a.every((identity, i) => identity === b[i]);

/** Where to cut depends on the items alone, so that one more or less moves no cut but its own. */
function cut<Item>(items: readonly Item[], { nameOf }: Pick<Listing<Item, never>, "nameOf">): readonly Item[][] {
  const parts: Item[][] = [];
  let part: Item[] = [];
  for (const item of items) {
    if (part.length > 0 && (part.length >= LONGEST || isCut(nameOf(item)))) {
      parts.push(part);
      part = [];
    }
    part.push(item);
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

/** FNV-1a, which is quick and spreads well enough to cut a list. */
function isCut(name: string): boolean {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % LENGTH === 0;
}
