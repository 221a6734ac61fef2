/** Long lists ⇄ compressed segments. A segment whose items are the very same objects as before is not compressed again. */
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** How the items of a list are written, and where it is cut. */
export interface ListCodec<Item, Row extends readonly unknown[]> {
  readonly rowOf: (item: Item) => Row;
  readonly itemOf: (row: Row) => Item;
  /** Unique among the items. The list is cut by it, at the same places as before. */
  readonly nameOf: (item: Item) => string;
  /** An object that is the very same as long as the item does not change. */
  readonly identityOf: (item: Item) => object;
}

/** One segment in about so many items begins a new one. */
const LENGTH = 512;
const LONGEST = 8 * LENGTH;

interface Segment {
  readonly identities: readonly object[];
  readonly bytes: Uint8Array;
}

/** By the identity of the first item, as long as the catalog that it is part of is in use. */
const segments = new WeakMap<object, Segment>();

export function encodeList<Item, Row extends readonly unknown[]>(
  items: readonly Item[],
  codec: ListCodec<Item, Row>,
): readonly Uint8Array[] {
  return cut(items, codec).map((part) => {
    const identities = part.map(codec.identityOf);
    const known = identities[0] && segments.get(identities[0]);
    if (known && isSame(known.identities, identities)) return known.bytes;
    const bytes = zstdCompressSync(JSON.stringify(part.map(codec.rowOf)), COMPRESSION);
    keep({ identities, bytes });
    return bytes;
  });
}

/** Throws on bytes that are no segment. */
export function decodeSegment<Item, Row extends readonly unknown[]>(
  bytes: Uint8Array,
  codec: ListCodec<Item, Row>,
): readonly Item[] {
  const rows: readonly Row[] = JSON.parse(zstdDecompressSync(bytes).toString("utf8"));
  const items = rows.map(codec.itemOf);
  keep({ identities: items.map(codec.identityOf), bytes });
  return items;
}

const COMPRESSION = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

function keep(segment: Segment): void {
  const [first] = segment.identities;
  if (first) segments.set(first, segment);
}

const isSame = (a: readonly object[], b: readonly object[]): boolean =>
  a.length === b.length && a.every((identity, i) => identity === b[i]);

/** Where to cut depends on each item alone, so that an item that comes or goes moves no other cut. */
function cut<Item>(items: readonly Item[], { nameOf }: Pick<ListCodec<Item, never>, "nameOf">): readonly Item[][] {
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

/** FNV-1a, which is fast and spreads well enough. */
function isCut(name: string): boolean {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % LENGTH === 0;
}
