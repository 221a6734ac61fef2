/** The paths at which other systems publish, and what is served there after a move. */
import { describe, expect, test } from "vitest";
import { ALIAS_LISTS, aliasesOf } from "../../lib/site/aliases.ts";
import { DEFAULT_FILES } from "../../lib/site/names.ts";
import { answer, edge } from "../edge/edges.ts";

/** Of each system: an address as it publishes it, and the document that its subscribers get now. */
const PUBLISHED: { readonly [system: string]: { readonly [address: string]: string } } = {
  hexo: {
    "/atom.xml": "atom.xml",
    "/rss2.xml": "rss.xml",
    "/tag/%E6%BB%B4%E7%81%8C/atom.xml": "tags/滴灌/atom.xml",
    "/tag/water/rss2.xml": "tags/water/rss.xml",
  },
  jekyll: {
    "/feed.xml": "atom.xml",
    "/feed/by_tag/react_native.xml": "tags/react-native/atom.xml",
    "/feed/News.xml": "categories/news/atom.xml",
  },
  hugo: {
    "/index.xml": "rss.xml",
    "/posts/index.xml": "rss.xml",
    "/post/index.xml": "rss.xml",
    "/blog/index.xml": "rss.xml",
    "/tags/machine-learning/index.xml": "tags/machine-learning/rss.xml",
    "/categories/%E6%B0%B4/index.xml": "categories/水/rss.xml",
    "/authors/ada/index.xml": "authors/ada/rss.xml",
    "/notes/index.xml": "sections/notes/rss.xml",
  },
  wordpress: {
    "/feed/": "rss.xml",
    "/feed/feed/": "rss.xml",
    "/feed/rss/": "rss.xml",
    "/feed/rss2/": "rss.xml",
    "/feed/rdf/": "rss.xml",
    "/feed/atom/": "atom.xml",
    "/feed/json/": "feed.json",
    "/rss/": "rss.xml",
    "/rss2/": "rss.xml",
    "/rdf/": "rss.xml",
    "/atom/": "atom.xml",
    "/index.php/feed/": "rss.xml",
    "/index.php/feed/atom/": "atom.xml",
    "/tag/water/feed/": "tags/water/rss.xml",
    "/tag/%e6%b0%b4/feed/rss2/": "tags/水/rss.xml",
    "/tag/water/feed/atom/": "tags/water/atom.xml",
    "/category/a/feed/": "categories/a/rss.xml",
    "/category/a/feed/rss2/": "categories/a/rss.xml",
    "/category/a/feed/atom/": "categories/a/atom.xml",
    "/category/a/b/feed/": "categories/a/b/rss.xml",
    "/category/a/b/feed/atom/": "categories/a/b/atom.xml",
    "/category/a/b/c/feed/": "categories/a/b/c/rss.xml",
    "/author/ada/feed/": "authors/ada/rss.xml",
    "/author/ada/feed/rss2/": "authors/ada/rss.xml",
    "/author/ada/feed/atom/": "authors/ada/atom.xml",
    "/?feed=feed": "rss.xml",
    "/?feed=rss2": "rss.xml",
    "/?feed=rss": "rss.xml",
    "/?feed=rdf": "rss.xml",
    "/?feed=atom": "atom.xml",
    "/?feed=json": "feed.json",
    "/index.php?feed=rss2": "rss.xml",
    "/index.php?feed=atom": "atom.xml",
    "/wp-rss2.php": "rss.xml",
    "/wp-rss.php": "rss.xml",
    "/wp-rdf.php": "rss.xml",
    "/wp-atom.php": "atom.xml",
    "/wp-feed.php": "rss.xml",
  },
  ghost: {
    "/rss/": "rss.xml",
    "/feed/": "rss.xml",
    "/tag/water/rss/": "tags/water/rss.xml",
    "/tag/water/feed/": "tags/water/rss.xml",
    "/author/ada/rss/": "authors/ada/rss.xml",
    "/author/ada/feed/": "authors/ada/rss.xml",
  },
};

const SITES = {
  "feeds below the site": "title: T\nurl: https://example.com/\nfeeds: https://example.com/feeds/\nsince: 2020\n",
  "feeds at the site's own address": "title: T\nurl: https://example.com/\nsince: 2020\n",
  "feeds on a host of their own":
    "title: T\nurl: https://example.com/\nfeeds: https://feeds.example.com/\nsince: 2020\n",
};

describe.each(Object.entries(SITES))("with %s", (_, site) => {
  test.each(ALIAS_LISTS)("every address of %s answers with its document, with and without a slash", (system) => {
    const on = edge(`aliases: [${system}]\n`, site);
    for (const [address, document] of Object.entries(PUBLISHED[system] ?? {})) {
      const [path = "", query] = address.split("?");
      const bare = path.replace(/\/$/, "");
      for (const spelling of query === undefined ? [bare, `${bare}/`] : [path]) {
        const asked = query === undefined ? spelling : `${spelling}?${query}`;
        expect(`${asked}: ${answer(asked, on)}`).toBe(`${asked}: ${document}`);
      }
    }
  });
});

test.each(ALIAS_LISTS)("every alias in the list of %s is tried above", (system) => {
  const tried = Object.keys(PUBLISHED[system] ?? {});
  expect(tried).toHaveLength(aliasesOf([system], [], { files: DEFAULT_FILES, kinds: {} }).length);
});

test("of two aliases for one path the first counts", () => {
  expect(
    aliasesOf([{ "feed/": "atom.xml" }, "ghost"], [], { files: DEFAULT_FILES, kinds: {} }).filter(
      ({ from }) => from === "feed/",
    ),
  ).toEqual([{ from: "feed/", to: "atom.xml" }]);
});
