/** `defaults` in `site.yaml`, in every dialect. */
import { describe, expect, test } from "vitest";
import { parseSite } from "../../../lib/site/site.ts";
import { bytesOf } from "../helpers.ts";
import { heldBackBeside, parseBeside, withKeys } from "./sites.ts";

const BASE = "title: Example\nurl: https://example.org/\nsince: 2020\n";

function defaultsOf(yaml: string) {
  const parsed = parseSite(bytesOf(`${BASE}${yaml}`), "content", 2026);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("; "));
  return { defaults: parsed.site.defaults };
}

const YAML = `defaults:
  - { paths: [posts], values: { author: Ada, Tags: [water] } }
  - paths: ["posts/**/private"]
    values:
      draft: true
  - { paths: [posts/notes], values: { author: Lin, cover: /notes.jpg, params: { description: Notes } } }
`;

test.each(["plain", "hexo", "jekyll", "hugo", "astro", "eleventy"] as const)("they hold for posts of %s", (dialect) => {
  const site = { ...defaultsOf(YAML), dialect };
  const { post } = parseBeside({ key: "posts/notes/a.md", files: {}, site });
  expect(post).toMatchObject({ authors: [{ name: "Lin" }], tags: ["water"], image: "https://example.org/notes.jpg" });
  expect(post?.description).toBe("Notes");
  expect(heldBackBeside({ key: "posts/x/private/a.md", files: {}, site })).toBe("draft");
});

test("the post's own keys come first, lists included, then the generator's, then the last entry that fits", () => {
  const site = { ...defaultsOf(YAML), dialect: "eleventy" as const };
  const text = withKeys("tags: [own]");
  const files = { "posts/notes/notes.json": '{ "author": "Inner" }' };
  const { post } = parseBeside({ key: "posts/notes/a.md", text, files, site });
  expect(post).toMatchObject({ authors: [{ name: "Inner" }], tags: ["own"] });
});

test("a post of another folder has none, and one with errors is held back by them", () => {
  const site = defaultsOf(YAML);
  expect(parseBeside({ key: "other/a.md", files: {}, site }).post?.authors).toEqual([]);
  const text = "---\ntitle: [A\n---\nText\n";
  expect(heldBackBeside({ key: "posts/private/a.md", text, files: {}, site })).toBe("draft");
});

test("a value that cannot be used is told where `site.yaml` has it", () => {
  const site = defaultsOf("defaults:\n  - paths: [posts]\n    values:\n      draft: perhaps\n");
  const { problems } = parseBeside({ key: "posts/a.md", files: {}, site });
  expect(problems.map(({ file, line, code }) => [file, line, code])).toEqual([["site.yaml", 7, "flag-unclear"]]);
});

describe("what is wrong with them is told at its line:", () => {
  test.each([
    ["no list", "defaults: { paths: [a], values: {} }", 4],
    ["no paths", "defaults:\n  - values: { author: Ada }", 5],
    ["no values", "defaults:\n  - paths: [a]", 5],
    ["paths that are no list", "defaults:\n  - paths: a\n    values: { author: Ada }", 5],
    ["values that are no map", "defaults:\n  - paths: [a]\n    values: [x]", 6],
    ["an id", "defaults:\n  - paths: [a]\n    values: { id: x }", 6],
    ["a key that is none", "defaults:\n  - { paths: [a], values: { author: Ada }, scope: x }", 5],
  ])("%s", (_, yaml, line) => {
    const parsed = parseSite(bytesOf(`${BASE}${yaml}\n`), "content", 2026);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.line)).toEqual([line]);
  });
});
