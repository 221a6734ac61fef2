import { describe, expect, test } from "vitest";
import { DIALECTS, expand, messagesOf, shown } from "../posts.ts";

const quoted = (...lines: readonly string[]) => ["<blockquote>", ...lines, "</blockquote>"].join("\n\n");

describe("components between two colons", () => {
  test.each([
    ['::alert{type="info"}\nThe **weir** is open.\n::', quoted("<strong>Info</strong>", "The **weir** is open.")],
    ["::note\na\n::", quoted("<strong>Note</strong>", "a")],
    ['::callout{icon="i-x" type="warning"}\na\n::', quoted("<strong>Warning</strong>", "a")],
    ['::tip{title="A title"}\na\n::', quoted("<strong>A title</strong>", "a")],
    ["::tip\n---\ntitle: 'A title'\nicon: x\n---\na\n::", quoted("<strong>A title</strong>", "a")],
    ["::card\n---\ntitle: Mill\nto: /mill\n---\na\n\n- b\n::", '<strong><a href="/mill">Mill</a></strong>\n\na\n\n- b'],
    ["::card{title=A}\na\n\n#footer\nb\n::", "<strong>A</strong>\n\na\n\n\nb"],
    [
      "::card{title=A}\n  :::note\n  a\n  #footer\n  b\n  :::\n::",
      `<strong>A</strong>\n\n${quoted("<strong>Note</strong>", "a\n\nb")}`,
    ],
    ["> ::note\n> a\n> ::", "> <blockquote>\n>\n> <strong>Note</strong>\n>\n> a\n>\n> </blockquote>"],
    ["::note\n```\n::\n```\n::", quoted("<strong>Note</strong>", "```\n::\n```")],
    ["::video{src=/a.mp4}", '<video src="/a.mp4" controls></video>'],
    ["::github{repo=a/b}", '<a href="https://github.com/a/b">GitHub</a>'],
    [
      "::youtube[A film]{#dQw4w9WgXcQ}",
      expect.stringContaining('<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">'),
    ],
    ['::link-card{url="https://example.org/a" title=B}', '<strong><a href="https://example.org/a">B</a></strong>'],
    ['::sluice-link{url="https://example.org/a" title=B}', '<a href="https://example.org/a">B</a>'],
  ])("%j", (markdown, text) => expect(shown("plain", markdown)).toEqual(text));

  test.each(DIALECTS)("of one that is not known the content stays: %s", (dialect) => {
    const { markdown, warnings } = expand(
      dialect,
      "a\n\n::weir-box{height=2}\nb\n\n#aside\nc\n::\n\nd\n\n::sluice[e]{f=g}",
    );
    expect(markdown).toBe("a\n\nb\n\n\nc\n\nd\n\ne");
    expect(messagesOf(warnings)).toEqual([
      "3: ::weir-box{height=2} is not known to feeds",
      "12: ::sluice[e]{f=g} is not known to feeds",
    ]);
  });

  test.each([
    "::\na\n::",
    "::before\n\nand ::after",
    "a::b\n\nstd::vector",
    "a ::b{c=d}",
    "::note a\nb\n::",
    "term\n: definition",
    "`::note`\n\n```\n::note\na\n::\n```",
    "#tag\n\na\n#tag b",
    ":::note\n#tag\n",
  ])("what is none is text: %j", (markdown) => {
    for (const dialect of DIALECTS)
      expect(expand(dialect, markdown).markdown).toContain(markdown.replace(":::note\n", "").trim());
  });

  test("rules within a container are no values of it", () => {
    expect(shown("plain", ":::note\n---\na\n\n---\n:::")).toBe(quoted("<strong>Note</strong>", "---\na\n\n---"));
  });
});

describe("components within a line", () => {
  test.each([
    ['a :icon{name="x"} b', "a  b"],
    ["a :badge[v1] b", "a v1 b"],
    [":badge[v1]{color=red}, b", "v1, b"],
    ["(:kbd[K])", "(<kbd>K</kbd>)"],
    ["看 :badge[新]。", "看 新。"],
    ["a :note[b *c*] d", "a b *c* d"],
  ])("%j", (markdown, text) => {
    for (const dialect of ["plain", "astro"] as const) expect(shown(dialect, markdown)).toBe(text);
    expect(shown("astro", markdown, { isMdx: true })).toBe(text);
    for (const dialect of ["jekyll", "hexo", "hugo", "zola", "eleventy"] as const)
      expect(shown(dialect, markdown)).toBe(markdown);
  });

  test("of one that is not known the words stay", () => {
    const { markdown, warnings } = expand("plain", "a\n\nb :sluice[c **d**]{e=f} g");
    expect(markdown).toBe("a\n\nb c **d** g");
    expect(messagesOf(warnings)).toEqual(["3: :sluice[c **d**]{e=f} is not known to feeds"]);
  });

  test.each([
    "a :tada: b",
    "at 10:30[1] and 10:a[1]",
    "a::b[c]",
    "版本:beta[1]",
    "https://a.example/:b[c]",
    "a :b[c](d)",
    "a :b{c} d",
    "a :b[c\nd]",
    "`a :badge[v1] b`",
    "\\:badge[v1]",
  ])("what is none is text: %j", (markdown) => {
    for (const dialect of DIALECTS) expect(shown(dialect, markdown)).toBe(markdown);
  });
});
