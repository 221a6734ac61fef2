/** Which feeds hubs are told of, and in which order. */
import { expect, test } from "vitest";
import { existingFeeds, feedTest } from "../../lib/announce/feeds.ts";
import { DEFAULT_FILES } from "../../lib/site/names.ts";
import { memoryStore } from "../../lib/stores/memory.ts";

const PATHS = ["archive/2026-10/rss.xml", "rss.xml", "tags/tea/rss.xml", "categories/a/b/rss.xml", "index.html"];

const isFeed = feedTest({ files: DEFAULT_FILES });

async function storeWith(paths: readonly string[]) {
  const store = memoryStore("public");
  for (const path of paths) await store.put(path, new Uint8Array([1]), { contentType: "text/plain" });
  return store;
}

test.each([
  ["named", PATHS],
  ["below prefixes", ["archive/*", "tags/*", "rss.xml", "categories/*"]],
])("the site's come first and archives last, whether they are %s", async (_, named) => {
  expect(await existingFeeds(await storeWith(PATHS), named, isFeed)).toEqual([
    "rss.xml",
    "tags/tea/rss.xml",
    "categories/a/b/rss.xml",
    "archive/2026-10/rss.xml",
  ]);
});

test("those that are gone are left out", async () => {
  expect(await existingFeeds(await storeWith(["rss.xml"]), PATHS, isFeed)).toEqual(["rss.xml"]);
});

test("under names of the owner's they are found, too, and no page with them", async () => {
  const isFeed = feedTest({ files: { rss: "index.xml", atom: "feed.xml", json: "index.json", page: "feeds.html" } });
  const paths = ["index.xml", "feeds.html", "feeds.json", "tag/tea/feed.xml", "tag/tea/index.json"];
  expect(
    await existingFeeds(await storeWith(paths), ["index.xml", "feeds.html", "feeds.json", "tag/*"], isFeed),
  ).toEqual(["index.xml", "tag/tea/feed.xml", "tag/tea/index.json"]);
});
