import fc from "fast-check";
import { Marked } from "marked";
import { describe, expect, test } from "vitest";
import { makeFeedSafe } from "../../../lib/content/html/html.ts";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { cpuMs } from "../../support/growth.ts";

const compact = (markdown: string) => renderMarkdown(markdown).replaceAll("\n", "");

describe("a line that begins with `: ` defines the line before", () => {
  test.each([
    ["Apple\n: A fruit", "<dl><dt>Apple</dt><dd>A fruit</dd></dl>"],
    ["Apple\n: A fruit\n: A company", "<dl><dt>Apple</dt><dd>A fruit</dd><dd>A company</dd></dl>"],
    ["Apple\n:   A fruit\n\n:   A company", "<dl><dt>Apple</dt><dd>A fruit</dd><dd>A company</dd></dl>"],
    ["Lemon\nLime\n: Sour", "<dl><dt>Lemon</dt><dt>Lime</dt><dd>Sour</dd></dl>"],
    ["A\n: 1\n\nB\n: 2\n\nafter", "<dl><dt>A</dt><dd>1</dd><dt>B</dt><dd>2</dd></dl><p>after</p>"],
    ["**术语。**文\n: 定义*重。*文", "<dl><dt><strong>术语。</strong>文</dt><dd>定义<em>重。</em>文</dd></dl>"],
    ["`a`\n: [b](/c)", '<dl><dt><code>a</code></dt><dd><a href="/c">b</a></dd></dl>'],
    ["# H\nA\n: 1\n\n# I", "<h1>H</h1><dl><dt>A</dt><dd>1</dd></dl><h1>I</h1>"],
    ["> A\n> : 1", "<blockquote><dl><dt>A</dt><dd>1</dd></dl></blockquote>"],
    ["Weir\n\n:   A dam", "<dl><dt>Weir</dt><dd>A dam</dd></dl>"],
    [
      "Weir\n\n:   A dam\n\n    [more](/a)\n\nGate\n\n: A door",
      '<dl><dt>Weir</dt><dd><p>A dam</p><p><a href="/a">more</a></p></dd><dt>Gate</dt><dd>A door</dd></dl>',
    ],
    ["A\n:\ttab", "<dl><dt>A</dt><dd>tab</dd></dl>"],
  ])("%j", (markdown, html) => expect(compact(markdown)).toBe(html));
});

describe("a definition holds", () => {
  test.each([
    ["the lines that follow it", "A\n: one\ntwo\n: three", "<dd>onetwo</dd><dd>three</dd>"],
    ["paragraphs that are indented", "A\n: one\n\n  two\n\nthree", "<dd><p>one</p><p>two</p></dd></dl><p>three</p>"],
    ["code", "A\n:   one\n\n        code\n", "<dd><p>one</p><pre><code>code</code></pre></dd>"],
    [
      "code between fences, with blank lines and colons in it",
      "A\n: one\n\n  ```js\n  a\n\n  : b\n  ```\n\nB\n: 2",
      '<dd><p>one</p><pre><code class="language-js">a: b</code></pre></dd><dt>B</dt>',
    ],
    ["pictures", "A\n: one\n\n    ![b](c.png)", '<dd><p>one</p><p><img src="c.png" alt="b"></p></dd>'],
    ["code, by four spaces more than its text", "A\n: one\n\n      code\n", "<p>one</p><pre><code>code</code></pre>"],
    ["what is indented by a tab", "A\n: one\n\n\ttwo\n\n\t    code", "<p>two</p><pre><code>code</code></pre>"],
    ["lists", "A\n: - one\n  - two", "<dd><ul><li>one</li><li>two</li></ul></dd>"],
    ["notes", "A\n: one[^1]\n\n[^1]: note", '<dd>one<sup><a href="#fn1">1</a></sup></dd></dl>'],
  ])("%s", (_, markdown, html) => expect(compact(markdown)).toContain(html));
});

describe("no definition is", () => {
  test.each([
    ["an emoji by its name", "Hello\n:smile: there"],
    ["a line behind two blank ones", "Hello\n\n\n: there"],
    ["a colon with nothing behind it", "Hello\n:  \nthere"],
    ["a first line", ": there"],
    ["a container", "Hello\n::: note\nx\n:::"],
    ["a full-width colon", "你好\n： 世界"],
    ["what follows a table", "| a |\n|---|\n: there"],
    ["what follows a heading", "# Hello\n: there"],
    ["a line in code", "```\nHello\n: there\n```"],
    ["a line in indented code", "    Hello\n    : there"],
    ["a line in HTML", "<div>\nHello\n: there\n</div>"],
  ])("%s", (_, markdown) => expect(renderMarkdown(markdown)).not.toContain("<dl>"));
});

test("the same in a feed", () => {
  const { html } = makeFeedSafe(renderMarkdown("A\n: one\n\n  two\n\nB\n: three"), "https://example.org/");
  expect(html).toBe("<dl>\n<dt>A</dt>\n<dd><p>one</p>\n<p>two</p></dd>\n<dt>B</dt>\n<dd>three</dd>\n</dl>");
});

/** marked itself throws for some texts, such as an empty item in a quotation in an item that a line goes on. */
function isReadable(markdown: string): boolean {
  try {
    return new Marked().parse(markdown) !== undefined;
  } catch {
    return false;
  }
}

test("no text is lost, whatever is around a definition", () => {
  const piece = fc.constantFrom("\n", "\n\n", ": ", ":", "  ", "    ", "- ", "> ", "xx", "y z", "# ", "|", "*");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const markdown = `${pieces.join("")}\nTerm\n: last`;
      const words = (text: string) => text.replace(/<[^>]*>/g, "").replace(/[^xyz]/g, "");
      fc.pre(isReadable(markdown));
      const html = renderMarkdown(markdown, { emoji: false });
      fc.pre(!html.includes("<table>")); // a row's cells beyond those of the head are left out (GFM §4.10)
      expect(words(html)).toBe(words(markdown));
    }),
    { numRuns: 2000 },
  );
});

test("thousands of lines cost no more than their number", () => {
  for (const piece of ["term\n", "a\n: b\n", "a\n: b\n\n", ": b\n", "a\n: b\n\n\n\n  "]) {
    const start = cpuMs();
    renderMarkdown(`a\n: b\n\n${piece.repeat(3000)}`);
    expect(cpuMs() - start, piece).toBeLessThan(2000);
  }
});

test("rows of a table without its head leave what follows as it is", () => {
  expect(compact("| a | b |\n| c | d |\n\n**e**\n\n- f")).toBe(
    "<p>| a | b || c | d |</p><p><strong>e</strong></p><ul><li>f</li></ul>",
  );
  expect(compact("| a | b |\n\nA\n: 1")).toBe("<p>| a | b |</p><dl><dt>A</dt><dd>1</dd></dl>");
  expect(compact("| a |\n|===|\n| b |\n\n## c")).toBe("<p>| a ||===|| b |</p><h2>c</h2>");
});
