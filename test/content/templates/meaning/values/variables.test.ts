import { describe, expect, test } from "vitest";
import { expand, messagesOf, shown, thumbnail } from "../../posts.ts";

const jekyll = (markdown: string) => shown("jekyll", markdown);
const eleventy = (markdown: string) => shown("eleventy", markdown);

describe("Liquid's values", () => {
  test.each([
    ["[a]({{ site.baseurl }}/a)", "[a](/blog/a)"],
    ["{{site.url}}{{site.baseurl}}/a", "https://example.org/blog/a"],
    ["[a]({{ '/a.html' | relative_url }})", "[a](/blog/a.html)"],
    ["[a]({{ 'a.html' | relative_url }})", "[a](/blog/a.html)"],
    ["<img src=\"{{ '/a.png' | absolute_url }}\">", '<img src="https://example.org/blog/a.png">'],
    ["![a]({{ '/a.png' | prepend: site.baseurl }})", "![a](/blog/a.png)"],
    ["{{ '/a' | prepend: site.baseurl | prepend: site.url }}", "https://example.org/blog/a"],
    ["{{ 'https://a.example/b' | relative_url }}", "https://a.example/b"],
    ["{{ page.title | upcase | append: '!' }}", "A TITLE!"],
    ["{{ page.nothing | default: 'else' }}", "else"],
    ["{{ page.nothing | default: 'title' }} {{ page.nothing | default: title }}", "title A title"],
    ["{{ 'a|b, c' | replace: 'a|b', 'd' }}", "d, c"],
    ["{{ \"{%\" }} {{ '{{' }}", "{% {{"],
    ["{{- page.title -}}", "A title"],
    ["{{ 42 }}", "42"],
  ])("%s", (markdown, text) => expect(jekyll(markdown)).toBe(text));

  test("what is not known is nothing, and said", () => {
    const { markdown, warnings } = expand("jekyll", "a {{ page.url }} b {{ x | y }} [c]({{ z }}/d)");
    expect(markdown).toBe("a  b  c");
    expect(messagesOf(warnings)).toEqual([
      "1: {{ page.url }} is not known to feeds",
      "1: {{ x | y }} is not known to feeds",
      "1: {{ z }} is not known to feeds",
    ]);
  });

  test("an address stays one, whatever a filter would make of it", () => {
    expect(eleventy('[a]: {{ "https://a.example/" | archived: "2018" }}')).toBe("[a]: https://a.example/");
    expect(messagesOf(expand("eleventy", '{{ "2011" | ago }}').warnings)).toHaveLength(1);
  });
});

describe("what a post gives a name to", () => {
  test.each([
    ['{% assign a = "x" %}{{ a }}', "x"],
    ["{% assign a = page.title | upcase %}{{ a }}", "A TITLE"],
    ["{% capture a %}**x** {{ page.title }}{% endcapture %}{{ a }}", "**x** A title"],
    ['{% assign a = "alt" %}![{{ a }}](/a.png)', "![alt](/a.png)"],
    ['{% assign src = "/a.png" %}{% include image.html url=src alt="b" %}', "![b](/a.png)"],
    ['{% assign a = "x" %}{% assign b = a %}{% increment c %}{{ b }}', "x"],
  ])("%s", (markdown, text) => expect(jekyll(markdown)).toBe(text));

  test("Nunjucks sets it", () => {
    expect(eleventy('{% set a = "x" %}{{ a }}')).toBe("x");
    expect(eleventy("{% set a %}x{% endset %}{{ a }}")).toBe("x");
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
      messagesOf(
        expand("jekyll", "{{ page.url }} {{ page.date | date: '%Y' }} {{ page.author.email }}", { values }).warnings,
      ),
    ).toHaveLength(3);
  });
});
