/** Long lists ⇄ compressed segments. A segment whose items are the very same objects as before is not compressed again. */
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** How the items of a list are written. */
export interface ListCodec<Item, Row extends readonly unknown[]> {
  readonly rowOf: (item: Item) => Row;
  readonly itemOf: (row: Row) => Item;
  /** An object that is the very same as long as the item does not change. */
  readonly identityOf: (item: Item) => object;
}

interface Segment {
  readonly identities: readonly object[];
  readonly bytes: Uint8Array;
}

/** By the identity of the first item, as long as the catalog that it is part of is in use. */
const segments = new WeakMap<object, Segment>();
/** By the segment itself, where a list keeps its segments. */
const bytesOf = new WeakMap<readonly unknown[], Uint8Array>();

export function encodeSegments<Item, Row extends readonly unknown[]>(
  parts: readonly (readonly Item[])[],
  codec: ListCodec<Item, Row>,
): readonly Uint8Array[] {
  return parts.map((part) => {
    const bytes = bytesOf.get(part) ?? encodeSegment(part, codec);
    bytesOf.set(part, bytes);
    return bytes;
  });
}

function encodeSegment<Item, Row extends readonly unknown[]>(
  part: readonly Item[],
  codec: ListCodec<Item, Row>,
): Uint8Array {
  const identities = part.map(codec.identityOf);
  const known = identities[0] && segments.get(identities[0]);
  if (known && isSame(known.identities, identities)) return known.bytes;
  const bytes = zstdCompressSync(JSON.stringify(part.map(codec.rowOf)), COMPRESSION);
  keep({ identities, bytes });
  return bytes;
}

/** Throws on bytes that are no segment. */
export function decodeSegment<Item, Row extends readonly unknown[]>(
  bytes: Uint8Array,
  codec: ListCodec<Item, Row>,
): readonly Item[] {
  const rows: readonly Row[] = JSON.parse(zstdDecompressSync(bytes).toString("utf8"));
  const items = rows.map(codec.itemOf);
  keep({ identities: items.map(codec.identityOf), bytes });
  bytesOf.set(items, bytes);
  return items;
}

const COMPRESSION = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

function keep(segment: Segment): void {
  const [first] = segment.identities;
  if (first) segments.set(first, segment);
}

const isSame = (a: readonly object[], b: readonly object[]): boolean =>
  a.length === b.length && a.every((identity, i) => identity === b[i]);
