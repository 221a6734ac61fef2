/** Feeds that a site has had → names, folders and aliases of ours. */
import { describe, expect, test } from "vitest";
import { mapEarlierFeeds } from "../../lib/init/former.ts";
import type { EarlierFeed } from "../../lib/init/types.ts";

const feed = (format: EarlierFeed["format"], path: string, more: Partial<EarlierFeed> = {}): EarlierFeed => ({
  format,
  path,
  from: "config:1",
  writer: "Hugo",
  ...more,
});
const mapped = (...feeds: readonly EarlierFeed[]) => {
  const { files, kinds, aliases, replace } = mapEarlierFeeds(feeds);
  return { files, kinds: Object.fromEntries(kinds), aliases: Object.fromEntries(aliases), replace };
};

describe("a feed of the site", () => {
  test("at a name of ours needs no key but that it may be replaced", () => {
    expect(mapped(feed("atom", "atom.xml"))).toEqual({ files: {}, kinds: {}, aliases: {}, replace: ["atom.xml"] });
  });

  test("at another name gives its name to the documents of every channel", () => {
    expect(mapped(feed("rss", "index.xml"), feed("json", "index.json"))).toMatchObject({
      files: { rss: "index.xml", json: "index.json" },
      aliases: {},
    });
  });

  test("in a folder is an alias, and so is a second one of its format", () => {
    expect(mapped(feed("rss", "index.xml"), feed("rss", "blog/feed.xml"), feed("rss", "old.xml"))).toMatchObject({
      files: { rss: "index.xml" },
      aliases: { "blog/feed.xml": "index.xml", "old.xml": "index.xml" },
    });
  });

  test("at the name of our document in another format stays a feed, in that format", () => {
    expect(mapped(feed("rss", "atom.xml"))).toEqual({ files: {}, kinds: {}, aliases: {}, replace: ["atom.xml"] });
  });

  test("of a language is an alias of that language's", () => {
    const french = feed("rss", "fr/index.xml", { channel: "languages/fr/" });
    expect(mapped(feed("rss", "index.xml"), french).aliases).toEqual({ "fr/index.xml": "languages/fr/index.xml" });
  });

  test("at an address that no path can be is left alone", () => {
    expect(mapped(feed("rss", "a b?c=d")).replace).toEqual([]);
  });
});

describe("feeds of a kind", () => {
  const tags = (folder: string, path = "index.xml") => feed("rss", path, { kind: "tags", folder });

  test("in the folder that is ours need no key", () => {
    expect(mapped(feed("rss", "index.xml"), tags("tags/{slug}/"))).toEqual({
      files: { rss: "index.xml" },
      kinds: {},
      aliases: {},
      replace: ["index.xml", "tags/*/index.xml"],
    });
  });

  test("in another folder give the kind its folder", () => {
    expect(mapped(feed("rss", "index.xml"), tags("tag/{slug}/"))).toMatchObject({
      kinds: { tags: "tag/{slug}/" },
      aliases: {},
      replace: ["index.xml", "tag/*/index.xml"],
    });
  });

  test("of another name are aliases", () => {
    expect(mapped(tags("tags/{slug}/", "feed.xml")).aliases).toEqual({ "tags/*/feed.xml": "tags/*/rss.xml" });
  });
});
