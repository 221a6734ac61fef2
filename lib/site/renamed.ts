/** Names that were given to channels since: the last one of a chain, and chains that lead nowhere. */
import { foldName } from "../base/text.ts";
import type { Renamed } from "./types.ts";

/** Channels are the same if their names are, whatever their spelling. */
export const sameName = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part, i) => foldName(part) === foldName(b[i] ?? ""));

/** The present name; `undefined` where the chain comes back to itself. What is below a category moves with it. */
export function presentName(given: Renamed, all: readonly Renamed[]): readonly string[] | undefined {
  const ofKind = all.filter(({ kind }) => kind === given.kind);
  let name = given.to;
  for (let steps = 0; steps <= ofKind.length; steps++) {
    const next = longestFirst(ofKind).find(({ from }) => sameName(from, name.slice(0, from.length)));
    if (!next) return name;
    name = [...next.to, ...name.slice(next.from.length)];
  }
  return undefined;
}

const longestFirst = (all: readonly Renamed[]): readonly Renamed[] =>
  all.toSorted((a, b) => b.from.length - a.from.length);
