import fc from "fast-check";
import { Marked } from "marked";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { asMarkedReads } from "./ours.ts";

describe("a line break in a paragraph", () => {
  const markdown = "one\ntwo，**三。**四\nfive[^1]\n\n- six\n  seven\n\n[^1]: eight\n    nine\n";

  test("is a space by default", () => {
    expect(renderMarkdown(markdown)).not.toContain("<br>");
    expect(renderMarkdown(markdown)).toBe(renderMarkdown(markdown, { breaks: false }));
  });

  test("is rendered with the option `breaks`, in lists and notes and beside Chinese too", () => {
    const html = renderMarkdown(markdown, { breaks: true });
    expect(html).toContain("<p>one<br>two，<strong>三。</strong>四<br>five<sup>");
    expect(html).toContain("six<br>seven");
    expect(html).toContain("eight<br>nine");
  });

  test("depends on the options of this call, not on those of the one before", () => {
    const first = renderMarkdown("a\nb");
    expect(renderMarkdown("a\nb", { breaks: true })).toBe("<p>a<br>b</p>\n");
    expect(renderMarkdown("a\nb")).toBe(first);
  });
});

test("a text with breaks reads as marked has it", () => {
  const plain = new Marked({ gfm: true, breaks: true });
  const some = [
    "a",
    "h",
    "www.",
    "f",
    "https://a.b",
    " ",
    "  ",
    "\n",
    " \n",
    "*",
    "_",
    "`",
    "\\",
    "<b>",
    "![",
    "x](y)",
    "中",
    "~",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...some), { maxLength: 16 }), (pieces) => {
      const markdown = asMarkedReads(pieces.join("").replace(/[*~]+(?=中)|(?<=中)[*~]+/g, ""));
      expect(renderMarkdown(markdown, { breaks: true })).toBe(plain.parse(markdown));
    }),
    { numRuns: 3000 },
  );
});

test("what is defined anywhere is found from text beside Chinese punctuation", () => {
  const html = renderMarkdown("**重点：**见[文]与脚注[^1]。\n\n[文]: /a\n[^1]: **注。**完\n");
  expect(html).toContain('<strong>重点：</strong>见<a href="/a">文</a>与脚注<sup>');
  expect(html).toContain("<strong>注。</strong>完");
});
