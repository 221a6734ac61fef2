import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectDialect } from "../../../lib/content/facts/dialects.ts";
import type { DialectName } from "../../../lib/model.ts";
import { hugoName } from "../../../lib/site/spelling.ts";
import { brief, parse, postOf, siteOf } from "../helpers.ts";

const field = { value: "x", source: "x", line: 2 };

describe("a dialect is detected", () => {
  test.each([
    ["hexo", "source/_posts/2024-01-05-a.md", []],
    ["hexo", "_posts/a.md", []],
    ["hexo", "posts/a.md", ["abbrlink"]],
    ["jekyll", "_posts/2024-1-5-a.md", []],
    ["jekyll", "docs/_posts/news/2024-01-05-a.markdown", []],
    ["hugo", "content/posts/a.md", []],
    ["hugo", "posts/a.md", ["lastmod"]],
    ["astro", "src/content/blog/a.md", []],
    ["astro", "posts/a.md", ["pubdate"]],
    ["astro", "posts/a.mdx", []],
    ["eleventy", "_posts/2024-01-05-a.md", ["eleventyexcludefromcollections"]],
    ["plain", "posts/a.md", ["title", "date", "tags"]],
    ["plain", "posts/2024-01-05-a.md", []],
  ] as const)("%s in %s with %j", (dialect, key, keys) => {
    const fields = new Map(keys.map((name) => [name, field]));
    expect(detectDialect(key, { form: "yaml", fields, body: "" })).toBe(dialect);
  });

  test.each([
    ["zola", "posts/a.md", "toml", ["extra"], ""],
    ["zola", "posts/a.md", "toml", ["taxonomies"], "{{< figure >}}"],
    ["zola", "posts/a.md", "toml", ["path"], ""],
    ["zola", "posts/a.md", "toml", ["title"], 'a {{ youtube(id="b") }}'],
    ["zola", "posts/a.md", "toml", ["title"], "{% quote() %}\na\n{% end %}"],
    ["zola", "posts/a.md", "toml", ["title"], "[a](@/b.md)"],
    ["zola", "content/a.md", "yaml", ["title"], "[a]\n\n[a]: @/b.md"],
    ["zola", "content/a.md", "yaml", ["taxonomies"], ""],
    ["hugo", "content/a.md", "yaml", ["path", "template"], ""],
    ["hugo", "posts/a.md", "toml", ["title"], 'a {{ youtube(id="b") }} {{< figure >}}'],
    ["hugo", "posts/a.md", "toml", ["title"], "{{ a }} {% end"],
    ["hugo", "posts/a.md", "toml", ["title"], "```yaml\nx: {{ lookup('env') }}\n```\n\n`[a](@/b.md)`"],
    ["zola", "posts/a.md", "toml", ["title"], "```\n{{< figure >}}\n```\n\n{{ a() }}"],
    ["plain", "posts/a.md", "yaml", ["taxonomies"], "[a](@/b.md) {{ youtube() }}"],
  ] as const)("%s in %s with %s, %j and %j", (dialect, key, form, keys, body) => {
    expect(detectDialect(key, { form, fields: new Map(keys.map((name) => [name, field])), body })).toBe(dialect);
  });

  test("by the form of the front matter first", () => {
    expect(detectDialect("_posts/a.md", { form: "toml", fields: new Map(), body: "" })).toBe("hugo");
    expect(detectDialect("content/a.md", { form: "hexo-json", fields: new Map(), body: "" })).toBe("hexo");
  });
});

describe("a site that names its dialect", () => {
  const post = (dialect: DialectName, front: string, key = "posts/a.md", permalink = "/:slug/") =>
    postOf(parse(key, `---\ntitle: A\ndate: 2024-01-05\n${front}\n---\n`, siteOf({ dialect, permalink })));

  test.each([
    ["plain", "tags: a b, c", ["a b", "c"]],
    ["jekyll", "tags: a b, c", ["a", "b", "c"]],
    ["jekyll", "tags: x  y,z", ["x", "y,z"]],
    ["jekyll", "tags: x , y", ["x", "y"]],
    ["jekyll", "tags: [a b, c]", ["a b", "c"]],
    ["jekyll", "tag: a b\ntags: [c]", ["c", "a b"]],
    ["hexo", "tag: a b\ntags: [c]", ["c"]],
    ["jekyll", "tag: a b", ["a b"]],
    ["eleventy", "tags: [posts, a, nav]", ["a"]],
    ["hugo", "taxonomies: { tags: [a, b] }", ["a", "b"]],
    ["hexo", "tags: [{ name: a }, { title: b }, { c: d }]", ["a", "b", "{ c: d }"]],
  ] as const)("%s: %s are %j", (dialect, front, tags) => expect(post(dialect, front).tags).toEqual(tags));

  test.each([
    ["plain", "categories: [a, b]", [["a", "b"]]],
    ["hexo", "categories: [a, b]", [["a", "b"]]],
    ["hexo", "categories:\n  - [a, b]\n  - c", [["a", "b"], ["c"]]],
    ["jekyll", "categories: [a, b]", [["a"], ["b"]]],
    ["jekyll", "categories: a b", [["a"], ["b"]]],
    ["jekyll", "category: Field Notes", [["Field Notes"]]],
    ["jekyll", "category: x y\ncategories: [q]", [["q"], ["x y"]]],
    ["jekyll", "category: q\ncategories: q r", [["q"], ["r"]]],
    ["jekyll", "categories: x  y,z", [["x"], ["y,z"]]],
    ["jekyll", "categories: x , y", [["x"], ["y"]]],
    ["hugo", "category: x y\ncategories: [q]", [["q"]]],
    ["hugo", "categories: [a, ~, a, b]", [["a"], ["b"]]],
    ["astro", "category: a", [["a"]]],
    ["eleventy", "categories: [a, b]", [["a"], ["b"]]],
  ] as const)("%s: %s are %j", (dialect, front, paths) => expect(post(dialect, front).categories).toEqual(paths));

  test.each([
    [
      "jekyll",
      "_posts/2024-1-5-Hello-World.md",
      "date",
      "categories: [Big News]",
      "/big%20news/2024/01/05/Hello-World.html",
    ],
    ["jekyll", "_posts/2024-1-5-a.md", "pretty", "slug: other", "/2024/01/05/other/"],
    ["hugo", "content/posts/Hello World.md", "/:sections/:slugorfilename/", "", "/posts/hello-world/"],
    ["hugo", "content/posts/2024-01-05-a.md", "/:sections/:slugorfilename/", "", "/posts/2024-01-05-a/"],
    ["hugo", "content/posts/a/index.md", "/:section/:title/", "", "/posts/a/"],
    ["hugo", "content/posts/a.md", "/:sections/:slug/", "url: /elsewhere/", "/elsewhere/"],
    ["astro", "src/content/blog/My Post.mdx", "/:sections/:slug/", "", "/blog/my-post/"],
    ["eleventy", "posts/2024-01-05-a.md", "/:sections/:slug/", "", "/posts/a/"],
    ["hugo", "content/posts/a.md", "/:sections/:slug/", "url: /x/y", "/x/y/"],
    ["hugo", "content/posts/a.md", "/:sections/:slug/", "url: x", "/x/"],
    ["hugo", "content/posts/a.md", "/:sections/:slug/", "url: /x.html", "/x.html"],
    ["hugo", "content/posts/a.md", "/:sections/:slug/", "url: /v1.2/x", "/v1.2/x"],
    ["hugo", "content/posts/a.md", "/:sections/:slug/", "url: /弯 道/50%", "/%E5%BC%AF%20%E9%81%93/50%25/"],
    ["hugo", "content/posts/a.md", "/:sections/:slug/", "slug: s\nurl: /:year/:slug", "/2024/s/"],
    ["hugo", "content/posts/a.md", "/:sections/:slug/", "permalink: /x", "/x"],
    ["hexo", "posts/a.md", "/:slug/", "permalink: x", "/x"],
    ["eleventy", "posts/a.md", "/:slug/", "permalink: '/x/index.html'", "/x/"],
    ["eleventy", "posts/a.md", "/:slug/", "permalink: '/x'", "/x"],
    ["eleventy", "posts/a.md", "/:slug/", "permalink: '/x/{{ page.fileSlug }}/'", "/x/a/"],
    ["eleventy", "posts/a.md", "/:slug/", "permalink: '/{{ title | slugify }}/index.html'", "/a/"],
    ["hexo", "source/_posts/notes/a.md", "/:category/:name/", "categories: [Big, Small]", "/Big/Small/a/"],
    ["hexo", "source/_posts/notes/2024-01-05-a.md", "/:title/", "", "/notes/2024-01-05-a/"],
    ["hexo", "source/_posts/notes/2024-01-05-a.md", "/:name/", "", "/a/"],
    ["hugo", "content/posts/x.md", "/:slug/", "slug: My Slug", "/my-slug/"],
    ["hugo", "content/posts/x.md", "/:slug/", "slug: x--y", "/x--y/"],
    ["hugo", "content/posts/x.md", "/:slug/", "slug: -x-", "/x/"],
    ["hugo", "content/posts/x.md", "/:slug/", "slug: a/b", "/a/b/"],
    ["hugo", "content/posts/x.md", "/:slug/", "slug: ../../a", "/a/"],
    ["hugo", "content/posts/x.md", "/:slug/", "slug: a - - b", "/a--b/"],
    ["hugo", "content/posts/x.md", "/:slug/", "slug: 50% x", "/50-x/"],
    ["hugo", "content/posts/x.md", "/:slug/", "title: Weir & field", "/weir-field/"],
    ["hugo", "content/posts/a--b.md", "/:slugorfilename/", "", "/a--b/"],
    ["hugo", "content/posts/trail-.md", "/:slugorfilename/", "", "/trail-/"],
    ["hugo", "content/posts/-lead.md", "/:slugorfilename/", "", "/-lead/"],
    ["hugo", "content/posts/河堤-——-Weir.md", "/:slugorfilename/", "", "/%E6%B2%B3%E5%A0%A4--weir/"],
    ["hugo", "content/posts/q+r@s~t.md", "/:slugorfilename/", "", "/q+r@s~t/"],
    ["hugo", "content/posts/hash#x.md", "/:slugorfilename/", "", "/hash%23x/"],
    ["hugo", "content/posts/x-{{}}.md", "/:slugorfilename/", "", "/x-/"],
    ["hexo", "source/_posts/a b  c.md", "/:title/", "", "/a%20b%20%20c/"],
    ["jekyll", "_posts/2006-12-18-.NET_x.md", "/:title/", "", "/.NET_x/"],
    ["jekyll", "en/news/_posts/2024-01-05-a.md", "date", "", "/en/news/2024/01/05/a.html"],
    ["jekyll", "_posts/2024-01-05-a.md", "date", "category: x y\ncategories: [q]", "/q/x%20y/2024/01/05/a.html"],
    ["jekyll", "_posts/2024-1-5-Hello World.md", "/:title/", "", "/Hello-World/"],
    ["jekyll", "_posts/2024-1-5-Hello.md", "/:slug/", "", "/hello/"],
    ["jekyll", "travel/_posts/2024-1-5-trip.md", "/:categories/:title/", "", "/travel/trip/"],
    ["jekyll", "_posts/2024-1-5-a.md", "/:title/", "permalink: pretty", "/pretty"],
    ["astro", "src/content/blog/v1.2 notes.md", "/:slug/", "", "/v12-notes/"],
    ["eleventy", "posts/a.md", "/:slug/", "permalink: '{{ page.filePathStem }}.html'", "/posts/a.html"],
    ["eleventy", "posts/2024-01-05-a.md", "/:sections/:slugorfilename/", "", "/posts/2024-01-05-a/"],
    ["eleventy", "posts/2024-01-05-a.md", "/:sections/:slugorfilename/", "slug: b", "/posts/b/"],
    ["eleventy", "posts/2024-01-05-index.md", "/:sections/:slugorfilename/", "", "/posts/2024-01-05-index/"],
    ["eleventy", "posts/weir/weir.md", "/:sections/:slugorfilename/", "", "/posts/weir/"],
    ["eleventy", "posts/weir/index.md", "/:sections/:slugorfilename/", "", "/posts/weir/"],
    ["eleventy", "content/a/b/weir/weir.md", "/:sections/:slugorfilename/", "", "/a/b/weir/"],
    [
      "eleventy",
      "posts/2024-01-05-weir/2024-01-05-weir.md",
      "/:sections/:slugorfilename/",
      "",
      "/posts/2024-01-05-weir/",
    ],
    ["eleventy", "posts/2024-01-05-weir/2024-01-05-weir.md", "/:path/", "", "/weir/"],
    ["eleventy", "posts/weir/2024-01-05-weir.md", "/:sections/:slugorfilename/", "", "/posts/weir/2024-01-05-weir/"],
    ["eleventy", "posts/weir/weir.fr.md", "/:sections/:slugorfilename/", "lang: fr", "/fr/posts/weir/"],
    ["eleventy", "posts/posts.md", "/:sections/:slugorfilename/", "", "/posts/"],
    ["eleventy", "posts/weir/weir.md", "/:slug/", "permalink: '{{ page.filePathStem }}.html'", "/posts/weir/weir.html"],
    ["eleventy", "posts/weir/index.md", "/:slug/", "permalink: '{{ page.filePathStem }}.html'", "/posts/weir/"],
    ["eleventy", "posts/2024-01-05-a.md", "/:slug/", "permalink: '{{ page.filePathStem }}/'", "/posts/a/"],
    ["eleventy", "posts/2024-01-05-a.md", "/:slug/", "permalink: '/n/{{ page.fileSlug }}/'", "/n/a/"],
    ["eleventy", "posts/weir/2024-01-05-index.md", "/:slug/", "permalink: '/n/{{ page.fileSlug }}/'", "/n/weir/"],
    ["eleventy", "posts/weir/index.md", "/:slug/", "permalink: '/n/{{ page.fileSlug }}/'", "/n/weir/"],
    ["hexo", "source/_posts/notes/weir/index.md", "/:year/:title/", "", "/2024/notes/weir/index/"],
    ["hexo", "source/_posts/weir/index.fr.md", "/:year/:title/", "lang: fr", "/fr/2024/weir/index/"],
    ["hexo", "source/_posts/weir/index.md", "/:name/", "", "/index/"],
    ["hexo", "source/_posts/weir/index.md", "/:slug/", "", "/weir/"],
    ["hexo", "source/_posts/index.md", "/:title/", "", "/index/"],
    ["hugo", "content/posts/weir/weir.md", "/:sections/:slugorfilename/", "", "/posts/weir/weir/"],
    ["hugo", "content/blog/2024-01-05-weir/index.md", "/:path/", "", "/blog/2024-01-05-weir/"],
    ["plain", "posts/2024-01-05-a [1] b|c^d.md", "/:slug/", "", "/a%20%5B1%5D%20b%7Cc%5Ed/"],
    ["plain", "posts/a.md", "/:slug/", "permalink: '/[a]|b'", "/%5Ba%5D%7Cb"],
  ] as const)("%s: %s with %s and %j is at %s", (dialect, key, permalink, front, path) => {
    const site = siteOf({
      dialect,
      permalink,
      posts: ["_posts/**", "**/_posts/**", "content/**", "source/_posts/**", "posts/**"],
    });
    const { url } = postOf(parse(key, `---\ntitle: A\ndate: 2024-01-05\n${front}\n---\n`, site));
    expect(url).toBe(`https://example.org${path}`);
  });

  test("a permalink that only the generator understands is a warning, and the site's pattern is used", () => {
    const result = parse("posts/a.md", "---\ndate: 2024-01-05\npermalink: '/{{ collection.x }}/'\n---\n");
    expect(postOf(result).url).toBe("https://example.org/2024/01/05/a/");
    expect(brief(result.problems)).toEqual(["permalink-template:3"]);
  });
});

describe("in every dialect", () => {
  const post = (front: string) => postOf(parse("posts/a.md", `---\ntitle: A\ndate: 2024-01-05\n${front}\n---\n`));

  test.each(["description", "summary", "excerpt", "intro", "Description"])("%s is the summary", (key) => {
    expect(post(`${key}: In short`).description).toBe("In short");
  });

  test.each(["summary: true", "excerpt: false", "description: [a, b]", "description: '<b></b>'"])(
    "%s is no summary",
    (front) => expect(post(front)).not.toHaveProperty("description"),
  );

  test.each([
    ["A <b>bold</b> word, 1 < 2", "A bold word, 1 < 2"],
    ["By [Ann](https://ann.example/a_(b)) and ![x](y.png)", "By Ann and x"],
    ["**Bold**, __too__, and `code`", "Bold, too, and code"],
    ["2 * 3 ** 4, snake__case, a [b] (c), ``two``", "2 * 3 ** 4, snake__case, a [b] (c), ``two``"],
  ])("of %j a summary is read as %j", (written, read) => {
    expect(post(`description: '${written}'`).description).toBe(read);
  });

  test("an author's name is the text of a link to them", () => {
    expect(post("author: 'Ann ([@ann](https://social.example/@ann))'").authors).toEqual([{ name: "Ann (@ann)" }]);
  });

  test.each([
    ["cover: /a.png", "https://example.org/a.png"],
    ["heroImage: ./a.jpg", "https://example.org/2024/01/05/a/a.jpg"],
    ["image: { path: /a.webp, alt: A }", "https://example.org/a.webp"],
    ["cover: { image: 'https://img.example/a' }", "https://img.example/a"],
    ["images: [/a.png, /b.png]", "https://example.org/a.png"],
    ["header: { teaser: /a.png }", "https://example.org/a.png"],
    ["cover: false\nthumbnail: //img.example/a.png", "https://img.example/a.png"],
  ])("%s is a picture", (front, image) => expect(post(front).image).toBe(image));

  test.each(["cover: true", "top_img: '#fff'", "image: 'javascript:a.png'", "cover: red"])("%s is none", (front) =>
    expect(post(front)).not.toHaveProperty("image"),
  );

  test.each([
    ...["external_url", "externalUrl", "link", "external", "redirect_to", "redirect", "linked_list_url"],
    ...["bookmark-of", "bookmarkOf", "bookmark_of", "like-of", "likeOf", "in-reply-to", "inReplyTo", "repost-of"],
  ])("%s makes a link post", (key) => {
    expect(post(`${key}: https://other.example/a`).external).toBe("https://other.example/a");
  });

  test.each(["comments", "comments_url", "commentsUrl", "discussion", "comments: { url"])(
    "%s says where the post is discussed",
    (key) => {
      const end = key.includes("{") ? " }" : "";
      expect(post(`${key}: https://talk.example/t/1${end}`).comments).toBe("https://talk.example/t/1");
    },
  );

  test.each(["true", "false", "off", "giscus", "0", "javascript:alert(1)", "{ host: mastodon.example, id: 1 }"])(
    "comments: %s is an option of the theme",
    (value) => expect(post(`comments: ${value}`)).not.toHaveProperty("comments"),
  );

  test("a path to comments is one of the site, and `#` one of the post", () => {
    expect(post("comments: /talk/1").comments).toBe("https://example.org/talk/1");
    expect(post("comments: '#comments'").comments).toMatch(/^https:\/\/example\.org\/.+\/#comments$/);
  });

  test.each([
    "redirect_to: [https://other.example/a, https://other.example/b]",
    ...["link", "external_link", "source", "via"].map((key) => `${key}: { title: A, url: https://other.example/a }`),
    "external: true\nlink: https://other.example/a",
    "in-reply-to: [{ type: [h-cite], properties: { url: [https://other.example/a] } }]",
  ])("%s makes one too", (front) => expect(post(front).external).toBe("https://other.example/a"));

  test.each([
    ...["redirect_from: https://other.example/a", "redirect_from: [https://other.example/a]", "redirect: true"],
    ...["redirect_to: /river/", "redirect: https://example.org/river/", "source: https://other.example/a", "via: Reed"],
    "external: { title: Weirs, href: https://other.example/a, status: reprinted }",
  ])("%s makes none", (front) => expect(post(front)).not.toHaveProperty("external"));

  test.each(["link: /about/", "link: https://example.org/about/", "external: true"])("%s does not", (front) => {
    expect(post(front)).not.toHaveProperty("external");
  });

  test("a canonical address on the site is the post's; one elsewhere is not", () => {
    expect(post("canonical: https://example.org/old/a.html").url).toBe("https://example.org/old/a.html");
    expect(post("canonical_url: https://other.example/a").url).toBe("https://example.org/2024/01/05/a/");
    expect(post("canonical: https://example.org/x/\npermalink: /p/").url).toBe("https://example.org/p/");
  });

  test.each(["authors", "author", "hosts"])("%s names who wrote it", (key) => {
    expect(post(`${key}: [Ann, { name: Bob, website: 'https://bob.example' }]`).authors).toEqual([
      { name: "Ann" },
      { name: "Bob", url: "https://bob.example/" },
    ]);
  });

  test("a key is found whatever its case", () => {
    expect(post("TAGS: [a]\nDescription: b\nLang: fr")).toMatchObject({
      tags: ["a"],
      description: "b",
      language: "fr",
    });
  });
});

test("a name of Hugo's is one word in lower case, and again the same, whatever it is made of", () => {
  const written = fc.string({ unit: fc.constantFrom(..." -_.%#@/&\ta5A中é—".split("")), maxLength: 40 });
  fc.assert(
    fc.property(written, (text) => {
      const name = hugoName(text);
      expect(name).not.toMatch(/[\sA-Z&—]|%(?![\da-f]{2})/);
      expect(hugoName(name)).toBe(name);
    }),
  );
  expect(hugoName(`${"- ".repeat(100_000)}a`)).toHaveLength(100_001);
});
