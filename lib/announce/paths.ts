/** What changed → the paths of a CDN invalidation, as few as are right: each is billed, and a prefix is one. */
import { foldInto, foldPaths, isPrefix } from "../base/fold.ts";
import { folderOf } from "../base/paths.ts";
import { MEDIA } from "../base/served.ts";
import type { Changed } from "../state/types.ts";

/**
 * CloudFront lets 15 prefixes be in progress at once. Names in the root of the public store are not folded, so that a site with
 * more of them may have more paths than this.
 */
const MAX_PATHS = 15;

/** Replaced media are few; beyond this their folders are invalidated. */
const MAX_MEDIA = 15;

/**
 * Never everything: `/*` would take sound and video out of the cache, too. The CDN serves media below `/media/`, whatever the
 * address of the feeds.
 */
const mayFold = (folder: string): boolean => !folder.startsWith(MEDIA);

/**
 * `base`: the path of the feeds' URL, from its first slash to its last; `page`: the name of pages.
 *
 * Documents are named by their key, and below `base`. The function at the edge rewrites the URI of a request to the key before
 * the cache is asked, so the key is what is cached, whichever address was requested: a document's own, its folder's, or that of
 * an alias. AWS still recommends to name both the URI that is requested and the one it is changed to (CloudFront Developer
 * Guide, "What you need to know when invalidating paths"). Of aliases the requested ones are not named: they may be patterns,
 * and nothing is cached under them.
 */
export function invalidationPaths({ paths, media }: Changed, base: string, page: string): readonly string[] {
  return [...documentPaths(paths, base, page), ...foldPaths(media, MAX_MEDIA).map((key) => `/${encoded(key)}`)];
}

function documentPaths(paths: readonly string[], base: string, page: string): readonly string[] {
  const keys = withFolders(paths, page);
  const named = foldPaths(keys, MAX_PATHS, mayFold);
  const below = (entries: readonly string[], prefix: string) => entries.map((key) => `${prefix}${encoded(key)}`);
  // No request below /media/ reaches the public store.
  if (base === "/" || keys.length === 0 || base.startsWith(`/${MEDIA}`)) return below(named, "/");
  if (named.length * 2 <= MAX_PATHS) return [...below(named, "/"), ...below(named, base)];
  return [...below(foldPaths(keys, MAX_PATHS - 1, mayFold), "/"), `${base}*`];
}

/**
 * A page is also requested as its folder. A channel of which more than one document changed is one prefix: that is cheaper, and
 * invalidates at most its other documents besides, and those of channels below it.
 */
function withFolders(paths: readonly string[], page: string): readonly string[] {
  const isPage = (path: string) => path === folderOf(path) + page;
  const keys = [...new Set(paths.flatMap((path) => (isPage(path) ? [path, folderOf(path)] : [path])))];
  const members = new Map<string, number>();
  for (const key of keys) members.set(folderOf(key), (members.get(folderOf(key)) ?? 0) + 1);
  const folders = [...members].flatMap(([folder, count]) => (count > 1 && folder !== "" ? [folder] : []));
  return foldInto(keys, new Set(folders.filter(mayFold)));
}

/**
 * Encoded where AWS wants it, and nowhere else: what is not ASCII, and what RFC 1738 calls unsafe. `*` too, but for the one at
 * the end of a prefix: CloudFront would read it as a wildcard.
 */
function encoded(key: string): string {
  const [name, star] = isPrefix(key) ? [key.slice(0, -1), "*"] : [key, ""];
  const part = (text: string) =>
    encodeURIComponent(text).replace(/[*~]/g, hex).replace(REQUESTED_AS_THEY_ARE, decodeURIComponent);
  return name.split("/").map(part).join("/") + star;
}

const REQUESTED_AS_THEY_ARE = /%(?:24|26|2B|2C|3A|3B|3D|40)/g;
const hex = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
