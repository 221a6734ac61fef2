import fc from "fast-check";
import { Marked } from "marked";
import { describe, expect, test } from "vitest";
import { firstHeading, renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { cpuMs } from "../../support/growth.ts";
import { asMarkedReads } from "./ours.ts";

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

describe("a mark beside Chinese, Japanese or Korean may begin or end whatever punctuation is on its other side", () => {
  test.each([
    ["**水位:**上涨", "<strong>水位:</strong>上涨"],
    ['今天**"开闸"演练**——顺利', "今天<strong>&quot;开闸&quot;演练</strong>——顺利"],
    ["**堤坝(北)**之后", "<strong>堤坝(北)</strong>之后"],
    ["堤坝**(北)**之后", "堤坝<strong>(北)</strong>之后"],
    ["**放水.**因此", "<strong>放水.</strong>因此"],
    ["~~放水(停)~~后", "<del>放水(停)</del>后"],
    ["前~(停)~后", "前<del>(停)</del>后"],
    ["***水位(高)***后", "<em><strong>水位(高)</strong></em>后"],
    ["*水位(高)*后", "<em>水位(高)</em>后"],
    ["**川(かわ)**です", "<strong>川(かわ)</strong>です"],
    ["**강(江)**은", "<strong>강(江)</strong>은"],
    ["**开闸🎉**之后", "<strong>开闸🎉</strong>之后"],
    ["之后**🎉开闸**了", "之后<strong>🎉开闸</strong>了"],
    ["葛\u{e0100}**(城)**", "葛\u{e0100}<strong>(城)</strong>"],
    ["**看`gate`**之后", "<strong>看<code>gate</code></strong>之后"],
    ["之后**[闸](/a)**开", '之后<strong><a href="/a">闸</a></strong>开'],
    ["**外*内(x)*外(y)**后", "<strong>外<em>内(x)</em>外(y)</strong>后"],
    ["`**`中**(x)**中", "<code>**</code>中<strong>(x)</strong>中"],
  ])("%s", (markdown, html) => expect(renderMarkdown(markdown).trim()).toBe(`<p>${html}</p>`));

  test.each(["**a:**b", "a**(b)**c", "**堤坝(北)**x", "前** (x)**后", "__水位:__上涨", "3*(4)中"])(
    "%s is as CommonMark has it",
    (markdown) => expect(renderMarkdown(markdown)).toBe(plainly(markdown)),
  );
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
      const markdown = asMarkedReads(`x${pairs.join("")}${end}`);
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
    ...["*", "**", "_", "~~", "~", " ", "\n", "a", "b1", "(", ")", ".", "!", '"', "я", "é", "`", "[", "]", "🎉"],
    ...more,
  );

test.each(["河流的*.js和*.css文件", "在*.weir.example或*后"])("names of files hold no emphasis: %s", (markdown) =>
  expect(renderMarkdown(markdown).trim()).toBe(`<p>${markdown}</p>`),
);

test("text without Chinese, Japanese and Korean reads as CommonMark has it", () => {
  fc.assert(
    fc.property(fc.array(pieces(), { maxLength: 16 }), (pieces) => {
      const markdown = asMarkedReads(pieces.join(""));
      expect(renderMarkdown(markdown)).toBe(plainly(markdown));
    }),
    { numRuns: 2000 },
  );
});

test("so does text that has none of it beside a mark, whatever the post's other paragraphs have", () => {
  fc.assert(
    fc.property(fc.array(pieces("x中，文x", "é文。中é"), { maxLength: 16 }), (pieces) => {
      const markdown = asMarkedReads(pieces.join("").replaceAll("`", ""));
      expect(renderMarkdown(`**重点：**后文\n\n${markdown}`)).toBe(
        plainly(`**重点**后文\n\n${markdown}`).replace("重点", "重点："),
      );
    }),
    { numRuns: 1000 },
  );
});

test("thousands of marks cost no more than their number", () => {
  for (const piece of ["*，a ", "a，**", "**，*，", "~~，~", "，*a**，", "中*(", "中**(a)", "(~~中"]) {
    const start = cpuMs();
    renderMarkdown(piece.repeat(4000));
    expect(cpuMs() - start, piece).toBeLessThan(2000);
  }
});
