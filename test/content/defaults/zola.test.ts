/** Zola's sections that are drafts. */
import { expect, test } from "vitest";
import { readZola } from "../../../lib/content/defaults/zola.ts";
import { placeOf } from "../../../lib/content/facts/place.ts";
import { othersOf, siteOf } from "../helpers.ts";

function read(key: string, files: { readonly [key: string]: string }) {
  const site = siteOf({ posts: ["content/**"] });
  return readZola({ key, dialect: "plain", place: placeOf(key, site.posts, ["en"]), site, outside: othersOf(files) });
}

test("a section that is a draft makes drafts of all that is below it", () => {
  const files = { "content/notes/_index.md": '+++\ntitle = "Notes"\ndraft = true\n+++\n' };
  expect(read("content/notes/river/a.md", files).layers.map((layer) => [...layer.keys()])).toEqual([["draft"]]);
  expect(read("content/other/a.md", files).layers).toEqual([]);
});

test("nothing else of a section is its pages' own, and what cannot be read is an error", () => {
  const index = (text: string) => read("content/notes/a.md", { "content/notes/_index.md": text });
  expect(index('+++\ntitle = "Notes"\ndraft = false\n[extra]\nauthor = "Ada"\n+++\n').layers).toEqual([]);
  expect(index("+++\ntitle = \ndraft = true\n+++\n")).toMatchObject({
    problems: [{ file: "content/notes/_index.md" }],
  });
});
