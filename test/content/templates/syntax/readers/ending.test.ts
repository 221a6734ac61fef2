import { describe, expect, test } from "vitest";
import { expand, messagesOf, shown } from "../../posts.ts";

describe("what goes on over blank lines", () => {
  test("a tag is read to its end", () => {
    const markdown = 'a\n\n{% include list.md\n  q0="b"\n\n  a0="c"\n%}\n\nd';
    const { markdown: text, warnings } = expand("jekyll", markdown);
    expect(text).toBe("a\n\n\n\nd");
    expect(messagesOf(warnings)).toEqual([
      '3: {% include list.md q0="b" a0="c" %} names a file that feeds do not read',
    ]);
  });

  test.each([
    ["jekyll", '{% include figure.html\n\n  src="/a.png"\n\n%}', "![](/a.png)"],
    ["eleventy", '{% image\n  "a.png",\n\n  "Alt"\n%}', "![Alt](a.png)"],
    ["hugo", '{{< figure\n\n  src="/a.png"\n\n>}}', "![](/a.png)"],
    ["jekyll", "{{ page.title\n\n  | upcase }}", "A TITLE"],
  ] as const)("%s: %j", (dialect, markdown, text) => expect(shown(dialect, markdown)).toBe(text));

  test.each([
    ["jekyll", "a {% b\n\nc {% kbd D %}", "a {% b\n\nc <kbd>D</kbd>"],
    ["hugo", "a {{< b\n\nc {{< kbd D >}}", "a {{< b\n\nc <kbd>D</kbd>"],
    ["jekyll", "a {{ b\n\nc }} d", "a {{ b\n\nc }} d"],
    ["jekyll", `a {% b\n\n${"c ".repeat(20_000)} %}`, `a {% b\n\n${"c ".repeat(20_000)} %}`],
  ] as const)("but not beyond the next one, nor through a text: %s", (dialect, markdown, text) => {
    expect(shown(dialect, markdown)).toBe(text);
  });

  test("a quote that is not closed takes no other tag's end", () => {
    expect(expand("jekyll", '{% foo "a %} b" c\n\n{% foo %}').markdown).toBe(' b" c\n\n');
  });
});

describe("one that is longer than those that are read stays as it is, and is told", () => {
  const long = '"'.concat("a ".repeat(20_000), '"');
  test.each([
    ["jekyll", `b\n\n{% talk ${long} %} c`, "{% talk…"],
    ["hexo", `b\n\n{% talk ${"arguments ".repeat(5_000)}%} c`, "{% talk…"],
    ["hugo", `b\n\n{{< talk ${long} >}} c`, "{{< talk…"],
    ["zola", `b\n\n{{ talk(a=${long}) }} c`, "{{ talk(…"],
  ] as const)("%s", (dialect, text, named) => {
    const { markdown, warnings } = expand(dialect, `${text}\n\n${text}`);
    expect(markdown).toBe(`${text}\n\n${text}`);
    expect(messagesOf(warnings)).toEqual([
      `3: ${named} has more than 20,000 characters, and stays as it is written (2 times)`,
    ]);
    expect(warnings[0]?.fix).toContain("Markdown or HTML");
  });

  test("and a mark in a text of this length is none", () => {
    expect(shown("jekyll", `a {% b ${"c ".repeat(20_000)}{% kbd D %}`)).toContain("<kbd>D</kbd>");
  });
});
