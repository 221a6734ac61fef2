/** Quoted texts and lists that go on at the margin, and values that YAML takes for a tag or an anchor. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSource } from "../../../lib/content/frontmatter/frontmatter.ts";
import { withIndentedTexts } from "../../../lib/content/frontmatter/margin.ts";
import { parse } from "../helpers.ts";

const read = (front: string) => readSource("a.md", new TextEncoder().encode(`---\n${front}\n---\nText.\n`));
const fieldOf = (front: string, name: string) => read(front).source?.fields.get(name)?.value;
const codes = (front: string) => read(front).problems.map(({ code, line }) => `${code}:${line}`);

describe("at the margin goes on", () => {
  test.each([
    ['d: "The weir,\nnote: it is low."\nx: y', "The weir, note: it is low."],
    ["d: 'The miller''s\nweir.'\nx: y", "The miller's weir."],
    ['d: "One.\n\n- a\n- b"\nx: y', "One.\n- a - b"],
    ['d: "a \\"b\nc\\" d"\nx: y', 'a "b c" d'],
    ["d: [reed,\nsedge\n]\nx: y", ["reed", "sedge"]],
    ["d: [reed, # a plant\n'a]b',\nit's]\nx: y", ["reed", "a]b", "it's"]],
    ['d:\n- "reed\nbed"\n- sedge\nx: y', ["reed bed", "sedge"]],
    ['d: |\n  "kept\n  as it is\ne: "a\nb"\nx: y', '"kept\nas it is\n'],
  ])("%j", (front, value) => {
    expect([fieldOf(front, "d"), fieldOf(front, "x"), codes(front)]).toEqual([value, "y", []]);
  });

  test("a text in a map, and the lines of what follows stay theirs", () => {
    const front = 'm:\n  d: "a\nb"\nx: y\nx: z';
    expect(codes(front)).toEqual(["duplicate-key:6"]);
  });

  test("no text that a line --- or ... ends, and none that is never closed", () => {
    expect(codes('d: "a\n...\nb"')).toEqual(["front-matter-yaml:2"]);
    expect(codes('d: "a\nb: c')).toEqual(["front-matter-yaml:2"]);
    expect(readSource("a.md", new TextEncoder().encode('---\nd: "a\n---\nb"\n---\n')).source).toBeUndefined();
  });

  test.each(["draft: true", "date: 2024-01-05", "title: x", "hidden: true"])(
    "no text that would hold the key %s: there a quote was forgotten",
    (key) => expect(codes(`d: "a\n${key}\ne: "b"`)).toContain("front-matter-yaml:2"),
  );
});

describe("as typed", () => {
  test.each([
    ["!important note", "!important note"],
    ["&anchor text", "&anchor text"],
    ["!a &b text", "!a &b text"],
    ["!important", "!important"],
    ["! text", "! text"],
    ["!!binary abc", "!!binary abc"],
    ["!note\n  that goes on", "!note that goes on"],
    ["[!a b, &c d, e]", ["!a b", "&c d", "e"]],
    ["\n- !a b\n- &c d", ["!a b", "&c d"]],
    ["!!str 5", "5"],
    ['!x "quoted"', "quoted"],
  ])("d: %j is %j", (written, value) => expect(fieldOf(`d: ${written}\nx: y`, "d")).toEqual(value));

  test("is not read what an alias names", () => {
    expect([fieldOf("b: &b text\nd: *b", "b"), fieldOf("b: &b text\nd: *b", "d")]).toEqual(["text", "text"]);
  });

  test.each(["draft: &d true", "draft: !x true", "hidden: &h yes", "published: &p false", "feed: &f none"])(
    "is not read what holds a post back: %s",
    (front) => expect(parse("posts/a.md", `---\ndate: 2024-01-05\n${front}\n---\n`).post?.hidden).toBeDefined(),
  );

  test.each(["*text", "*text on", "%text", "|text", ">text", "| text", "& text", "!a !b text"])(
    "no YAML reads %j: an error with its line, for a title, a description and a tag",
    (written) => {
      for (const front of [`title: ${written}`, `description: ${written}`, `tags: [${written}]`]) {
        expect(codes(front)).toContain("front-matter-yaml:2");
      }
    },
  );
});

test("a title that is a comment is empty, with a warning", () => {
  expect(codes("title: # hash")).toEqual(["title-comment:2"]);
  expect([codes("title:"), codes('title: ""'), codes("title: a # b"), codes("tags: # none")]).toEqual([[], [], [], []]);
});

test("whatever is written, lines stay where they are, and only blanks are added", () => {
  const piece = fc.constantFrom(
    'd: "',
    "d: [",
    "- '",
    '"',
    "'",
    "]",
    "\n",
    "a",
    " ",
    "\\",
    "#",
    "{",
    "}",
    "---",
    ": |",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join("");
      const found = withIndentedTexts(text);
      expect(found.split("\n").map((line) => line.trimStart())).toEqual(
        text.split("\n").map((line) => line.trimStart()),
      );
    }),
  );
});

test("texts that never end take time in proportion to their length", () => {
  for (const line of ['d: "', "d: [", "- '", 'd: "a\nb"', "d: [[", ":", "- ", " -", "a:", "d: |"]) {
    const text = `${line}\n`.repeat(250_000 / (line.length + 1));
    expect(withIndentedTexts(text).length).toBeGreaterThanOrEqual(text.length - 1);
  }
  const marks = (mark: string) => codes(`t: [${`${mark} x, `.repeat(20_000 / mark.length)}]`);
  expect(marks("!a").length + marks(`&${"a".repeat(500)}`).length).toBeLessThan(5);
});
