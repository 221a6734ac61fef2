/** `==marked==`, `++inserted++` and `x^2^`. */
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { cpuMs } from "../../support/growth.ts";

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

describe("what is between two pairs of plus signs is inserted:", () => {
  test.each([
    ["A ++b++ c", "<p>A <ins>b</ins> c</p>"],
    ["++b **c**++.", "<p><ins>b <strong>c</strong></ins>.</p>"],
    ["水++新++田", "<p>水<ins>新</ins>田</p>"],
  ])("%s", (markdown, html) => expect(render(markdown)).toBe(html));

  test.each([
    "i++ and j++",
    "++i; ++j",
    "++i and j++",
    "++i 和 i++ 不同",
    "(++count, count++)",
    "for (; ++i) { j++ }",
    "C++ and g++",
    "C++、G++",
    "a+++b+++c",
    "++ a ++",
    "`++a++`",
    "+++\na\n+++",
  ])("other plus signs stay: %j", (markdown) => expect(render(markdown)).not.toContain("<ins>"));
});

describe("what is between two carets is above the line:", () => {
  test.each([
    ["x^2^ and y^n+1^.", "<p>x<sup>2</sup> and y<sup>n+1</sup>.</p>"],
    ["The 19^th^ field", "<p>The 19<sup>th</sup> field</p>"],
    ["10^-3^ m^2^/m^3^", "<p>10<sup>-3</sup> m<sup>2</sup>/m<sup>3</sup></p>"],
    ["面积 5m^2^，很大", "<p>面积 5m<sup>2</sup>，很大</p>"],
    ["(a+b)^2^ Na^+^", "<p>(a+b)<sup>2</sup> Na<sup>+</sup></p>"],
  ])("%s", (markdown, html) => expect(render(markdown)).toBe(html));

  test.each([
    "2^10 and 2^20",
    "a^b^c",
    "x^2+y^2",
    "x^2 + y^2 = z^2",
    "好^_^ 嗯^o^ T^T",
    "^a^ b",
    "`x^2^`",
    "$x^2^$",
    "[^a-z]x[^0-9]",
    "10^8/10^6",
    "https://weir.example/a^2^",
    "[a](/x^2^)",
    "x^2^{3}",
  ])("other carets stay: %s", (markdown) => expect(render(markdown)).not.toContain("<sup>"));

  test("beside footnotes", () => {
    const html = render("A[^1][^2] x^2^\n\n[^1]: b\n[^2]: c");
    expect(html).toContain(">1</a></sup>");
    expect(html).toContain("x<sup>2</sup>");
  });
});

test.each([["==a "], ["a=="], ["==a== "], ["==`"], ["==**a"], ["++a "], ["a^b"], ["a^2^ "], ["^"]])(
  "many of %s take time in proportion",
  (token) => {
    const started = cpuMs();
    renderMarkdown(token.repeat(20_000));
    expect(cpuMs() - started).toBeLessThan(3000);
  },
);

test("in an address two signs are part of it", () => {
  expect(renderMarkdown("awww.example.com===a@b.example")).toBe(
    '<p>a<a href="http://www.example.com===a@b.example">www.example.com===a@b.example</a></p>\n',
  );
});
