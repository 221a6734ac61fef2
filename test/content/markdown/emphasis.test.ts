import fc from "fast-check";
import { Marked } from "marked";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";

describe("marked leaves **中文。**后 as it is: we take it for bold, as its author meant", () => {
  test.each([
    ["**中文。**后", "<strong>中文。</strong>后"],
    ["**重点：**后文", "<strong>重点：</strong>后文"],
    ["**“短视频”**火了", "<strong>“短视频”</strong>火了"],
    ["前**“引”**后", "前<strong>“引”</strong>后"],
    ["**A（b）**c", "<strong>A（b）</strong>c"],
    ["*斜，*后", "<em>斜，</em>后"],
    ["~~删。~~后", "<del>删。</del>后"],
    ["**a：*b*。**c", "<strong>a：<em>b</em>。</strong>c"],
    ["**書名』**の", "<strong>書名』</strong>の"],
  ])("%s", (markdown, html) => expect(renderMarkdown(markdown).trim()).toBe(`<p>${html}</p>`));

  test.each(["** 空 **", "**未完", "2 * 3，4 * 5"])("%s is no emphasis", (markdown) => {
    expect(renderMarkdown(markdown)).not.toMatch(/<(?:strong|em)>/);
  });
});

test("text without Chinese punctuation reads as CommonMark has it", () => {
  const plain = new Marked({ gfm: true });
  const piece = fc.constantFrom(
    "*",
    "**",
    "_",
    "~~",
    "~",
    " ",
    "\n",
    "a",
    "b1",
    "(",
    ")",
    ".",
    "!",
    '"',
    "中文",
    "é",
    "`",
    "[",
    "]",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
      const markdown = pieces.join("");
      expect(renderMarkdown(markdown)).toBe(plain.parse(markdown));
    }),
    { numRuns: 2000 },
  );
});
