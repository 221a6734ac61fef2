/** Live streams: a live item beside the ordinary item. */
import { parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import type { Live, LiveStatus } from "../../lib/model.ts";
import { atomOf, attributesOf, type DocumentParts, elementsOf, jsonOf, rssOf, textsOf } from "./documents.ts";

const LIVE: Live = {
  start: "2021-09-26T07:30:00Z",
  end: "2021-09-26T09:30:00Z",
  url: "https://stream.example/a?b&c",
  type: "audio/mpeg",
};
const streaming = (status: LiveStatus, live: Partial<Live> = {}): DocumentParts => ({
  items: [{ live: status, entry: { live: { ...LIVE, ...live }, title: "Tea & talk", summary: "a < b" } }],
});

describe("a stream in RSS", () => {
  test("is a live item of its channel, with everything that an app needs", () => {
    const xml = rssOf(streaming("live"));
    expect(elementsOf(xml, "podcast:liveItem")).toMatchObject([
      { parent: "channel", attributes: { status: "live", start: LIVE.start, end: LIVE.end } },
    ]);
    const inside = elementsOf(xml).filter(({ parent }) => parent === "podcast:liveItem");
    expect(inside.map(({ name, attributes, text }) => [name, attributes, text.trim()])).toEqual([
      ["title", {}, "Tea & talk"],
      ["description", {}, "a &lt; b"],
      ["link", {}, "https://example.com/a/"],
      ["guid", { isPermaLink: "false" }, "tag:example.com,2020:posts/a#live"],
      ["enclosure", { url: LIVE.url, length: "0", type: "audio/mpeg" }, ""],
      ["podcast:alternateEnclosure", { type: "audio/mpeg", default: "true" }, ""],
      ["podcast:contentLink", { href: "https://example.com/a/" }, "Tea & talk"],
    ]);
    expect(attributesOf(xml, "podcast:source")).toEqual([{ uri: LIVE.url }]);
  });

  test("is an ordinary item too, without an enclosure", () => {
    const feed = parseRssFeed(rssOf(streaming("live")));
    expect(feed.podcast?.liveItems).toHaveLength(1);
    expect(feed.items).toHaveLength(1);
    expect(feed.items?.[0]).toMatchObject({ title: "Tea & talk", guid: { value: "tag:example.com,2020:posts/a" } });
    expect(feed.items?.[0]?.enclosures).toBeUndefined();
  });

  test.each(["pending", "live", "ended"] as const)("that is %s has that status", (status) => {
    expect(attributesOf(rssOf(streaming(status)), "podcast:liveItem")).toMatchObject([{ status }]);
  });

  test("on a web page is linked and not enclosed, since apps cannot play HTML", () => {
    const xml = rssOf(streaming("live", { url: "https://video.example/live", type: "text/html" }));
    expect(elementsOf(xml, "enclosure")).toEqual([]);
    expect(attributesOf(xml, "podcast:contentLink")).toEqual([{ href: "https://video.example/live" }]);
  });

  test("without a title or an end has neither element", () => {
    const { end: _, ...endless } = LIVE;
    const xml = rssOf({ items: [{ live: "live", entry: { live: endless, title: "" } }] });
    expect(attributesOf(xml, "podcast:liveItem")).toEqual([{ status: "live", start: LIVE.start }]);
    expect(elementsOf(xml, "title").map(({ parent }) => parent)).toEqual(["channel"]);
    expect(textsOf(xml, "podcast:contentLink")).toEqual(["https://example.com/a/"]);
  });

  test("has its live item before all items, and other items have none", () => {
    const [one] = streaming("live").items ?? [];
    const names = elementsOf(rssOf({ items: [{}, { ...one }] }))
      .filter(({ parent }) => parent === "channel")
      .map(({ name }) => name);
    expect(names.slice(-3)).toEqual(["podcast:liveItem", "item", "item"]);
  });
});

describe("a stream in other formats", () => {
  test("is an ordinary entry in Atom, with a link to the stream until it has ended", () => {
    const related = (status: LiveStatus) =>
      attributesOf(atomOf(streaming(status)), "link").filter(({ rel }) => rel === "related" || rel === "enclosure");
    expect(related("pending")).toEqual([{ rel: "related", type: "audio/mpeg", href: LIVE.url }]);
    expect(related("live")).toEqual([{ rel: "related", type: "audio/mpeg", href: LIVE.url }]);
    expect(related("ended")).toEqual([]);
  });

  test("is an ordinary item in JSON", () => {
    expect(jsonOf(streaming("live")).items).toMatchObject([{ title: "Tea & talk" }]);
    expect(jsonOf(streaming("live")).items[0]).not.toHaveProperty("attachments");
  });
});
