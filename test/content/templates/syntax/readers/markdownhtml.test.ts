/** `<div markdown="1">`, and what ends a block of HTML for kramdown. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeFeedSafe } from "../../../../../lib/content/html/html.ts";
import { renderMarkdown } from "../../../../../lib/content/markdown/markdown.ts";
import type { DialectName } from "../../../../../lib/model.ts";
import { cpuMs } from "../../../../support/growth.ts";
import { expand, shown } from "../../posts.ts";

const html = (markdown: string, dialect: DialectName = "jekyll"): string =>
  makeFeedSafe(renderMarkdown(shown(dialect, markdown)), "https://weir.example/").html.replace(/\s*\n\s*/g, "");

describe("Markdown is read in elements that say so:", () => {
  test.each([
    ['<div markdown="1">\nA **weir**\n</div>', "<div><p>A <strong>weir</strong></p></div>"],
    ["<section markdown=1>\n* a\n* b\n</section>", "<section><ul><li>a</li><li>b</li></ul></section>"],
    ['<aside markdown="block">*a*</aside>', "<aside><p><em>a</em></p></aside>"],
    ['<p markdown="span">a *b*</p>', "<p>a <em>b</em></p>"],
    ['<h3 markdown="1">a *b*</h3>\nText', "<h3>a <em>b</em></h3><p>Text</p>"],
    [
      '<div markdown="1">\n<div markdown="1">\n*a*\n</div>\n*b*\n</div>',
      "<div><div><p><em>a</em></p></div><p><em>b</em></p></div>",
    ],
    [
      '<details markdown="1">\n<summary>S</summary>\n*a*\n</details>',
      "<details><summary>S</summary><p><em>a</em></p></details>",
    ],
    ['- a\n\n  <div markdown="1">\n  *b*\n  </div>', "<ul><li><p>a</p><div><p><em>b</em></p></div></li></ul>"],
    ['> <div markdown="1">\n> *a*\n> </div>', "<blockquote><div><p><em>a</em></p></div></blockquote>"],
    ['<div markdown="1">\n*a*\n</div>\nText', "<div><p><em>a</em></p></div><p>Text</p>"],
    [
      '<figure markdown="1">\n*a*\n<figcaption>*b*</figcaption>\n</figure>',
      "<figure><p><em>a</em></p><figcaption>*b*</figcaption></figure>",
    ],
  ])("%j", (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
    expect(html(markdown, "plain")).toBe(expected);
  });
});

test.each([
  '<div markdown="0">\n*a*\n</div>',
  "<div>\n*a*\n</div>",
  '<div data-markdown="1">\n*a*\n</div>',
  '<div markdown="1">\n<div>\n*a*\n</div>\n</div>',
  '<div>\n<p markdown="1">*a*</p>\n</div>',
  '<div>\n    <div markdown="1">\n    *a*\n    </div>\n</div>',
])("other elements stay as they are: %j", (markdown) => expect(html(markdown)).toContain("*a*"));

test("neither code nor what other generators read is changed", () => {
  const code = '```\n<div markdown="1">\n</div>\ntext\n```\n';
  expect(shown("jekyll", code)).toBe(code);
  const div = '<div markdown="1">\n*a*\n</div>';
  expect(shown("hugo", div)).toBe(div);
});

test.each([
  ['<div>\n<div markdown="1">\n*a*\n</div>\n*b*\n</div>', "<div><div><p><em>a</em></p></div>*b*</div>"],
  [
    '<table><tr><td markdown="1">*a*</td>\n<td>*b*</td></tr></table>\n*c*',
    "<table><tr><td><p><em>a</em></p></td><td>*b*</td></tr></table><p><em>c</em></p>",
  ],
  ['<ul><li markdown="1">*a*</li></ul>', "<ul><li><p><em>a</em></p></li></ul>"],
])("within elements that are HTML: %j", (markdown, expected) => expect(html(markdown)).toBe(expected));

describe("for kramdown a block of HTML ends with its closing tag:", () => {
  test.each([
    ["<div>*a*</div>\nText *b*", "<div>*a*</div><p>Text <em>b</em></p>"],
    ["<div>*a*</div> text *b*", "<div>*a*</div><p> text <em>b</em></p>"],
    ["<div>\n<div>*a*</div>\n*b*\n</div>\n*c*", "<div><div>*a*</div>*b*</div><p><em>c</em></p>"],
    ['<div>\n<img src="/a.png">\n*b*\n</div>', '<div><img src="https://weir.example/a.png">*b*</div>'],
    ['<img src="/a.png">\n*b*', '<p><img src="https://weir.example/a.png"> <em>b</em></p>'],
  ])("%j", (markdown, expected) => expect(html(markdown)).toBe(expected));

  test("for CommonMark with a blank line", () => expect(html("<div>a</div>\n*b*", "hugo")).toContain("*b*"));
});

test("a mark that ends a block is not shown", () => {
  expect(html("* a\n^\n* b")).toBe("<ul><li>a</li></ul><ul><li>b</li></ul>");
  expect(shown("jekyll", "a ^ b\n\n`^`")).toBe("a ^ b\n\n`^`");
});

test("a list begins with the number that its attributes say", () => {
  expect(html('1. a\n2. b\n{:start="3"}\n\nText')).toBe('<ol start="3"><li>a</li><li>b</li></ol><p>Text</p>');
  expect(html("> 1. a\n> {: .x start=4}")).toBe('<blockquote><ol start="4"><li>a</li></ol></blockquote>');
  expect(html('1. a\n   {:start="3"}\n2. b')).toBe("<ol><li>a</li><li>b</li></ol>");
  expect(html('* a\n{:start="3"}')).toBe("<ul><li>a</li></ul>");
});

test("no text is lost, whatever is around elements", () => {
  const piece = fc.constantFrom(
    '<div markdown="1">',
    "<div>",
    "</div>",
    "<p markdown=1>",
    "</p>",
    "\n",
    "> ",
    "- ",
    "^",
    " ",
    "word",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const { markdown } = expand("jekyll", pieces.join(""));
      expect(markdown.split("word").length).toBe(pieces.join("").split("word").length);
    }),
  );
});

test.each([
  '<div markdown="1">',
  "</div>",
  '<div markdown="1">a</div>\n',
  '<div markdown="1"></p>',
  "<img a>\n",
  "<h2 markdown=1>",
  "^\n",
])("many of %j take time in proportion", (token) => {
  const started = cpuMs();
  expand("jekyll", `<div markdown="1">\n${token.repeat(10_000)}`);
  expect(cpuMs() - started).toBeLessThan(2000);
});
