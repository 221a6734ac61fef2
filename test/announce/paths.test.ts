/** The paths of an invalidation. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { invalidationPaths } from "../../lib/announce/paths.ts";

test("are what changed, from the root", () => {
  expect(invalidationPaths(["rss.xml", "tags/rain/atom.xml"], "/")).toEqual(["/rss.xml", "/tags/rain/atom.xml"]);
});

test("are percent-encoded to ASCII", () => {
  expect(invalidationPaths(["tags/精准-滴灌/rss.xml"], "/")).toEqual([
    "/tags/%E7%B2%BE%E5%87%86-%E6%BB%B4%E7%81%8C/rss.xml",
  ]);
  expect(invalidationPaths(["channels/a*b~(c)/rss.xml"], "/")).toEqual(["/channels/a%2Ab%7E%28c%29/rss.xml"]);
});

test("of a page include its folder", () => {
  expect(invalidationPaths(["index.html", "tags/rain/index.html"], "/")).toEqual([
    ...["/index.html", "/", "/tags/rain/index.html", "/tags/rain/"],
  ]);
});

test("are those of viewers' requests, and those that the edge rewrites them to", () => {
  expect(invalidationPaths(["rss.xml", "index.html"], "/feeds/")).toEqual([
    ...["/rss.xml", "/feeds/rss.xml", "/index.html", "/feeds/index.html", "/", "/feeds/"],
  ]);
});

test("are at most fifteen, and beyond that everything", () => {
  const feeds = (n: number) => Array.from({ length: n }, (_, i) => `tags/t${i}/rss.xml`);
  expect(invalidationPaths(feeds(15), "/")).toHaveLength(15);
  expect(invalidationPaths(feeds(16), "/")).toEqual(["/*"]);
  expect(invalidationPaths(feeds(8), "/feeds/")).toEqual(["/*"]);
  expect(invalidationPaths(["rss.xml", "*"], "/")).toEqual(["/*"]);
});

test("name each path once for any keys, and contain no wildcard but /*", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { maxLength: 10 }), (names) => {
      const paths = invalidationPaths(
        names.map((name) => `tags/${name.replaceAll("/", "")}/rss.xml`),
        "/",
      );
      expect(new Set(paths).size).toBe(paths.length);
      for (const path of paths) expect(path).toMatch(/^\/(?:\*$|[\x21-\x29\x2b-\x7e]*$)/);
    }),
  );
});
