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
    "scope: { path: notes/_posts/2024 }",
    "scope: { path: note }",
    'scope: { path: "*/_posts" }',
    'scope: { path: "notes/_posts/*.md" }',
  ])("%s", (scope) => expect(heldBack(`{ ${scope}, values: { published: false } }`)).toBe("draft"));
});

describe("a scope does not hold for a post", () => {
  test.each(["scope: { path: note/ }", "scope: { path: _posts }", 'scope: { path: "", type: pages }'])("%s", (scope) =>
    expect(heldBack(`{ ${scope}, values: { published: false } }`)).toBeUndefined(),
  );
});

describe("the configuration is found", () => {
  const held = "defaults:\n  - { scope: { path: _posts }, values: { draft: true } }\n";
  const toml = '[[defaults]]\n[defaults.scope]\npath = ""\n[defaults.values]\ndraft = true\n';
  test.each([
    ["_posts/2024-10-15-a.md", "_config.yml", held],
    ["_posts/2024-10-15-a.md", "_config.yaml", held],
    ["_posts/2024-10-15-a.md", "_config.toml", toml],
    ["docs/_posts/2024-10-15-a.md", "docs/_config.yml", held],
    ["src/_posts/2024-10-15-a.md", "src/_config.yml", held],
    ["docs/_posts/2024-10-15-a.md", "_config.yml", held.replace("_posts", "docs/_posts")],
    ["collections/_posts/2024-10-15-a.md", "_config.yml", `collections_dir: collections\n${held}`],
    ["all/_posts/2024-10-15-a.md", "_config.yml", `collections_dir: /all/\n${held.replace("_posts", "all/_posts")}`],
    [
      "all/_posts/2024-10-15-a.md",
      "_config.yml",
      `collections_dir: all\n${held.replace("path:", "type: posts, path:")}`,
    ],
  ])("for %s in %s", (key, file, text) => {
    expect(heldBackBeside({ key, files: { [file]: text }, site: SITE })).toBe("draft");
  });

  test("of several the first one counts", () => {
    const files = { "_config.yml": "title: A\n", "_config.yaml": held };
    expect(heldBackBeside({ key: "_posts/2024-10-15-a.md", files, site: SITE })).toBeUndefined();
  });

  test("one in TOML that cannot be read is an error", () => {
    const { problems } = parseBeside({ key: KEY, files: { "_config.toml": "[[defaults]]\na = [\n" }, site: SITE });
    expect(problems[0]).toMatchObject({ file: "_config.toml", code: "front-matter-toml" });
  });
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
