/** Names that were given to channels since: the last one of a chain, and chains that lead nowhere. */
import { foldName } from "../base/text.ts";
import type { Renamed } from "./types.ts";

type Name = readonly string[];

/** Channels are the same if their names are, whatever their spelling. */
const folded = (name: Name): string => name.map(foldName).join("\0");

export const sameName = (a: Name, b: Name): boolean => a.length === b.length && folded(a) === folded(b);

/** Where names lead. */
export interface Renaming {
  /** The first that gives the old name of this one another. */
  readonly firstOf: (given: Renamed) => Renamed | undefined;
  /** The present name; `undefined` where the chain comes back to itself. What is below a category moves with it. */
  readonly present: (given: Renamed) => Name | undefined;
}

/** A name that grows by so many parts on its way is never done. */
const MAX_GROWTH = 10;

/** Each step is a look-up, and no name is followed twice. */
export function renamingOf(all: readonly Renamed[]): Renaming {
  const byName = new Map<string, Renamed>();
  const counts = new Map<Renamed["kind"], number>();
  let longest = 0;
  for (const each of all) {
    const key = keyOf(each.kind, each.from);
    if (!byName.has(key)) byName.set(key, each);
    counts.set(each.kind, (counts.get(each.kind) ?? 0) + 1);
    longest = Math.max(longest, each.from.length, each.to.length);
  }
  const next = (kind: Renamed["kind"], name: Name): Name | undefined => {
    for (let length = Math.min(name.length, longest); length > 0; length--) {
      const found = byName.get(keyOf(kind, name.slice(0, length)));
      if (found) return [...found.to, ...name.slice(length)];
    }
    return undefined;
  };
  const known = new Map<string, Name | undefined>();
  const present = ({ kind, to }: Renamed): Name | undefined => {
    const passed = new Set<string>();
    const end = (name: Name | undefined) => {
      for (const key of passed) known.set(key, name);
      return name;
    };
    for (let name = to; ; ) {
      const key = keyOf(kind, name);
      if (known.has(key)) return end(known.get(key));
      if (passed.has(key) || name.length > longest + MAX_GROWTH) return end(undefined);
      passed.add(key);
      const after = next(kind, name);
      if (!after) return end(name);
      name = after;
    }
  };
  return { firstOf: ({ kind, from }) => byName.get(keyOf(kind, from)), present };
}

const keyOf = (kind: Renamed["kind"], name: Name): string => `${kind}\0${folded(name)}`;
