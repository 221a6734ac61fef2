/** Podcasts in RSS: the elements of Apple and of the podcast namespace. */
import { parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import { present } from "../../lib/base/optional.ts";
import type { Episode } from "../../lib/model.ts";
import { attributesOf, type DocumentParts, elementsOf, jsonOf, mediaOf, rssOf, textsOf } from "./documents.ts";

const channelOf = (podcast: DocumentParts["podcast"], site?: DocumentParts["site"]) =>
  parseRssFeed(rssOf({ podcast, ...present({ site }), items: [] }));

describe("the channel of a podcast", () => {
  test("has Apple's author, owner, categories and artwork", () => {
    const podcast = {
      author: "Ada & Bo",
      owner: { name: "Ada", email: "ada@example.com" },
      explicit: true,
      type: "serial",
      categories: [["Society & Culture", "Places & Travel"], ["News"]],
      image: "https://example.com/cover.jpg?a&b",
    } as const;
    expect(channelOf(podcast).itunes).toEqual({
      author: "Ada & Bo",
      owner: podcast.owner,
      explicit: true,
      type: "serial",
      image: podcast.image,
      categories: [{ text: "Society & Culture", categories: [{ text: "Places & Travel" }] }, { text: "News" }],
    });
    expect(channelOf(podcast).image?.url).toBe(podcast.image);
    expect(jsonOf({ podcast }).icon).toBe(podcast.image);
  });

  test("has the site as its author, and the site's icon as its artwork, where it has none itself", () => {
    const xml = rssOf({ podcast: { owner: { email: "ada@example.com" } }, site: { icon: "https://example.com/i" } });
    expect(textsOf(xml, "itunes:author")).toEqual(["Notes"]);
    expect(textsOf(xml, "itunes:name")).toEqual(["Notes"]);
    expect(attributesOf(xml, "itunes:image")).toEqual([{ href: "https://example.com/i" }]);
  });

  test("has Apple's new feed URL, and is marked as complete", () => {
    const xml = rssOf({ podcast: { newFeedUrl: "https://example.com/new?a&b", complete: true } });
    expect(textsOf(xml, "itunes:new-feed-url")).toEqual(["https://example.com/new?a&b"]);
    expect(textsOf(xml, "itunes:complete")).toEqual(["Yes"]);
    expect(rssOf({ podcast: { complete: false } })).not.toMatch(/itunes:complete|new-feed-url/);
  });

  test("has the guid, medium, lock, funding and people of the podcast namespace", () => {
    const podcast = {
      owner: { email: "ada@example.com" },
      locked: true,
      medium: "video",
      funding: [{ url: "https://example.com/give", text: "Give <some> & more" }],
      persons: [
        { name: "Ada", role: "host", group: "cast", image: "https://example.com/ada.jpg", url: "https://a.example/" },
        { name: "波" },
      ],
    };
    expect(channelOf(podcast).podcast).toEqual({
      guid: "917393e3-1b1e-5cef-ace4-edaa54e1f810",
      medium: "video",
      locked: { value: true, owner: "ada@example.com" },
      fundings: [{ url: "https://example.com/give", display: "Give <some> & more" }],
      persons: [
        { display: "Ada", role: "host", group: "cast", img: "https://example.com/ada.jpg", href: "https://a.example/" },
        { display: "波" },
      ],
    });
    expect(elementsOf(rssOf({ podcast: { locked: false } }), "podcast:locked")).toMatchObject([
      { text: "no", attributes: {}, uri: "https://podcastindex.org/namespace/1.0" },
    ]);
  });

  test("has these elements only if it is the podcast's", () => {
    expect(rssOf()).not.toMatch(/itunes|podcast/);
  });
});

describe("an episode", () => {
  const sound = mediaOf({ duration: 3723.4 });
  const episodeXml = (episode: Partial<Episode>, image?: string) =>
    rssOf({
      items: [
        { entry: { media: [sound], episode: { transcripts: [], persons: [], ...episode }, ...present({ image }) } },
      ],
    });

  test("has its duration, number, season, type and image, in podcasts and other channels", () => {
    const xml = episodeXml(
      { number: 3, season: 2, type: "bonus", explicit: false, subtitle: "Tea & <b>more</b>" },
      "https://example.com/e.jpg",
    );
    const item = parseRssFeed(xml).items?.[0];
    expect(textsOf(xml, "itunes:duration")).toEqual(["3723"]);
    expect(textsOf(xml, "itunes:subtitle")).toEqual(["Tea & <b>more</b>"]);
    expect(item?.itunes).toMatchObject({
      duration: 3723,
      episode: 3,
      season: 2,
      episodeType: "bonus",
      explicit: false,
      image: "https://example.com/e.jpg",
    });
    expect(item?.podcast).toMatchObject({ episode: { number: 3 }, season: { number: 2 } });
  });

  test("has its transcripts, chapters and persons", () => {
    const item = parseRssFeed(
      episodeXml({
        transcripts: [
          { url: "https://example.com/a.vtt?b&c", type: "text/vtt", language: "zh-CN" },
          { url: "https://example.com/a.html", type: "text/html" },
        ],
        chapters: { url: "https://example.com/c.json", type: "application/json+chapters" },
        persons: [{ name: "Bo & Co", role: "guest" }],
      }),
    ).items?.[0];
    expect(item?.podcast).toEqual({
      transcripts: [
        { url: "https://example.com/a.vtt?b&c", type: "text/vtt", language: "zh-CN" },
        { url: "https://example.com/a.html", type: "text/html" },
      ],
      chapters: { url: "https://example.com/c.json", type: "application/json+chapters" },
      persons: [{ display: "Bo & Co", role: "guest" }],
    });
  });

  test("with a number that Apple does not allow is numbered in the podcast namespace only", () => {
    const xml = episodeXml({ number: 0, season: 0 });
    expect(textsOf(xml, "podcast:episode")).toEqual(["0"]);
    expect(xml).not.toMatch(/itunes:episode|itunes:season|podcast:season/);
  });

  test("is every entry with audio; an entry with a PDF is none", () => {
    expect(textsOf(rssOf({ items: [{ entry: { media: [sound] } }] }), "itunes:duration")).toEqual(["3723"]);
    const paper = mediaOf({ type: "application/pdf", medium: "document" });
    expect(rssOf({ items: [{ entry: { media: [paper], image: "https://example.com/i" } }] })).not.toContain("itunes");
  });
});
