/** Repack: entries of packs of which little is needed move into new ones. The old go once no kept catalog names them. */
import type { EntryPlace, PostRecord } from "../../model.ts";
import { decodeEntry } from "../../state/entries.ts";
import { type EntryLine, eachLine, MAX_PACK, putPacks } from "../../state/packs.ts";
import type { Store } from "../../stores/store.ts";

/** Bytes, below which several packs become one: a run that renders one post writes a pack of it. */
const SMALL = MAX_PACK / 8;
/** Bytes of entries that one run moves. */
const MAX_MOVED = 2 * MAX_PACK;

export interface Repacked {
  /** Each naming the place where its entry lies now. */
  readonly records: readonly PostRecord[];
  /** There is more to move than one run does. */
  readonly isUnfinished: boolean;
}

/** What a record needs of the entry cache, by input hash: its entry, and the one that its last good entry is made from. */
export function placesOf({ facts, rendered }: PostRecord): readonly (readonly [string, EntryPlace])[] {
  const former = facts?.links?.former;
  return [
    ...(facts && rendered ? [[facts.inputHash, rendered] as const] : []),
    ...(former ? [[former.hash, former.place] as const] : []),
  ];
}

/** `sizes`: bytes of each pack that there is. Only a catalog with the records makes known what was moved. */
export async function repack(
  state: Store,
  records: readonly PostRecord[],
  sizes: ReadonlyMap<string, number>,
): Promise<Repacked> {
  const { packs, isUnfinished } = packsToMove(records, sizes);
  const wanted = new Map(records.flatMap(placesOf).filter(([, { pack }]) => packs.has(pack)));
  if (wanted.size === 0) return { records, isUnfinished };
  const found = new Map<string, EntryLine>();
  await eachLine(state, wanted, ({ inputHash, bytes }) => {
    const line = { inputHash, bytes: bytes.slice() }; // of what was read along nothing is held
    if (decodeEntry(line)) found.set(inputHash, line);
  });
  const inOrder = [...wanted.keys()].flatMap((hash) => found.get(hash) ?? []);
  // Durable: a loss of power must not take a last good entry that has lasted so long.
  const places = await putPacks(state, inOrder, { durable: true });
  return { records: records.map((record) => movedTo(places, record)), isUnfinished };
}

function packsToMove(records: readonly PostRecord[], sizes: ReadonlyMap<string, number>) {
  const needed = new Map<string, number>();
  for (const [, { pack, length }] of new Map(records.flatMap(placesOf))) {
    if (sizes.has(pack)) needed.set(pack, (needed.get(pack) ?? 0) + length);
  }
  const sparse = [...needed].filter(([pack, bytes]) => bytes < (sizes.get(pack) ?? 0) / 2);
  const small = [...needed].filter(([pack]) => (sizes.get(pack) ?? 0) < SMALL);
  const worth = new Map([...sparse, ...(small.length > 1 ? small : [])]);
  const packs = new Set<string>();
  let moved = 0;
  for (const [pack, bytes] of [...worth].toSorted(([, a], [, b]) => a - b)) {
    moved += bytes;
    if (moved > MAX_MOVED && packs.size > 0) break;
    packs.add(pack);
  }
  return { packs, isUnfinished: packs.size < worth.size };
}

function movedTo(places: ReadonlyMap<string, EntryPlace>, record: PostRecord): PostRecord {
  const { facts, rendered } = record;
  if (!facts) return record;
  const place = rendered && places.get(facts.inputHash);
  const moved = place ? { ...record, rendered: place } : record;
  const former = facts.links?.former;
  const formerPlace = former && places.get(former.hash);
  if (!facts.links || !formerPlace) return moved;
  return { ...moved, facts: { ...facts, links: { ...facts.links, former: { ...former, place: formerPlace } } } };
}
