/** The bare name of a recording on a site whose media are served elsewhere. */
import { expect, test } from "vitest";
import { parsePost } from "../../../lib/content/post.ts";
import { bytesOf, othersOf, postOf, siteOf } from "../helpers.ts";

const site = siteOf({ media: "https://cdn.example.net/" });

const found = (objects: { readonly [key: string]: number }, file = "one.mp3", on = site) => {
  const text = `---\ntitle: A\ndate: 2024-01-01\npodcast_file: ${file}\n---\nText.\n`;
  const [media] = postOf(parsePost("posts/a.md", bytesOf(text), on, { others: othersOf(objects) })).media;
  return media && [media.url, media.length];
};

test("it is below the base of the media, unless the store has such a file", () => {
  expect(found({})).toEqual(["https://cdn.example.net/one.mp3", 0]);
  expect(found({ "media/one.mp3": 7 })).toEqual(["https://cdn.example.net/media/one.mp3", 7]);
  expect(found({ "posts/one.mp3": 7 })).toEqual(["https://example.org/2024/01/01/a/one.mp3", 7]);
});

test("a path, and any name on a site that serves its media, is as it is written", () => {
  expect(found({}, "sound/one.mp3")).toEqual(["https://example.org/2024/01/01/a/sound/one.mp3", 0]);
  expect(found({}, "/one.mp3")).toEqual(["https://example.org/one.mp3", 0]);
  expect(found({}, "one.mp3", siteOf())).toEqual(["https://example.org/2024/01/01/a/one.mp3", 0]);
});
