/** What changed → what a CDN is to forget: the paths of an invalidation. */

/** More than these cost more than forgetting everything, which is one path to CloudFront. */
const MOST = 15;

const EVERYTHING = ["/*"] as const;

/**
 * Each path in every form that may lie in the cache: as it is asked for, below `base` (the path of the feeds' URL, from its
 * first slash to its last), and as the edge rewrites it, which is the key itself; a page also as its folder.
 */
export function invalidationPaths(changed: readonly string[], base: string): readonly string[] {
  if (changed.includes("*")) return EVERYTHING;
  const keys = changed.flatMap((path) => [path, ...(/(?:^|\/)index\.html$/.test(path) ? [folderOf(path)] : [])]);
  const all = [...new Set(keys.flatMap((key) => [`/${encoded(key)}`, `${base}${encoded(key)}`]))];
  return all.length > MOST ? EVERYTHING : all;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** ASCII; and no `*` that would stand for more than itself. */
const encoded = (key: string): string =>
  key
    .split("/")
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join("/");
