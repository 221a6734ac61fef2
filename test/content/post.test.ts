import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../lib/content/entry.ts";
import type { Site } from "../../lib/site/types.ts";
import { cpuMs } from "../support/growth.ts";
import { brief, parse, parseWith, postOf, postWith, siteOf } from "./helpers.ts";

const HOST = "https://example.org/";

describe("a title", () => {
  const untitled = (body: string, key = "posts/notes/my-post.md") =>
    postOf(parse(key, `---\ndate: 2024-10-15\n---\n${body}`)).title;

  test.each([
    ["the first heading", "Intro\n\n## First `one`\n\n# Second\n", "First one"],
    ["a heading with closing marks", "# Hello ##  \n", "Hello"],
    ["a heading that ends in a mark of its own", "# Learning C#\n", "Learning C#"],
    ["no heading inside fenced code", "```sh\n# comment\n```\n\n# Real\n", "Real"],
    ["no heading inside a longer fence", "````md\n```\n# inner\n```\n# inner\n````\n# Real\n", "Real"],
    ["no heading inside tildes", "~~~\n# comment\n~~~\n# Real\n", "Real"],
    ["no heading after a fence that only seems to close", "```sh\n```js\n# comment\n```\n# Real\n", "Real"],
    ["no hash tag", "#tag and text\n", "my-post"],
    ["no indented code", "    # code\n", "my-post"],
    ["no heading of control characters", "# \u0001\u0002\n", "my-post"],
    ["the file's name", "Text\n", "my-post"],
  ])("that is missing is %s", (_, body, title) => expect(untitled(body)).toBe(title));

  test.each([
    ["posts/2024-1-5-my-post.md", "my-post"],
    ["posts/my-post/index.md", "my-post"],
    ["posts/九点半.md", "九点半"],
    ["posts/v1.2.md", "v1.2"],
    ["hello.md", "hello"],
  ])("from the name %s is %s", (key, title) => expect(untitled("Text\n", key)).toBe(title));

  test.each(['""', "''", "~", "", "# a comment"])(
    "that is empty (%j) is meant to be, whatever the text says",
    (empty) => {
      const post = postOf(parse("posts/a.md", `---\ndate: 2024-10-15\ntitle: ${empty}\n---\n# Heading\n`));
      expect([post.title, post.url]).toEqual(["", "https://example.org/2024/10/15/a/"]);
    },
  );

  test.each(["posts/2024-10-15.md", "posts/20241015.md", "posts/7/index.md"])(
    "is not made of the numbers in %s",
    (key) => {
      expect(untitled("Text\n", key)).toBe("");
      expect(untitled("# Heading\n", key)).toBe("Heading");
    },
  );

  test.each([
    ["_posts/2024-01-05-hello-big-world.md", "", "Hello Big World"],
    ["_posts/2024-01-05-hello.md", "title:", "Hello"],
    ["_posts/2024-01-05-hello.md", "title: ''", ""],
    ["_posts/2024-01-05-HTTP-notes.md", "", "Http Notes"],
    ["_posts/2024-01-05-九点半-诗.md", "", "九点半 诗"],
    ["_posts/2024-01-05-7.md", "", "Heading"],
  ])("to Jekyll is that of the name: %s with %j is %j", (key, front, title) => {
    expect(postOf(parse(key, `---\ndate: 2024-10-15\n${front}\n---\n# Heading\n`)).title).toBe(title);
  });

  test.each([
    ["# Only one\n\ntext\n\n## Part\n", "Only one"],
    ["<!-- toc -->\n\nOnly *one*\n===\n", "Only one"],
    ["# One\n\n# Two\n", "my-post"],
    ["### Part\n\ntext\n", "my-post"],
    ["text\n\n# One\n", "my-post"],
  ])("to Hexo is a heading that can be nothing else: of %j it is %j", (body, title) => {
    expect(untitled(body, "source/_posts/my-post/index.md")).toBe(title);
  });

  test.each([
    ["posts/old-weir/index.md", "Text\n\n## Place\n\n## Water\n", "old-weir"],
    ["posts/old-weir/index.fr.md", "# Place\n\n# Water\n", "old-weir"],
    ["content/posts/2024-01-05-old-weir/index.md", "## Place\n\n### Bank\n\n## Water\n", "old-weir"],
    ["posts/old-weir/index.md", "# The weir\n\n## Place\n\n## Water\n", "The weir"],
    ["posts/old-weir/index.md", "Text\n\n## The weir\n", "The weir"],
    ["posts/old-weir/index.md", "## The weir\n\n> ## Said\n", "The weir"],
    ["posts/7/index.md", "## Place\n\n## Water\n", "Place"],
    ["posts/old-weir.md", "## Place\n\n## Water\n", "Place"],
  ])("of %s with %j is %s: sections of a folder's post name no post", (key, body, title) =>
    expect(untitled(body, key)).toBe(title),
  );

  test("that is missing leaves an address that is made of titles to the file's name", () => {
    const site = siteOf({ permalink: "/:title/", dialect: "hugo" });
    expect(postOf(parse("posts/7.md", "---\ndate: 2024-10-15\n---\nText\n", site)).url).toBe("https://example.org/7/");
  });

  test("is one line without control characters", () => {
    expect(postWith('title: "  A\\n\\tB\\u0008\\ud83dC "').title).toBe("A BC");
  });

  test("keeps full-width spaces", () => expect(postWith("title: 上　下").title).toBe("上　下"));

  test("with thousands of spaces takes little time", () => {
    const started = cpuMs();
    expect(untitled(`# a${" ".repeat(3_000)}b\n`)).toBe("a b");
    expect(cpuMs() - started).toBeLessThan(1_000);
  });
});

describe("tags", () => {
  test.each([
    ["tags: [a, b]", ["a", "b"]],
    ["tags:\n  - a\n  - b", ["a", "b"]],
    ["tags: one tag", ["one tag"]],
    ["tags: a, b,c", ["a", "b", "c"]],
    ["tags: 甲，乙", ["甲", "乙"]],
    ["tags: [a, ~, '', ' ', null, b]", ["a", "b"]],
    ["tags: [a, a, ' a ']", ["a"]],
    ["tags: [a, [b, [c]]]", ["a", "b", "c"]],
    ["tags: ['a, b']", ["a, b"]],
    ["tags: [C#, C++]", ["C#", "C++"]],
    ["tags: ', ,'", []],
    ["tags: []", []],
    ["", []],
  ])("%j are %j", (text, tags) => expect(postWith(text).tags).toEqual(tags));
});

describe("categories", () => {
  test.each([
    ["categories: [Life, Food]", [["Life", "Food"]]],
    ["categories:\n  - Life\n  - Food", [["Life", "Food"]]],
    ["categories: Life", [["Life"]]],
    ["categories: [[Life, Food], [Tech]]", [["Life", "Food"], ["Tech"]]],
    ["categories: [[Life, Food], Tech]", [["Life", "Food"], ["Tech"]]],
    ["categories: [[Life], [Life], [], [~]]", [["Life"]]],
    ["categories:", []],
  ])("%j are %j", (text, categories) => expect(postWith(text).categories).toEqual(categories));
});

describe("authors", () => {
  const ann = { name: "Ann Li", email: "ann@example.org", url: "https://ann.example.org/" };
  const bob = { name: "Bob" };
  const site = siteOf({ authors: { ann, bob } });

  test.each([
    ["a key of the site", "author: ann", [ann]],
    ["a name of the site", "author: Ann Li", [ann]],
    ["a name of the site with a mail", "author: Ann Li <other@example.org>", [ann]],
    ["a name", "author: Eve", [{ name: "Eve" }]],
    ["a name with a mail", "author: Eve Wu <eve@example.org>", [{ name: "Eve Wu", email: "eve@example.org" }]],
    ["a name with angles", "author: Eve <3", [{ name: "Eve <3" }]],
    ["a name with a comma", "author: Eve, Dr.", [{ name: "Eve, Dr." }]],
    [
      "a mail with a name, as in RSS",
      "author: eve@example.org (Eve Wu)",
      [{ name: "Eve Wu", email: "eve@example.org" }],
    ],
    ["a mail with the name of one of the site", "author: x@example.org (Bob)", [bob]],
    ["a mail of one of the site", "author: ann@example.org", [ann]],
    ["a mail alone", "author: eve@example.org", [{ name: "eve", email: "eve@example.org" }]],
    ["a mail with its scheme", "author: 'Eve <mailto:eve@example.org>'", [{ name: "Eve", email: "eve@example.org" }]],
    ["a link", "author: '[Eve](https://e.example)'", [{ name: "Eve", url: "https://e.example/" }]],
    ["a link to a mail", "author: '[Eve](mailto:eve@example.org)'", [{ name: "Eve", email: "eve@example.org" }]],
    ["a link that is none", "author: '[Eve](javascript:x)'", [{ name: "Eve" }]],
    ["several links", "author: '[Eve](https://e.example), [Mo](https://m.example)'", [{ name: "Eve, Mo" }]],
    ["a mail behind a name", "author: Eve (eve@example.org)", [{ name: "Eve", email: "eve@example.org" }]],
    ["a mail in angles", "author: <eve@example.org>", [{ name: "eve", email: "eve@example.org" }]],
    ["a mail twice", "author: e@example.org (e@example.org)", [{ name: "e", email: "e@example.org" }]],
    ["a name in quotes", `author: '"Eve Wu" <e@example.org>'`, [{ name: "Eve Wu", email: "e@example.org" }]],
    ["a name with a page", "author: Eve <https://e.example>", [{ name: "Eve", url: "https://e.example/" }]],
    [
      "several with their mails",
      "author: 'e@example.org (Eve), Mo <m@example.org>'",
      [
        { name: "Eve", email: "e@example.org" },
        { name: "Mo", email: "m@example.org" },
      ],
    ],
    ["a mail of the site's in a map", "author: { email: ANN@example.org }", [ann]],
    ["a map by key", "authors: { ann: { name: Ann Li }, eve: { name: Eve } }", [ann, { name: "Eve" }]],
    [
      "a map with a mail for a page",
      "author: { name: Eve, url: 'mailto:e@x.example' }",
      [{ name: "Eve", email: "e@x.example" }],
    ],
    ["an account of the fediverse", "author: '@eve@social.example'", [{ name: "@eve@social.example" }]],
    ["a handle of the site's", "author: '@ann'", [ann]],
    ["a handle", "author: '@eve'", [{ name: "@eve" }]],
    ["two names in one text", "author: Eve and Mo", [{ name: "Eve and Mo" }]],
    ["two Chinese names in one text", "author: 张三、李四", [{ name: "张三、李四" }]],
    ["a map with a list of names", "author: { name: [Eve, ann], url: 'https://x.example' }", [{ name: "Eve" }, ann]],
    ["a map with a mail for a name", "author: { name: eve@example.org }", [{ name: "eve", email: "eve@example.org" }]],
    [
      "a map with an account",
      "author: { name: Eve, github: eve-w }",
      [{ name: "Eve", url: "https://github.com/eve-w" }],
    ],
    ["a map with an account alone", "author: { twitter: '@eve' }", [{ name: "eve", url: "https://twitter.com/eve" }]],
    [
      "a map with the page of an account alone",
      "author: { github: 'https://github.com/eve-w' }",
      [{ name: "eve-w", url: "https://github.com/eve-w" }],
    ],
    ["a map with the account of one whom the site knows", "author: { github: ann }", [ann]],
    ["a map with no account", "author: { twitter: 'no one' }", []],
    [
      "a map with a handle, and a home page that is not the first",
      "author: { name: Eve, Twitter: '@eve', Homepage: 'https://e.example' }",
      [{ name: "Eve", url: "https://e.example/" }],
    ],
    [
      "a list of all of these",
      "authors: [ann, { name: Eve }, 'mo@example.org (Mo)']",
      [ann, { name: "Eve" }, { name: "Mo", email: "mo@example.org" }],
    ],
    ["a list", "authors: [ann, Eve]", [ann, { name: "Eve" }]],
    ["a list under author", "author: [bob, ann]", [bob, ann]],
    ["a list with doubles and nothings", "authors: [ann, Ann Li, ~, '']", [ann]],
    [
      "a map",
      "author: { name: Eve, email: e@example.org, url: 'https://e.example' }",
      [{ name: "Eve", email: "e@example.org", url: "https://e.example/" }],
    ],
    ["a map with a link that is none", "author: { name: Eve, url: 'javascript:alert(1)' }", [{ name: "Eve" }]],
    ["a map without a name", "author: { email: e@example.org }", []],
    ["a list of maps", "authors:\n  - name: Eve\n  - name: Mo", [{ name: "Eve" }, { name: "Mo" }]],
    ["empty authors beside an author", "authors:\nauthor: Eve", [{ name: "Eve" }]],
    ["nobody", "", []],
    ["constructor", "author: constructor", [{ name: "constructor" }]],
    ["__proto__", "author: __proto__", [{ name: "__proto__" }]],
  ])("may be %s", (_, text, authors) => expect(postWith(text, { site }).authors).toEqual(authors));

  test.each(["", "author: ~", "authors: []", "author: ''"])("%j: the only author of the site wrote it", (text) => {
    expect(postWith(text, { site: siteOf({ authors: { ann } }) }).authors).toEqual([ann]);
  });

  test("an author who is named is not joined by the only author of the site", () => {
    expect(postWith("author: Eve", { site: siteOf({ authors: { ann } }) }).authors).toEqual([{ name: "Eve" }]);
  });
});

describe("a URL", () => {
  const urlOf = (text: string, site: Partial<Site> = {}, key?: string) =>
    postWith(text, { site: siteOf(site), ...(key !== undefined && { key }) }).url;

  test.each([
    ["", `${HOST}2024/10/15/hello/`],
    ["slug: other", `${HOST}2024/10/15/other/`],
    ["slug: 你好", `${HOST}2024/10/15/%E4%BD%A0%E5%A5%BD/`],
    ["slug: '%E4%BD%A0%E5%A5%BD'", `${HOST}2024/10/15/%E4%BD%A0%E5%A5%BD/`],
    ["slug: 100%?#", `${HOST}2024/10/15/100%25%3F%23/`],
    ["slug: ../../../../etc", `${HOST}2024/10/15/etc/`],
    ["slug: a b", `${HOST}2024/10/15/a%20b/`],
    ["permalink: /p/1.html", `${HOST}p/1.html`],
    ["permalink: p/1/", `${HOST}p/1/`],
    ["permalink: '?p=42'", `${HOST}?p=42`],
    ["permalink: /你好/", `${HOST}%E4%BD%A0%E5%A5%BD/`],
    ["permalink: https://other.example/a", "https://other.example/a"],
    ["permalink: https://例え.jp/a", "https://xn--r8jz45g.jp/a"],
    ["slug: s\npermalink: /p/", `${HOST}p/`],
  ])("%j gives %s", (text, url) => expect(urlOf(text)).toBe(url));

  test.each([
    ["/:title/", "posts/notes/deep/a.md", "notes/deep/a/"],
    ["/:title/", "posts/a/index.md", "a/"],
    ["/:slug.html", "posts/notes/2024-1-5-a.md", "a.html"],
    ["/:abbrlink/", "posts/a.md", "a/"],
  ])("follows the site's pattern %s for %s", (permalink, key, path) =>
    expect(urlOf("", { permalink }, key)).toBe(`${HOST}${path}`),
  );

  test("hangs under a site that is itself in a folder", () => {
    const site = { url: "https://example.org/blog/" };
    expect(urlOf("", site)).toBe("https://example.org/blog/2024/10/15/hello/");
    expect(urlOf("permalink: /p/", site)).toBe("https://example.org/blog/p/");
  });

  test.each([
    ...[
      "javascript:alert(1)",
      "JavaScript:alert(1)",
      '" javascript:alert(1)"',
      '"java\\tscript:alert(1)"',
      "data:text/html,x",
    ],
    ...["vbscript:x", "mailto:a@example.org", "ftp://other.example/", "file:///etc/passwd", "//other.example/x"],
    ...['"/\\\\other.example"', '"\\\\\\\\other.example"', '"/\\t/other.example"', "../../x", ".//other.example"],
  ])("permalink: %s stays on the site", (permalink) => {
    const { post } = parseWith(`permalink: ${permalink}`);
    expect(new URL(post?.url ?? HOST).origin).toBe("https://example.org");
  });

  test.each(["http:other.example", "https://other.example", "http://other.example"])(
    "a slug %s stays on the site, whatever the pattern",
    (slug) => {
      expect(new URL(urlOf(`slug: ${slug}`, { permalink: ":slug" })).origin).toBe("https://example.org");
    },
  );

  test.each(["https://", "http://[", "https://a b/"])("permalink: %s is a problem with its line", (permalink) => {
    const { post, problems } = parseWith(`permalink: '${permalink}'`);
    expect(post).toBeUndefined();
    expect(problems).toMatchObject([{ code: "permalink-unusable", severity: "error", line: 4 }]);
  });

  test.each(["..#x", "../..?y", "/../..#b", "..\\\\x", "a/..\\\\..\\\\..\\\\", "%2e%2E?y"])(
    "permalink: %s leads out of the site, which is a problem",
    (permalink) => {
      const site = siteOf({ url: "https://example.org/blog/" });
      for (const name of ["permalink", "url", "path"]) {
        const { post, problems } = parseWith(`${name}: "${permalink}"`, { site });
        expect(post?.url).toBe(undefined);
        expect(problems).toMatchObject([{ code: "permalink-unusable", severity: "error", line: 4 }]);
        expect(problems[0]?.message).toMatch(/^the permalink ".+" leads out of https:\/\/example\.org\/blog\/$/);
      }
    },
  );

  test("whatever is written of it, the address of a post is below that of the site", () => {
    const site = siteOf({ url: "https://example.org/blog/", permalink: "/:lang/:categories/:slug" });
    const piece = fc.constantFrom(
      ..."/ // . .. ../ ..\\ \\ %2e %2E %2f % ? # a : :slug :title {{title}}".split(" "),
      " ",
      "\t",
      "\n",
    );
    const text = fc.array(piece, { maxLength: 7 }).map((all) => JSON.stringify(all.join("")));
    const names = ["permalink", "url", "slug", "lang", "categories", "abbrlink", "id"];
    fc.assert(
      fc.property(fc.constantFrom(...names), text, (name, written) => {
        const { post } = parse("posts/a.md", `---\ntitle: A\ndate: 2026-01-02\n${name}: ${written}\n---\n`, site);
        expect(post?.url ?? site.url).toMatch(/^https:\/\/example\.org\/blog\//);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a post is held back", () => {
  test.each([
    ["draft: true", "draft"],
    ["draft: yes", "draft"],
    ["draft: On", "draft"],
    ["draft: 1", "draft"],
    ["published: false", "draft"],
    ["published: no", "draft"],
    ["hidden: true", "hidden"],
    ["unlisted: true", "hidden"],
    ["feed: false", "hidden"],
    ["password: secret", "password"],
    ["password: 1234", "password"],
    ["encrypted: true", "password"],
    ["draft: false\nhidden: true", "hidden"],
    ["isDraft: true", "draft"],
    ["publish: false", "draft"],
    ["status: draft", "draft"],
    ["visibility: private", "draft"],
    ["headless: true", "hidden"],
    ["build: { list: never }", "hidden"],
    ["permalink: false", "hidden"],
    ["eleventyExcludeFromCollections: true", "hidden"],
    ["encrypt: true", "password"],
    ["is-draft: true", "draft"],
    ["is_draft: true", "draft"],
    ["isDraft: true\nis-draft: false", "draft"],
    ["post_status: draft", "draft"],
    ["post-status: Private", "draft"],
    ["status: work-in-progress", "draft"],
    ["status: Draft (2)", "draft"],
    ["status: not published", "draft"],
    ["status: pending", "draft"],
    ["status: trash", "draft"],
    ["status: false", "draft"],
    ["status: 草稿", "draft"],
    ["visibility: 隐藏", "draft"],
    ["post_password: secret", "password"],
    ["password: 'no'", "password"],
    ['password: "0"', "password"],
    ['password: "false"', "password"],
    ["password: |\n  off", "password"],
    ["p: &p 'no'\npassword: *p", "password"],
    ["_build: { List: never }", "hidden"],
    ["build: { a: b }\n_build: { render: false }", "hidden"],
    ["a: &a { build: { list: never } }\n<<: *a", "hidden"],
    ["a: &a { list: never }\nbuild: { <<: *a }", "hidden"],
    ["a: &a { draft: true }\nb: &b { <<: *a }\n<<: *b", "draft"],
  ])("by %j", (text, hidden) => {
    const result = parseWith(text);
    expect(postOf(result).hidden).toBe(hidden);
    expect(result.problems).toEqual([]);
  });

  test.each([
    "draft: false",
    "draft: no",
    "published: true",
    "hidden: off",
    "feed: true",
    "password: ''",
    "password: false",
    "password: No",
    "encrypted: 'false'",
    "is-draft: false",
    "status: publish",
    "status: 1.0",
    "status: Evergreen",
    "post_status: published",
    "visibility: Public",
    "visibility: true",
    "status:",
    "build: { list: always }",
  ])("not by %j", (text) => expect(postWith(text)).not.toHaveProperty("hidden"));

  test.each([
    "---\na: &a { draft: [true] }\n<<: *a\n---\n",
    "---\nstatus: [publish]\n---\n",
    "---\npost_status: {}\n---\n",
    "---\nvisibility: friends\n---\n",
    "+++\n[draft]\n+++\n",
    "+++\n[[draft]]\n+++\n",
    "+++\n[status]\n+++\n",
  ])("by %j, since it is unclear", (text) => {
    const { heldBack, problems } = parse("posts/2024-01-05-a.md", text);
    expect(heldBack ?? postOf(parse("posts/2024-01-05-a.md", text)).hidden).toBe("draft");
    expect(brief(problems)).toContainEqual(expect.stringMatching(/^flag-unclear/));
  });

  test("by a table of TOML in any case, and by a quoted password", () => {
    const hiddenOf = (text: string) => postOf(parse("posts/2024-01-05-a.md", `+++\n${text}\n+++\n`)).hidden;
    expect(hiddenOf('[_Build]\nList = "never"')).toBe("hidden");
    expect(hiddenOf('password = "no"')).toBe("password");
    expect(hiddenOf("password = false")).toBeUndefined();
  });

  test("by a rule of the site", () => {
    const rules = { paths: ["posts/private/**"], tags: ["Secret Things"], categories: ["日记"] };
    const site = siteOf({ exclude: rules });
    const hiddenOf = (text: string) => postWith(text, { site }).hidden;
    const broken = parse("posts/private/a.md", "---\ntitle: [\n---\n", site);
    expect(broken).toMatchObject({ heldBack: "excluded", problems: [] });
    expect(hiddenOf("tags: [a, secret-things]")).toBe("excluded");
    expect(hiddenOf("categories: [生活, 日记]")).toBe("excluded");
    expect(hiddenOf("tags: [secret]")).toBeUndefined();
  });

  test("unless a rule of `include` fits, if there are any", () => {
    const site = siteOf({ include: { paths: [], tags: ["feed"], categories: [] } });
    expect(postWith("tags: [feed]", { site }).hidden).toBeUndefined();
    expect(postWith("tags: [other]", { site }).hidden).toBe("excluded");
    const both = siteOf({ include: site.include, exclude: { paths: ["posts/**"], tags: [], categories: [] } });
    expect(parseWith("tags: [feed]", { site: both }).heldBack).toBe("excluded");
  });

  test.each(["posts/private", "/posts/private/", "posts/private/**", "posts/*/a.md"])("by the path %s", (path) => {
    const site = siteOf({ exclude: { paths: [path], tags: [], categories: [] } });
    expect(parseWith("", { site, key: "posts/private/a.md" }).heldBack).toBe("excluded");
    expect(postWith("", { site, key: "posts/privately.md" })).not.toHaveProperty("hidden");
  });

  test("by a tag that only names a collection of the site generator", () => {
    const rules = { paths: [], tags: ["nav"], categories: [] };
    expect(postWith("tags: [posts, nav]", { site: siteOf({ dialect: "eleventy", exclude: rules }) }).hidden).toBe(
      "excluded",
    );
  });

  test("before it has a date, without a problem", () => {
    expect(parse("posts/a.md", "---\ntitle: A\ndraft: true\n---\n")).toMatchObject({ heldBack: "draft", problems: [] });
  });

  test.each([
    "draft: maybe",
    "draft: [true]",
    "published: soon",
    "feed: rss",
    "hidden: ｔｒｕｅ",
    "unlisted: { a: b }",
  ])("by %j too, which is unclear, with a warning", (text) => {
    const result = parseWith(text);
    expect(postOf(result).hidden).toBeDefined();
    expect(result.problems).toMatchObject([{ code: "flag-unclear", severity: "warning", line: 4 }]);
  });
});

describe("a language", () => {
  const site = siteOf({ language: "zh-CN" });

  test.each([
    ["", "zh-CN"],
    ["lang: fr", "fr"],
    ["language: en_us", "en-US"],
    ["locale: zh-hant", "zh-Hant"],
    ["lang: fr\nlanguage: de", "fr"],
    ["lang:\nlanguage: fr", "fr"],
  ])("%j is %s", (text, language) => expect(postWith(text, { site }).language).toBe(language));

  test("that is none is a warning, and the site's is used", () => {
    const result = parseWith("lang: Chinese language", { site });
    expect(postOf(result).language).toBe("zh-CN");
    expect(result.problems).toMatchObject([{ code: "language-unknown", severity: "warning", line: 4 }]);
  });
});

describe("a language without a region", () => {
  const inSite = (languages: readonly string[], key = "posts/a.zh.md") =>
    postOf(parse(key, "---\ntitle: A\ndate: 2024-10-15\n---\n", siteOf({ languages }))).language;

  test("is the one with a region that the site names", () => expect(inSite(["en", "zh-CN"])).toBe("zh-CN"));
  test("is itself where the site names it, or two of its regions, or none", () => {
    expect(inSite(["en", "zh", "zh-CN"])).toBe("zh");
    expect(inSite(["zh-TW", "zh-CN"])).toBe("zh");
    expect(inSite(["en"])).toBe("zh");
  });
});

describe("other facts of a post", () => {
  test("a description is one line", () => {
    expect(postWith("description: |\n  One\n  two").description).toBe("One two");
    expect(postWith("description: |\n  河水漫过\n  堤坝，weir\n  也是").description).toBe("河水漫过堤坝，weir 也是");
    expect(postWith("description:")).not.toHaveProperty("description");
  });

  test.each([
    ["id: abc", "abc"],
    ["guid: abc", "abc"],
    ["id: abc\nguid: def", "abc"],
    ["id:\nguid: def", "def"],
    ["id: 007", "007"],
  ])("%j is the author's own id", (text, id) => expect(postWith(text).id).toBe(id));

  test("all problems of a post are reported at once, with their lines", () => {
    const { post, problems } = parseWith("date: never\nupdated: never\nlang: x y\ndraft: perhaps");
    expect(post).toBeUndefined();
    expect(brief(problems).toSorted()).toEqual([
      ...["date-unreadable:4", "duplicate-key:4", "flag-unclear:7", "language-unknown:6", "updated-unreadable:5"],
    ]);
    for (const { file, fix } of problems) expect([file, fix]).toEqual(["posts/hello.md", expect.stringMatching(/./)]);
  });
});

describe("the source digest", () => {
  const plain = postWith("");
  const digestOf = (text: string, body?: string) => postWith(text, body === undefined ? {} : { body }).sourceDigest;

  test.each([
    "title: Other",
    ...["cover", "banner", "image", "thumbnail", "enclosure", "audio", "video", "podcast", "live"].map(
      (key) => `${key}: a.png`,
    ),
    "podcast: { file: a.mp3 }",
  ])("moves with %j", (text) => expect(digestOf(text)).not.toBe(plain.sourceDigest));

  test("moves with the Markdown", () => expect(digestOf("", "Text!\n")).not.toBe(plain.sourceDigest));

  test("moves when one media file takes another's place, or its key", () => {
    const all = ["cover: a.png", "cover: b.png", "banner: a.png", "cover: a.png\nbanner: b.png"].map((text) =>
      digestOf(text),
    );
    expect(new Set(all).size).toBe(4);
  });

  test.each([
    ...["tags: x", "categories: x", "author: Eve", "lang: fr", "description: x", "slug: x", "permalink: /x", "id: x"],
    ...[
      "date: 2020-01-01",
      "updated: 2025-01-01",
      "draft: true",
      "password: x",
      "minor: true",
      "anything: x",
      "# comment",
    ],
    ...["cover:", "cover: ~", "cover: null", "cover: ''"],
  ])("stays with %j", (text) => expect(digestOf(text)).toBe(plain.sourceDigest));

  test("stays when the site, or the title's quotes, or the order of keys change", () => {
    const site = siteOf({ url: "https://new.example/", title: "New", language: "fr", timezone: "Asia/Tokyo" });
    expect(postWith("", { site }).sourceDigest).toBe(plain.sourceDigest);
    expect(digestOf("title: 'Hello'")).toBe(plain.sourceDigest);
    expect(digestOf("cover: a\nimage: b")).toBe(digestOf("image: b\ncover: a"));
  });
});

describe("the input hash", () => {
  const plain = postWith("");
  const moves = (text: string, source = {}) => postWith(text, source).inputHash !== plain.inputHash;

  test.each([
    "title: Other",
    "slug: x",
    "permalink: /x",
    "description: x",
    "author: Eve",
    "lang: fr",
    "date: 2020-01-01",
    "cover: a.png",
    "external_url: https://other.example/",
  ])("moves with %j", (text) => expect(moves(text)).toBe(true));

  test("moves with the Markdown and with the site's domain", () => {
    expect(moves("", { body: "Text!\n" })).toBe(true);
    expect(moves("", { site: siteOf({ url: "https://new.example/" }) })).toBe(true);
  });

  test("moves with an author's mail in site.yaml", () => {
    const by = (email: string) => postWith("", { site: siteOf({ authors: { a: { name: "A", email } } }) }).inputHash;
    expect(by("a@example.org")).not.toBe(by("b@example.org"));
  });

  test.each(["tags: x", "categories: x", "id: x", "updated: 2025-01-01", "draft: true", "cover: true", "anything: x"])(
    "stays with %j",
    (text) => expect(moves(text)).toBe(false),
  );
});

test.each(["hugo", "jekyll", "hexo", "plain"] as const)(
  "no reference to another post stops a post of %s",
  (dialect) => {
    for (const reference of ["//[", "\\\\", "http://[", "%", "../../..", "#", "a b", "//x/y", "\ud800"]) {
      const body = `{{< ref "${reference}" >}} {% post_url ${reference} %} {% post_link ${reference} %} {% link ${reference} %}\n`;
      const text = `---\ntitle: A\ndate: 2024-10-15\n---\n${body}`;
      expect(postOf(parse("posts/a.md", text, siteOf({ dialect }))).title).toBe("A");
    }
  },
);

test.each([
  ["author", `a <${"@".repeat(100_000)}`],
  ["category", `a${"-".repeat(100_000)}…b`],
  ["title", `a${"-".repeat(100_000)}x`],
  ["image", `.abc${"?.abc".repeat(20_000)}\u2028`],
  ["description", "[".repeat(50_000)],
  ["slug", "a ".repeat(50_000)],
])("a long unusual %s takes little time", (key, value) => {
  const site = siteOf({ dialect: "hexo", permalink: "/:category/:post_title/:slug/" });
  const started = cpuMs();
  parse("posts/a.md", `---\ndate: 2024-10-15\n${key}: ${JSON.stringify(value)}\n---\n`, site);
  expect(cpuMs() - started).toBeLessThan(2_000);
});

test("a post reports twenty of its unknown templates, and how many more there are", () => {
  const body = Array.from({ length: 30 }, (_, i) => `{% odd${i} %}\n`).join("\n");
  const { problems } = parse("posts/a.md", `---\ndate: 2024-10-15\n---\n${body}`);
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)?.message).toBe("10 more templates like these follow");
});

test.each([
  ["content: sumary", ["content-unclear:4"]],
  ["content: full", []],
  ["content: { a: b }", []],
  ["content: What this is about", []],
])("%j is reported if it is a setting of ours", (front, problems) =>
  expect(brief(parseWith(front).problems)).toEqual(problems),
);

test("a README without front matter is no post, and no problem", () => {
  expect(parse("posts/notes/README.md", "# About these notes\n")).toMatchObject({ heldBack: "hidden", problems: [] });
  expect(postOf(parse("posts/README.md", "---\ndate: 2024-10-15\n---\n")).title).toBe("README");
});

test("unknown templates of a draft are reported when it is no longer a draft", () => {
  const text = (draft: boolean) => `---\ndate: 2024-10-15\ndraft: ${draft}\n---\n\n{% no_such_tag %}\n`;
  expect(parse("posts/a.md", text(true)).problems).toEqual([]);
  expect(brief(parse("posts/a.md", text(false)).problems)).toEqual(["template-unknown:6"]);
});

test("a template may name what is nested in the front matter", () => {
  const site = siteOf({ dialect: "eleventy" });
  const text =
    "---\ndate: 2024-10-15\nmeta: { video: { id: abc } }\n---\n\n[x](https://v.example/{{ meta.video.id }})\n";
  expect(postOf(parse("posts/a.md", text, site)).markdown).toContain("(https://v.example/abc)");
});

test("tag and category, as some write them, are tags and categories", () => {
  const post = postOf(parse("posts/a.md", "---\ndate: 2024-10-15\ntag: [a]\ncategory: b\n---\n"));
  expect([post.tags, post.categories]).toEqual([["a"], [["b"]]]);
});

test("a permalink of a post may name the parts that the site's pattern may", () => {
  const post = postOf(parse("posts/a.md", "---\ndate: 2024-10-15\npermalink: /n/:year/:slug/?x=:y\n---\n"));
  expect(post.url).toBe("https://example.org/n/2024/a/?x=:y");
});

test("a line break is rendered as one in Hexo alone", () => {
  const htmlOf = (dialect: "hexo" | "hugo") =>
    renderEntry(postWith("", { site: siteOf({ dialect }), body: "one\ntwo\n" })).html;
  expect(htmlOf("hexo")).toBe("<p>one<br>two</p>");
  expect(htmlOf("hugo")).toBe("<p>one\ntwo</p>");
});
