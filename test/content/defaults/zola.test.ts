/** Zola's sections that are drafts. */
import { describe, expect, test } from "vitest";
import { readZola } from "../../../lib/content/defaults/zola.ts";
import { placeOf } from "../../../lib/content/facts/place.ts";
import { othersOf, siteOf } from "../helpers.ts";
import { heldBackBeside, POST, parseBeside } from "./sites.ts";

function read(key: string, files: { readonly [key: string]: string }) {
  const site = siteOf({ posts: ["content/**"] });
  return readZola({
    key,
    dialect: "plain",
    place: placeOf(key, { posts: site.posts, languages: ["en"] }),
    site,
    outside: othersOf(files),
  });
}

test("a section that is a draft makes drafts of all that is below it", () => {
  const files = { "content/notes/_index.md": '+++\ntitle = "Notes"\ndraft = true\n+++\n' };
  expect(read("content/notes/river/a.md", files).layers.map((layer) => [...layer.keys()])).toEqual([["draft"]]);
  expect(read("content/other/a.md", files).layers).toEqual([]);
});

test("a post in another language is below the section of that language, or where there is none that of all", () => {
  const draft = "+++\ndraft = true\n+++\n";
  const isDraft = (key: string, files: { readonly [key: string]: string }) => read(key, files).layers.length > 0;
  expect(isDraft("content/notes/a.fr.md", { "content/notes/_index.fr.md": draft })).toBe(true);
  expect(isDraft("content/notes/a.md", { "content/notes/_index.fr.md": draft })).toBe(false);
  expect(isDraft("content/notes/a.fr.md", { "content/notes/_index.md": draft })).toBe(true);
});

describe("on a site that does not say whether it is Hugo's or Zola's", () => {
  const TOML = '+++\ntitle = "A"\ndate = 2024-01-05\n';
  const cascade = { "content/notes/_index.md": "---\ncascade: { draft: true }\n---\n" };
  test.each([
    ["a key that both may have", `${TOML}template = "wide"\n+++\nText\n`, cascade],
    ["code of Zola in the text", `${TOML}+++\n\`\`\`yaml\nx: {{ lookup('env') }}\n\`\`\`\n`, cascade],
    ["a shortcode of Zola", `${TOML}+++\n{{ youtube(id="a") }}\n`, cascade],
    ["no sign of either", `${TOML}+++\nText\n`, { "content/notes/_index.md": "+++\ndraft = true\n+++\n" }],
    ["no sign, in YAML", POST, { "content/notes/_index.md": "---\ndraft: true\n---\n" }],
    ["a bundle", `${TOML}template = "wide"\n+++\nText\n`, { "content/notes/index.md": POST }],
  ])("what either holds back is held back: %s", (_, text, files) => {
    expect(heldBackBeside({ key: "content/notes/a.md", text, files })).toBeDefined();
  });

  test("an error of a file that both read is told once", () => {
    const files = { "content/notes/_index.md": "---\ncascade: [a\n---\n" };
    expect(parseBeside({ key: "content/notes/a.md", files }).problems).toHaveLength(1);
  });
});

test("nothing else of a section is its pages' own, and what cannot be read is an error", () => {
  const index = (text: string) => read("content/notes/a.md", { "content/notes/_index.md": text });
  expect(index('+++\ntitle = "Notes"\ndraft = false\n[extra]\nauthor = "Ada"\n+++\n').layers).toEqual([]);
  expect(index("+++\ntitle = \ndraft = true\n+++\n")).toMatchObject({
    problems: [{ file: "content/notes/_index.md" }],
  });
});
