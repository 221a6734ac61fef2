import { describe, expect, test } from "vitest";
import { expand, messagesOf, shown, thumbnail } from "../posts.ts";

const jekyll = (markdown: string) => shown("jekyll", markdown);
const eleventy = (markdown: string) => shown("eleventy", markdown);

describe("what would have to be decided", () => {
  test.each([
    [
      "{% if a %}A{% elsif b %}B{% else %}C{% endif %}",
      "A",
      "{% if a %} cannot be decided in feeds: its first branch stays",
    ],
    ["{% unless a %}A{% endunless %}", "A", "{% unless a %} cannot be decided in feeds: its first branch stays"],
    [
      "{% case a %} x {% when 1 %}A{% when 2 %}B{% endcase %}",
      "A",
      "{% case a %} cannot be decided in feeds: its first branch stays",
    ],
    [
      "{% for p in posts %}\n- {{ p.title }}\n{% endfor %}",
      "",
      "{% for p in posts %} cannot be decided in feeds: what it holds is left out",
    ],
    [
      "{% if a %}\n{% if b %}{{ c }}{% endif %}\n{% endif %}",
      "",
      "{% if a %} cannot be decided in feeds: what it holds is left out",
    ],
    ["{% if a %}x", "x", "{% if a %} is not closed"],
  ])("%s", (markdown, text, message) => {
    const { markdown: written, warnings } = expand("jekyll", markdown);
    expect(written).toBe(text);
    expect(messagesOf(warnings)).toEqual([`1: ${message}`]);
  });
});

describe("Jekyll's tags", () => {
  test("code", () => {
    expect(jekyll("{% highlight ruby linenos %}\ndef a\n  `{{ b }}`\nend\n{% endhighlight %}")).toBe(
      "```ruby\ndef a\n  `{{ b }}`\nend\n```",
    );
  });

  test.each([
    ["[a]({% post_url 2014-01-05-hello %}#b)", "[a](https://example.org/blog/hello/#b)"],
    ["[a]({% link _posts/2014-01-05-hello.md %})", "[a](https://example.org/blog/hello/)"],
    ["[a]({{ site.baseurl }}{% link _posts/2014-01-05-hello.md %})", "[a](https://example.org/blog/hello/)"],
    ["[a]({{ site.url }}{{ site.baseurl }}{% post_url 2014-01-05-hello %})", "[a](https://example.org/blog/hello/)"],
    ["[a]({% link assets/a.pdf %})", "[a](/blog/assets/a.pdf)"],
    ["[a]: {% post_url 2014-01-05-hello %}", "[a]: https://example.org/blog/hello/"],
    ["a{% comment %}b {{ c }} {% d %}{% endcomment %}e", "ae"],
    ["a{% # a note %}b", "ab"],
    ["{% raw %}{{ a }}{% endraw %} {% youtube abcdefghijk %}", `{{ a }} ${thumbnail("abcdefghijk")}`],
    ["{% figure /a.png %}", "![](/a.png)"],
    [
      '{% figure caption:"A caption" %}\n![a](/a.png)\n{% endfigure %}',
      "<figure>\n\n![a](/a.png)\n\n<figcaption>A caption</figcaption></figure>",
    ],
    ["{% picture blog /a.jpg --alt Some words --link /b %}", "![Some words](/a.jpg)"],
    ["{% twitter https://twitter.com/a/status/1 %}", '<a href="https://twitter.com/a/status/1">X (Twitter)</a>'],
  ])("%s", (markdown, text) => expect(jekyll(markdown)).toBe(text));

  test.each([
    ['{% include youtube.html id="abcdefghijk" %}', thumbnail("abcdefghijk")],
    ['{% include video id="abcdefghijk" provider="youtube" %}', thumbnail("abcdefghijk")],
    ['{% include image.html url = "{{ site.baseurl }}/a.png" alt="b" %}', "![b](/blog/a.png)"],
    [
      '{% include figure image_path="/a.png" alt="b" caption="c" %}',
      '<figure><img src="/a.png" alt="b"><figcaption>c</figcaption></figure>',
    ],
    ['{% include elements/button.html link="/a" text="b" %}', '<a href="/a">b</a>'],
    ['{% include note.html content="**a**" %}', "<blockquote>\n\n<strong>Note</strong>\n\n**a**\n\n</blockquote>"],
    ["{% include toc.html %}a", "a"],
  ])("an include by its name: %s", (markdown, text) => expect(jekyll(markdown)).toBe(text));

  test("another include is not read", () => {
    const { markdown, warnings } = expand("jekyll", "{% include references.md %}\n{% include_relative a.md %}");
    expect(markdown).toBe("\n");
    expect(messagesOf(warnings)).toEqual([
      "1: {% include references.md %} names a file that feeds do not read",
      "2: {% include_relative a.md %} names a file that feeds do not read",
    ]);
  });

  test("a hyphen takes white space of the line, and an empty line", () => {
    expect(jekyll("a {%- assign b = 1 -%} c")).toBe("ac");
    expect(jekyll("a\n{%- assign b = 1 -%}\nb")).toBe("a\nb");
    expect(jekyll("# a {%- comment -%}b{%- endcomment -%}\n\nc")).toBe("# a\n\nc");
  });
});

describe("Eleventy's", () => {
  test.each([
    ['{% image "./a.png", "Alt", "(min-width: 30em) 50vw" %}', "![Alt](./a.png)"],
    ['{% Img src="a.png", alt="Alt", width="800", height="6" %}', "![Alt](a.png)"],
    ['{% image { src: "a.png", alt: "Alt" } %}', "![Alt](a.png)"],
    ['{% image\n  "a.png",\n  "Alt %}"\n%}', "![Alt %}](a.png)"],
    ["{% YouTube id='abcdefghijk' %}", thumbnail("abcdefghijk")],
    ['{% youtube "abcdefghijk", "A title" %}', thumbnail("abcdefghijk", "A title")],
    ["{% Glitch { id: 'app', path: 'x' } %}", '<a href="https://glitch.com/edit/#!/app">Glitch</a>'],
    ["{% Aside 'caution' %}a{% endAside %}", "<blockquote>\n\n<strong>Caution</strong>\n\na\n\n</blockquote>"],
    [
      "{% Details %}{% DetailsSummary %}a{% endDetailsSummary %}b{% endDetails %}",
      "<details>\n\n<summary>a</summary>b\n\n</details>",
    ],
    ["{% from 'a.njk' import b %}{% import 'c' as d %}{% avatar 'e' %}f", "f"],
    ["{% macro a(b) %}{{ b }}{% endmacro %}c", "c"],
    ["{# a {{ comment }} #}b", "b"],
    ["{{ '/a/' | url }} {{ title }} {{ site.url }}", "/blog/a/ A title https://example.org/blog"],
    ["## Title {#id}\n## Title {: #id }\n", "## Title\n## Title\n"],
    ["<div>{% markdown %}**a**{% endmarkdown %}</div>", "<div>\n\n**a**\n\n</div>"],
  ])("%s", (markdown, text) => expect(eleventy(markdown)).toBe(text));

  test("a picture whose address is a variable is not known", () => {
    expect(messagesOf(expand("eleventy", '{% image photo, "Alt" %}').warnings)).toEqual([
      '1: {% image photo, "Alt" %} is not known to feeds',
    ]);
  });
});

describe("of an unknown generator", () => {
  test("only what cannot be meant as text is expanded", () => {
    expect(shown("plain", "{{ site.url }}{{ site.baseurl }}/a {{ '/b' | relative_url }} {{ c }} {{ user.name }}")).toBe(
      "https://example.org/blog/a /blog/b {{ c }} {{ user.name }}",
    );
    expect(shown("plain", "{% youtube abcdefghijk %} {{< youtube abcdefghijk >}}")).toBe(
      `${thumbnail("abcdefghijk")} ${thumbnail("abcdefghijk")}`,
    );
    expect(messagesOf(expand("plain", "{% foo %} {{< bar >}}").warnings)).toHaveLength(2);
    expect(shown("plain", "{% hint style='info' %}\na\n{% endhint %}")).toBe(
      "<blockquote>\n\n<strong>Info</strong>\n\na\n\n</blockquote>",
    );
  });
});
