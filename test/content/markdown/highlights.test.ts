/** `==marked==`. */
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";

const render = (markdown: string) => renderMarkdown(markdown).trim();

describe("what is between two pairs of equals signs is marked:", () => {
  test.each([
    ["A ==b== c", "<p>A <mark>b</mark> c</p>"],
    ["==b **c** `d`==", "<p><mark>b <strong>c</strong> <code>d</code></mark></p>"],
    ["文字==标记==文字", "<p>文字<mark>标记</mark>文字</p>"],
    ["**==b==**", "<p><strong><mark>b</mark></strong></p>"],
    ["(==b==), ==c==.", "<p>(<mark>b</mark>), <mark>c</mark>.</p>"],
    ["==a= b==", "<p><mark>a= b</mark></p>"],
    ["==a\nb==", "<p><mark>a\nb</mark></p>"],
  ])("%s", (markdown, html) => expect(render(markdown)).toBe(html));
});

describe("other equals signs stay:", () => {
  test.each([
    "a == b and c == d",
    "if (a==b || c==d)",
    "a==b==c",
    "== a ==",
    "====",
    "===a===",
    "==a",
    "`==a==`",
    "==a `b== c`",
    "x[0]==y and z==1",
  ])("%s", (markdown) => expect(render(markdown)).not.toContain("<mark>"));

  test("in TeX", () => expect(render("$a_1 ==b== c$")).not.toContain("<mark>"));
});

test.each([["==a "], ["a=="], ["==a== "], ["==`"], ["==**a"]])("many of %s take time in proportion", (token) => {
  const started = performance.now();
  renderMarkdown(token.repeat(20_000));
  expect(performance.now() - started).toBeLessThan(3000);
});

test("in an address two signs are part of it", () => {
  expect(renderMarkdown("awww.example.com===a@b.example")).toBe(
    '<p>a<a href="http://www.example.com===a@b.example">www.example.com===a@b.example</a></p>\n',
  );
});
