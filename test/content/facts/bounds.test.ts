/** What one post may have: beyond it, the post has an error of its own. */
import { describe, expect, test } from "vitest";
import type { Site } from "../../../lib/site/types.ts";
import { brief, parse, parseWith, postWith, siteOf } from "../helpers.ts";

const list = (count: number, name = "t"): string => `[${Array.from({ length: count }, (_, i) => `${name}${i}`)}]`;
const guarded = (tags = 10, overrides: Partial<Site> = {}): Site => siteOf({ guard: { tags }, ...overrides });

describe("too many tags are the post's own error", () => {
  test.each([
    ["as a list", `tags: ${list(11)}`, "the post has 11 tags: 11 in all, where 10 are the most"],
    ["as one text", `tags: ${list(11).slice(1, -1)}`, "the post has 11 tags: 11 in all, where 10 are the most"],
    ["under the singular key", `tag: ${list(11)}`, "the post has 11 tags: 11 in all, where 10 are the most"],
    ["in taxonomies", `taxonomies:\n  tags: ${list(11)}`, "the post has 11 tags: 11 in all, where 10 are the most"],
    [
      "with others",
      `tags: ${list(9)}\nauthors: [A, B]`,
      "the post has 9 tags and 2 authors: 11 in all, where 10 are the most",
    ],
    ["as a deep category", `categories: [${list(11)}]`, "the post has 11 categories: 11 in all, where 10 are the most"],
    [
      "as authors with addresses",
      `authors:${Array.from({ length: 11 }, (_, i) => `\n  - name: A${i}\n    url: https://a.example/`).join("")}`,
      "the post has 11 authors: 11 in all, where 10 are the most",
    ],
  ])("%s", (_, frontMatter, message) => {
    const { post, problems } = parseWith(frontMatter, { site: guarded() });
    expect(post).toBeUndefined();
    expect(problems).toMatchObject([{ code: "too-many-tags", severity: "error", line: 4, message }]);
    expect(problems[0]?.fix).toContain("guard: { tags: … }");
  });

  test("and a long text without any of them is only too long", () => {
    const { problems } = parseWith("title: T", { site: guarded(500), body: "Words.\n".repeat(1_500_000) });
    expect(problems.map(({ code }) => code)).not.toContain("too-many-tags");
    expect(problems.filter(({ severity }) => severity === "error")).toHaveLength(1);
  });

  test("at the line of those that are most", () => {
    const { problems } = parseWith(`author: A\ncategories: [c]\ntags: ${list(9)}`, { site: guarded() });
    expect(brief(problems)).toEqual(["too-many-tags:6"]);
    expect(problems[0]?.message).toBe("the post has 9 tags, 1 category and 1 author: 11 in all, where 10 are the most");
  });

  test("and a category that several share is counted once", () => {
    const shared = `categories: [${Array.from({ length: 9 }, (_, i) => `[above, c${i}]`)}]`;
    expect(postWith(shared, { site: guarded() }).categories).toHaveLength(9);
    expect(parseWith(`${shared}\ntags: [t]`, { site: guarded() }).post).toBeUndefined();
  });

  test("and as many as are allowed are none, nor any number where the owner allows it", () => {
    expect(postWith(`tags: ${list(10)}`, { site: guarded() }).tags).toHaveLength(10);
    expect(postWith(`tags: ${list(5000)}`, { site: siteOf() }).tags).toHaveLength(5000);
  });

  test("and a repeated name is counted once", () => {
    expect(postWith(`tags: [${"a, ".repeat(50)}b]`, { site: guarded() }).tags).toEqual(["a", "b"]);
  });

  test("where the text would be written for each of them and they alone would be a large part of a run", () => {
    const site = guarded(500);
    const body = "Words.\n".repeat(100_000);
    expect(postWith(`tags: ${list(142)}`, { site, body }).size).toBe(700_000);
    const { post, problems } = parseWith(`tags: ${list(143)}`, { site, body });
    expect(post).toBeUndefined();
    expect(problems).toMatchObject([
      {
        code: "too-many-tags",
        line: 4,
        message: "the post has 143 tags, and 700,000 bytes of text, which would be written for each of them",
      },
    ]);
    expect(postWith(`tags: ${list(143)}\ncontent: summary`, { site, body }).tags).toHaveLength(143);
  });
});

describe("what is too long is the post's own error", () => {
  const long = (length: number) => "u".repeat(length);

  test.each([
    ["a title", `title: ${long(10_001)}`, "the title has 10,001 characters, where 10,000 are the most"],
    [
      "a description",
      `description: ${long(50_001)}`,
      "the description has 50,001 characters, where 50,000 are the most",
    ],
    ["an id", `id: ${long(2_001)}`, "the id has 2,001 characters, where 2,000 are the most"],
    ["a permalink", `permalink: /${long(8_000)}`, "the permalink has 8,001 characters, where 8,000 are the most"],
    ["an address", `slug: ${long(8_000)}`, expect.stringMatching(/^the address has 8,0\d\d characters, where 8,000/)],
    [
      "a key of translations",
      `translationKey: ${long(2_001)}`,
      "the translation key has 2,001 characters, where 2,000 are the most",
    ],
    ["a tag", `tags: [a, ${long(501)}]`, `the tag "${long(100)}…" has 501 characters, where 500 are the most`],
    ["an author", `author: ${long(501)}`, `the author "${long(100)}…" has 501 characters, where 500 are the most`],
    [
      "a category with those above it",
      `categories: [[${long(250)}, ${long(249)}x]]`,
      `the category "${long(100)}…" has 501 characters, where 500 are the most`,
    ],
    [
      "an address of comments",
      `comments: https://example.org/${long(200_000)}`,
      expect.stringMatching(
        /^what feeds show besides the text has 200,\d\d\d characters, .*; `comments` is the longest$/,
      ),
    ],
    [
      "a list of files",
      `audio: [${Array.from({ length: 301 }, (_, i) => `${i}.mp3`)}]`,
      "the list of files has 301 values, where 300 are the most",
    ],
    [
      "a list of people",
      `audio: a.mp3\nlength: 5\nguests: [${Array.from({ length: 301 }, (_, i) => `G${i}`)}]`,
      "the list of people has 301 values, where 300 are the most",
    ],
    [
      "a list of transcripts",
      `audio: a.mp3\nlength: 5\ntranscripts: [${Array.from({ length: 301 }, (_, i) => `${i}.vtt`)}]`,
      "the list of transcripts has 301 values, where 300 are the most",
    ],
  ])("%s", (_, frontMatter, message) => {
    const { post, problems } = parseWith(frontMatter);
    expect(post).toBeUndefined();
    expect(problems).toContainEqual(expect.objectContaining({ code: "too-long", severity: "error", message }));
    expect(problems.length).toBeLessThan(60);
  });

  test("at the line of its key", () => {
    expect(brief(parseWith(`tags: [a]\ndescription: ${long(60_000)}`).problems)).toEqual(["too-long:5"]);
  });

  test("a title that is the first heading", () => {
    const { problems } = parse("posts/a.md", `---\ndate: 2024-01-05\n---\n# ${long(20_000)}\n`);
    expect(brief(problems)).toEqual(["too-long:1"]);
    expect(parseWith("", { body: `# ${long(20_000)}\n` }).problems).toEqual([]);
  });

  test("a text that would take more than half of a document", () => {
    const site = siteOf({ guard: { bytes: 200_000 } });
    const body = "Words.\n".repeat(15_000);
    const { post, problems } = parseWith("tags: [a]", { site, body });
    expect(post).toBeUndefined();
    expect(problems).toMatchObject([
      {
        code: "too-long",
        line: 6,
        message: "the text has 105,000 bytes, where 100,000 are the most",
        fix: expect.stringContaining("guard: { bytes: … }"),
      },
    ]);
    expect(postWith("content: summary", { site, body }).size).toBe(105_000);
    expect(postWith("tags: [a]", { site: siteOf({ ...site, content: "summary" }), body }).size).toBe(105_000);
    expect(postWith("tags: [a]", { site: siteOf({ guard: { bytes: 210_000 } }), body }).size).toBe(105_000);
    expect(postWith("tags: [a]", { site: siteOf(), body }).size).toBe(105_000);
  });

  test("but no usual text is, however little a document may have", () => {
    expect(
      postWith("tags: [a]", { site: siteOf({ guard: { bytes: 1000 } }), body: "Words.\n".repeat(7000) }).size,
    ).toBe(49_000);
  });

  test("but a language is left out with a warning: no folder has such a name", () => {
    const { post, problems } = parseWith(
      `lang: en-${Array.from({ length: 40 }, (_, i) => `abcd${i + 100}`).join("-")}`,
    );
    expect(post?.language).toBe("en");
    expect(brief(problems)).toEqual(["language-unknown:4"]);
  });
});

test("a post has few problems, errors first, and each quotes little of it", () => {
  const values = Array.from({ length: 200 }, (_, i) => `"not a file ${i}"`);
  const { problems } = parseWith(`audio: [${values}]\nexpires: soon`);
  expect(problems).toHaveLength(50);
  expect(problems.filter(({ severity }) => severity === "error").map(({ code }) => code)).toEqual(["date-unreadable"]);
  const [long] = parseWith(`permalink: "{{ ${"u".repeat(100_000)} }}"`).problems;
  expect(long?.message.length).toBeLessThan(1100);
});
