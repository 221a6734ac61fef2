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

export interface BoundedNames {
  /** Whether a name is among those that are counted, as far as the names that have come tell. */
  take(name: string): boolean;
  /** Whether it still is, once all names have come. */
  has(name: string): boolean;
}

/**
 * Of as many names as anybody may make up, only so many are counted: those whose hashes are lowest, which is a choice that does not
 * depend on the order in which they come. `onLost`: for each name that is counted no more.
 */
export function openBoundedNames(most: number, onLost: (name: string) => void = () => undefined): BoundedNames {
  const names = new Set<string>();
  let limit = Number.POSITIVE_INFINITY;
  const rankOf = (name: string) => fnv1a(name) >>> 0;

  function shrink(): void {
    if (names.size <= most) return;
    const ranked = [...names].map(rankOf).sort((a, b) => a - b);
    limit = ranked[most] ?? limit;
    for (const name of names) {
      if (rankOf(name) < limit) continue;
      names.delete(name);
      onLost(name);
    }
  }

  return {
    take(name) {
      if (rankOf(name) >= limit) return false;
      names.add(name);
      // Twice as many at times, so that the highest ones need not be looked for each time.
      if (names.size >= 2 * most) shrink();
      return rankOf(name) < limit;
    },
    has(name) {
      shrink();
      return names.has(name);
    },
  };
}

export interface BoundedTally {
  /** Once more, as `combine` has it. */
  note(name: string, value: number): void;
  entries(): Iterable<readonly [string, number]>;
}

/** Counts of bounded names: each is counted from its first time on. */
export function openBoundedTally(most: number, combine: (known: number, value: number) => number): BoundedTally {
  const tally: Tally = new Map();
  const names = openBoundedNames(most, (name) => tally.delete(name));
  return {
    note(name, value) {
      if (!names.take(name)) return;
      const known = tally.get(name);
      tally.set(name, known === undefined ? value : combine(known, value));
    },
    entries: () => [...tally].filter(([name]) => names.has(name)),
  };
}

export interface HighestNumbers {
  note(name: string, value: number): void;
  sum(): number;
}

/**
 * Of each name its highest number, and of all names only those with the highest ones. What is dropped meanwhile comes back if it is among
 * them, so the order makes no difference.
 */
export function openHighest(most: number): HighestNumbers {
  let highest: Tally = new Map();
  const shrink = () => {
    highest = new Map(mostOf(highest, (value) => value, most));
  };
  return {
    note(name, value) {
      highest.set(name, Math.max(value, highest.get(name) ?? 0));
      if (highest.size > 10 * most) shrink();
    },
    sum() {
      shrink();
      return [...highest.values()].reduce((sum, each) => sum + each, 0);
    },
  };
}
