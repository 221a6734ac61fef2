/** The paths of an invalidation. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { invalidationPaths } from "../../lib/announce/paths.ts";

const invalidated = (paths: readonly string[], base = "/", media: readonly string[] = [], page = "index.html") =>
  invalidationPaths({ paths, media }, base, page);
const feeds = (folder: string) => ["rss.xml", "atom.xml", "feed.json"].map((file) => folder + file);
const channel = (folder: string) => [...feeds(folder), `${folder}index.html`];
/** What is put when a post is edited that has a tag, a category, an author and a language. */
const EDIT = ["", "tags/tea/", "categories/drinks/", "authors/lin/", "languages/en/"].flatMap(channel);

describe("the paths of an invalidation", () => {
  test("are what changed, from the root", () => {
    expect(invalidated(["rss.xml", "tags/rain/atom.xml"])).toEqual(["/rss.xml", "/tags/rain/atom.xml"]);
  });

  test("are percent-encoded where AWS wants it, and nowhere else", () => {
    expect(invalidated(["tags/精准-滴灌/rss.xml"])).toEqual(["/tags/%E7%B2%BE%E5%87%86-%E6%BB%B4%E7%81%8C/rss.xml"]);
    expect(invalidated(["channels/a*b~(c)/rss.xml"])).toEqual(["/channels/a%2Ab%7E(c)/rss.xml"]);
    expect(invalidated([], "/", ["media/Q&A, part 1.mp3"])).toEqual(["/media/Q&A,%20part%201.mp3"]);
  });

  test("of a page include its folder", () => {
    expect(invalidated(["index.html"])).toEqual(["/index.html", "/"]);
    expect(invalidated(["tags/rain/index.html"])).toEqual(["/tags/rain/*"]);
    expect(invalidated(["feeds.html"], "/", [], "feeds.html")).toEqual(["/feeds.html", "/"]);
  });

  test("are one prefix for each channel of which more than one document changed, and no channel beside it", () => {
    const paths = invalidated([...feeds(""), ...channel("tags/tea/"), ...feeds("archive/2026-11/")]);
    expect(paths).toEqual(["/rss.xml", "/atom.xml", "/feed.json", "/tags/tea/*", "/archive/2026-11/*"]);
  });

  test("are those of viewers' requests, and those that the edge rewrites them to", () => {
    expect(invalidated(["rss.xml", ...feeds("tags/tea/")], "/feeds/")).toEqual([
      ...["/rss.xml", "/tags/tea/*", "/feeds/rss.xml", "/feeds/tags/tea/*"],
    ]);
  });

  test("of an edit are few, and touch no other channel", () => {
    expect(invalidated(EDIT)).toEqual([
      ...["/rss.xml", "/atom.xml", "/feed.json", "/index.html", "/"],
      ...["/tags/tea/*", "/categories/drinks/*", "/authors/lin/*", "/languages/en/*"],
    ]);
  });

  test("below a folder are one prefix there, where naming each twice were too many", () => {
    const paths = invalidated(EDIT, "/feeds/");
    expect(paths.slice(0, -1)).toEqual(invalidated(EDIT));
    expect(paths.at(-1)).toBe("/feeds/*");
  });

  test("are prefixes of whole kinds before they are more than fifteen, and never everything", () => {
    const tags = Array.from({ length: 40 }, (_, i) => feeds(`tags/t${i}/`)).flat();
    expect(invalidated([...EDIT, ...tags])).toEqual([
      ...["/rss.xml", "/atom.xml", "/feed.json", "/index.html", "/"],
      ...["/tags/*", "/categories/drinks/*", "/authors/lin/*", "/languages/en/*"],
    ]);
  });

  test("name the prefixes of an outbox in which there was too much to name", () => {
    expect(invalidated(["rss.xml", "tags/*"], "/feeds/")).toEqual([
      ...["/rss.xml", "/tags/*", "/feeds/rss.xml", "/feeds/tags/*"],
    ]);
  });

  test("of media are those that changed, whatever the address of the feeds", () => {
    expect(invalidated(["rss.xml"], "/feeds/", ["media/ep1.mp3"])).toEqual([
      ...["/rss.xml", "/feeds/rss.xml", "/media/ep1.mp3"],
    ]);
  });

  test("do not leave the media in the cache's way where a channel is called media", () => {
    const paths = invalidated(Array.from({ length: 9 }, (_, i) => feeds(`media/t${i}/`)).flat());
    expect(paths).toHaveLength(27);
    expect(paths.filter((path) => path.endsWith("*"))).toEqual([]);
  });
});

/** As CloudFront matches: a `*` at the end stands for anything. */
const matches = (paths: readonly string[], requested: string) =>
  paths.some((path) => (path.endsWith("*") ? requested.startsWith(path.slice(0, -1)) : requested === path));
const requestOf = (key: string) => `/${key.split("/").map(encodeURIComponent).join("/")}`;

const slug = fc.stringMatching(/^[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}-]{0,5}$/u).filter((each) => each.isWellFormed());
const file = fc.constantFrom("rss.xml", "atom.xml", "feed.json", "index.html");
const kind = fc.constantFrom("tags", "categories", "authors", "archive", "rain");
const changed = fc.oneof(
  file,
  fc.tuple(kind, slug, file).map((parts) => parts.join("/")),
  fc.tuple(kind, slug, slug, file).map((parts) => parts.join("/")),
);
const base = fc.constantFrom("/", "/feeds/", "/m/", "/blog/feeds/");

test("Every changed path is matched in each form, no media unless they changed, no other folder needlessly, within the bound.", () => {
  fc.assert(
    fc.property(fc.array(changed, { maxLength: 60 }), base, fc.subarray(["a.mp3", "b c.mp3"]), (paths, at, names) => {
      const media = names.map((each) => `media/${each}`);
      const list = invalidated(paths, at, media);
      const folders = paths.filter((path) => path.endsWith("index.html")).map((path) => path.slice(0, -10));
      const wanted = [...paths, ...folders].map(requestOf);
      const seen = wanted.flatMap((path) => [path, at + path.slice(1)]);
      expect(seen.filter((path) => !matches(list, path))).toEqual([]);
      for (const each of ["a.mp3", "b c.mp3", "d.mp3"]) {
        expect(matches(list, requestOf(`media/${each}`))).toBe(names.includes(each));
      }
      const kinds = new Set(paths.map((path) => path.split("/")[0]));
      for (const other of ["sections/x/rss.xml", "feeds.opml", "languages/en/atom.xml"].filter(
        (path) => !kinds.has(path.split("/")[0]),
      )) {
        expect(matches(list, requestOf(other))).toBe(false);
      }
      expect(new Set(list).size).toBe(list.length);
      expect(list.length - media.length).toBeLessThanOrEqual(15);
      for (const path of list) expect(path).toMatch(/^\/[\x21-\x29\x2b-\x7e]*\*?$/);
    }),
  );
});

test("Each path is named once and ends in the only wildcard it may have, whatever a key is called.", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { maxLength: 10 }), (names) => {
      const parts = names.map((name) => name.replaceAll("/", ""));
      const keys = parts.map((part) => `tags/${part}/rss.xml`);
      const media = parts.map((part) => `media/${part}.mp3`);
      const paths = invalidated(keys, "/feeds/", media);
      expect(new Set(paths).size).toBe(paths.length);
      for (const path of paths) expect(path).toMatch(/^\/[\x21-\x29\x2b-\x7e]*\*?$/);
    }),
  );
});
