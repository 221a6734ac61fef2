import { describe, expect, test } from "vitest";
import { expand, mdx, messagesOf, shown, thumbnail } from "../posts.ts";

const link = (url: string, label: string) => `<a href="${url}">${label}</a>`;
const audio = (src: string) => `<audio src="${src}" controls></audio>`;

describe("an unknown construct that names one address is a link to it", () => {
  test.each([
    [
      "hugo",
      '{{< external_link url="https://a.example/b" title="A *b*" >}}',
      link("https://a.example/b", "A &#42;b&#42;"),
    ],
    ["hugo", '{{< ext "https://www.a.example/b/" >}}', link("https://www.a.example/b/", "a.example/b")],
    ["hugo", '{{< ext "https://a.example/" "A title" >}}', link("https://a.example/", "A title")],
    [
      "hugo",
      '{{< ext url="https://a.example/" title="https://a.example/" >}}',
      link("https://a.example/", "https://a.example/"),
    ],
    ["hugo", '{{< ext href="https://a.example/" class="b" >}}c *d*{{< /ext >}}', link("https://a.example/", "c *d*")],
    ["eleventy", '{% originalPostEmbed "https://a.example/b" %}', link("https://a.example/b", "a.example/b")],
    ["jekyll", '{% include card.html link="https://a.example/" name="A" %}', link("https://a.example/", "A")],
    ["hexo", "{% foo https://youtu.be/abcdefghijk %}", thumbnail("abcdefghijk")],
    ["jekyll", '{% include podcast-player.md url="https://a.example/b.m4a?c" %}', audio("https://a.example/b.m4a?c")],
    ["hugo", "{{< clip https://a.example/b.MP4 >}}", '<video src="https://a.example/b.MP4" controls></video>'],
  ] as const)("%s: %s", (dialect, markdown, text) => {
    expect(shown(dialect, markdown)).toContain(text);
  });

  test("a block keeps its text, with the link below it", () => {
    expect(shown("hugo", "{{< ext href=https://a.example >}}\nb\n\n- c\n{{< /ext >}}")).toBe(
      `b\n\n- c\n\n${link("https://a.example", "a.example")}`,
    );
  });

  test("a link in the label is not put into another", () => {
    expect(shown("hugo", "a {{< ext href=https://a.example >}}[b](/c){{< /ext >}}")).toBe(
      `a [b](/c) ${link("https://a.example", "a.example")}`,
    );
  });

  test("of a component", () => {
    expect(mdx('a <ExternalLink href="https://a.example">b</ExternalLink>')).toBe(
      `a ${link("https://a.example", "b")}`,
    );
  });

  test("a value of the front matter may be the address where tags name values", () => {
    const values = new Map([["external_url", "https://a.example/"]]);
    expect(shown("eleventy", "{% foo external_url %}", { values })).toBe(link("https://a.example/", "a.example"));
    expect(messagesOf(expand("hexo", "{% foo external_url %}", { values }).warnings)).toHaveLength(1);
  });

  test("what else it says is lost, with a warning", () => {
    const { markdown, warnings } = expand("hugo", '{{< ext url="https://a.example/" words="b c" >}}');
    expect(markdown).toBe(link("https://a.example/", "a.example"));
    expect(messagesOf(warnings)).toEqual([
      '1: {{< ext url="https://a.example/" words="b c" >}} is not known to feeds: of it only a link stays',
    ]);
  });

  test.each([
    "{{< ext https://a.example https://b.example >}}",
    '{{< ext image="https://a.example" >}}',
    "{{< ext ftp://a.example >}}",
    "{{< ext /a >}}",
  ])("not when it may be about something else: %s", (markdown) => {
    const { markdown: text, warnings } = expand("hugo", markdown);
    expect(text).toBe("");
    expect(messagesOf(warnings)).toEqual([`1: ${markdown} is not known to feeds`]);
  });
});
