/** Covers, players and streams of a page, and what its policy lets it load for them. */
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { renderPage } from "../../../lib/formats/page.ts";
import type { Entry, Media } from "../../../lib/model.ts";
import type { Site } from "../../../lib/site/types.ts";
import { sampleChannel, sampleItem, samplePage } from "../samples.ts";

type Attributes = { readonly [name: string]: string };

function elementsOf(html: string): readonly { readonly name: string; readonly attributes: Attributes }[] {
  const parser = new SaxesParser({ xmlns: false });
  const all: { readonly name: string; readonly attributes: Attributes }[] = [];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => all.push({ name, attributes: attributes as Attributes }));
  parser.write(html).close();
  return all;
}

const attributesOf = (html: string, name: string) =>
  elementsOf(html).flatMap((each) => (each.name === name ? [each.attributes] : []));
const directive = (html: string, name: string) =>
  new RegExp(`${name} ([^;]*)(?:;|$)`).exec(
    attributesOf(html, "meta").find((each) => each["http-equiv"])?.["content"] ?? "",
  )?.[1];

const MEDIA = "https://example.com/media/";
const pageOf = (entry: Partial<Entry>, site: Partial<Site> = {}) =>
  renderPage(samplePage({ items: [sampleItem({ entry })], channel: sampleChannel("tags/a"), site }));

const audio = (changes: Partial<Media> = {}): Media => ({
  ...{ medium: "audio", url: `${MEDIA}a.mp3`, type: "audio/mpeg", length: 1, alternates: [] },
  ...changes,
});
const video = (changes: Partial<Media> = {}): Media => ({
  ...{ medium: "video", url: `${MEDIA}v.mp4`, type: "video/mp4", length: 1, alternates: [] },
  ...changes,
});

describe("a cover", () => {
  test("has a place of its own before it is loaded, which is late", () => {
    const html = pageOf({ image: `${MEDIA}a.jpg` });
    expect(attributesOf(html, "img")).toEqual([
      {
        ...{ class: "cover", src: `${MEDIA}a.jpg`, alt: "", width: "144", height: "96" },
        ...{ loading: "lazy", decoding: "async" },
      },
    ]);
    expect(directive(html, "img-src")).toBe(`data: ${MEDIA}`);
  });

  test("outside of the media is allowed by its own address", () => {
    expect(directive(pageOf({ image: "https://example.com/a;1/b.jpg?v=2" }), "img-src")).toBe(
      "data: https://example.com/a%3B1/b.jpg",
    );
  });

  test.each([
    "https://elsewhere.example/a.jpg",
    "http://example.com/a.jpg",
    `${MEDIA}${"a".repeat(500)}.jpg`,
    "https://example.com.evil.example/a.jpg",
    "https://example.com@evil.example/a.jpg",
    "https://user:password@example.com/a.jpg",
    "https://example.com:444/a.jpg",
    "https:\\\\evil.example\\a.jpg",
    "//example.com/a.jpg",
    "blob:https://example.com/a.jpg",
    "javascript:alert(1)//https://example.com/",
    "data:image/svg+xml,<svg/>",
  ])("at %.60s is not shown, and not allowed", (image) => {
    const html = pageOf({ image });
    expect(attributesOf(html, "img")).toEqual([]);
    expect(directive(html, "img-src")).toBe("data:");
  });

  test("of audio is its own picture, where the entry has none", () => {
    expect(attributesOf(pageOf({ media: [audio({ thumbnail: `${MEDIA}t.jpg` })] }), "img")).toMatchObject([
      { src: `${MEDIA}t.jpg` },
    ]);
  });
});

describe("a player", () => {
  test("of audio loads nothing before it is asked to, and is named by the title", () => {
    const html = pageOf({ media: [audio()] });
    expect(attributesOf(html, "audio")).toEqual([
      { controls: "", preload: "none", "aria-labelledby": "entry-0", src: `${MEDIA}a.mp3` },
    ]);
    expect(attributesOf(html, "h3")).toEqual([{ id: "entry-0" }]);
    expect(directive(html, "media-src")).toBe(MEDIA);
  });

  test("of video has its shape, and its picture instead of the cover", () => {
    const html = pageOf({
      image: `${MEDIA}a.jpg`,
      media: [video({ width: 360, height: 640, thumbnail: `${MEDIA}t.jpg` })],
    });
    expect(attributesOf(html, "video")).toEqual([
      {
        ...{ controls: "", preload: "none", playsinline: "", "aria-labelledby": "entry-0", src: `${MEDIA}v.mp4` },
        ...{ width: "360", height: "640", class: "tall", poster: `${MEDIA}t.jpg` },
      },
    ]);
    expect(attributesOf(html, "img")).toEqual([]);
    const [landscape] = attributesOf(
      pageOf({ image: `${MEDIA}a.jpg`, media: [video({ width: 16, height: 9 })] }),
      "video",
    );
    expect(landscape).toMatchObject({ width: "16", height: "9", poster: `${MEDIA}a.jpg` });
    expect(landscape).not.toHaveProperty("class");
    const [unknown] = attributesOf(pageOf({ media: [video({ width: 16 })] }), "video");
    expect(unknown).not.toHaveProperty("width");
  });

  test.each([
    [1080, 1920, "tall"],
    [1080, 1350, "upright"],
    [1000, 1100, "square"],
    [640, 480, "broad"],
    [1920, 800, undefined],
  ])("of a video of %d to %d has the nearest shape", (width, height, shape) => {
    const [found] = attributesOf(pageOf({ media: [video({ width, height })] }), "video");
    expect(found?.["class"]).toBe(shape);
  });

  test("has the other forms of a recording that browsers play", () => {
    const alternates = [
      { url: `${MEDIA}v.webm`, type: "video/webm", length: 1 },
      { url: `${MEDIA}v.m3u8`, type: "application/x-mpegURL", length: 0 },
      { url: "https://elsewhere.example/v.mp4", type: "video/mp4", length: 1 },
    ];
    const html = pageOf({ media: [video({ alternates })] });
    expect(attributesOf(html, "video")[0]).not.toHaveProperty("src");
    expect(attributesOf(html, "source")).toEqual([
      { src: `${MEDIA}v.mp4`, type: "video/mp4" },
      { src: `${MEDIA}v.webm`, type: "video/webm" },
    ]);
  });

  test.each([
    ["served by others", audio({ url: "https://elsewhere.example/a.mp3" })],
    ["a playlist", video({ url: `${MEDIA}v.m3u8`, type: "application/x-mpegURL" })],
    ["of a type that no browser plays", video({ url: `${MEDIA}v.avi`, type: "video/x-msvideo" })],
  ])("is not there for a recording that is %s: it is linked", (_, media) => {
    const html = pageOf({ media: [media] });
    expect(attributesOf(html, media.medium)).toEqual([]);
    expect(directive(html, "media-src")).toBeUndefined();
    expect(attributesOf(html, "a").map(({ href }) => href)).toContain(media.url);
  });

  test("may go by way of the service that counts, which leads to the site", () => {
    const enclosurePrefix = "https://count.example/e/";
    const counted = (served: string) =>
      pageOf({ media: [audio({ url: enclosurePrefix + served })] }, { enclosurePrefix });
    const html = counted("example.com/media/a.mp3");
    expect(attributesOf(html, "audio")).toMatchObject([{ src: `${enclosurePrefix}example.com/media/a.mp3` }]);
    expect(directive(html, "media-src")).toBe(`${enclosurePrefix} ${MEDIA}`);
    expect(attributesOf(counted("elsewhere.example/a.mp3"), "audio")).toEqual([]);
  });

  test("of video has captions, where they are WebVTT beside the page; a transcript is linked", () => {
    const transcripts = [
      { url: "https://feeds.example.com/media/a.vtt", type: "text/vtt", language: "de" },
      { url: `${MEDIA}a.vtt`, type: "text/vtt" },
      { url: "https://feeds.example.com/media/a.srt", type: "application/x-subrip" },
    ];
    const episode = { transcripts, persons: [] };
    const html = pageOf({ media: [video()], episode });
    expect(attributesOf(html, "track")).toEqual([
      { kind: "captions", src: "https://feeds.example.com/media/a.vtt", srclang: "de" },
    ]);
    expect(directive(html, "media-src")).toBe(`${MEDIA} https://feeds.example.com/media/a.vtt`);
    const heard = pageOf({ media: [audio()], episode });
    expect(attributesOf(heard, "track")).toEqual([]);
    expect(heard).toContain('<a href="https://feeds.example.com/media/a.vtt">Transcript</a>');
  });
});

describe("the podcast's picture", () => {
  const podcast = (channel: string, image: string) => ({
    podcast: {
      ...{ channel, image, isLimited: false, medium: "podcast", categories: [], explicit: false },
      ...{ type: "episodic" as const, funding: [], persons: [] },
    },
  });

  test("is on its own page alone", () => {
    const image = `${MEDIA}cover.jpg`;
    const html = pageOf({}, podcast("tags/a", image));
    expect(attributesOf(html, "img")).toMatchObject([{ class: "art", src: image, width: "128", height: "128" }]);
    expect(directive(html, "img-src")).toBe(`data: ${MEDIA}`);
    expect(attributesOf(pageOf({}, podcast("tags/b", image)), "img")).toEqual([]);
    const site = renderPage(samplePage({ site: podcast("site", image) }));
    expect(attributesOf(site, "img")).toMatchObject([{ class: "art", src: image }]);
  });

  test("is not asked from others", () => {
    const html = pageOf({}, podcast("tags/a", "https://elsewhere.example/cover.jpg"));
    expect(attributesOf(html, "img")).toEqual([]);
  });
});

describe("streams", () => {
  const stream = (title: string, status: "live" | "pending", url = "https://video.example/watch?v=1&t=2") =>
    sampleItem({
      entry: { title, live: { start: "2026-06-07T11:30:00Z", url, type: "text/html" } },
      facts: { url: `https://example.com/${title}/` },
      live: status,
    });
  const of = (...streams: ReturnType<typeof stream>[]) =>
    renderPage(samplePage({ items: [], streams, channel: sampleChannel("tags/a") }));

  test("that are live come before all else, since when and where", () => {
    const html = of(stream("Now", "live"));
    expect(html).toMatch(/<main[^>]*>\s*<div>\s*<section class="streams now" aria-labelledby="live">/);
    expect(html).toContain('<a class="go" href="https://video.example/watch?v=1&amp;t=2" aria-describedby="stream-0">');
    expect(html).toContain('Since <time datetime="2026-06-07T11:30:00Z">June 7, 2026 at 11:30 AM UTC</time>');
    expect(html).toContain('<a href="https://example.com/Now/">Now</a>');
    expect(html).not.toContain('id="coming"');
  });

  test("that are coming are below, with their time, and not yet linked", () => {
    const html = of(stream("Now", "live"), stream("Next", "pending"));
    expect(html.indexOf("Live now")).toBeLessThan(html.indexOf("Upcoming stream"));
    expect(html.match(/class="go"/g)).toHaveLength(1);
    expect(html.slice(html.indexOf("Upcoming stream"))).toContain('<time datetime="2026-06-07T11:30:00Z">');
  });

  test("whose address is long are linked by their posts", () => {
    const html = of(stream("Now", "live", `https://video.example/${"a".repeat(600)}`));
    expect(html).toContain('<a class="go" href="https://example.com/Now/"');
  });

  test("are not there where there are none", () => {
    expect(of()).not.toContain('<section class="streams');
  });
});

test("with media for ten entries the page is small, and its policy names all that it loads", () => {
  const items = Array.from({ length: 10 }, (_, i) => {
    const file = `https://example.com/files/${"%E6%BB%B4".repeat(30)}${i}`;
    const media = [audio({ url: `${file}.mp3` }), video({ url: `${file}.mp4`, thumbnail: `${file}.jpg` })];
    return sampleItem({ entry: { media } });
  });
  const html = renderPage(samplePage({ items }));
  expect(Buffer.byteLength(html)).toBeLessThan(30_000);
  const shown = attributesOf(html, "video");
  expect(shown.length).toBeGreaterThan(3);
  for (const { src = "", poster = "" } of shown) {
    expect(directive(html, "media-src")?.split(" ")).toContain(src);
    expect(directive(html, "img-src")?.split(" ")).toContain(poster);
  }
  expect(directive(html, "media-src")?.split(" ")).toHaveLength(2 * shown.length);
});
