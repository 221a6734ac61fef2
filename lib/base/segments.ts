/**
 * Long lists in segments. Where a list is cut depends on each item alone, so an item that comes, goes or changes leaves all other
 * segments the very same objects: what is known of one of them need not be found out again.
 */
import { fnv1a } from "./fnv.ts";
import { memoisedOf } from "./memoised.ts";

/** One item in about so many begins a new segment. */
const LENGTH = 256;
const LONGEST = 8 * LENGTH;

type Segments<Item> = readonly (readonly Item[])[];

/** `nameOf`: unique among the items. `former`: segments of a list that this one may share items with. */
export function cutSegments<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  former: Segments<Item> = [],
): Segments<Item> {
  const known = new Map(former.map((segment) => [segment[0], segment]));
  const segments: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; ) {
    const same = known.get(items[start]);
    const isSame = same && isAt(items, start, same) && endsAt(items, nameOf, start, same.length);
    const segment = isSame ? same : items.slice(start, endOf(items, nameOf, start));
    segments.push(segment);
    start += segment.length;
  }
  return segments;
}

/** A plain loop: on a large site it is run through for each list that is made of another. */
function isAt<Item>(items: readonly Item[], start: number, segment: readonly Item[]): boolean {
  for (let i = 0; i < segment.length; i++) if (segment[i] !== items[start + i]) return false;
  return true;
}

function endOf<Item>(items: readonly Item[], nameOf: (item: Item) => string, start: number): number {
  let length = 1;
  while (!endsAt(items, nameOf, start, length)) length += 1;
  return start + length;
}

/** Does a segment that holds so many items end there? None of them but the first begins one. */
function endsAt<Item>(items: readonly Item[], nameOf: (item: Item) => string, start: number, length: number): boolean {
  const next = items[start + length];
  return next === undefined || length >= LONGEST || beginsSegment(nameOf(next));
}

const beginsSegment = (name: string): boolean => (fnv1a(name) >>> 0) % LENGTH === 0;

/** The parts in one list. `concat` copies each at once, which `flat` does not. */
export function joinedParts<Item>(parts: readonly (readonly Item[])[]): readonly Item[] {
  const none: readonly Item[] = [];
  return parts.length > MOST_AT_ONCE ? parts.flat() : none.concat(...parts);
}

/** Arguments of one call. */
const MOST_AT_ONCE = 10_000;

interface Keyed {
  readonly key: string;
}

const keyOf = ({ key }: Keyed): string => key;

const kept = new WeakMap<readonly Keyed[], Segments<Keyed>>();

/** The segments of a list that never changes. */
export function segmentsOf<Item extends Keyed>(items: readonly Item[]): Segments<Item> {
  const known = kept.get(items) as Segments<Item> | undefined; // only ever kept beside the list that it was made of
  return known ?? keepSegments(items, cutSegments(items, keyOf));
}

/** Keeps the segments that a list was put together from. */
export function keepSegments<Item extends Keyed>(items: readonly Item[], segments: Segments<Item>): Segments<Item> {
  kept.set(items, segments);
  return segments;
}

/** Keeps of a list that was made of `former` the segments that both have. */
export function keepShared(items: readonly Keyed[], former: readonly Keyed[]): void {
  const segments = kept.get(former);
  if (segments && items !== former) keepSegments(items, cutSegments(items, keyOf, segments));
}

/** What `make` makes of each segment of a list: once of a segment that stays. */
export function ofSegments<Item extends Keyed, Made>(
  make: (segment: readonly Item[]) => Made,
): (items: readonly Item[]) => readonly Made[] {
  const madeOf = memoisedOf(make);
  return (items) => segmentsOf(items).map(madeOf);
}

/** Items that only one of two lists has, each in the order of its list. */
interface Difference<Item> {
  readonly was: readonly Item[];
  readonly is: readonly Item[];
}

/** Looks only into the segments that the two do not share. */
export function differenceOf<Item extends Keyed>(before: readonly Item[], after: readonly Item[]): Difference<Item> {
  if (before === after) return { was: [], is: [] };
  if (before.length === 0) return { was: before, is: after };
  const [former, present] = [segmentsOf(before), segmentsOf(after)];
  const [formerly, now] = [new Set(former), new Set(present)];
  const was = former.filter((segment) => !now.has(segment)).flat();
  const is = present.filter((segment) => !formerly.has(segment)).flat();
  const [left, right] = [new Set(was), new Set(is)];
  return { was: was.filter((item) => !right.has(item)), is: is.filter((item) => !left.has(item)) };
}
