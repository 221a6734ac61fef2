/** Which files a link to a file may mean. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWholeStem, nameMeant, nameOf, stemsMeant, stemsOf } from "../../../lib/content/links/stems.ts";
import type { Sought } from "../../../lib/model.ts";

const isMeant = (written: string, from: string, to: string, sought: Sought = "file"): boolean => {
  const stems = [...stemsOf(to), "=c#"];
  return stemsMeant({ written, sought }, from).some(({ stem }) =>
    isWholeStem(stem) ? stems.includes(stem) : stems.some((each) => each.endsWith(`/${stem}`)),
  );
};

describe("a link means a file", () => {
  test.each([
    ["two.md", "posts/one.md", "posts/two.md"],
    ["./two.md#part", "posts/one.md", "posts/two.md"],
    ["two.MD?x=1", "posts/one.md", "posts/two.md"],
    ["../_posts/2024-01-02-two.md", "_posts/2024-01-01-one.md", "_posts/2024-01-02-two.md"],
    ["_posts/2024-01-02-two.md", "_posts/2024-01-01-one.md", "_posts/2024-01-02-two.md"],
    ["/posts/two.md", "content/posts/one.md", "content/posts/two.md"],
    ["posts/two.md", "content/notes/one.md", "content/posts/two.md"],
    ["bundle/index.md", "content/posts/one.md", "content/posts/bundle/index.md"],
    ["bundle", "content/posts/one.md", "content/posts/bundle/index.md"],
    ["../two.md", "content/posts/bundle/index.md", "content/posts/two.md"],
    ["./two.mdx", "blog/bundle/index.md", "blog/two.mdx"],
    ["two.fr.md", "content/posts/one.md", "content/posts/two.fr.md"],
    ["two.md", "content/posts/one.fr.md", "content/posts/two.fr.md"],
    ["%E7%81%8C%E6%B0%B4.md", "posts/one.md", "posts/灌水.md"],
    ["My%20note.md", "posts/one.md", "posts/My note.md"],
    ["..\\posts\\two.md", "posts/one.md", "posts/two.md"],
    ["@/blog/two.md", "content/blog/one.md", "content/blog/two.md"],
    ["{filename}/posts/two.md", "content/notes/one.md", "content/posts/two.md"],
    ["{filename}two.md", "content/notes/one.md", "content/notes/two.md"],
    ["|filename|two.md", "content/notes/one.md", "content/notes/two.md"],
    ["index.md", "content/posts/a/b.md", "content/posts/a/index.md"],
  ])("%j in %s: %s", (written, from, to) => {
    expect(isMeant(written, from, to)).toBe(true);
  });

  test.each([
    ["two.md", "posts/one.md", "notes/two.md"],
    ["../two.md", "content/posts/one.md", "content/posts/two.md"],
    ["two.md", "posts/one.md", "posts/two-more.md"],
    ["o.md", "posts/one.md", "posts/two.md"],
    ["two.md", "posts/deep/one.md", "two.md"],
    ["./two.md", "posts/one.md", "two.md"],
    ["vue.md", "posts/one.md", "posts/vue.js.md"],
  ])("but %j in %s not: %s", (written, from, to) => {
    expect(isMeant(written, from, to)).toBe(false);
  });

  test.each([
    ["two", "_posts/one.md", "_posts/2024-01-02-two.md", "anywhere"],
    ["2024-01-02-two", "_posts/one.md", "work/_posts/2024-01-02-two.md", "anywhere"],
    ["sub/2024-01-02-two", "_posts/one.md", "_posts/sub/2024-01-02-two.md", "anywhere"],
    ["notes/2024-01-02-two", "_posts/one.md", "notes/_posts/2024-01-02-two.md", "anywhere"],
    ["two.md", "content/posts/one.md", "content/notes/deep/two.md", "page"],
    ["Second note", "notes/one.md", "notes/deep/second-note.md", "note"],
    ["C#", "notes/one.md", "notes/x.md", "note"],
    ["deep/Second note#Part", "notes/one.md", "notes/deep/second_note.md", "note"],
  ] as const)("%j in %s, wherever it is: %s", (written, from, to, sought) => {
    expect(isMeant(written, from, to, sought)).toBe(true);
  });

  test("of no other folder that merely ends alike", () => {
    expect(isMeant("sub/two", "_posts/one.md", "_posts/my-sub/two.md", "anywhere")).toBe(false);
  });
});

test("what is no name of a file means none", () => {
  for (const written of ["", "#part", "?a", "x".repeat(2000), " "]) {
    expect(stemsMeant({ written, sought: "file" }, "posts/one.md")).toEqual([]);
  }
});

test("the name alone finds what the stems find, whatever an author types", () => {
  const part = fc.constantFrom(
    "..",
    ".",
    "a",
    "B c",
    "index",
    "_index",
    "x.fr",
    "@",
    "~",
    "{filename}",
    "",
    "2024-01-02-a",
    "灌溉",
  );
  const written = fc
    .array(part, { maxLength: 5 })
    .chain((parts) => fc.constantFrom(...["", ".md", "/"].map((end) => parts.join("/") + end)));
  const sought = fc.constantFrom<Sought>("file", "page", "anywhere");
  fc.assert(
    fc.property(written, sought, (text, where) => {
      const reference = { written: text, sought: where };
      const stems = stemsMeant(reference, "content/posts/one.md");
      const name = nameMeant(reference);
      if (name !== undefined) expect(stems.every(({ stem }) => nameOf(stem) === name)).toBe(true);
    }),
  );
});
