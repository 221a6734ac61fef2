/** Folding lists of paths. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldPaths, isPrefix, matcherOf } from "../../lib/base/fold.ts";

const feeds = (folder: string) => ["rss.xml", "atom.xml", "feed.json"].map((file) => folder + file);

describe("a list of paths", () => {
  test("stays as it is while it is short enough, each path once", () => {
    const paths = [...feeds(""), ...feeds("tags/tea/"), "rss.xml"];
    expect(foldPaths(paths, 6)).toEqual([...feeds(""), ...feeds("tags/tea/")]);
  });

  test("is folded from the deepest folder on, the fullest one first", () => {
    const paths = [...feeds(""), ...feeds("tags/tea/"), "tags/milk/rss.xml", "categories/a/rss.xml"];
    expect(foldPaths(paths, 7)).toEqual([...feeds(""), "tags/tea/*", "tags/milk/rss.xml", "categories/a/rss.xml"]);
    expect(foldPaths(paths, 5)).toEqual([...feeds(""), "tags/*", "categories/a/rss.xml"]);
  });

  test("keeps the names in the root apart, however many they are", () => {
    expect(foldPaths([...feeds(""), ...feeds("tags/tea/"), ...feeds("rain/")], 0)).toEqual([
      ...feeds(""),
      "tags/tea/*",
      "rain/*",
    ]);
  });

  test("drops what another entry stands for already", () => {
    expect(foldPaths(["tags/tea/rss.xml", "tags/tea/*", "tags/*", "rss.xml"], 9)).toEqual(["tags/*", "rss.xml"]);
  });

  test("does not fold a folder that must not be folded", () => {
    const paths = [...feeds("media/"), ...feeds("tags/tea/")];
    expect(foldPaths(paths, 1, (folder) => !folder.startsWith("media/"))).toEqual([...feeds("media/"), "tags/tea/*"]);
  });
});

const name = fc.constantFrom("a", "b", "c", "滴灌", "media", "x y");
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join("/")}.xml`);

test("Whatever is folded, each path is matched, the bound holds where folders are what is too much, and a list is folded once.", () => {
  fc.assert(
    fc.property(fc.array(path, { maxLength: 40 }), fc.nat(12), (paths, most) => {
      const folded = foldPaths(paths, most);
      const matches = matcherOf(folded);
      expect(paths.filter((each) => !matches(each))).toEqual([]);
      const names = new Set(paths.map((each) => each.split("/")[0]));
      expect(folded.length).toBeLessThanOrEqual(Math.max(most, names.size));
      expect(foldPaths(folded, most)).toEqual(folded);
      // Only what has at least two paths in it is folded.
      for (const entry of folded.filter(isPrefix)) {
        expect(new Set(paths.filter((each) => each.startsWith(entry.slice(0, -1)))).size).toBeGreaterThan(1);
      }
    }),
  );
});
