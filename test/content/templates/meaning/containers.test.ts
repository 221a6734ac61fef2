import { describe, expect, test } from "vitest";
import { DIALECTS, everyPost, expand, messagesOf, shown } from "../posts.ts";

const quoted = (...lines: readonly string[]) => ["<blockquote>", ...lines, "</blockquote>"].join("\n\n");

describe("containers between colons", () => {
  test.each(everyPost)("are quotations in every post: %s", (_name, dialect, isMdx) => {
    expect(shown(dialect, "a\n\n:::note\n**b**\n\n- c\n:::\n\nd", { isMdx })).toBe(
      `a\n\n${quoted("<strong>Note</strong>", "**b**\n\n- c")}\n\nd`,
    );
  });

  test.each([
    ["::: tip 标题 `a`\nb\n:::", quoted("<strong>标题 `a`</strong>", "b")],
    [":::tip[A title]\nb\n:::", quoted("<strong>A title</strong>", "b")],
    [':::warning{title="A b" .c}\nd\n:::', quoted("<strong>A b</strong>", "d")],
    ["::: {.caution .b}\nc\n:::", quoted("<strong>Caution</strong>", "c")],
    ["::: danger :::\nb\n:::", quoted("<strong>Danger</strong>", "b")],
    ["::: details A\nb\n:::", "<details>\n<summary>A</summary>\n\nb\n\n</details>"],
    ["::: details\nb\n:::", "<details>\n<summary>…</summary>\n\nb\n\n</details>"],
    [":::figure A caption\n![](/a.png)\n:::", "<figure>\n\n![](/a.png)\n\n<figcaption>A caption</figcaption></figure>"],
    [":::: tabs\n::: tab A\nb\n:::\n::::", "<strong>A</strong>\n\nb"],
    [":::info\n```\n:::\n```\n:::", quoted("<strong>Info</strong>", "```\n:::\n```")],
    [":::info\n\n    code\n\n:::", quoted("<strong>Info</strong>", "    code")],
    ["> :::note\n> a\n> :::", "> <blockquote>\n>\n> <strong>Note</strong>\n>\n> a\n>\n> </blockquote>"],
    ["- a\n\n  :::note\n  b\n  :::", "- a\n\n  <blockquote>\n\n  <strong>Note</strong>\n\n  b\n\n  </blockquote>"],
    ["a\n:::note\nb\n:::\nc", `a\n\n${quoted("<strong>Note</strong>", "b")}\n\nc`],
  ])("%j", (markdown, text) => expect(shown("plain", markdown)).toBe(text));

  test("a longer one holds others, and so does one of its length", () => {
    const inner = quoted("<strong>Tip</strong>", "b");
    const outer = (text: string) => quoted("<strong>Note</strong>", text);
    expect(shown("plain", "::::note\n:::tip\nb\n:::\n\na\n::::")).toBe(outer(`${inner}\n\na`));
    expect(shown("plain", ":::note\n:::tip\nb\n:::\n\na\n:::")).toBe(outer(`${inner}\n\na`));
    expect(shown("plain", ":::note\na\n:::::")).toBe(outer("a"));
  });

  test("what stands within is read", () => {
    expect(shown("hexo", ":::note\n{% kbd A %}\n:::")).toBe(quoted("<strong>Note</strong>", "<kbd>A</kbd>"));
    expect(shown("hugo", "{{< details a >}}\n:::note\nb\n:::\n{{< /details >}}")).toBe(
      `<details>\n<summary>a</summary>\n\n${quoted("<strong>Note</strong>", "b")}\n\n</details>`,
    );
  });

  test("of an unknown one the content stays", () => {
    const { markdown, warnings } = expand(
      "plain",
      "a\n\n:::table-wrapper\n| b |\n| - |\n:::\n\n:::table-wrapper\nc\n:::",
    );
    expect(markdown).toBe("a\n\n| b |\n| - |\n\nc");
    expect(messagesOf(warnings)).toEqual(["3: :::table-wrapper is not known to feeds (2 times)"]);
  });

  test.each([
    [":::note\na\n\nb", quoted("<strong>Note</strong>", "a\n\nb")],
    ["::::note\n:::tip\na\n::::\nb", `${quoted("<strong>Note</strong>", quoted("<strong>Tip</strong>", "a"))}\n\nb`],
    ["- :::note\n  a\n- b\n\nc", "- <blockquote>\n\n  <strong>Note</strong>\n\n  a\n\n  </blockquote>\n\n- b\n\nc"],
    [
      "1. a\n\n   :::note\n   b\n\n   c\n\nd",
      "1. a\n\n   <blockquote>\n\n   <strong>Note</strong>\n\n   b\n\n   c\n\n   </blockquote>\n\nd",
    ],
    ["> :::note\n> a\n\nb", "> <blockquote>\n>\n> <strong>Note</strong>\n>\n> a\n>\n> </blockquote>\n\nb"],
    [
      "> > :::note\n> > a\n>\n> b",
      "> > <blockquote>\n> >\n> > <strong>Note</strong>\n> >\n> > a\n> >\n> > </blockquote>\n>\n> b",
    ],
  ])("one that is never closed ends with what it stands in: %j", (markdown, text) => {
    for (const dialect of DIALECTS) {
      const { markdown: written, warnings } = expand(dialect, markdown);
      expect(written).toBe(text);
      expect(messagesOf(warnings)[0]).toMatch(/^\d: :{3,4}\w+ is never closed/);
    }
  });

  test("a tag within it that has no end does not keep it open", () => {
    const { markdown, warnings } = expand("hexo", "- :::note\n  {% kbd A %}\n\n:::\nb");
    expect(markdown).toBe("- <blockquote>\n\n  <strong>Note</strong>\n\n  <kbd>A</kbd>\n\n  </blockquote>\n\n\nb");
    expect(warnings.map(({ line }) => line)).toEqual([1, 4]);
  });

  test("one within a tag ends with it", () => {
    const { markdown, warnings } = expand("hugo", "{{< details a >}}\n:::note\nb\n{{< /details >}}\n\nc");
    expect(markdown).toBe(
      `<details>\n<summary>a</summary>\n\n${quoted("<strong>Note</strong>", "b")}\n\n</details>\n\nc`,
    );
    expect(warnings.map(({ line, fix }) => [line, fix])).toEqual([[2, "write ::: on a line of its own where it ends"]]);
  });

  test("of an unknown one that is never closed the content stays", () => {
    const { markdown, warnings } = expand("eleventy", "a\n\n:::weir-box\n> b\n\nc");
    expect(markdown).toBe("a\n\n> b\n\nc");
    expect(warnings.map(({ line }) => line)).toEqual([3, 3]);
  });

  test.each([
    ["a\n:::\nb", "a\n\nb"],
    [":::note\na\n:::\n:::\nb", `${quoted("<strong>Note</strong>", "a")}\n\n\nb`],
    ["- :::note\n  a\n\n:::\nb", "- <blockquote>\n\n  <strong>Note</strong>\n\n  a\n\n  </blockquote>\n\n\nb"],
  ])("a closing mark that closes nothing is none of the text: %j", (markdown, text) => {
    const { markdown: written, warnings } = expand("plain", markdown);
    expect(written).toBe(text);
    expect(messagesOf(warnings)).toContainEqual(expect.stringMatching(/^\d: ::: closes nothing/));
  });

  test.each([
    "a :::note\nb",
    "::: 3\na",
    "`:::note`\n\n```\n:::note\n:::\n```\n\n    :::note\n    :::\n",
    ":::note::tip\n",
  ])("what is none is text: %j", (markdown) => {
    for (const dialect of DIALECTS) expect(shown(dialect, markdown)).toBe(markdown);
  });
});
