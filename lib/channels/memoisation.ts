/**
 * Memoisation by identity: a process that stays (`dev`, a warm Lambda) reuses the windows and the sorted posts of its
 * last run as long as the objects that they were made from are the same.
 */

import type { ListedRecord } from "../model.ts";
import type { Site } from "../site/types.ts";
import type { ChannelPosts, Dated } from "./cut.ts";
import type { Window } from "./types.ts";

interface CachedWindow {
  readonly from: ChannelPosts;
  /** Of an archive, what else it was made from: the keys of those before and after it, and where it ends. */
  readonly beside: readonly (string | undefined)[];
  readonly window: Window;
}

/** Of one `Site` object: windows by channel key, and the site's listed posts, newest first. */
interface WindowCache {
  readonly windows: Map<string, CachedWindow>;
  sorted: readonly ListedRecord[];
}

const caches = new WeakMap<Site, WindowCache>();

export function windowCacheOf(site: Site): WindowCache {
  const cache = caches.get(site) ?? { windows: new Map(), sorted: [] };
  caches.set(site, cache);
  return cache;
}

/**
 * The cached window if it was cut from the same posts, else a new one. A window with streams changes with the clock,
 * and is never cached.
 */
export function memoisedWindow(
  { windows }: WindowCache,
  key: string,
  from: ChannelPosts,
  beside: readonly (string | undefined)[],
  cut: () => Window,
): Window {
  const cached = windows.get(key);
  if (cached && isFromSame(cached, from, beside)) return cached.window;
  const window = cut();
  if (hasStreams(window)) windows.delete(key);
  else windows.set(key, { from, beside, window });
  return window;
}

/** Of channels that are gone nothing is kept: over the years of a process there may be any number of them. */
export function forgetOthers({ windows }: WindowCache, current: readonly Window[]): void {
  const keys = new Set(current.map(({ channel }) => channel.key));
  for (const key of windows.keys()) if (!keys.has(key)) windows.delete(key);
}

const hasStreams = ({ live }: Window): boolean => Object.keys(live).length > 0;

function isFromSame(
  cached: CachedWindow,
  { posts, departed }: ChannelPosts,
  beside: readonly (string | undefined)[],
): boolean {
  return (
    isSameList(cached.from.posts, posts, (a, b) => a === b) &&
    isSameList(cached.from.departed, departed, (a, b) => a.facts === b.facts && a.when === b.when) &&
    isSameList(cached.beside, beside, (a, b) => a === b)
  );
}

const isSameList = <T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean =>
  a.length === b.length && a.every((item, i) => isSame(item, b[i] as T));

/**
 * Sorts the items; those that `sorted`, the result of the last time, already holds keep their order, and only new ones
 * are compared.
 */
export function sortIncrementally<T extends Dated>(
  sorted: readonly T[],
  items: readonly T[],
  compare: (a: T, b: T) => number,
): readonly T[] {
  const missing = new Set(items);
  const kept = sorted.filter((item) => missing.has(item));
  for (const item of kept) missing.delete(item);
  if (missing.size === 0) return kept;
  const added = [...missing].sort(compare);
  const merged: T[] = [];
  let next = 0;
  for (const item of kept) {
    for (; next < added.length && compare(added[next] as T, item) < 0; next++) merged.push(added[next] as T);
    merged.push(item);
  }
  return [...merged, ...added.slice(next)];
}
