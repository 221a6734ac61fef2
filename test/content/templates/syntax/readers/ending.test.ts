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
