/**
 * Memoisation by identity: a process that stays (`dev`, a warm Lambda) reuses the windows, the parts of archives and the order of
 * the posts of its last run as long as the objects that they were made from are the same.
 */

import type { Site } from "../site/types.ts";
import type { Arranged } from "./arranged.ts";
import type { ChannelPosts } from "./cut.ts";
import type { KnownPart, Part } from "./parts.ts";
import type { Window } from "./types.ts";

interface CachedWindow {
  readonly from: ChannelPosts;
  /** Of an archive, what else it was made from: the keys of those before and after it, and where it ends. */
  readonly beside: readonly (string | undefined)[];
  readonly window: Window;
}

/** Of one `Site` object: windows by channel key, periods that are over by name, and the site's posts in order. */
interface WindowCache {
  readonly windows: Map<string, CachedWindow>;
  periods: ReadonlyMap<string, CutPeriod>;
  arranged?: Arranged;
}

/** A period that is over, with what its parts were cut from. */
export interface CutPeriod {
  readonly from: ChannelPosts;
  readonly known: readonly KnownPart[];
  readonly parts: readonly Part[];
  readonly open: ChannelPosts;
}

const caches = new WeakMap<Site, WindowCache>();

export function windowCacheOf(site: Site): WindowCache {
  const cache = caches.get(site) ?? { windows: new Map(), periods: new Map() };
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

const isFromSame = (cached: CachedWindow, from: ChannelPosts, beside: readonly (string | undefined)[]): boolean =>
  areSamePosts(cached.from, from) && isSameList(cached.beside, beside);

/** The parts of a period that were cut from the same posts, with the same parts known. */
export function partsBefore(
  { periods }: WindowCache,
  name: string,
  from: ChannelPosts,
  known: readonly KnownPart[],
): CutPeriod | undefined {
  const cached = periods.get(name);
  return cached && areSamePosts(cached.from, from) && isSameList(cached.known, known, areSameParts)
    ? cached
    : undefined;
}

const areSameParts = (a: KnownPart, b: KnownPart): boolean =>
  a.number === b.number && a.until?.published === b.until?.published && a.until?.id === b.until?.id;

const areSamePosts = (a: ChannelPosts, b: ChannelPosts): boolean =>
  isSameList(a.posts, b.posts) &&
  isSameList(a.departed, b.departed, (a, b) => a.facts === b.facts && a.when === b.when);

/** `isSame`: of two objects that are not the same one. */
function isSameList<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean = () => false): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !isSame(a[i] as T, b[i] as T)) return false;
  return true;
}
