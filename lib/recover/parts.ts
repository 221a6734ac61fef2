/** The parts of archives, as the published feeds show them: in which order they are, and where each ends. */
import { compareOrder } from "../channels/cut.ts";
import { parsePartKey } from "../channels/parts.ts";
import type { Bound } from "../channels/types.ts";

/** By the name of the period: the keys of its parts, the oldest first. */
export type ReadParts = ReadonlyMap<string, readonly string[]>;

/** The newest post of each channel; of an archive, one that is gone counts too. */
export type NewestPosts = Map<string, Bound>;

/** `previousOf`: the channel with the older entries that each channel links to. */
export function partsInOrder(channels: Iterable<string>, previousOf: ReadonlyMap<string, string>): ReadParts {
  const age = new Map<string, number>();
  for (let key = previousOf.get("site"); key !== undefined && !age.has(key); key = previousOf.get(key)) {
    age.set(key, age.size);
  }
  const places = [...channels].flatMap((key) => {
    const place = parsePartKey(key);
    return place ? [{ ...place, key }] : [];
  });
  // Where a document that links to the older ones is lost, they come first.
  const ageOf = (key: string) => age.get(key) ?? Infinity;
  const oldestFirst = places.sort((a, b) =>
    ageOf(a.key) === ageOf(b.key) ? a.number - b.number : ageOf(b.key) - ageOf(a.key),
  );
  const byPeriod = Map.groupBy(oldestFirst, ({ period }) => period);
  return new Map([...byPeriod].map(([period, parts]) => [period, parts.map(({ key }) => key)]));
}

export function noteNewest(newest: NewestPosts, channel: string, { published, id }: Bound): void {
  const known = newest.get(channel);
  if (!known || compareOrder({ published, id }, known) < 0) newest.set(channel, { published, id });
}

/** Of each part but the last of a period that is over. A part in which nothing is left ends with the one before it. */
export function endsOf(
  parts: ReadParts,
  newest: NewestPosts,
  isOver: (period: string) => boolean,
): ReadonlyMap<string, Bound> {
  const ends = new Map<string, Bound>();
  for (const [period, keys] of parts) {
    let end: Bound = { published: "", id: "" };
    for (const key of isOver(period) ? keys.slice(0, -1) : keys) {
      end = newest.get(key) ?? end;
      ends.set(key, end);
    }
  }
  return ends;
}
