/** Which apps and services a page's links open, and with which feed. */
import { describe, expect, test } from "vitest";
import { isPublic, readersOf } from "../../../lib/formats/page/readers.ts";
import { feedsOfSample, sampleChannel } from "../samples.ts";

const URL_OF = {
  rss: "https://e.com/a%20b/rss.xml?x=1&y",
  atom: "https://e.com/atom.xml",
  json: "https://e.com/feed.json",
};
const feeds = (...formats: (keyof typeof URL_OF)[]) =>
  formats.map((format) => ({ format, title: "Notes", url: URL_OF[format] }));

describe("links that open a feed", () => {
  test("have the whole address in them, encoded where it is a part of another", () => {
    const links = readersOf(feeds("rss"), false).map(([{ name = "" }, link]) => [name, link]);
    const encoded = "https%3A%2F%2Fe.com%2Fa%2520b%2Frss.xml%3Fx%3D1%26y";
    expect(links).toEqual([
      ["", "feed:https://e.com/a%20b/rss.xml?x=1&y"],
      ["Feedly", `https://feedly.com/i/subscription/feed/${encoded}`],
      ["Inoreader", `https://www.inoreader.com/?add_feed=${encoded}`],
      ["NewsBlur", `https://www.newsblur.com/?url=${encoded}`],
      ["The Old Reader", `https://theoldreader.com/feeds/subscribe?url=${encoded}`],
      ["Feedbin", `https://feedbin.com/?subscribe=${encoded}`],
    ]);
  });

  test("are those of podcast apps where the channel is a podcast", () => {
    const links = readersOf(feeds("rss"), true).map(([{ name = "" }, link]) => [name, link]);
    const encoded = "https%3A%2F%2Fe.com%2Fa%2520b%2Frss.xml%3Fx%3D1%26y";
    expect(links).toEqual([
      ["Apple Podcasts", "pcast://e.com/a%20b/rss.xml?x=1&y"],
      ["Overcast", `overcast://x-callback-url/add?url=${encoded}`],
      ["Pocket Casts", "pktc://subscribe/e.com/a%20b/rss.xml?x=1&y"],
      ["AntennaPod", `https://antennapod.org/deeplink/subscribe?url=${encoded}`],
      ["Podcast Addict", "podcastaddict://e.com/a%20b/rss.xml?x=1&y"],
    ]);
  });

  test("take the first format that readers know, and for podcasts RSS alone", () => {
    const first = (isPodcast: boolean, ...formats: (keyof typeof URL_OF)[]) =>
      readersOf(feeds(...formats), isPodcast)[0]?.[1];
    expect(first(false, "atom", "rss")).toBe(`feed:${URL_OF.atom}`);
    expect(first(false, "json", "atom")).toBe(`feed:${URL_OF.atom}`);
    expect(first(false, "json")).toBeUndefined();
    expect(first(true, "atom", "json")).toBeUndefined();
    expect(first(true, "atom", "rss")).toContain("rss.xml");
  });

  test("are not there for addresses that nobody else can reach, nor for long ones", () => {
    const of = (base: string) => readersOf(feedsOfSample(sampleChannel("site"), base), false);
    expect(of("https://example.com/").length).toBeGreaterThan(0);
    expect(of("http://localhost:8080/")).toEqual([]);
    expect(of("http://example.com/")).toEqual([]);
    expect(of(`https://example.com/${"a".repeat(500)}/`)).toEqual([]);
  });
});

test.each([
  ["https://feeds.example.com/", true],
  ["https://xn--5cxq2a.example/", true],
  ["https://e.xn--p1ai/", true],
  ["http://feeds.example.com/", false],
  ["https://localhost/", false],
  ["https://site.localhost/", false],
  ["https://box.local/", false],
  ["https://127.0.0.1/", false],
  ["https://[::1]/", false],
])("%s can be reached by others: %s", (url, expected) => {
  expect(isPublic(url)).toBe(expected);
});
