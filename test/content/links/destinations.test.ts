/** Where the links and pictures of a text lead. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { destinationsIn } from "../../../lib/content/links/destinations.ts";
import { expectLinear } from "../../support/growth.ts";

const written = (text: string, isMdx = false) =>
  destinationsIn(text, isMdx).map((each) => [each.written, each.isPicture ? "picture" : "link"]);

describe("destinations", () => {
  test.each([
    ["[a](b.md)", [["b.md", "link"]]],
    ["![a](b.png 'title')", [["b.png", "picture"]]],
    [
      "[![a](b.png)](c.md)",
      [
        ["b.png", "picture"],
        ["c.md", "link"],
      ],
    ],
    [
      "[a](<my b.md>) [c](d_(e).md)",
      [
        ["my b.md", "link"],
        ["d_(e).md", "link"],
      ],
    ],
    ["[a][r]\n\n[r]: b.md 'title'", [["b.md", "link"]]],
    ["> [r]: <b c.png>", [["b c.png", "picture"]]],
    ['<a class="x" href="b.md?x=1&amp;y=2">', [["b.md?x=1&y=2", "link"]]],
    [
      "<img src='b.png' data-src=c.png>",
      [
        ["b.png", "picture"],
        ["c.png", "picture"],
      ],
    ],
    ["[a](b\\_c.md)", [["b_c.md", "link"]]],
    [
      "[^1]\n\n[^1]: [a](b.md)",
      [
        ["[a](b.md)", "link"],
        ["b.md", "link"],
      ],
    ],
  ])("%s", (text, found) => {
    expect(written(text).filter(([one]) => !one?.startsWith("["))).toEqual(
      found.filter(([one]) => !one?.startsWith("[")),
    );
  });

  test.each([
    "`[a](b.md)`",
    "```\n[a](b.md)\n```",
    "    [a](b.md)",
    "<!-- [a](b.md) -->",
    "\\[a](b.md)",
    "a](b.md)",
    "[a] (b.md)",
    "<pre><a href='b.md'></pre>",
  ])("in %s are none", (text) => {
    expect(written(text)).toEqual([]);
  });

  test("are found in time that is linear in the text", () => {
    for (const piece of ["[a](", "](", "[", "![](<", "[r]:", 'href="', "<!--", "[a](b(c(d", "\\["]) {
      expectLinear((times) => {
        const text = `${piece.repeat(times)}[x](y.md)`;
        return () => destinationsIn(text, false);
      });
    }
  });

  test("never throw, and are where they say", () => {
    const piece = fc.constantFrom(
      "[",
      "]",
      "(",
      ")",
      "<",
      ">",
      "!",
      "a.md",
      "href=",
      '"',
      "`",
      "\n",
      "\\",
      "[r]: ",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        for (const { at } of destinationsIn(text, false)) expect(at).toBeLessThan(text.length);
      }),
    );
  });
});
