/** Changed paths → the paths of a CDN invalidation. */

/** Beyond this, invalidating everything is cheaper: CloudFront bills by path, and `/*` is one. */
const MAX_PATHS = 15;

const EVERYTHING = ["/*"] as const;

/**
 * Each path in every form under which it may be cached: as viewers request it, below `base` (the path of the feeds' URL, from
 * its first slash to its last); as the edge rewrites it, which is the key; and an `index.html` also as its folder.
 */
export function invalidationPaths(changed: readonly string[], base: string): readonly string[] {
  if (changed.includes("*")) return EVERYTHING;
  const keys = changed.flatMap((path) => [path, ...(/(?:^|\/)index\.html$/.test(path) ? [folderOf(path)] : [])]);
  const all = [...new Set(keys.flatMap((key) => [`/${encoded(key)}`, `${base}${encoded(key)}`]))];
  return all.length > MAX_PATHS ? EVERYTHING : all;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** ASCII only, with `*` encoded: CloudFront would read it as a wildcard. */
const encoded = (key: string): string =>
  key
    .split("/")
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join("/");
