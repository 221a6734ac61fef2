/** What there is to hear, to watch and to look at, in each format's own way. */
import { parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import type { Entry, Media } from "../../lib/model.ts";
import { atomOf, attributesOf, elementsOf, jsonOf, mediaOf, rssOf, VIDEO } from "./documents.ts";

const IMAGE = "https://example.com/cover.jpg?a&b";
const SOUND = mediaOf({ title: "Sound & fury", duration: 61.5 });
const PAPER = mediaOf({ url: "https://example.com/a.pdf", type: "application/pdf", length: 0, medium: "document" });

const entryWith = (entry: Partial<Entry>) => ({ items: [{ entry }] });
const withMedia = (...media: readonly Media[]) => entryWith({ media });
const rssItem = (entry: Partial<Entry>) => parseRssFeed(rssOf(entryWith(entry))).items?.[0];

describe("media in RSS", () => {
  test("are one enclosure, as its type and length are known and not guessed", () => {
    const odd = mediaOf({ url: "https://example.com/a.mp3?b&c", type: "audio/ogg", length: 0 });
    expect(attributesOf(rssOf(withMedia(odd, PAPER)), "enclosure")).toEqual([
      { url: "https://example.com/a.mp3?b&c", type: "audio/ogg", length: "0" },
    ]);
  });

  test("are enclosed by what can be heard or watched, wherever it stands", () => {
    expect(attributesOf(rssOf(withMedia(PAPER, VIDEO)), "enclosure")).toMatchObject([{ url: VIDEO.url }]);
    expect(attributesOf(rssOf(withMedia(PAPER)), "enclosure")).toMatchObject([{ url: PAPER.url }]);
  });

  test("are all told by Media RSS, with what is known of each", () => {
    expect(rssItem({ media: [SOUND, PAPER] })?.media?.contents).toEqual([
      {
        url: SOUND.url,
        fileSize: 1234,
        type: "audio/mpeg",
        medium: "audio",
        duration: 61.5,
        title: { value: "Sound & fury" },
      },
      { url: PAPER.url, type: "application/pdf", medium: "document" },
    ]);
  });

  test("are a group when there are several forms, each in its own size, shape and rate", () => {
    const spoken = { url: "https://example.com/a.m4a", type: "audio/mp4", length: 9 };
    const video = { ...VIDEO, alternates: [...VIDEO.alternates, spoken] };
    expect(rssItem({ media: [video] })?.media).toEqual({
      groups: [
        {
          contents: [
            {
              url: VIDEO.url,
              fileSize: 5_000_000,
              type: "video/mp4",
              medium: "video",
              isDefault: true,
              bitrate: 2500,
              duration: 42,
              height: 1080,
              width: 1920,
            },
            {
              url: "https://example.com/a-upright.mp4",
              fileSize: 3_000_000,
              type: "video/mp4",
              bitrate: 1500,
              duration: 42,
              height: 1920,
              width: 1080,
              medium: "video",
              title: { value: "Upright" },
            },
            { url: spoken.url, fileSize: 9, type: "audio/mp4", medium: "audio", duration: 42 },
          ],
          title: { value: "A walk" },
          thumbnails: [{ url: "https://example.com/a.jpg" }],
        },
      ],
    });
  });

  test("a group has at least two forms", () => {
    expect(elementsOf(rssOf(withMedia(SOUND, { ...VIDEO, alternates: [] })), "media:group")).toEqual([]);
  });

  test("every form of what is enclosed is an alternate enclosure, the enclosed one by default", () => {
    expect(rssItem({ media: [VIDEO] })?.podcast?.alternateEnclosures).toEqual([
      {
        type: "video/mp4",
        length: 5_000_000,
        bitrate: 2_500_000,
        height: 1080,
        title: "A walk",
        default: true,
        sources: [{ uri: VIDEO.url }],
      },
      {
        type: "video/mp4",
        length: 3_000_000,
        bitrate: 1_500_000,
        height: 1920,
        title: "Upright",
        sources: [{ uri: "https://example.com/a-upright.mp4" }],
      },
    ]);
    expect(rssItem({ media: [SOUND] })?.podcast).toBeUndefined();
  });

  test("a picture of the post is its thumbnail, and no enclosure", () => {
    const xml = rssOf(entryWith({ image: IMAGE }));
    expect(elementsOf(xml, "media:thumbnail")).toMatchObject([{ attributes: { url: IMAGE }, parent: "item" }]);
    expect(elementsOf(xml, "enclosure")).toEqual([]);
    expect(xml).not.toContain("itunes:");
  });
});

describe("media in Atom", () => {
  test("are enclosures, all of them in all their forms", () => {
    const links = attributesOf(atomOf(withMedia(SOUND, VIDEO, PAPER)), "link");
    expect(links.filter(({ rel }) => rel === "enclosure")).toEqual([
      { rel: "enclosure", type: "audio/mpeg", length: "1234", href: SOUND.url, title: "Sound & fury" },
      { rel: "enclosure", type: "video/mp4", length: "5000000", href: VIDEO.url, title: "A walk" },
      {
        rel: "enclosure",
        type: "video/mp4",
        length: "3000000",
        title: "Upright",
        href: "https://example.com/a-upright.mp4",
      },
      { rel: "enclosure", type: "application/pdf", href: PAPER.url },
    ]);
  });

  test("the picture of the post, or of its video, is a thumbnail", () => {
    expect(attributesOf(atomOf(entryWith({ image: IMAGE, media: [VIDEO] })), "media:thumbnail")).toEqual([
      { url: IMAGE },
    ]);
    expect(attributesOf(atomOf(withMedia(SOUND, VIDEO)), "media:thumbnail")).toEqual([{ url: VIDEO.thumbnail }]);
    expect(atomOf(withMedia(SOUND))).not.toContain("xmlns:media");
  });
});

describe("media in JSON", () => {
  const attachments = (...media: readonly Media[]) => jsonOf(withMedia(...media)).items[0].attachments;

  test("are attachments, of which no more is said than is known", () => {
    expect(attachments(SOUND, PAPER)).toEqual([
      {
        url: SOUND.url,
        mime_type: "audio/mpeg",
        title: "Sound & fury",
        size_in_bytes: 1234,
        duration_in_seconds: 61.5,
      },
      { url: PAPER.url, mime_type: "application/pdf" },
    ]);
  });

  test("have one title in all their forms, by which readers know them for one", () => {
    const titles = (title: string | undefined) => {
      const { title: _, ...untitled } = VIDEO;
      const written: readonly { title?: string }[] = attachments({ ...untitled, ...(title && { title }) });
      return written.map((one) => one.title);
    };
    expect(titles("A walk")).toEqual(["A walk", "A walk"]);
    expect(titles(undefined)).toEqual(["a.mp4", "a.mp4"]);
  });
});
