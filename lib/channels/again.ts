/** Again: what a process that stays need not work out anew for every run, as long as what it is made of is the same. */
import type { ListedRecord, Site, Window } from "../model.ts";
import type { Dated, Entries } from "./entries.ts";

interface Cut {
  readonly from: Entries;
  /** Keys of other channels that it tells of. */
  readonly beside: readonly (string | undefined)[];
  readonly window: Window;
}

/** Of a site that is the very same object: windows by channel key, and its posts in order. */
interface Former {
  readonly cuts: Map<string, Cut>;
  sorted: readonly ListedRecord[];
}

const formers = new WeakMap<Site, Former>();

export function formerOf(site: Site): Former {
  const former = formers.get(site) ?? { cuts: new Map(), sorted: [] };
  formers.set(site, former);
  return former;
}

/** The window that was cut from the same posts the last time, if its streams need not be asked again; else a new one. */
export function cutAgain(
  { cuts }: Former,
  key: string,
  from: Entries,
  beside: readonly (string | undefined)[],
  cut: () => Window,
): Window {
  const known = cuts.get(key);
  if (known && isSameCut(known, from, beside)) return known.window;
  const window = cut();
  if (isTimeless(window)) cuts.set(key, { from, beside, window });
  else cuts.delete(key);
  return window;
}

const isTimeless = ({ live }: Window): boolean => Object.keys(live).length === 0;

function isSameCut(
  { from, beside }: Cut,
  { posts, departed }: Entries,
  others: readonly (string | undefined)[],
): boolean {
  return (
    isSameList(from.posts, posts, (a, b) => a === b) &&
    isSameList(from.departed, departed, (a, b) => a.facts === b.facts && a.when === b.when) &&
    isSameList(beside, others, (a, b) => a === b)
  );
}

const isSameList = <T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean =>
  a.length === b.length && a.every((item, i) => isSame(item, b[i] as T));

/** In order. Most were sorted the last time, and only the others are put among them. */
export function sortAgain<T extends Dated>(
  former: readonly T[],
  items: readonly T[],
  compare: (a: T, b: T) => number,
): readonly T[] {
  const present = new Set(items);
  const stayed = former.filter((item) => present.has(item));
  for (const item of stayed) present.delete(item);
  if (present.size === 0) return stayed;
  const added = [...present].sort(compare);
  const sorted: T[] = [];
  let next = 0;
  for (const item of stayed) {
    for (; next < added.length && compare(added[next] as T, item) < 0; next++) sorted.push(added[next] as T);
    sorted.push(item);
  }
  return [...sorted, ...added.slice(next)];
}
