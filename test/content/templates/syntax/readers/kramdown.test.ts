import { describe, expect, test } from "vitest";
import { shown } from "../../posts.ts";

describe("kramdown's attributes", () => {
  test.each([
    ["* TOC\n{:toc}\n\ntext", "\n\ntext"],
    ["1. contents\n{: toc}\ntext", "\ntext"],
    ["## Title {#id}\n\n## Next {: .a}\n", "## Title\n\n## Next\n"],
    ["## Title\n{: #id .a}\n\ntext", "## Title\n\ntext"],
    ["text\n{: .a}\nmore", "text\n\nmore"],
    ["- a\n{: .b}\n- c", "- a\n- c"],
    ["- {:.a} b", "- b"],
    ["{: .a}\ntext", "text"],
    ['![a](/b.png){: width="10" title="}"} *c*{:.d} `e`{:.language-js}', "![a](/b.png) *c* `e`"],
    ["{:ref: .a}\ntext", "text"],
    ["a{::comment}b\nc{:/comment}d", "ad"],
    ["a{::nomarkdown}<b>{:/}d", "a<b>d"],
    ['{::options parse_block_html="true" /}\n\ntext', "\n\ntext"],
    ["word{: .a} stays", "word{: .a} stays"],
    ["> a\n{: .b}\n", "> a\n"],
  ])("%j", (markdown, text) => expect(shown("jekyll", markdown)).toBe(text));
});

describe("goldmark's attributes", () => {
  test.each([
    ['# A {#id .b key="v"}\n## C {.d}', "# A\n## C"],
    ["a\n{.b #c}\n\nd", "a\n\nd"],
    ["- a\n{.b}\n- c", "- a\n- c"],
    ["a {.b} c\n\n{.d}\n\n# {e}\n{f}", "a {.b} c\n\n{.d}\n\n# {e}\n{f}"],
  ])("%j", (markdown, text) => expect(shown("hugo", markdown)).toBe(text));

  test("those on a line of their own are read in Eleventy, too, as markdown-it-attrs has them", () => {
    expect(shown("eleventy", "A weir.\n{.wide}\n\nB.")).toBe(shown("hugo", "A weir.\n{.wide}\n\nB."));
    expect(shown("eleventy", "A weir.\n{.wide}\n\nB.")).not.toContain("wide");
  });
});
