/** Hugo's cascade, and what lies beside the `index.md` of a bundle. */
import { describe, expect, test } from "vitest";
import { brief } from "../helpers.ts";
import { type Beside, heldBackBeside, POST, parseBeside, withKeys } from "./sites.ts";

const SITE = { dialect: "hugo" } as const;
const yaml = (...lines: readonly string[]) => `---\ntitle: Section\n${lines.join("\n")}\n---\n`;
const below = (index: string, more: Partial<Beside> = {}): Beside => ({
  key: "content/notes/river/a.md",
  files: { "content/notes/_index.md": index },
  site: SITE,
  ...more,
});

describe("a post is held back by the cascade of a folder above it:", () => {
  test.each([
    ["a draft", yaml("cascade:", "  draft: true"), "draft"],
    ["a list", yaml("cascade:", "- author: Ada", "- draft: true"), "draft"],
    ["a build that lists it nowhere", yaml("cascade: { build: { list: never } }"), "hidden"],
    ["below params", yaml("cascade:", "  params:", "    hidden: true"), "hidden"],
    ["TOML", '+++\ntitle = "S"\n[cascade]\ndraft = true\n+++\n', "draft"],
    [
      "a list in TOML",
      '+++\n[[cascade]]\nauthor = "A"\n[[cascade]]\n[cascade._build]\nrender = "never"\n+++\n',
      "hidden",
    ],
    ["JSON", '{ "title": "S", "cascade": { "draft": true } }\n', "draft"],
    ["a target that is its path", yaml("cascade:", "- _target: { path: /notes/** }", "  draft: true"), "draft"],
    ["a target in new words", yaml("cascade:", "- target: { path: '{/notes,/notes/**}' }", "  draft: true"), "draft"],
    ["a target in braces", yaml("cascade:", "- target: { path: '{/notes/**}' }", "  draft: true"), "draft"],
    ["a target that is its kind", yaml("cascade:", "- _target: { kind: page }", "  draft: true"), "draft"],
    ["a target that is its language", yaml("cascade:", "- _target: { lang: en }", "  draft: true"), "draft"],
  ])("%s", (_, index, reason) => expect(heldBackBeside(below(index))).toBe(reason));
});

describe("a cascade is found", () => {
  const held = yaml("cascade: { draft: true }");
  test.each([
    ["content/notes/_index.html", held],
    ["content/notes/_index.markdown", held],
    ["content/notes/_index.en.md", held],
    ["hugo.toml", "[[cascade]]\ndraft = true\n"],
    ["hugo.toml", '[cascade]\ndraft = true\n[cascade.target]\npath = "/notes/**"\n'],
    ["hugo.yaml", "cascade:\n- draft: true\n"],
    ["config.toml", "[[cascade]]\ndraft = true\n"],
    ["config.yaml", "cascade: { draft: true }\n"],
  ])("in %s: %j", (file, text) => {
    const key = "content/notes/a.md";
    expect(heldBackBeside({ key, files: { [file]: text }, site: SITE })).toBe("draft");
    expect(heldBackBeside({ key: `site/${key}`, files: { [`site/${file}`]: text }, site: SITE })).toBe("draft");
  });

  test("a folder's own comes before that of the configuration", () => {
    const files = { "hugo.toml": "[cascade]\ndraft = true\n", "content/_index.md": yaml("cascade: { draft: false }") };
    expect(heldBackBeside({ key: "content/notes/a.md", files, site: SITE })).toBeUndefined();
  });
});

describe("a post is published in spite of a cascade", () => {
  test.each([
    ["for another path", yaml("cascade:", "- _target: { path: /photos/** }", "  draft: true")],
    ["for sections", yaml("cascade:", "- _target: { kind: section }", "  draft: true")],
    ["for another language", yaml("cascade:", "- _target: { lang: fr }", "  draft: true")],
    ["that says otherwise", yaml("cascade: { draft: false }")],
    ["where the folder's own page is the draft", yaml("draft: true", "cascade: { author: Ada }")],
    ["that is none", yaml("description: 'cascade'")],
  ])("%s", (_, index) => expect(heldBackBeside(below(index))).toBeUndefined());

  test("against which its own front matter speaks, at the top or below `params`", () => {
    const index = yaml("cascade: { draft: true, params: { hidden: true } }");
    const text = withKeys("draft: false", "hidden: false");
    expect(heldBackBeside(below(index, { text }))).toBeUndefined();
    expect(
      heldBackBeside(below(index, { text: withKeys("draft: false", "params: { hidden: false }") })),
    ).toBeUndefined();
  });
});

test("the folder nearest to a post counts first, and what it leaves open the ones above it", () => {
  const files = {
    "content/_index.md": yaml("cascade: { author: Ada, description: Of all, cover: /all.jpg }"),
    "content/notes/_index.md": yaml("cascade:", "  params:", "    author: Lin"),
  };
  const { post } = parseBeside({ key: "content/notes/a.md", files, site: SITE });
  expect(post).toMatchObject({
    authors: [{ name: "Lin" }],
    description: "Of all",
    image: "https://example.org/all.jpg",
  });
});

test("a post that gives a fact under another key does not have the folder's", () => {
  const files = { "content/_index.md": yaml("cascade: { cover: /all.jpg, authors: [Ada] }") };
  const text = withKeys("image: /own.jpg", "author: Lin");
  const { post } = parseBeside({ key: "content/a.md", text, files, site: SITE });
  expect(post).toMatchObject({ authors: [{ name: "Lin" }], image: "https://example.org/own.jpg" });
});

test("tags of a folder are not added to a post's own", () => {
  const files = { "content/_index.md": yaml("cascade: { tags: [river] }") };
  const tagsOf = (text: string) => parseBeside({ key: "content/a.md", text, files, site: SITE }).post?.tags;
  expect(tagsOf(withKeys("tags: [water]"))).toEqual(["water"]);
  expect(tagsOf(POST)).toEqual(["river"]);
});

test("a default is no id, and no update of the posts that have it", () => {
  const digestOf = (index: string) => parseBeside(below(index)).post;
  const [one, other] = [
    digestOf(yaml("cascade: { cover: /a.jpg }")),
    digestOf(yaml("cascade: { cover: /b.jpg, id: x }")),
  ];
  expect(other?.sourceDigest).toBe(one?.sourceDigest);
  expect(other?.inputHash).not.toBe(one?.inputHash);
  expect(other?.id).toBeUndefined();
});

test("a post in another language has the cascade of that language, or where there is none that of all", () => {
  const site = { ...SITE, languages: ["en", "zh"] };
  const files = {
    "content/notes/_index.md": yaml("cascade: { draft: true }"),
    "content/notes/_index.zh.md": yaml("cascade: { author: Lin }"),
    "content/photos/_index.md": yaml("cascade: { draft: true }"),
  };
  const heldBack = (key: string) => heldBackBeside({ key, files, site });
  expect(["content/notes/a.md", "content/notes/a.zh.md", "content/photos/a.zh.md"].map(heldBack)).toEqual([
    "draft",
    undefined,
    "draft",
  ]);
});

describe("what is beside or below the `index.md` of a bundle is no page", () => {
  const files = { "content/posts/walk/index.md": POST };
  test.each(["content/posts/walk/notes.md", "content/posts/walk/deep/more.md", "content/posts/walk/deep/index.md"])(
    "%s",
    (key) =>
      expect(parseBeside({ key, text: "No date.\n", files, site: SITE })).toMatchObject({
        heldBack: "hidden",
        problems: [],
      }),
  );

  test("the bundle itself is one, and so is what lies beside its folder", () => {
    expect(heldBackBeside({ key: "content/posts/walk/index.md", files, site: SITE })).toBeUndefined();
    expect(heldBackBeside({ key: "content/posts/other.md", files, site: SITE })).toBeUndefined();
  });

  test("in a bundle of another language too", () => {
    const site = { ...SITE, languages: ["en", "zh"] };
    const bundle = { "content/posts/walk/index.zh.md": POST };
    expect(heldBackBeside({ key: "content/posts/walk/notes.md", files: bundle, site })).toBe("hidden");
  });

  test("a site that does not say that it is Hugo's has bundles only of pages with a date", () => {
    const heldBack = (index: string) =>
      heldBackBeside({ key: "content/blog/a.md", files: { "content/blog/index.md": index } });
    expect([heldBack(POST), heldBack("---\ntitle: All posts\n---\n")]).toEqual(["hidden", undefined]);
  });
});

test("a cascade that cannot be read is an error of its file, and keeps the posts below it back", () => {
  const { post, problems, heldBack } = parseBeside(below(yaml("cascade:", "  author: [Ada")));
  expect([post, heldBack]).toEqual([undefined, undefined]);
  expect(problems.map(({ file, line, code }) => [file, line, code])).toEqual([
    ["content/notes/_index.md", 4, "front-matter-yaml"],
  ]);
});

test("what can be read of such a file counts all the same", () => {
  const index = yaml("cascade:", "  draft: true", "tags: [a");
  expect(heldBackBeside(below(index))).toBe("draft");
  const { problems } = parseBeside(below(index, { text: "---\ntitle: [A\n---\nText\n" }));
  expect(problems[0]?.message).toMatch(/`draft` on line 4 of content\/notes\/_index\.md keeps the post out/);
});

test("a post with errors is held back by its folder", () => {
  const text = "---\ntitle: [Hello\ndate: 2024-10-15\n---\nText.\n";
  expect(heldBackBeside(below(yaml("cascade: { draft: true }"), { text }))).toBe("draft");
  expect(heldBackBeside(below(yaml("cascade: { author: Ada }"), { text }))).toBe("broken");
});

test("a value that cannot be used is told where it stands", () => {
  const { problems } = parseBeside(below(yaml("cascade:", "- author: Ada", "- draft: perhaps")));
  expect(problems.map(({ file, line, code }) => [file, line, code])).toEqual([
    ["content/notes/_index.md", 5, "flag-unclear"],
  ]);
});

test("the files that may count for a post are its dependencies, there or not", () => {
  const { deps } = parseBeside({ key: "content/notes/a.md", files: {}, site: SITE });
  const indexes = ["_index.en.md", "_index.html", "_index.markdown", "_index.md"];
  const below = (folder: string) => indexes.map((name) => folder + name);
  expect(deps).toEqual([
    ...["config.toml", "config.yaml"],
    ...[...below("content/"), ...below("content/notes/"), "content/notes/index.md"],
    ...["hugo.toml", "hugo.yaml"],
  ]);
  expect(brief(parseBeside({ key: "content/notes/a.md", files: {}, site: SITE }).problems)).toEqual([]);
});

test("nothing is asked for a post of no dialect, or one that its place keeps back", () => {
  expect(parseBeside({ key: "posts/a.md", files: {} }).deps).toEqual([]);
  expect(parseBeside({ key: "content/_drafts/a.md", files: {}, site: SITE }).deps).toEqual([]);
});
