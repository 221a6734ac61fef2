/** What was written ↔ the properties of its post: what a person typed comes back, and an edit asks for what was edited alone. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { EMPTY } from "../../../lib/write/page/client/kept/empty.ts";
import type { Mf2Properties, PostContent, PostMedia } from "../../../lib/write/page/client/kept/types.ts";
import { differenceOf, isAsAsked, propertiesOf, writtenOf } from "../../../lib/write/page/client/sending/properties.ts";

const NOW = "2026-06-01T12:00:00.000Z";

const text = fc.string({ unit: "grapheme", maxLength: 30 });
const word = text.filter((each) => each.trim() !== "").map((each) => each.trim());
const url = fc.webUrl();

const medium: fc.Arbitrary<PostMedia> = fc.record({
  ...{ property: fc.constantFrom("photo", "video", "audio"), alt: text, name: text, url },
  ...{ id: fc.uuid(), type: fc.constant("x/y"), size: fc.nat(), width: fc.nat(4000), height: fc.nat(4000) },
});

/** Photos first, then videos, then sounds: as properties have them. */
const ordered = (media: readonly PostMedia[]): readonly PostMedia[] =>
  ["photo", "video", "audio"].flatMap((kind) => media.filter(({ property }) => property === kind));

const written: fc.Arbitrary<PostContent> = fc.record({
  ...{ title: fc.oneof(fc.constant(""), word), text: fc.oneof(fc.constant(""), word), tags: fc.uniqueArray(word) },
  ...{
    language: fc.constantFrom("", "en", "zh"),
    when: fc.constantFrom("now", "later", "draft"),
    at: fc.constant("2031-05-01T08:30"),
  },
  ...{ how: fc.constantFrom("bookmark-of", "in-reply-to", "like-of"), link: fc.oneof(fc.constant(""), url) },
  media: fc.array(medium, { maxLength: 4 }).map(ordered),
});

test("what was typed comes back from the properties of its post", () => {
  fc.assert(
    fc.property(written, (post) => {
      const back = writtenOf(propertiesOf(post, NOW), Date.parse(NOW));
      const { title, text, tags, language, when, link } = post;
      expect(back).toMatchObject({ title, text, tags, language, when, link });
      if (link !== "") expect(back.how).toBe(post.how);
      expect(back.media.map(({ url, alt }) => [url, alt])).toEqual(post.media.map(({ url, alt }) => [url, alt]));
    }),
  );
});

test("a post in which nothing was changed asks for nothing", () => {
  fc.assert(
    fc.property(written, (post) => {
      const former = { ...propertiesOf(post, NOW), location: ["geo:1,2"], "x-own": [{ a: 1 }] };
      expect(differenceOf(former, writtenOf(former, Date.parse(NOW)), NOW)).toBeUndefined();
    }),
  );
});

test("a change makes of the former post what was written, and leaves alone what this page does not know", () => {
  fc.assert(
    fc.property(written, written, (before, after) => {
      const former: Mf2Properties = { ...propertiesOf(before, NOW), location: ["geo:1,2"] };
      const asked = differenceOf(former, after, NOW) ?? {};
      const kept = Object.entries(former).filter(([name]) => !asked.delete?.includes(name));
      const current = { ...Object.fromEntries(kept), ...asked.replace };
      expect(current["location"]).toEqual(["geo:1,2"]);
      const { published: _, ...rest } = propertiesOf(writtenOf(current, Date.parse(NOW)), NOW);
      const { published: __, ...wanted } = propertiesOf(after, NOW);
      expect(rest).toEqual(wanted);
      expect(isAsAsked(current, asked, NOW)).toBe(true);
    }),
  );
});

test("the start of a stream stays as it was to the second when the stream is ended", () => {
  const live = { url: "https://video.example/a", status: "live", start: "2026-06-01T08:00:07+08:00" };
  const post = writtenOf({ live: [live] }, Date.parse(NOW));
  const ended = {
    ...post,
    live: { ...post.live, url: live.url, status: "ended", end: NOW, start: live.start, recording: "" },
  } as const;
  expect(differenceOf({ live: [live] }, ended, NOW)).toEqual({
    replace: { live: [{ ...live, status: "ended", end: NOW }] },
  });
});

test("a recording that is a file becomes a video of the post; a page takes the place of the stream", () => {
  const live = { url: "https://video.example/live", status: "ended", start: "", end: NOW, recording: "" } as const;
  const post = (recording: string): PostContent => ({ ...EMPTY, live: { ...live, recording } });
  expect(propertiesOf(post("https://video.example/a.mp4"), NOW)).toMatchObject({
    ...{ video: ["https://video.example/a.mp4"], live: [{ url: live.url }] },
  });
  expect(propertiesOf(post("https://video.example/watch?v=1"), NOW)).toMatchObject({
    live: [{ url: "https://video.example/watch?v=1" }],
  });
});

test("a post of another app is read, whatever forms its values have", () => {
  const value = fc.oneof(text, fc.dictionary(fc.constantFrom("value", "html", "alt", "url", "start"), fc.jsonValue()));
  const names = [
    "name",
    "content",
    "category",
    "photo",
    "video",
    "live",
    "published",
    "post-status",
    "like-of",
    "lang",
  ];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.array(value)), (properties) => {
      expect(differenceOf(properties, writtenOf(properties, Date.parse(NOW)), NOW)).toBeUndefined();
    }),
  );
});
