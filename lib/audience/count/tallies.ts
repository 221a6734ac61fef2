/** Counts by name: as few as wanted, in an order that depends on the names alone. */
import { fnv1a } from "../../base/fnv.ts";

export type Tally = Map<string, number>;

export const add = (tally: Tally, name: string, count = 1): void => {
  tally.set(name, (tally.get(name) ?? 0) + count);
};

/** The value at a key, which is made at the first time. */
export function at<Key, Value>(values: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = values.get(key);
  if (known !== undefined) return known;
  const made = make();
  values.set(key, made);
  return made;
}

/** As an object, its keys in the order of code units. */
export const sorted = <Value>(entries: Iterable<readonly [string, Value]>): { readonly [name: string]: Value } =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

/** The entries with the highest counts, at most so many. */
export const mostOf = <Value>(
  entries: Iterable<readonly [string, Value]>,
  countOf: (value: Value, name: string) => number,
  most: number,
): readonly (readonly [string, Value])[] =>
  [...entries].sort(([a, x], [b, y]) => countOf(y, b) - countOf(x, a) || (a < b ? -1 : 1)).slice(0, most);

export interface BoundedTally {
  /** Once more, or as `combine` has it. */
  note(name: string, value: number): void;
  entries(): Iterable<readonly [string, number]>;
}

/**
 * Of as many names as anybody may make up, only so many are counted: those whose hashes are lowest, which is a choice that does not
 * depend on the order in which they come. What is counted is counted from its first time on.
 */
export function openBoundedTally(most: number, combine: (known: number, value: number) => number): BoundedTally {
  const tally: Tally = new Map();
  let limit = Number.POSITIVE_INFINITY;
  const rankOf = (name: string) => fnv1a(name) >>> 0;
  return {
    note(name, value) {
      if (rankOf(name) >= limit) return;
      const known = tally.get(name);
      tally.set(name, known === undefined ? value : combine(known, value));
      // Twice as many at times, so that the highest ones need not be looked for each time.
      if (tally.size < 2 * most) return;
      const ranked = [...tally.keys()].sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
      limit = rankOf(ranked[most] ?? "");
      for (const each of ranked) if (rankOf(each) >= limit) tally.delete(each);
    },
    entries: () => {
      const ranked = [...tally].sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
      const [, ...beyond] = ranked.slice(most - 1);
      const last = beyond[0] && rankOf(beyond[0][0]);
      return last === undefined ? ranked : ranked.filter(([name]) => rankOf(name) < last);
    },
  };
}
