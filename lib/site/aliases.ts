/** Where other systems publish their feeds: a list of paths for each, so that subscriptions survive a move. */
import type { OwnKind } from "../model.ts";
import { mayBeOfKind, placeOf } from "./names.ts";
import type { Alias, Site } from "./types.ts";

/**
 * `*` stands for one segment of a path, or for part of one, and is the same in the target. A path applies with and
 * without a slash at its end, below the URL of the site and below that of its feeds; so a path may be listed that is
 * its own target.
 */
const LISTS = {
  // hexo-generator-feed, and the tags of hexo-generator-tag-feed.
  hexo: {
    "atom.xml": "atom.xml",
    "rss2.xml": "rss.xml",
    "tag/*/atom.xml": "tags/*/atom.xml",
    "tag/*/rss2.xml": "tags/*/rss.xml",
  },
  // jekyll-feed writes Atom.
  jekyll: {
    "feed.xml": "atom.xml",
    "feed/by_tag/*.xml": "tags/*/atom.xml",
    "feed/*.xml": "categories/*/atom.xml",
  },
  // `index.xml` of every list page; the section with the usual name is the whole blog.
  hugo: {
    "index.xml": "rss.xml",
    "posts/index.xml": "rss.xml",
    "post/index.xml": "rss.xml",
    "blog/index.xml": "rss.xml",
    "tags/*/index.xml": "tags/*/rss.xml",
    "categories/*/index.xml": "categories/*/rss.xml",
    "authors/*/index.xml": "authors/*/rss.xml",
    "*/index.xml": "sections/*/rss.xml",
  },
  // Its rewrite rules, its queries for sites without them, and the files of its first versions; `json` is a plugin's.
  wordpress: {
    "feed/": "rss.xml",
    "feed/feed/": "rss.xml",
    "feed/rss/": "rss.xml",
    "feed/rss2/": "rss.xml",
    "feed/rdf/": "rss.xml",
    "feed/atom/": "atom.xml",
    "feed/json/": "feed.json",
    "rss/": "rss.xml",
    "rss2/": "rss.xml",
    "rdf/": "rss.xml",
    "atom/": "atom.xml",
    "index.php/feed/": "rss.xml",
    "index.php/feed/atom/": "atom.xml",
    "tag/*/feed/": "tags/*/rss.xml",
    "tag/*/feed/rss2/": "tags/*/rss.xml",
    "tag/*/feed/atom/": "tags/*/atom.xml",
    "category/*/feed/": "categories/*/rss.xml",
    "category/*/feed/rss2/": "categories/*/rss.xml",
    "category/*/feed/atom/": "categories/*/atom.xml",
    "category/*/*/feed/": "categories/*/*/rss.xml",
    "category/*/*/feed/atom/": "categories/*/*/atom.xml",
    "category/*/*/*/feed/": "categories/*/*/*/rss.xml",
    "author/*/feed/": "authors/*/rss.xml",
    "author/*/feed/rss2/": "authors/*/rss.xml",
    "author/*/feed/atom/": "authors/*/atom.xml",
    "?feed=feed": "rss.xml",
    "?feed=rss2": "rss.xml",
    "?feed=rss": "rss.xml",
    "?feed=rdf": "rss.xml",
    "?feed=atom": "atom.xml",
    "?feed=json": "feed.json",
    "index.php?feed=rss2": "rss.xml",
    "index.php?feed=atom": "atom.xml",
    "wp-rss2.php": "rss.xml",
    "wp-rss.php": "rss.xml",
    "wp-rdf.php": "rss.xml",
    "wp-atom.php": "atom.xml",
    "wp-feed.php": "rss.xml",
  },
  // `rss/` of the site and of every tag and author; Ghost redirects `feed/` to it.
  ghost: {
    "rss/": "rss.xml",
    "feed/": "rss.xml",
    "tag/*/rss/": "tags/*/rss.xml",
    "tag/*/feed/": "tags/*/rss.xml",
    "author/*/rss/": "authors/*/rss.xml",
    "author/*/feed/": "authors/*/rss.xml",
  },
} as const satisfies { readonly [system: string]: { readonly [from: string]: string } };

export type AliasList = keyof typeof LISTS;

export const ALIAS_LISTS = Object.keys(LISTS) as readonly AliasList[];

/**
 * The aliases in the order in which the owner lists them; of two for one path, the first counts. Hugo publishes a feed for
 * each term of the owner's own taxonomies, too.
 */
export function aliasesOf(
  given: readonly (AliasList | { readonly [from: string]: string })[],
  own: readonly OwnKind[],
  names: Pick<Site, "files" | "kinds">,
): readonly Alias[] {
  const ofTerms = own.map((kind) => [`${kind}/*/index.xml`, `${kind}/*/rss.xml`] as const);
  const all = given.flatMap((each) => {
    const isOwners = typeof each !== "string";
    const pairs = [...Object.entries(isOwners ? each : LISTS[each]), ...(each === "hugo" ? ofTerms : [])];
    // Without `*` it would come before a document of that path.
    const named = isOwners ? pairs : pairs.filter(([from]) => from.includes("*") || !mayBeOfKind(from, names));
    return named.map(([from, to]) => [from, placeOf(to, names, isOwners)] as const);
  });
  const chosen = new Map<string, string>();
  for (const [from, to] of all) if (!chosen.has(from)) chosen.set(from, to);
  return [...chosen].map(([from, to]) => ({ from, to }));
}
