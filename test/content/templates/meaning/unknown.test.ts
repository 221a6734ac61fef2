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

describe("a word that is no address shows no picture, sound or frame:", () => {
  test.each([
    "{{% img weir png %}}",
    "{{< img weir >}}",
    '{{< figure src="weir" >}}',
    "{{< audio song >}}",
    "{{< iframe plan >}}",
  ])("%s", (markdown) => {
    const { markdown: text, warnings } = expand("hugo", markdown);
    expect(text).toBe("");
    expect(messagesOf(warnings)).toEqual([`1: ${markdown} is not known to feeds`]);
  });

  test("a name of a file or a path is one", () =>
    expect(shown("hugo", '{{< img weir.png "A weir" >}} {{< img pictures/weir >}}')).toBe(
      "![A weir](weir.png) ![](pictures/weir)",
    ));
});

describe("a custom element loses its tags, which is told once:", () => {
  const markdown = "A <my-gauge step='b'>*full*</my-gauge> river.\n\n<my-gauge>\n\nLow\n\n</my-gauge>\n";

  test.each(["plain", "hexo", "jekyll", "hugo", "zola", "astro", "eleventy"] as const)("%s", (dialect) => {
    const { markdown: text, warnings } = expand(dialect, markdown);
    expect(text).toBe(markdown);
    expect(messagesOf(warnings)).toEqual(["1: <my-gauge> is not known to feeds (2 times)"]);
  });

  test("MDX", () => {
    const { markdown: text, warnings } = expand("astro", "<my-note class='a'>\n\tb\n</my-note>", { isMdx: true });
    expect(text).toBe("<my-note class='a'>\n\nb\n\n</my-note>");
    expect(messagesOf(warnings)).toEqual(["1: <my-note> is not known to feeds"]);
  });

  test("not of code, nor of elements that feeds know", () =>
    expect(
      shown(
        "hugo",
        "`<my-gauge>` <lite-youtube videoid='abcdefghijk'></lite-youtube> <mjx-container>a</mjx-container>",
      ),
    ).toContain("`<my-gauge>` <lite-youtube"));

  test("nor where the owner says what it shows", () => {
    const templates = new Map([["mygauge", "content"]]);
    expect(shown("hugo", "<my-gauge>full</my-gauge>", { templates })).toBe("full");
  });

  test("values in its attributes are read", () =>
    expect(expand("hugo", '<my-gauge a="{{< kbd b >}}">').markdown).toBe('<my-gauge a="<kbd>b</kbd>">'));
});

test("a component in an attribute is text", () => {
  const picture = '<img src="/weir.png" alt="<Weir>"> and <a title="<Gate a>" href="/b">b</a>';
  expect(shown("hugo", picture)).toBe(picture);
  expect(messagesOf(expand("hugo", `${picture} <Weir>c</Weir>`).warnings)).toEqual(["1: <Weir> is not known to feeds"]);
});

test("constructs within too many others lose their tags, which is told once", () => {
  const { markdown, warnings } = expand("hexo", `${"{% note %}".repeat(26)}Deep water${"{% endnote %}".repeat(26)}`);
  expect(markdown).toContain("Deep water");
  expect(messagesOf(warnings)).toEqual([
    "1: {% note %} is within more than 24 others: only what stands between its tags is shown (2 times)",
  ]);
});
