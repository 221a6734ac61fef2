import { describe, expect, test } from "vitest";
import { expand, messagesOf } from "./posts.ts";

const INCLUDE = "{% include references.md %}";
const withInclude = (markdown: string) => {
  const { markdown: text, warnings } = expand("jekyll", `${markdown}\n\n${INCLUDE}`);
  return { text: text.trimEnd(), warnings: messagesOf(warnings) };
};

describe("where what defines links was left out", () => {
  test.each([
    ["[a][b] and [c][]", "a and c"],
    ["[`a` *b* [c]][d]", "`a` *b* [c]"],
    ["![a][b] [![c](/d)][e] [![f][g]][h]", "a ![c](/d) f"],
    ["[a][b\nc] d", "a d"],
    ["详见[文档][doc]。", "详见文档。"],
    ["ne[HTLC][topic htlc]", "neHTLC"],
    ["[a][b][c][]", "ac"],
    ["- [a][B  c]\n- [d][]\n\n[b C]: /e", "- [a][B  c]\n- d\n\n[b C]: /e"],
    ["[a][]\n\n> [A]: /b", "[a][]\n\n> [A]: /b"],
    ["[a][b]{: .c}[^1]", "a[^1]"],
    ["[a][b][^1]\n\n[^1]: c", "a[^1]\n\n[^1]: c"],
  ])("a reference without a definition is its text: %j", (markdown, text) => {
    expect(withInclude(markdown).text).toBe(text);
  });

  test.each([
    "[a](/b) [c] [ ] x[0][i] y[a][] f()[2][3] [^1][^2] \\[a][b] [a] [b]",
    "`[a][b]`\n\n```\n[a][b]\n```\n\n    [a][b]\n",
    "<pre>\n[a][b]\n</pre>",
    "[a\n\nb][c]",
  ])("what is none stays: %j", (markdown) => {
    const { text, warnings } = withInclude(markdown);
    expect(text).toBe(markdown.trimEnd());
    expect(warnings.join()).toMatch(/names a file that feeds do not read$/);
  });

  test("the warning says what may be missing with it", () => {
    expect(withInclude("[a][b]").warnings).toEqual([
      `3: ${INCLUDE} names a file that feeds do not read; link definitions may be missing with it`,
    ]);
  });

  test.each([
    ["{% include_relative a.md %}\n{{ b }}", [1]],
    ["{% for a in b %}\n[{{ a }}]: /c\n{% endfor %}", [1]],
    ["{% foo %}\nd\n{% endfoo %}", [1]],
  ])("whatever left it out, and of no other: %j", (markdown, lines) => {
    const { markdown: text, warnings } = expand("jekyll", `${markdown}\n\n[a][b]`);
    expect(text).toMatch(/\na$/);
    expect(warnings.filter(({ message }) => message.includes("definitions")).map(({ line }) => line)).toEqual(lines);
  });

  test("where nothing was left out a reference is the author's own", () => {
    expect(expand("jekyll", "[a][b] {{ c }} {% youtube abcdefghijk %}").markdown).toContain("[a][b]");
  });
});
