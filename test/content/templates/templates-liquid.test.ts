import { describe, expect, test } from "vitest";
import { expand, shown, thumbnail, told } from "./templates.ts";

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
    expect(told(warnings)).toEqual([
      "1: {{ page.url }} is not known to feeds",
      "1: {{ x | y }} is not known to feeds",
      "1: {{ z }} is not known to feeds",
    ]);
  });

  test("an address stays one, whatever a filter would make of it", () => {
    expect(eleventy('[a]: {{ "https://a.example/" | archived: "2018" }}')).toBe("[a]: https://a.example/");
    expect(told(expand("eleventy", '{{ "2011" | ago }}').warnings)).toHaveLength(1);
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
    expect(told(warnings)).toEqual([`1: ${message}`]);
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
    expect(told(warnings)).toEqual([
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
  ])("%j", (markdown, text) => expect(jekyll(markdown)).toBe(text));
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
    expect(told(expand("eleventy", '{% image photo, "Alt" %}').warnings)).toEqual([
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
    expect(told(expand("plain", "{% foo %} {{< bar >}}").warnings)).toHaveLength(2);
    expect(shown("plain", "{% hint style='info' %}\na\n{% endhint %}")).toBe(
      "<blockquote>\n\n<strong>Info</strong>\n\na\n\n</blockquote>",
    );
  });
});
