/** Jekyll's defaults in `_config.yml`. */
import { describe, expect, test } from "vitest";
import { heldBackBeside, parseBeside, withKeys } from "./sites.ts";

const SITE = { dialect: "jekyll" } as const;
const KEY = "notes/_posts/2024-10-15-a.md";
const config = (...entries: readonly string[]) => ({
  "_config.yml": `title: Site\ndefaults:\n${entries.map((entry) => `  - ${entry}\n`).join("")}`,
});
const heldBack = (...entries: readonly string[]) => heldBackBeside({ key: KEY, files: config(...entries), site: SITE });

describe("a scope holds for a post", () => {
  test.each([
    'scope: { path: "" }',
    'scope: { path: "", type: posts }',
    "scope: { path: notes }",
    "scope: { path: /notes/ }",
    "scope: { path: notes/_posts }",
    'scope: { path: "*/_posts" }',
    'scope: { path: "notes/_posts/*.md" }',
  ])("%s", (scope) => expect(heldBack(`{ ${scope}, values: { published: false } }`)).toBe("draft"));
});

describe("a scope does not hold for a post", () => {
  test.each(["scope: { path: note }", "scope: { path: _posts }", 'scope: { path: "", type: pages }'])("%s", (scope) =>
    expect(heldBack(`{ ${scope}, values: { published: false } }`)).toBeUndefined(),
  );
});

test("the longer path counts first, then the later entry; the post's own keys come before all", () => {
  const entries = [
    "{ scope: { path: notes }, values: { author: Notes } }",
    '{ scope: { path: "" }, values: { author: All, description: Of all } }',
    '{ scope: { path: "" }, values: { description: Of all again } }',
  ];
  const { post } = parseBeside({ key: KEY, files: config(...entries), site: SITE });
  expect(post).toMatchObject({ authors: [{ name: "Notes" }], description: "Of all again" });
  const own = parseBeside({ key: KEY, text: withKeys("author: Own"), files: config(...entries), site: SITE });
  expect(own.post?.authors).toEqual([{ name: "Own" }]);
});

test("maps are joined, and a picture in one is the post's", () => {
  const files = config('{ scope: { path: "" }, values: { header: { teaser: /all.jpg }, header2: x } }');
  const { post } = parseBeside({ key: KEY, text: withKeys("header: { overlay_color: '#333' }"), files, site: SITE });
  expect(post?.image).toBe("https://example.org/all.jpg");
});

test("a configuration that cannot be read is an error where it has defaults, and nothing else of it matters", () => {
  const problemsOf = (text: string) =>
    parseBeside({ key: KEY, files: { "_config.yml": text }, site: SITE }).problems.map(({ file, line }) => [
      file,
      line,
    ]);
  expect(problemsOf("title: [a\ndefaults:\n  - x\n")).toEqual([["_config.yml", 1]]);
  expect(problemsOf("title: [a\nurl: b\n")).toEqual([]);
});

test("a value that cannot be used is told where it stands", () => {
  const files = config(
    "{ scope: { path: notes }, values: { author: Ada } }",
    "{ scope: {}, values: { draft: perhaps } }",
  );
  const { problems } = parseBeside({ key: KEY, files, site: SITE });
  expect(problems.map(({ file, line }) => [file, line])).toEqual([["_config.yml", 2]]);
});
