/** Audio, video and images in each format. */
import { parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import { present } from "../../lib/base/optional.ts";
import type { Entry, Media } from "../../lib/model.ts";
import { atomOf, attributesOf, elementsOf, jsonOf, mediaOf, rssOf, VIDEO } from "./documents.ts";

const IMAGE = "https://example.com/cover.jpg?a&b";
const SOUND = mediaOf({ title: "Sound & fury", duration: 61.5 });
const PAPER = mediaOf({ url: "https://example.com/a.pdf", type: "application/pdf", length: 0, medium: "document" });

const entryWith = (entry: Partial<Entry>) => ({ items: [{ entry }] });
const withMedia = (...media: readonly Media[]) => entryWith({ media });
const rssItem = (entry: Partial<Entry>) => parseRssFeed(rssOf(entryWith(entry))).items?.[0];

describe("media in RSS", () => {
  test("are one enclosure, with the type and length of the post, not guessed from the URL", () => {
    const odd = mediaOf({ url: "https://example.com/a.mp3?b&c", type: "audio/ogg", length: 0 });
    expect(attributesOf(rssOf(withMedia(odd, PAPER)), "enclosure")).toEqual([
      { url: "https://example.com/a.mp3?b&c", type: "audio/ogg", length: "0" },
    ]);
  });

  test("have as enclosure the first audio or video, else the first of any type", () => {
    expect(attributesOf(rssOf(withMedia(PAPER, VIDEO)), "enclosure")).toMatchObject([{ url: VIDEO.url }]);
    expect(attributesOf(rssOf(withMedia(PAPER)), "enclosure")).toMatchObject([{ url: PAPER.url }]);
  });

  test("are all in Media RSS, with their known properties", () => {
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

  test("with alternates are a group, each with its own size, dimensions and bitrate", () => {
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

  test("without alternates are no group", () => {
    expect(elementsOf(rssOf(withMedia(SOUND, { ...VIDEO, alternates: [] })), "media:group")).toEqual([]);
  });

  test("have the enclosed file and its alternates as alternate enclosures, the enclosed file as the default", () => {
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

  test("do not include the image of the post, which is a picture with a thumbnail and no enclosure", () => {
    const xml = rssOf(entryWith({ image: IMAGE }));
    const picture = { url: IMAGE, type: "image/jpeg", medium: "image" };
    expect(elementsOf(xml, "media:content")).toMatchObject([{ attributes: picture, parent: "item" }]);
    expect(elementsOf(xml, "media:thumbnail")).toMatchObject([{ attributes: { url: IMAGE }, parent: "item" }]);
    expect(elementsOf(xml, "enclosure")).toEqual([]);
    expect(xml).not.toContain("itunes:");
  });

  test("have the image of the post as a picture after them, unless one of them is an image or has its address", () => {
    const contents = (...media: readonly Media[]) =>
      attributesOf(rssOf(entryWith({ image: IMAGE, media })), "media:content").map(({ url, medium }) => [url, medium]);
    expect(contents(SOUND)).toEqual([
      [SOUND.url, "audio"],
      [IMAGE, "image"],
    ]);
    const photo = mediaOf({ url: "https://example.com/p.png", type: "image/png", medium: "image" });
    expect(contents(photo)).toEqual([[photo.url, "image"]]);
    const still = { ...photo, length: 9 };
    expect(contents({ ...VIDEO, alternates: [still] }).map(([url]) => url)).toEqual([VIDEO.url, still.url]);
    expect(contents({ ...PAPER, url: IMAGE })).toEqual([[IMAGE, "document"]]);
  });

  test("have a type for the image of the post where its name tells one", () => {
    const typeOf = (image: string) => attributesOf(rssOf(entryWith({ image })), "media:content")[0]?.["type"];
    expect(["a.webp", "a.PNG?w=9", "a", "a.mp4"].map((file) => typeOf(`https://example.com/${file}`))).toEqual([
      ...["image/webp", "image/png", undefined, undefined],
    ]);
  });
});

describe("media in Atom", () => {
  test("are enclosures, with all their alternates", () => {
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

  test("have the image of the post as a picture, and a thumbnail: that image, else that of a video", () => {
    expect(attributesOf(atomOf(entryWith({ image: IMAGE, media: [VIDEO] })), "media:thumbnail")).toEqual([
      { url: IMAGE },
    ]);
    expect(attributesOf(atomOf(entryWith({ image: IMAGE, media: [VIDEO] })), "media:content")).toEqual([
      { url: IMAGE, type: "image/jpeg", medium: "image" },
    ]);
    expect(attributesOf(atomOf(withMedia(SOUND, VIDEO)), "media:thumbnail")).toEqual([{ url: VIDEO.thumbnail }]);
    expect(attributesOf(atomOf(withMedia(SOUND, VIDEO)), "media:content")).toEqual([]);
    expect(atomOf(withMedia(SOUND))).not.toContain("xmlns:media");
  });
});

describe("media in JSON", () => {
  const attachments = (...media: readonly Media[]) => jsonOf(withMedia(...media)).items[0].attachments;

  test("are attachments, with no field without a value", () => {
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

  test("have the same title as their alternates, as JSON Feed demands", () => {
    const titles = (title: string | undefined) => {
      const { title: _, ...untitled } = VIDEO;
      const written: readonly { title?: string }[] = attachments({ ...untitled, ...present({ title }) });
      return written.map((each) => each.title);
    };
    expect(titles("A walk")).toEqual(["A walk", "A walk"]);
    expect(titles(undefined)).toEqual(["a.mp4", "a.mp4"]);
  });
});
