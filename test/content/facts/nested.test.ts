/** Facts below a map of their own, where themes read them. */
import { describe, expect, test } from "vitest";
import { parse, postOf, postWith } from "../helpers.ts";

describe("author and picture are read below", () => {
  test.each(["params", "extra", "butterfly", "fluid"])("%s", (map) => {
    expect(postWith(`${map}:\n  author: Ada\n  cover: /gate.jpg`)).toMatchObject({
      authors: [{ name: "Ada" }],
      image: "https://example.org/gate.jpg",
    });
  });

  test.each(["params", "extra"])("a table [%s] of TOML", (map) => {
    const text = `+++\ntitle = "A"\ndate = 2024-10-15\n[${map}]\nauthors = ["Ada", "Lin"]\nimages = ["/gate.jpg"]\n+++\nText.\n`;
    expect(postOf(parse("posts/a.md", text))).toMatchObject({
      authors: [{ name: "Ada" }, { name: "Lin" }],
      image: "https://example.org/gate.jpg",
    });
  });
});

test("what stands at the top comes first, under another key too", () => {
  const { authors, image } = postWith("author: Ada\nimage: /top.jpg\nparams:\n  authors: [Lin]\n  cover: /gate.jpg");
  expect([authors, image]).toEqual([[{ name: "Ada" }], "https://example.org/top.jpg"]);
});

test("an id, a date, an address or a title below them is none of the post", () => {
  const { id, published, url, title } = postWith("params:\n  id: x\n  date: 2020-01-01\n  url: /x/\n  title: X");
  expect([id, published, url, title]).toEqual([
    undefined,
    "2024-10-15T08:20:00Z",
    "https://example.org/2024/10/15/hello/",
    "Hello",
  ]);
});

test("a post that readers know is not updated by being read so", () => {
  expect(postWith("params:\n  cover: /a.jpg").sourceDigest).toBe(postWith("params:\n  cover: /b.jpg").sourceDigest);
});

test("the mark of a tag is no part of its name, and other signs are", () => {
  expect(postWith('tags: ["#water", "##river/upper", "C#", "#", water]').tags).toEqual([
    "water",
    "river/upper",
    "C#",
    "#",
  ]);
});
