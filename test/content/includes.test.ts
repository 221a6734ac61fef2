import { describe, expect, test } from "vitest";
import { parsePost } from "../../lib/content/post.ts";
import type { DialectName } from "../../lib/model.ts";
import type { Site } from "../../lib/site/types.ts";
import { cpuMs } from "../support/growth.ts";
import { bytesOf, othersOf, postOf, siteOf } from "./helpers.ts";

const KEY = "_posts/2024-01-05-a.md";

interface From {
  readonly dialect?: DialectName;
  readonly key?: string;
  readonly site?: Partial<Site>;
}

function read(text: string, files: { readonly [key: string]: string }, from: From = {}) {
  const { dialect = "jekyll", key = KEY, site } = from;
  const posts = ["posts/**", "_posts/**", "content/**", "src/content/**"];
  const file = bytesOf(`---\ntitle: A\ndate: 2024-01-05\n---\n${text}\n`);
  return parsePost(key, file, siteOf({ dialect, posts, ...site }), { others: othersOf(files) });
}

const markdownOf = (...args: Parameters<typeof read>) => postOf(read(...args)).markdown.trim();
const messagesOf = (...args: Parameters<typeof read>) => read(...args).problems.map(({ message }) => message);

describe("a file that a text includes is shown in its place", () => {
  test.each([
    ["jekyll", KEY, "{% include a.md %}", "_includes/a.md"],
    ["jekyll", "docs/_posts/2024-01-05-a.md", "{% include a.md %}", "docs/_includes/a.md"],
    ["jekyll", KEY, "{% include_cached sub/a.html %}", "_includes/sub/a.html"],
    ["jekyll", KEY, "{% include a %}", "_includes/a"],
    ["jekyll", KEY, "{% include_relative _a.md %}", "_posts/_a.md"],
    ["jekyll", KEY, "{% include_relative a/_b.md %}", "_posts/a/_b.md"],
    ["eleventy", "posts/a.md", '{% include "a.njk" %}', "_includes/a.njk"],
    ["eleventy", "src/posts/a.md", '{% include "a.html" %}', "src/_includes/a.html"],
    ["eleventy", "posts/a.md", '{% render "a" %}', "_includes/a.liquid"],
    ["hugo", "content/posts/a.md", '{{% include "_a.md" %}}', "content/posts/_a.md"],
    ["hugo", "content/posts/a.md", '{{< readfile file="/parts/_a.md" >}}', "content/parts/_a.md"],
    ["hugo", "content/posts/a.md", "{{< readfile assets/a.txt >}}", "assets/a.txt"],
    ["plain", "posts/a.md", "<!--@include: ./a.md-->", "posts/a.md"],
    ["plain", "posts/b/c.md", "<!-- @include: ../../parts/a.md -->", "parts/a.md"],
    ["plain", "posts/a.md", "<!-- @include: @/parts/a.md -->", "parts/a.md"],
    ["astro", "src/content/blog/a.mdx", "import A from './_a.mdx';\n\n<A />", "src/content/blog/_a.mdx"],
    ["astro", "src/content/blog/a.mdx", "import A from '@site/parts/a.md';\n\n<A />", "parts/a.md"],
  ] as const)("%s: %s: %s", (dialect, key, text, file) => {
    const { post, problems, deps } = read(text, { [file]: "Some *words*.\n" }, { dialect, key });
    expect(problems).toEqual([]);
    expect(post?.markdown.trim()).toBe("Some *words*.");
    expect(deps).toContain(file);
  });

  test("a part of it, by lines or by name", () => {
    const files = { "parts/a.md": "1\n2\n<!-- #region b -->\n3\n4\n<!-- #endregion b -->\n5\n" };
    const part = (name: string) => markdownOf(`<!-- @include: ../parts/a.md${name} -->`, files, { key: "posts/a.md" });
    expect(["{2}", "{,2}", "{7,}", "#b", "#b{2,3}"].map(part)).toEqual(["2", "1\n2", "5", "3\n4", "3\n4"]);
    expect(messagesOf("<!-- @include: ../parts/a.md#c -->", files)).toEqual([
      "<!-- @include: ../parts/a.md#c --> names a part that parts/a.md does not have",
    ]);
  });

  test("its arguments are replaced, and those it was not given are empty", () => {
    const files = { "_includes/a.html": '<a href="{{ include.url }}">{{ include.text | upcase }}{{include.none}}</a>' };
    expect(markdownOf('b {% include a.html url="/c" text="d" %} e', files)).toBe('b <a href="/c">D</a> e');
    const mdx = { "src/content/blog/_a.mdx": "A {props.who}." };
    const key = "src/content/blog/a.mdx";
    expect(markdownOf("import A from './_a.mdx';\n\n<A who=\"b\" />", mdx, { key, dialect: "astro" })).toBe("A b.");
  });

  test("links that it defines are those of the whole text", () => {
    const text = "See [a] and [c][b].\n\n{% include references.md %}";
    const files = { "_includes/references.md": "[a]: https://a.example/\n[b]: https://b.example/\n" };
    expect(markdownOf(text, files)).toBe("See [a] and [c][b].\n\n[a]: https://a.example/\n[b]: https://b.example/");
    expect(read(text, {}).problems[0]?.fix).toMatch(
      /^put the file at _includes\/references\.md; or under `templates:` in site\.yaml, add `references\.md: drop`/,
    );
    expect(messagesOf(text, {})).toEqual([
      "{% include references.md %} names a file that the content does not have: _includes/references.md; link definitions may be missing with it",
    ]);
  });

  test("links that it defines and the text does not use are no part of the text", () => {
    const many = Array.from({ length: 6_000 }, (_, i) => `[label ${i}]: https://a.example/${i} "A title"`);
    const files = { "_includes/r.md": `${many.join("\n")}\n` };
    const { markdown, size } = postOf(
      read("See [Label 7], [x][label 8] and `[label 9]`.\n\n{% include r.md %}\n\nEnd.", files),
    );
    expect(size).toBeLessThan(300);
    expect(markdown).toContain(`${many.slice(7, 10).join("\n")}\n\nEnd.`);
  });

  test.each([
    ["words that only look so", "a\n[b]: https://b.example/"],
    ["a title on a line of its own", "[b]: https://b.example/\n'c'"],
    ["code", "```\n\n[b]: https://b.example/\n```"],
    ["footnotes", "[^b]: c"],
    ["options of a list", "- a\n- [x]: c"],
  ])("%s stay", (_, text) => expect(markdownOf("{% include a.md %}", { "_includes/a.md": text })).toBe(text));

  test("they go from quotes and included files, too, and used by others of them they stay", () => {
    const files = {
      "_includes/a.md": "{% include b.md %}\n\n[c]",
      "_includes/b.md": "[b]: https://b.example/\n[c]: https://c.example/",
    };
    expect(markdownOf("> {% include a.md %}", files)).toBe("> [c]: https://c.example/\n>\n> [c]");
  });

  test("a file without the folder, its front matter left out, others included in it", () => {
    const files = {
      "_includes/a.md": "---\ntitle: B\nclass: c\n---\nOuter {% include b.md who=include.name %}",
      "_includes/b.md": "inner {{ include.who }} of {{ page.title }}",
    };
    expect(markdownOf('{% include a.md name="d" %}', files)).toBe("Outer inner d of A");
  });

  test("HTML stays one block, whatever its lines are; code in it stays", () => {
    const html = "<figure>\n\n    <img src='a'>\n\n  <pre>\n\n  b\n</pre>\n</figure>\n";
    expect(markdownOf("a\n{% include a.html %}\nb", { "_includes/a.html": html })).toBe(
      "a\n\n<figure>\n<img src='a'>\n<pre>\n\n  b\n</pre>\n</figure>\n\nb",
    );
  });

  test("in a quote, a list, a table and a line, it stays there", () => {
    const files = { "_includes/a.md": "b\n\n- c\n", "_includes/d.html": "<b>\n  d\n</b>\n" };
    expect(markdownOf("> {% include a.md %}", files)).toBe("> b\n>\n> - c");
    expect(markdownOf("- {% include a.md %}", files)).toBe("- b\n\n  - c");
    expect(markdownOf("| {% include a.md %} |", files)).toBe("| b - c |");
    expect(markdownOf("e {% include d.html %} f", files)).toBe("e <b> d </b> f");
  });

  test("nothing of it stays where it is not shown in full", () => {
    const files = {
      "_includes/a.html": "B {% for a in b %}c{% endfor %}",
      "_includes/youtube.html": "{% if a %}{% endif %}",
    };
    expect(messagesOf("{% include a.html %}", files)).toEqual([
      "{% include a.html %} names a file with logic, which feeds do not run: _includes/a.html",
    ]);
    expect(markdownOf("{% include a.html %}", files)).toBe("");
    // What its name means needs no logic.
    expect(markdownOf('{% include youtube.html id="abcdefghijk" %}', files)).toContain("youtube.com");
  });

  test("what is not known in it is told at the line of the post, with the file", () => {
    const { problems } = read("b\n\n{% include a.md %}", { "_includes/a.md": "\n\n\n{% foo %} {{ site.x }}" });
    expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      "7: in _includes/a.md: {% foo %} is not known to feeds",
      "7: in _includes/a.md: {{ site.x }} is not known to feeds",
    ]);
  });
});

describe("of files that include one another", () => {
  const files = {
    "_includes/a.md": "{% include b.md %}",
    "_includes/b.md": "{% include c.md %}",
    "_includes/c.md": "{% foo %}",
  };

  test("the innermost is named", () => {
    expect(messagesOf("{% include a.md %}", files)).toEqual(["in _includes/c.md: {% foo %} is not known to feeds"]);
  });

  test("what they have in common is told once", () => {
    const text = "{% include c.md %}\n{% include b.md %}\n{% include a.md %}";
    expect(messagesOf(text, files)).toEqual(["in _includes/c.md: {% foo %} is not known to feeds (3 times)"]);
  });

  test("that they show too much is told once", () => {
    const growing = {
      "_includes/a.md": "{% include b.md %}".repeat(300),
      "_includes/b.md": "{% include c.md %}".repeat(6),
      "_includes/c.md": "words ".repeat(1_000),
    };
    const messages = messagesOf("{% include a.md %}{% include a.md %}", growing);
    expect(messages.filter((message) => message.includes("many times the text"))).toHaveLength(1);
  });
});

describe("what is hidden is not shown", () => {
  const SECRET = "SECRET\n";
  const dated = `---\ntitle: B\ndate: 2024-01-06\n---\n${SECRET}`;
  test.each([
    ["{% include ../_drafts/b.md %}", "_drafts/b.md", SECRET],
    ["{% include_relative ../_drafts/b.md %}", "_drafts/b.md", SECRET],
    ["{% include _drafts/b.md %}", "_includes/_drafts/b.md", SECRET],
    ["{% include_relative drafts/b.md %}", "_posts/drafts/b.md", SECRET],
    ["{% include_relative 2024-01-06-b.md %}", "_posts/2024-01-06-b.md", dated],
    ["{% include_relative _2024-01-06-b.md %}", "_posts/_2024-01-06-b.md", dated],
    ["{% include_relative 2024-01-06-b.html %}", "_posts/2024-01-06-b.html", SECRET],
    ["{% include_relative b.md %}", "_posts/b.md", `---\ntitle: B\n---\n${SECRET}`],
    ["{% include_relative ../b.md %}", "b.md", dated],
    ["{% include b.md %}", "_includes/b.md", `---\ndraft: true\n---\n${SECRET}`],
    ["{% include b.md %}", "_includes/b.md", `---\ntags: [Secret]\n---\n${SECRET}`],
    ["{% include b.md %}", "_includes/b.md", `---\npublished: false\n---\n${SECRET}`],
    ["{% include b.md %}", "_includes/b.md", `---\npassword: x\n---\n${SECRET}`],
    ["{% include b.md %}", "_includes/b.md", `---\ndraft: true\ndraft: false\n---\n${SECRET}`],
    ["{% include b.md %}", "_includes/b.md", `---\nexpires: 2020-01-01\n---\n${SECRET}`],
    ["{% include b.md %}", "_includes/b.md", `---\ndraft: [true\n---\n${SECRET}`],
    ["{% include_relative ../site.yaml %}", "site.yaml", SECRET],
    ["{% include_relative ../.env %}", ".env", SECRET],
    ["{% include_relative ../.git/b.md %}", ".git/b.md", SECRET],
    ["{% include_relative ../../b.md %}", "b.md", SECRET],
    ["{% include_relative ..\\b.md %}", "b.md", SECRET],
    ["{% include_relative ../package %}", "package", SECRET],
    ["{% include b.json %}", "_includes/b.json", SECRET],
    ["{% include_relative ../out/b.md %}", "out/b.md", SECRET],
    ["<!-- @include: ../_drafts/b.md -->", "_drafts/b.md", SECRET],
    ["<!-- @include: /_drafts/b.md -->", "_drafts/b.md", SECRET],
  ])("%s of %s", (text, file, written) => {
    const { post, problems } = read(
      text,
      { [file]: written },
      { site: { exclude: { paths: ["out"], tags: ["secret"], categories: [] } } },
    );
    expect(post?.markdown).not.toContain("SECRET");
    expect(problems).toMatchObject([{ code: "template-unknown", severity: "warning", fix: expect.any(String) }]);
  });

  test("remarks, and parts for members, are not shown where a file is included", () => {
    const files = { "posts/a.md": "B %%SECRET%% c\n\n%%\nSECRET\n%%\n\nd\n\n<!--members-only-->\n\nSECRET\n" };
    const at = { key: "posts/b.md", dialect: "plain" } as const;
    expect(markdownOf("<!-- @include: ./a.md -->", files, at)).toBe("B c\n\n\nd");
    const byLines = (lines: string) => markdownOf(`<!-- @include: ./a.md{${lines}} -->`, files, at);
    expect(["1", "4,5", "7"].map(byLines)).toEqual(["B c", "", "d"]);
    const paid = { "_includes/a.html": "B\n<!--members-only-->\nSECRET\n" };
    expect(markdownOf("{% include a.html %}", paid)).toBe("B");
  });

  test("a remark of it that is never closed is told with its file", () => {
    const files = { "posts/a.md": "B\n\n%%\nSECRET\n" };
    const read = ["<!-- @include: ./a.md -->", files, { key: "posts/b.md", dialect: "plain" }] as const;
    expect(markdownOf(...read)).toBe("B");
    expect(messagesOf(...read)).toEqual([
      "in posts/a.md: the remark that begins here with %% is never closed: all that follows is left out",
    ]);
  });

  describe("what is said of its folder counts for a file that is included", () => {
    const at = { key: "content/posts/a.md", dialect: "hugo" } as const;
    const text = '{{< readfile "/q/_b.md" >}}';
    const shown = (index: string) => markdownOf(text, { "content/q/_b.md": SECRET, "content/q/_index.md": index }, at);
    test.each(["cascade: {draft: true}", "cascade: {draft: true", "cascade: [a", "cascade: {expiryDate: 2020-01-01}"])(
      "%s",
      (cascade) => expect(shown(`---\n${cascade}\n---\n`)).toBe(""),
    );
    test("and it is shown where nothing holds it back", () =>
      expect(shown("---\ncascade: {author: Ada}\n---\n")).toBe("SECRET"));
  });

  describe("a file beside the `index.md` of a bundle is held back with it", () => {
    const from = (key: string) => ({ key, dialect: "hugo" }) as const;
    const shown = (index: string, key = "content/posts/a.md") =>
      markdownOf(
        '{{< readfile "/posts/b/s.md" >}}',
        { "content/posts/b/s.md": SECRET, "content/posts/b/index.md": `---\n${index}\n---\n` },
        from(key),
      );
    test.each(["draft: true", "title: [B", "expiryDate: 2020-01-01", "publishDate: 2099-01-01", "private: true"])(
      "%s",
      (index) => expect(shown(index)).toBe(""),
    );
    test("and it is shown where the bundle is, and in the bundle itself", () => {
      expect(shown("title: B\ndate: 2024-01-01")).toBe("SECRET");
      expect(shown("title: B\npublishDate: 2024-01-01", "content/posts/b/index.md")).toBe("SECRET");
    });
  });

  test("a file that no include can be is not even asked for", () => {
    const names = ["../_drafts/b.md", "../site.yaml", "../../b.md", "../.env", "https://a.example/b.md"];
    const { deps } = read(names.map((name) => `{% include_relative ${name} %}`).join("\n"), {});
    expect(deps.filter((key) => !key.startsWith("_config."))).toEqual([]);
  });

  test("a post that may have the date of its file", () => {
    const files = { "_posts/b.md": "SECRET" };
    expect(markdownOf("{% include_relative b.md %}", files, { site: { fileDates: true } })).toBe("");
  });
});

describe("includes are bounded", () => {
  test("a circle is told, and the rest is shown", () => {
    const files = { "_includes/a.md": "a {% include b.md %}", "_includes/b.md": "b {% include a.md %}" };
    expect(markdownOf("{% include a.md %}", files)).toBe("a b");
    expect(messagesOf("{% include a.md %}", files)).toEqual([
      "in _includes/b.md: {% include a.md %} names a file that includes itself: _includes/a.md",
    ]);
  });

  test("six files deep", () => {
    const files = Object.fromEntries(
      Array.from({ length: 9 }, (_, i) => [`_includes/${i}.md`, `${i} {% include ${i + 1}.md %}`]),
    );
    expect(markdownOf("{% include 0.md %}", files)).toBe("0 1 2 3 4 5");
    expect(messagesOf("{% include 0.md %}", files)[0]).toContain("{% include 6.md %} is more than 6 files deep");
  });

  test("one that is too long", () => {
    const files = { "_includes/a.md": "a".repeat(1_000_000) };
    expect(messagesOf("{% include a.md %}", files)).toEqual([
      "{% include a.md %} names a file of more than 1 MB: _includes/a.md",
    ]);
  });

  test("as many files as a post can have", () => {
    const text = Array.from({ length: 201 }, (_, i) => `{% include ${i}.md %}\n`).join("");
    const files = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`_includes/${i}.md`, "a"]));
    expect(messagesOf(text, files)).toEqual([
      "{% include 200.md %} names one file more than the 200 that feeds include in a post",
    ]);
  });

  test("files that include others many times end, soon", () => {
    const many = (name: string) => `{% include ${name}.md %}\n`.repeat(500);
    const captured = `{% capture x %}${"{{ include.a }}".repeat(1000)}{% endcapture %}`;
    const files = {
      ...{ "_includes/a.md": many("b"), "_includes/b.md": many("c"), "_includes/c.md": "c".repeat(1000) },
      ...{ "_includes/d.md": captured, "_includes/e.md": `${"[".repeat(300_000)}\n` },
    };
    const before = cpuMs();
    expect(markdownOf("{% include a.md %}", files).length).toBeLessThan(3_000_000);
    read(`{% include d.md a="${"x".repeat(10_000)}" %}\n`.repeat(3000), files);
    read(many("e"), files);
    expect(cpuMs() - before).toBeLessThan(5_000);
  });
});

test("what its author wrote of a post is without what it includes", () => {
  const [one, other] = ["a", "b"].map((text) => postOf(read("{% include a.md %}", { "_includes/a.md": text })));
  expect(one?.sourceDigest).toBe(other?.sourceDigest);
  expect(one?.inputHash).not.toBe(other?.inputHash);
});
