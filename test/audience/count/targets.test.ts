/** What a request asked for, by its address alone: as the edge answers it, before or after it has rewritten the address. */
import { describe, expect, test } from "vitest";
import { addressOf, isFeedLike, isImpersonal } from "../../../lib/audience/count/addresses.ts";
import { servedBy, targetsOf } from "../../../lib/audience/count/targets.ts";
import type { Recording } from "../../../lib/audience/types.ts";
import { copiesOf } from "../../../lib/edge/edge.ts";
import { parseSite } from "../../../lib/site/site.ts";

function siteOf(yaml: string) {
  const read = parseSite(new TextEncoder().encode(yaml), "content", 2026);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.site;
}

const SITE = `title: Field notes
url: https://example.com/
feeds: https://example.com/feeds/
since: 2020
aliases:
  - index.xml: rss.xml
  - feed/: rss.xml
  - "?feed=rss2": rss.xml
  - "tag/*/feed": tags/*/rss.xml
retired:
  old.xml: rss.xml
  gone.xml: gone
renamed:
  - tags: [beverages, drinks]
channels:
  - { path: rural, tags: [water] }
`;

const EPISODE: Recording = {
  path: "media/第1期.mp3",
  title: "One",
  published: "2026-01-01T00:00:00Z",
  isStream: false,
  files: [
    { path: "media/第1期.mp3", length: 600_000, duration: 600 },
    { path: "media/one.opus", length: 300_000, duration: 600 },
  ],
};

const site = siteOf(SITE);
/** `feeds.json` says where channels are. */
const channelAt = (path: string) => {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  if (folder === "rural/") return "channels/rural";
  return folder === "tags/unheard/" ? undefined : folder.slice(0, -1) || "site";
};
const targetOf = targetsOf({
  site,
  recordings: [EPISODE],
  copies: copiesOf(site),
  channelAt,
});
const at = (address: string) => {
  const [path = "", query = ""] = address.split("?");
  return targetOf(path, query);
};
const feed = (channel: string, format: string, alias?: string) => ({
  kind: "feed",
  channel,
  format,
  ...(alias === undefined ? {} : { alias }),
});

describe("a request asks for", () => {
  test.each([
    ["/feeds/rss.xml", feed("site", "rss")],
    ["/feeds/rss.xml?utm=1", feed("site", "rss")],
    ["/feeds/tags/%E6%BB%B4%E7%81%8C/atom.xml", feed("tags/滴灌", "atom")],
    ["/feeds/categories/a/b/feed.json", feed("categories/a/b", "json")],
    ["/feeds/rural/rss.xml", feed("channels/rural", "rss")],
  ])("a feed at %s", (address, target) => {
    expect(at(address)).toEqual(target);
  });

  test.each([
    ["/rss.xml", feed("site", "rss")],
    ["/tags/drinks/atom.xml", feed("tags/drinks", "atom")],
  ])("a feed at %s, which the edge made of its address", (address, target) => {
    expect(at(address)).toEqual(target);
  });

  test.each([
    ["/feeds/", { kind: "page", channel: "site" }],
    ["/feeds/index.html", { kind: "page", channel: "site" }],
    ["/feeds/tags/drinks/", { kind: "page", channel: "tags/drinks" }],
    ["/feeds/feeds.opml", { kind: "other" }],
    ["/feeds/tags/drinks", { kind: "other" }],
    ["/feeds/nothing.xml", { kind: "other" }],
    ["/favicon.ico", { kind: "other" }],
    ["/feeds/tags/unheard/rss.xml", { kind: "other" }],
    [`/feeds/tags/${"a".repeat(2_000)}/rss.xml`, { kind: "other" }],
    ["/feeds/archive/2026-01/rss.xml", { kind: "other" }],
    ["/%ff", { kind: "other" }],
    ["/..%2f..%2fetc/passwd", { kind: "other" }],
  ])("what is at %s", (address, target) => {
    expect(at(address)).toEqual(target);
  });

  test.each([
    ["/index.xml", feed("site", "rss", "index.xml")],
    ["/feed/", feed("site", "rss", "feed/")],
    ["/feed", feed("site", "rss", "feed")],
    ["/?feed=rss2", feed("site", "rss", "?feed=rss2")],
    ["/tag/drinks/feed", feed("tags/drinks", "rss", "tag/drinks/feed")],
  ])("a feed by its alias %s, which is named", (address, target) => {
    expect(at(address)).toEqual(target);
  });

  test("what fits a pattern of an alias, and may be somebody's, without its address", () => {
    expect(at("/tag/20260101/feed")).toEqual(feed("tags/20260101", "rss"));
  });

  test.each(["/old.xml", "/gone.xml", "/feeds/tags/beverages/rss.xml"])("what is retired at %s", (address) => {
    expect(at(address)).toEqual({ kind: "retired", address: address.slice(1) });
  });

  test("a file of a recording, however its address is encoded", () => {
    expect(at("/media/%E7%AC%AC1%E6%9C%9F.mp3")).toEqual({ kind: "recording", recording: EPISODE, file: 0 });
    expect(at("/media/one.opus?x=1")).toEqual({ kind: "recording", recording: EPISODE, file: 1 });
  });

  test("the document of a copy that hosts serve for an alias", () => {
    const files = siteOf(SITE.replace("since:", "host: files\nsince:"));
    const copies = [{ path: "feed/index.html", of: "rss.xml" }];
    const target = targetsOf({ site: files, recordings: [], copies, channelAt });
    expect(target("/feeds/feed/", "")).toMatchObject({ kind: "feed", channel: "site", format: "rss" });
  });
});

test.each([
  ["index.xml", true],
  ["?feed=rss2", true],
  ["old.xml", true],
  ["gone.xml", true],
  ["feeds/feeds.json", true],
  ["feeds/archive/2026-05/rss.xml", true],
  ["feeds/tags/drinks/rss.xml", true],
  ["feeds/tags/unheard/rss.xml", false],
  ["blog/feed", false],
  ["blog.rss", false],
])("there is something at %s by now: %s", (address, isServed) => {
  expect(servedBy(site, channelAt)(address)).toBe(isServed);
});

test.each([
  ...[
    "feed/rss2/",
    "index.rdf",
    "feeds/posts/default",
    "blog.rss",
    "rss",
    "?feed=rss2",
    "blog?format=rss",
    "rss.php",
    "atom.xml",
  ],
  ...[
    "?format=feed&type=rss",
    "feed.xml/",
    "rss.xml",
    "blog/feed/",
    "rss2.0",
    "feed.json",
    "my-feed.xml",
    "syndication.axd",
  ],
])("%s may be the address of a feed", (address) => {
  expect([isFeedLike(address), isImpersonal(address)]).toEqual([true, true]);
});

test.each([
  "favicon.ico",
  "posts/gone/",
  ".env",
  "sitemap.xml",
  "manifest.json",
  "wp-login.php",
  "feeds.json",
  "freedom/x",
])("%s is no address of a feed", (address) => {
  expect(isFeedLike(address)).toBe(false);
});

test.each([
  ...[
    "me@example.com/feed",
    "192.0.2.1/rss.xml",
    "192-0-2-1/feed",
    "192_0_2_1/feed",
    "feed/john＠example.com",
    "2001:db8::1/feed",
  ],
  ...["feed;jsessionid=1/rss.xml", "c0000201/rss.xml", "3221225985/feed", "rss/Xk9ZqLw3TtPmRv7sQ.xml"],
])("%s may be somebody's", (address) => {
  expect(isImpersonal(address)).toBe(false);
});

describe("an address that is kept", () => {
  test("has of its query only what says which feed is meant", () => {
    expect(addressOf("/", "feed=rss2")).toBe("?feed=rss2");
    expect(addressOf("/feed", "user=192.0.2.1&feed=rss2")).toBe("feed");
    expect(addressOf("/%E6%BB%B4%E7%81%8C/feed", "")).toBe("滴灌/feed");
  });

  test("is not malformed, nor longer than any that was ever published", () => {
    expect(addressOf("/%ff", "")).toBeUndefined();
    expect(addressOf(`/${"a".repeat(300)}`, "")).toBeUndefined();
  });
});
