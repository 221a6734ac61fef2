/** Feeds of the public store, of which hubs are told. */
import { FEW_KEYS, forEachAtOnce } from "../base/concurrency.ts";
import { isPrefix, matcherOf } from "../base/fold.ts";
import { feedNames } from "../formats/files.ts";
import type { Site } from "../site/types.ts";
import type { Store } from "../stores/store.ts";

/** Tests whether a path is that of a feed: under the names of now, or those by default. */
export function feedTest(site: Pick<Site, "files">): (path: string) => boolean {
  const names = feedNames(site);
  return (path) => names.has(path.slice(path.lastIndexOf("/") + 1));
}

/** Those of the feeds that exist now, also below prefixes; the site's come first, and archives, to which few subscribe, last. */
export async function existingFeeds(
  store: Store,
  paths: readonly string[],
  isFeed: (path: string) => boolean,
): Promise<readonly string[]> {
  const named = paths.filter((path) => isPrefix(path) || isFeed(path));
  const isNamed = matcherOf(named);
  const found = new Set<string>();
  const places = new Set(named.map((path) => (isPrefix(path) ? path.slice(0, -1) : path)));
  await forEachAtOnce(places.size > FEW_KEYS ? [""] : places, async (place) => {
    const isFolder = place === "" || place.endsWith("/");
    for await (const { key } of store.list(place)) {
      if (isFeed(key) && isNamed(key)) found.add(key);
      if (!isFolder) break; // a listing with a key as its prefix begins with it
    }
  });
  const order = new Map(named.map((path, i) => [path, i]));
  const placeOf = (path: string) => order.get(path) ?? named.length;
  const isArchive = (path: string) => Number(path.startsWith("archive/"));
  return [...found].sort(
    (a, b) => isArchive(a) - isArchive(b) || depthOf(a) - depthOf(b) || placeOf(a) - placeOf(b) || (a < b ? -1 : 1),
  );
}

export const depthOf = (path: string): number => path.split("/").length;
