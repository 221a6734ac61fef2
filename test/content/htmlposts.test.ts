/** Posts in HTML: their text is no Markdown, and their templates are those of their generator. */
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../lib/content/entry.ts";
import { parsePost } from "../../lib/content/post.ts";
import type { DialectName } from "../../lib/model.ts";
import { cpuMs } from "../support/growth.ts";
import { brief, bytesOf, parse, postOf, siteOf } from "./helpers.ts";

const HEAD = "---\ntitle: A\ndate: 2024-01-05\n---\n";
const html = (body: string, dialect?: DialectName, key = "posts/a.html") =>
  renderEntry(postOf(parse(key, HEAD + body, siteOf(dialect ? { dialect } : {})))).html;

describe("a text in HTML", () => {
  test.each([
    ["<p>*a* _b_ `c` [d](e) # f</p>"],
    ["<div>\n\n        <p>a</p>\n</div>"],
    ["<p>1. a\n- b\n> c</p>"],
    ["a\n===\n\n    b\n\n::: note\nc\n:::"],
    ["<p>a {: .b} {#c}</p>"],
  ])("stays as it is written: %j", (body) => {
    for (const key of ["posts/a.html", "posts/a.htm", "posts/A.HTML"]) {
      expect(html(body, "jekyll", key).replaceAll("&gt;", ">")).toBe(body);
    }
  });

  test("is made safe, and a whole page is its body", () => {
    const page = "<!DOCTYPE html>\n<html><head><title>x</title><style>p{}</style></head>\n<body><p>a</p></body></html>";
    expect(html(page).trim()).toBe("<p>a</p>");
    expect(html('<p onclick="a()">a<script>b</script></p>')).toBe("<p>a</p>");
    expect(html('<p><a href="b">a</a></p>')).toBe('<p><a href="https://example.org/2024/01/05/a/b">a</a></p>');
  });

  test("is divided where its summary ends", () => {
    expect(renderEntry(postOf(parse("posts/a.html", `${HEAD}<p>a</p><!--more--><p>b</p>`))).summary).toBe("a");
  });

  test("is not carried as Markdown", () => {
    const site = siteOf({ sourceMarkdown: true });
    expect(postOf(parse("posts/a.html", `${HEAD}<p>a</p>`, site)).source).toBeUndefined();
  });
});

describe("its templates are expanded", () => {
  test.each([
    ["jekyll", "<p>{{ page.title }}, {% raw %}{{ a }}{% endraw %}</p>", "<p>A, {{ a }}</p>"],
    ["jekyll", "        <p>{{ page.title }} `{{ page.title }}`</p>", "<p>A `A`</p>"],
    [
      "jekyll",
      "<div>\n{% highlight ruby %}\ndef a\n  <b>\nend\n{% endhighlight %}\n</div>",
      '<div>\n<pre><code class="language-ruby">def a\n  &lt;b&gt;\nend</code></pre>\n\n</div>',
    ],
    [
      "jekyll",
      '<p>a</p>\n{% include figure.html src="/a.png" alt="b" %}',
      '<img src="https://example.org/a.png" alt="b">',
    ],
    ["hugo", '<p>{{< kbd "A" >}}</p>', "<p><kbd>A</kbd></p>"],
    ["zola", "<p>{{ kbd(text='A') }} {{ a }}</p>", "<p><kbd>A</kbd> {{ a }}</p>"],
    ["hexo", "<p>{% kbd A %}</p>", "<p><kbd>A</kbd></p>"],
    ["astro", "<p>{{ a }} {b}</p>", "<p>{{ a }} {b}</p>"],
    ["jekyll", "<p>a</p>\n{% blockquote B, /c, D %}e{% endblockquote %}", "<blockquote>"],
    ["hexo", "{% quote B, https://c.example D %}\ne\n{% endquote %}", "— B"],
  ] as const)("%s: %s", (dialect, body, expected) => expect(html(body, dialect)).toContain(expected));

  test("in code they are text", () => {
    expect(html("<pre>{{ page.title }}</pre>", "jekyll")).toBe("<pre>{{ page.title }}</pre>");
  });
});

describe("a file in HTML is a post", () => {
  const known = { published: "2024-01-05T00:00:00Z" };
  const hidden = { heldBack: "hidden", problems: [] };

  test.each([
    ["without front matter", "<html><body>a</body></html>"],
    ["that is empty", ""],
    ["of templates", "{% extends 'a' %}\n{{ b }}"],
    ["without a date", "---\ntitle: Search\n---\n<p>a</p>"],
    ["without a date but that of its file", "---\ntitle: Search\n---\n<p>a</p>"],
  ])("not if it is one %s", (_, text) => {
    const site = siteOf({ fileDates: true });
    expect(parse("posts/a.html", text)).toMatchObject(hidden);
    expect(parsePost("posts/a.html", bytesOf(text), site, { file: "2024-01-05T00:00:00Z" })).toMatchObject(hidden);
  });

  test("as long as readers know it, with the problem that it has", () => {
    const { problems, heldBack } = parsePost("posts/a.html", bytesOf("<p>a</p>"), siteOf(), known);
    expect([brief(problems), heldBack]).toEqual([["date-missing:1"], undefined]);
  });

  test.each(["\ufeff", "\n\n", "\r\n"])("below %j", (above) => {
    expect(parse("posts/a.html", `${above}${HEAD}<p>a</p>`).post?.title).toBe("A");
  });

  test.each(['+++\ntitle = "A"\ndate = 2024-01-05\n+++\n', '{ "title": "A", "date": "2024-01-05" }\n'])(
    "with front matter such as %j",
    (head) => expect(parse("posts/a.html", `${head}<p>a</p>`).post?.title).toBe("A"),
  );

  test("whose drafts are drafts", () => {
    expect(parse("posts/a.html", "---\ndraft: true\n---\n<p>a</p>")).toMatchObject({ heldBack: "draft" });
  });
});

describe("without a title of its own, its title is", () => {
  const titleOf = (body: string, dialect: DialectName = "hugo") =>
    parse("posts/the-name.html", `---\ndate: 2024-01-05\n---\n${body}`, siteOf({ dialect })).post?.title;

  test.each([
    ["its heading", "<p>a</p>\n<h1 class='b'>Re<em>al</em><br>title &amp; more</h1>", "Real title & more"],
    ["the first of several", "<h1></h1><h1>One</h1><h1>Two</h1>", "One"],
    ["that of the page", "<html><head><title>Page</title></head><body><p>a</p></body></html>", "Page"],
    ["the heading before that of the page", "<head><title>Page</title></head><h1>Heading</h1>", "Heading"],
    [
      "none that is not shown",
      "<!-- <h1>No</h1> --><svg><title>No</title></svg><script>'<h1>No</h1>'</script>",
      "the-name",
    ],
    ["that of its file", "<h2>Section</h2># No", "the-name"],
  ])("%s", (_, body, title) => expect(titleOf(body)).toBe(title));

  test("that of the file in Jekyll, and only one heading in Hexo", () => {
    expect(titleOf("<h1>Heading</h1>", "jekyll")).toBe("The Name");
    expect(titleOf("<h1>One</h1><h1>Two</h1>", "hexo")).toBe("the-name");
    expect(titleOf("<h1>One</h1>", "hexo")).toBe("One");
  });

  test("soon found, whatever is open", () => {
    const before = cpuMs();
    titleOf(`${"<div>".repeat(100_000)}${"<h1>".repeat(100_000)}`);
    expect(cpuMs() - before).toBeLessThan(3_000);
  });
});
