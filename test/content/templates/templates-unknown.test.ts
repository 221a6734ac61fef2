import { describe, expect, test } from "vitest";
import { expand, mdx, shown, thumbnail, told } from "./templates.ts";

const link = (url: string, label: string) => `<a href="${url}">${label}</a>`;
const audio = (src: string) => `<audio src="${src}" controls></audio>`;

describe("what goes on over blank lines", () => {
  test("a tag is read to its end", () => {
    const markdown = 'a\n\n{% include list.md\n  q0="b"\n\n  a0="c"\n%}\n\nd';
    const { markdown: text, warnings } = expand("jekyll", markdown);
    expect(text).toBe("a\n\n\n\nd");
    expect(told(warnings)).toEqual(['3: {% include list.md q0="b" a0="c" %} names a file that feeds do not read']);
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
    expect(told(expand("hexo", "{% foo external_url %}", { values }).warnings)).toHaveLength(1);
  });

  test("what else it says is missed, and that is told", () => {
    const { markdown, warnings } = expand("hugo", '{{< ext url="https://a.example/" words="b c" >}}');
    expect(markdown).toBe(link("https://a.example/", "a.example"));
    expect(told(warnings)).toEqual([
      '1: {{< ext url="https://a.example/" words="b c" >}} is not known to feeds: of it only a link stays',
    ]);
  });

  test.each([
    "{{< ext https://a.example https://b.example >}}",
    '{{< ext image="https://a.example" >}}',
    "{{< ext ftp://a.example >}}",
    "{{< ext /a >}}",
  ])("not when it cannot be told what it is about: %s", (markdown) => {
    const { markdown: text, warnings } = expand("hugo", markdown);
    expect(text).toBe("");
    expect(told(warnings)).toEqual([`1: ${markdown} is not known to feeds`]);
  });
});

describe("the id of a film is no file", () => {
  test.each([
    ['{% include video.html id="abcdefghijk" %}', thumbnail("abcdefghijk")],
    ['{% include video.html id="123" provider="vimeo" %}', link("https://vimeo.com/123", "Vimeo")],
    [
      '{% include video.html id="BV1ab" provider="bilibili" %}',
      link("https://www.bilibili.com/video/BV1ab/", "Bilibili"),
    ],
    ['{% include video.html id="a/b.mp4" %}', '<video src="a/b.mp4" controls></video>'],
  ])("%s", (markdown, text) => expect(shown("jekyll", markdown)).toBe(text));

  test("by itself it says nothing", () => {
    const { markdown, warnings } = expand("jekyll", '{% include video.html id="abc" %}');
    expect(markdown).toBe("");
    expect(told(warnings)).toEqual(['1: {% include video.html id="abc" %} names a file that feeds do not read']);
    expect(told(expand("hugo", "{{< video abc >}}").warnings)).toEqual(["1: {{< video abc >}} is not known to feeds"]);
    expect(shown("hugo", "{{< video src=abc >}}")).toBe('<video src="abc" controls></video>');
  });
});

describe("an emphasis around a comment alone", () => {
  test.each([
    ["a**<!--b-->**c", "ac"],
    ["- **<!--b-->** c _<!-- d -->_", "-  c "],
    ["- **<!--b-->****重点：**后", "- **重点：**后"],
    ["**<!--a-->b**", "**<!--a-->b**"],
    ["**<!--a-->***", "**<!--a-->***"],
    ["**<!--a-->__", "**<!--a-->__"],
    ["**<!--a-->*", "**<!--a-->*"],
    ["`**<!--a-->**`", "`**<!--a-->**`"],
  ])("goes: %s", (markdown, text) => expect(shown("jekyll", markdown)).toBe(text));

  test("is left to CommonMark elsewhere", () => {
    expect(shown("hexo", "**<!--a-->** {% kbd B %}")).toBe("**<!--a-->** <kbd>B</kbd>");
  });
});

describe("values within values of the front matter", () => {
  const values = new Map([
    ["metadata.youtubeid", "abcdefghijk"],
    ["author.name", "Ann"],
  ]);
  test.each([
    ["eleventy", "{{ metadata.youtubeId }} {{ author.name | upper }}", "abcdefghijk ANN"],
    ["eleventy", "{% youtube metadata.youtubeId %}", thumbnail("abcdefghijk")],
    ["jekyll", "{{ page.author.name }}", "Ann"],
    ["jekyll", '{% include figure.html src="/a.png" alt=page.author.name %}', "![Ann](/a.png)"],
    ["hugo", "{{< param author.name >}}", "Ann"],
  ] as const)("%s: %s", (dialect, markdown, text) => expect(shown(dialect, markdown, { values })).toBe(text));

  test("of MDX", () => {
    expect(shown("astro", "{frontmatter.author.name}", { values, isMdx: true })).toBe("Ann");
  });

  test("what its generator reckons stays unknown", () => {
    expect(
      told(
        expand("jekyll", "{{ page.url }} {{ page.date | date: '%Y' }} {{ page.author.email }}", { values }).warnings,
      ),
    ).toHaveLength(3);
  });
});
