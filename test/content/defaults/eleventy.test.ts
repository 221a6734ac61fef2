/** Eleventy's data files, of posts and of folders. */
import { describe, expect, test } from "vitest";
import { type Beside, heldBackBeside, parseBeside, withKeys } from "./sites.ts";

const SITE = { dialect: "eleventy" } as const;
const KEY = "content/blog/walks/a.md";
const beside = (files: Beside["files"], more: Partial<Beside> = {}): Beside => ({
  key: KEY,
  files,
  site: SITE,
  ...more,
});

describe("a post is held back by", () => {
  test.each([
    ["its own data file", "content/blog/walks/a.json", '{ "draft": true }', "draft"],
    ["its own 11tydata", "content/blog/walks/a.11tydata.json", '{ "permalink": false }', "hidden"],
    ["that of its folder", "content/blog/walks/walks.json", '{ "eleventyExcludeFromCollections": true }', "hidden"],
    ["that of a folder above", "content/blog/blog.11tydata.json", '{ "draft": "yes" }', "draft"],
    ["that of the outermost folder", "content/content.json", '{ "params": { "hidden": true } }', "hidden"],
    ["one for all names", "content/blog/index.11tydata.json", '{ "draft": true }', "draft"],
  ])("%s", (_, file, data, reason) => expect(heldBackBeside(beside({ [file]: data }))).toBe(reason));
});

test("the post's own keys come first, then its file, then folders from the inside out", () => {
  const files = {
    "content/content.json": '{ "author": "Outer", "description": "Of all" }',
    "content/blog/walks/walks.json": '{ "author": "Inner", "draft": true }',
    "content/blog/walks/a.json": '{ "draft": false }',
  };
  const { post } = parseBeside(beside(files));
  expect(post).toMatchObject({ authors: [{ name: "Inner" }], description: "Of all" });
  expect(parseBeside(beside(files, { text: withKeys("author: Own") })).post?.authors).toEqual([{ name: "Own" }]);
});

test("tags are added up, those of the outermost folder first", () => {
  const files = {
    "content/content.json": '{ "tags": ["posts", "a"] }',
    "content/blog/walks/walks.json": '{ "tags": "walks" }',
  };
  expect(parseBeside(beside(files, { text: withKeys("tags: [own, a]") })).post?.tags).toEqual(["a", "walks", "own"]);
});

test("data beside a page of the name `index` is that page's alone", () => {
  const files = { "content/blog/index.11tydata.json": '{ "draft": true }', "content/blog/index.njk": "" };
  expect(heldBackBeside(beside(files))).toBeUndefined();
  expect(heldBackBeside(beside(files, { key: "content/blog/index.md" }))).toBe("draft");
});

test("a data file that is code is not run, and told once, with what it may hide", () => {
  const { post, problems } = parseBeside(beside({ "content/blog/blog.11tydata.js": "export default { draft: true }" }));
  expect(post).toBeDefined();
  expect(problems.map(({ file, code, fix }) => [file, code, fix])).toEqual([
    [
      "content/blog/blog.11tydata.js",
      "defaults-code",
      "write what it says as JSON in content/blog/blog.11tydata.json, or under `defaults:` in site.yaml",
    ],
  ]);
});

test.each(["cjs", "mjs", "ts"])("so is one that ends with .%s", (ending) => {
  expect(parseBeside(beside({ [`content/blog/walks/a.11tydata.${ending}`]: "x" })).problems).toHaveLength(1);
});

describe("JSON that cannot be read is an error, and keeps the post back:", () => {
  test.each([
    ["a missing brace", '{\n  "tags": ["a"]\n', 1],
    ["a name without quotes", '{\n  tags: ["a"]\n}\n', 2],
    ["nothing that is JSON", "tags", 1],
  ])("%s", (_, data) => {
    const { post, problems } = parseBeside(beside({ "content/blog/blog.json": data }));
    expect(post).toBeUndefined();
    expect(problems.map(({ file, severity }) => [file, severity])).toEqual([["content/blog/blog.json", "error"]]);
    expect(problems[0]?.line).toBeGreaterThan(0);
  });

  test("a file that is too long", () => {
    const { post, problems } = parseBeside(beside({ "content/blog/blog.json": `{"a": "${"x".repeat(300_000)}"}` }));
    expect([post, problems.map(({ code }) => code)]).toEqual([undefined, ["too-slow"]]);
  });

  test("what can be read of it holds the post back", () => {
    expect(heldBackBeside(beside({ "content/blog/blog.json": '{\n  "draft": true,\n  "a": \n' }))).toBe("draft");
  });
});

test("a list, or an empty object, says nothing of posts", () => {
  expect(heldBackBeside(beside({ "content/blog/blog.json": "[1, 2]" }))).toBeUndefined();
  expect(heldBackBeside(beside({ "content/blog/blog.json": "{}" }))).toBeUndefined();
});
