import fc from "fast-check";
import { Marked } from "marked";
import { describe, expect, test } from "vitest";
import { firstHeading, renderMarkdown } from "../../../lib/content/markdown/markdown.ts";

const plain = new Marked({ gfm: true });
const plainly = (markdown: string) => plain.parse(markdown) as string;

describe("marked leaves **中文。**后 unchanged: we read it as bold, as its author intends", () => {
  test.each([
    ["**中文。**后", "<strong>中文。</strong>后"],
    ["**重点：**后文", "<strong>重点：</strong>后文"],
    ["**“短视频”**火了", "<strong>“短视频”</strong>火了"],
    ["“**引号**”", "“<strong>引号</strong>”"],
    ["前**“引”**后", "前<strong>“引”</strong>后"],
    ["前**（括号）**后", "前<strong>（括号）</strong>后"],
    ["**A（b）**c", "<strong>A（b）</strong>c"],
    ["*斜，*后", "<em>斜，</em>后"],
    ["~~删。~~后", "<del>删。</del>后"],
    ["~删。~后", "<del>删。</del>后"],
    ["**a：*b*。**c", "<strong>a：<em>b</em>。</strong>c"],
    ["**書名』**の", "<strong>書名』</strong>の"],
    ["**一。**二**三。**四", "<strong>一。</strong>二<strong>三。</strong>四"],
    ["***重点：***后", "<em><strong>重点：</strong></em>后"],
    ["**外，*内*，外。**后", "<strong>外，<em>内</em>，外。</strong>后"],
    ["*外，**内。**外。*后", "<em>外，<strong>内。</strong>外。</em>后"],
    ["**见[文。](/a)。**后", '<strong>见<a href="/a">文。</a>。</strong>后'],
    ["**用`a*b`。**后", "<strong>用<code>a*b</code>。</strong>后"],
    ["**𠮷。**𠮷", "<strong>𠮷。</strong>𠮷"],
  ])("%s", (markdown, html) => expect(renderMarkdown(markdown).trim()).toBe(`<p>${html}</p>`));

  test.each(["** 空 **", "**未完", "2 * 3，4 * 5", "**未完。后", "\\*\\*不。\\*\\*后"])(
    "%s is no emphasis",
    (markdown) => {
      expect(renderMarkdown(markdown)).not.toMatch(/<(?:strong|em)>/);
    },
  );

  test("in a heading that becomes the title too", () => {
    expect(firstHeading("# **重点：**后文")).toBe("重点：后文");
  });
});

describe("outside of a mark such punctuation is punctuation: ASCII punctuation within may still end there", () => {
  test.each([
    "为**O(n)**。",
    "**invoke(…)**：这",
    "**`V`**：x",
    "**1.7$**，x",
    "（**(a)**）",
    "“*(a)*”",
    "，~~(a)~~，",
  ])("%s reads as marked alone has it", (markdown) => {
    expect(plainly(markdown)).toMatch(/<(?:strong|em|del)>/);
    expect(renderMarkdown(markdown)).toBe(plainly(markdown));
  });
});

const TEXT = [
  "a",
  "b1",
  "中",
  "文字",
  "é",
  "，",
  "。",
  "：",
  "（",
  "）",
  "“",
  "”",
  "…",
  "(",
  ")",
  ".",
  "!",
  '"',
  " ",
  "`x`",
];
const text = (min: number) =>
  fc.array(fc.constantFrom(...TEXT), { minLength: min, maxLength: 4 }).map((pieces) => pieces.join(""));
const mark = fc.constantFrom("*", "**", "***", "~~", "~");
const marked = fc.tuple(text(1), mark, text(1)).map(([before, mark, inner]) => `${before}${mark}${inner}${mark}`);
const markedTwice = fc
  .tuple(text(1), fc.constantFrom("**", "~~"), marked, text(1))
  .map(([before, mark, inner, rest]) => `${before}${mark}${inner}${rest}${mark}`);

/** Every mark has become markup, and no element is in another of its kind, where ours may end earlier. */
function isPlainlyPaired(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = ""] of html.matchAll(/<(\/?)(\w+)>/g)) {
    if (slash) open.pop();
    else if (open.includes(name)) return false;
    else open.push(name);
  }
  return /<(?:strong|em|del)>/.test(html) && !/[*~]/.test(html);
}

test("what marked alone makes emphasis of, pair by pair, is the same emphasis here", () => {
  let paired = 0;
  fc.assert(
    fc.property(fc.array(fc.oneof(marked, markedTwice), { minLength: 1, maxLength: 3 }), text(0), (pairs, end) => {
      const markdown = `x${pairs.join("")}${end}`;
      const expected = plainly(markdown);
      fc.pre(isPlainlyPaired(expected) && pairs.every((pair) => isPlainlyPaired(plainly(`x${pair}。`))));
      paired += 1;
      expect(renderMarkdown(markdown)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
  expect(paired).toBeGreaterThan(300);
});

const pieces = (...more: readonly string[]) =>
  fc.constantFrom(
    ...["*", "**", "_", "~~", "~", " ", "\n", "a", "b1", "(", ")", ".", "!", '"', "中文", "é", "`", "[", "]"],
    ...more,
  );

test("text without Chinese punctuation reads as CommonMark has it", () => {
  fc.assert(
    fc.property(fc.array(pieces(), { maxLength: 16 }), (pieces) => {
      const markdown = pieces.join("");
      expect(renderMarkdown(markdown)).toBe(plainly(markdown));
    }),
    { numRuns: 2000 },
  );
});

test("so does text with it that has none beside a mark, whatever the post's other paragraphs have", () => {
  fc.assert(
    fc.property(fc.array(pieces("中，文", "文。中"), { maxLength: 16 }), (pieces) => {
      const markdown = pieces.join("").replaceAll("`", "");
      expect(renderMarkdown(`**重点：**后文\n\n${markdown}`)).toBe(
        plainly(`**重点**后文\n\n${markdown}`).replace("重点", "重点："),
      );
    }),
    { numRuns: 1000 },
  );
});

test("thousands of marks cost no more than their number", () => {
  for (const piece of ["*，a ", "a，**", "**，*，", "~~，~", "，*a**，"]) {
    const start = performance.now();
    renderMarkdown(piece.repeat(4000));
    expect(performance.now() - start, piece).toBeLessThan(2000);
  }
});
