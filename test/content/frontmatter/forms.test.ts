/** Files in the form of each site generator, and the fields that are read. */
import { describe, expect, test } from "vitest";
import { readSource } from "../../../lib/content/frontmatter/frontmatter.ts";
import { isMapValue, type Value } from "../../../lib/content/frontmatter/types.ts";
import { brief, bytesOf } from "../helpers.ts";

type Plain = string | null | Plain[] | { [key: string]: Plain };

function plain(value: Value): Plain {
  if (value === null || typeof value === "string") return value;
  if (!isMapValue(value)) return value.map(plain);
  return Object.fromEntries([...value.members].map(([name, member]) => [name, plain(member)]));
}

/** Each field as `[line, value]`. */
function read(text: string | Uint8Array) {
  const { source, problems } = readSource("posts/a.md", typeof text === "string" ? bytesOf(text) : text);
  const fields = [...(source?.fields ?? [])].map(([name, { line, value }]) => [name, [line, plain(value)]]);
  return {
    form: source?.form,
    fields: Object.fromEntries(fields),
    body: source?.body,
    bodyLine: source?.bodyLine,
    problems: brief(problems),
  };
}

const bare = (body: string) => ({ form: "none", fields: {}, body, bodyLine: 1, problems: [] });

describe("YAML between ---", () => {
  test("a post of Jekyll", () => {
    const text = `---
layout: post
title:  "Welcome to Jekyll!"
date:   2024-01-05 09:30:00 +0100 # the day we moved
categories: jekyll update
tags:
- a
- starman: truth behind the legend
---

Text.
`;
    expect(read(text)).toEqual({
      form: "yaml",
      fields: {
        layout: [2, "post"],
        title: [3, "Welcome to Jekyll!"],
        date: [4, "2024-01-05 09:30:00 +0100"],
        categories: [5, "jekyll update"],
        tags: [6, ["a", { starman: "truth behind the legend" }]],
      },
      body: "\nText.\n",
      bodyLine: 10,
      problems: [],
    });
  });

  test("a post of Hexo, in Chinese", () => {
    const text = `---
title: 扶贫记：第一天
date: 2020-10-15 08:20:25
tags: [扶贫, 乡村]
categories:
  - [生活]
  - [工作, 日记]
abbrlink: 12e3
---
正文。
`;
    expect(read(text)).toEqual({
      form: "yaml",
      fields: {
        title: [2, "扶贫记：第一天"],
        date: [3, "2020-10-15 08:20:25"],
        tags: [4, ["扶贫", "乡村"]],
        categories: [5, [["生活"], ["工作", "日记"]]],
        abbrlink: [8, "12e3"],
      },
      body: "正文。\n",
      bodyLine: 10,
      problems: [],
    });
  });

  test("a post of Astro, as Prettier leaves it", () => {
    const text = `---
title: "Hello"
pubDate: 2024-01-05
heroImage: { src: "../a.png", alt: "A" }
tags: [
  "a",
  "b"
]
---
`;
    expect(read(text)).toMatchObject({
      form: "yaml",
      fields: { pubdate: [3, "2024-01-05"], heroimage: [4, { src: "../a.png", alt: "A" }], tags: [5, ["a", "b"]] },
      problems: [],
    });
  });

  test.each([
    ["---\n---\nText\n", "Text\n", 3],
    ["---\n---", "", 2],
    ["---\n\n---\n\nText\n", "\nText\n", 4],
    ["---\n# nothing yet\n...\nText\n", "Text\n", 4],
    ["---\u3000\n---\u3000\nText\n", "Text\n", 3],
    ["---yml\n---\t\nText\n", "Text\n", 3],
    ["\ufeff\ufeff---\r\n---\r\nText\r\n", "Text\n", 3],
  ])("%j is empty front matter", (text, body, bodyLine) => {
    expect(read(text)).toEqual({ form: "yaml", fields: {}, body, bodyLine, problems: [] });
  });
});

describe("TOML between +++", () => {
  const hugo = `+++
title = "Moving to \\"Hugo\\" \\u4f60"
date = 2024-01-05T10:00:00+08:00
lastmod = 2024-01-06
Draft = true # until Friday
weight = 1_000
ratio = 1.50
tags = ['go', "a: b"]
author.name = "Ann"

[params]
toc = false
[params.cover]
image = { src = 'a.png', size = [640, 480] }

[[resources]]
src = "a.png"
[resources.params]
byline = "Ann"
[[resources]]
src = "b.png"
+++

Text.
`;

  test("a post of Hugo", () => {
    expect(read(hugo)).toEqual({
      form: "toml",
      fields: {
        title: [2, 'Moving to "Hugo" 你'],
        date: [3, "2024-01-05T10:00:00+08:00"],
        lastmod: [4, "2024-01-06"],
        draft: [5, "true"],
        weight: [6, "1_000"],
        ratio: [7, "1.50"],
        tags: [8, ["go", "a: b"]],
        author: [9, { name: "Ann" }],
        params: [11, { toc: "false", cover: { image: { src: "a.png", size: ["640", "480"] } } }],
        resources: [16, [{ src: "a.png", params: { byline: "Ann" } }, { src: "b.png" }]],
      },
      body: "\nText.\n",
      bodyLine: 23,
      problems: [],
    });
  });

  test("a page of Zola, in Chinese", () => {
    const text = `+++
title = "你好"
description = """
第一行
第二行"""
date = 2024-01-05 08:00:00

[taxonomies]
tags = ["随笔", "扶贫"]
+++
正文。
`;
    expect(read(text)).toEqual({
      form: "toml",
      fields: {
        title: [2, "你好"],
        description: [3, "第一行\n第二行"],
        date: [6, "2024-01-05 08:00:00"],
        taxonomies: [8, { tags: ["随笔", "扶贫"] }],
      },
      body: "正文。\n",
      bodyLine: 11,
      problems: [],
    });
  });

  test("a value's source is what was written, a table's is what was written in it", () => {
    const { source } = readSource(
      "a.md",
      bytesOf("+++\na = 'x'\nb = [1, 2]\n[t]\nc = 1\nd.e = 2\n[[u]]\nf = 3\n+++\n"),
    );
    const written = [...(source?.fields ?? [])].map(([name, field]) => [name, field.source]);
    expect(written).toEqual([
      ["a", "'x'"],
      ["b", "[1, 2]"],
      ["t", "c = 1\nd.e = 2"],
      ["u", "f = 3"],
    ]);
  });

  test.each([
    ["+++\n+++\nText\n", "Text\n", 3],
    ["+++  \n# nothing yet\n+++\t\nText\n", "Text\n", 4],
    ["+++toml\r\n+++\r\nText\r\n", "Text\n", 3],
    ["---toml\n---\nText\n", "Text\n", 3],
  ])("%j is empty front matter", (text, body, bodyLine) => {
    expect(read(text)).toEqual({ form: "toml", fields: {}, body, bodyLine, problems: [] });
  });

  test("between --- with its name (Eleventy), dots close nothing", () => {
    const text = "---toml\ntitle = '''\n...\n'''\n---\nText\n";
    expect(read(text)).toMatchObject({ form: "toml", fields: { title: [2, "...\n"] }, body: "Text\n", problems: [] });
  });

  test("names of any kind are members like any other", () => {
    const text = "+++\n__proto__ = 1\nconstructor.prototype = 2\n'' = 3\n\"a b\".c = 4\n+++\n";
    const { source, problems } = readSource("a.md", bytesOf(text));
    expect(problems).toEqual([]);
    expect([...(source?.fields.keys() ?? [])]).toEqual(["__proto__", "constructor", "", "a b"]);
    expect(({} as { prototype?: unknown }).prototype).toBeUndefined();
  });

  test("two keys that differ only in case are one key given twice, and the last counts", () => {
    expect(read("+++\nTitle = 'a'\n[params]\nx = 1\n[Params]\ny = 2\n+++\n")).toMatchObject({
      fields: { title: [2, "a"], params: [5, { y: "2" }] },
      problems: ["duplicate-key:5"],
    });
  });

  test.each([
    ["a = 1\na = 2", 3],
    ["a = 1\n\nb = 2024-13-01", 4],
    ["a = 1\n[b", 3],
    ['a = "x', 2],
    ["a = 1 b = 2", 2],
    ["a = 'x'\nb", 3],
    ["# c\na = [1,\n2", 4],
    ["a = \u0001", 2],
    [`a = ${"[".repeat(60)}${"]".repeat(60)}`, 1],
    [`a${".b".repeat(60)} = 1`, 1],
    [`[a${".b".repeat(60)}]`, 1],
    [`a = ${"{b = ".repeat(20_000)}1${"}".repeat(20_000)}`, 1],
    [`a = [${"1,".repeat(20_000)}]`, 1],
  ])("%j is a problem with its line (%j)", (block, line) => {
    expect(read(`+++\n${block}\n+++\nText\n`)).toMatchObject({
      form: undefined,
      problems: [`front-matter-toml:${line}`],
    });
  });
});

describe("JSON", () => {
  test("a post of Hugo between braces", () => {
    const text = `{
	"title": "A } and a \\"{\\"",
	"date": "2024-01-05T10:00:00Z",
	"draft": false,
	"weight": 1e3,
	"description": null,
	"tags": ["go", "a: b", "007"],
	"params": {
		"smile": "\\uD83D\\uDE00 \\/"
	}
}

Text.
`;
    expect(read(text)).toEqual({
      form: "json",
      fields: {
        title: [2, 'A } and a "{"'],
        date: [3, "2024-01-05T10:00:00Z"],
        draft: [4, "false"],
        weight: [5, "1e3"],
        description: [6, null],
        tags: [7, ["go", "a: b", "007"]],
        params: [8, { smile: "😀 /" }],
      },
      body: "\nText.\n",
      bodyLine: 12,
      problems: [],
    });
  });

  test("a post of Eleventy between --- with its name", () => {
    expect(read('---json\n{\n  "title": "你好",\n  "tags": []\n}\n---\n正文。\n')).toEqual({
      form: "json",
      fields: { title: [3, "你好"], tags: [4, []] },
      body: "正文。\n",
      bodyLine: 7,
      problems: [],
    });
  });

  test.each([
    ["{}\nText\n", "Text\n", 2],
    ["{\n}", "", 2],
    ["--- JSON\n---\nText\n", "Text\n", 3],
  ])("%j is empty front matter", (text, body, bodyLine) => {
    expect(read(text)).toEqual({ form: "json", fields: {}, body, bodyLine, problems: [] });
  });

  test.each([
    '{{< figure src="a.png" >}}\n',
    "{% include toc.html %}\n",
    "{: .note }\nText\n",
    "{ not JSON }\n",
    '{"quoted"} words\n',
    "{} is an empty object\n",
    "{ text }\n",
    "{: .note }\nText\n",
    "{note: a word in braces}\nText\n",
    "[{ a }](/b)\n",
  ])("%j is text", (text) => expect(read(text)).toEqual(bare(text)));

  test("what follows on the line of the last brace is body", () => {
    expect(read('{"title": "A"} Text\n')).toMatchObject({ form: "json", body: " Text\n", bodyLine: 1 });
  });

  test("a comma too many does no harm", () => {
    expect(read('{"tags": ["a",], "title": "A",}\n')).toMatchObject({
      fields: { tags: [1, ["a"]], title: [1, "A"] },
      problems: [],
    });
  });

  test.each([
    ['{\n"a": 1\n"b": 2\n}', 2],
    ['{\n"a": "x"\n"b": 2\n}', 3],
    ['{\n"a": 1,\n"b": yes\n}', 3],
    ["{\n\"a\": 1,\n'b': 2\n}", 3],
    ['{\n"a": 1,\nb: 2\n}', 3],
    ['{\n"a": 1,\n"b":\n}', 3],
    ['{\n"a": 1,\n"b"\n}', 3],
    ['{\n"a": "\\q"\n}', 2],
    ['{\n"a": "x,\n"b": "y"\n}', 2],
    ['{\n"a": &x "y",\n"b": *x\n}', 3],
    ['{\n"a": 1, // a note\n"draft": true\n}', 2],
    ['{\n"a": [1, 2\n}', 3],
    [`{"a": ${"[".repeat(60)}${"]".repeat(60)}}`, 1],
    ['{\n"a": "\0"\n}', 2],
  ])("%j is a problem with its line (%j), and its fix speaks of JSON", (block, line) => {
    const { source, problems } = readSource("a.md", bytesOf(`${block}\nText\n`));
    expect(source).toBeUndefined();
    expect(problems[0]).toMatchObject({ code: "front-matter-json", severity: "error", line });
    if (!block.includes("\0")) expect(problems[0]?.fix).toMatch(/JSON/);
  });

  test("a comment hides no key", () => {
    expect(read('{"title": "A", // later\n"draft": true}\nText\n').form).toBeUndefined();
  });

  test("a name that is given twice is a warning, and the last counts", () => {
    expect(read('{\n"title": "A",\n"Title": "B"\n}\n')).toMatchObject({
      fields: { title: [3, "B"] },
      problems: ["duplicate-key:3"],
    });
  });
});

describe("Hexo's JSON, members without braces", () => {
  const members = '"title": "Hello, \\"World\\"",\n"date": "2013/7/13 20:46:25",\n"tags": [\n  "a;;;",\n  "b"\n]\n';
  const fields = (first: number) => ({
    title: [first, 'Hello, "World"'],
    date: [first + 1, "2013/7/13 20:46:25"],
    tags: [first + 2, ["a;;;", "b"]],
  });

  test.each([";;;", ";;;;"])("between lines %s", (fence) => {
    expect(read(`${fence}\n${members}${fence}\nText\n`)).toEqual({
      form: "hexo-json",
      fields: fields(2),
      body: "Text\n",
      bodyLine: 9,
      problems: [],
    });
  });

  test("over a line ;;; alone", () => {
    expect(read(`${members};;;\nText\n`)).toEqual({
      form: "hexo-json",
      fields: fields(1),
      body: "Text\n",
      bodyLine: 8,
      problems: [],
    });
  });

  test("with braces all the same", () => {
    expect(read(';;;\n{ "title": "A" }\n;;;\n')).toMatchObject({ form: "hexo-json", fields: { title: [2, "A"] } });
  });

  test.each([
    [';;;\n"title": "A"\n"date": "B"\n;;;\n', 3],
    ["title: A\n;;;\nText\n", 1],
    [';;;\n"title": "A"}\n{"b": 1\n;;;\n', 3],
  ])("%j is a problem with its line (%j)", (text, line) => {
    expect(read(text)).toMatchObject({
      form: undefined,
      problems: expect.arrayContaining([`front-matter-json:${line}`]),
    });
  });

  test("words over ;;; are text", () => expect(read("A: b\n;;;\n")).toEqual(bare("A: b\n;;;\n")));
});

describe("Hexo does without the opening fence", () => {
  test.each(["---", "----", "--------  "])("and a line %s closes", (fence) => {
    const text = `title: 你好
date: 2020-10-15 08:20:25

# for the archive
tags:
- a
categories:
  - b
links: [
  c
]
${fence}
正文

---

更多
`;
    expect(read(text)).toEqual({
      form: "yaml",
      fields: {
        title: [1, "你好"],
        date: [2, "2020-10-15 08:20:25"],
        tags: [5, ["a"]],
        categories: [7, ["b"]],
        links: [9, ["c"]],
      },
      body: "正文\n\n---\n\n更多\n",
      bodyLine: 13,
      problems: [],
    });
  });

  test("its problems have their lines", () => {
    expect(read("date: 2024-01-05\ntitle: a: b\n---\nText\n").problems).toEqual(["front-matter-yaml:2"]);
  });

  test.each([
    ["a heading", "Title\n---\nText\n"],
    ["a heading with a colon", "Part one: the beginning\n---\nText\n"],
    ["a heading like a key that no generator knows", "Note: mind the gap\n---\nText\n"],
    ["a paragraph that begins like a key", "title: x\nis how front matter begins.\n---\n"],
    ["a heading and a rule", "# title: x\n\n---\nText\n"],
    ["a list and a rule", "- title: x\n\n---\nText\n"],
    ["a rule", "Text\n\n---\n\nText\n\n---\n"],
    ["a table", "title | date\n--- | ---\na | b\n"],
    ["a key that nothing closes", "title: x\n\nText\n"],
  ])("but %s is text", (_, text) => expect(read(text)).toEqual(bare(text)));
});

describe("longer fences (Hexo)", () => {
  test("are fences where both are the same and keys stand between them", () => {
    expect(read("-----\ntitle: A\n---: b\n-----  \nText\n")).toEqual({
      form: "yaml",
      fields: { title: [2, "A"], "---": [3, "b"] },
      body: "Text\n",
      bodyLine: 5,
      problems: [],
    });
  });

  test("show what is wrong between them", () => {
    expect(read("----\ntitle: a: b\n----\n").problems).toEqual(["front-matter-yaml:2"]);
  });

  test.each(["----\nText\n----\n", "----\nNote: text\n----\n", "-----\n\nText\n", "----\n", "---- title: A\n----\n"])(
    "%j is text",
    (text) => expect(read(text)).toEqual(bare(text)),
  );

  test("end, however long the fence", () => {
    const endless = "-".repeat(100_000);
    expect(read(`${endless}\ntitle: A\n${endless}\n`).problems).toEqual(["front-matter-missing:1"]);
  });
});

describe("YAML that merges", () => {
  const fieldsOf = (text: string) => read(`---\n${text}\n---\n`);

  test.each([
    ["by way of another base", "a: &a { draft: true }\nb: &b { <<: *a }\n<<: *b"],
    ["twice", "a: &a { draft: true }\nb: &b { c: d }\n<<: *b\n<<: *a"],
    ["twice, the other way round", "a: &a { draft: true }\nb: &b { c: d }\n<<: *a\n<<: *b"],
    ["a list of bases", "a: &a { draft: true }\nb: &b { c: d }\n<<: [*b, *a]"],
    ["under a name that is an alias", "v: &v draft\n*v : true"],
    ["under a name that is an alias, in a base", "v: &v draft\na: &a { *v : true }\n<<: *a"],
  ])("%s", (_, text) => {
    const { fields, problems } = fieldsOf(text);
    expect(problems).toEqual([]);
    expect(fields.draft?.[1]).toBe("true");
  });

  test("has the values of the post before those of the base, and of the first base before the next", () => {
    const { fields } = fieldsOf("a: &a { x: 1, y: 1 }\nb: &b { x: 2, y: 2, z: 2 }\n<<: *a\n<<: *b\nX: 0");
    expect(fields).toMatchObject({ x: [6, "0"], y: [4, "1"], z: [5, "2"] });
  });

  test("merges in maps too", () => {
    const { fields } = fieldsOf("a: &a { list: never }\nbuild: { <<: *a, render: x }");
    expect(fields.build?.[1]).toEqual({ render: "x", list: "never" });
  });

  test.each(["*v : true", "v: &v [a]\n*v : true", "<<: *v", "a: &a { <<: *a }\n<<: *a"])("%j cannot be read", (text) =>
    expect(fieldsOf(text).problems).toContainEqual(expect.stringMatching(/^front-matter-yaml:/)),
  );

  test("the source of a merged value is what is written in its base", () => {
    const { source } = readSource("a.md", bytesOf("---\na: &a { tags: [x, y] }\nb: &b 'no'\n<<: *a\nc: *b\n---\n"));
    expect(source?.fields.get("tags")?.source).toBe("[x, y]");
    expect(source?.fields.get("c")?.source).toBe("'no'");
  });
});

describe("front matter that only holds the post back", () => {
  const KEYS = [
    ...["hidden", "hide", "unlisted", "private", "headless", "feed", "rss", "password", "encrypted", "encrypt"],
    ...["status", "visibility", "publish", "isDraft", "is-draft", "post_status", "expires", "expiryDate", "build"],
  ];

  test.each(KEYS)("%s is read between long or half fences", (key) => {
    for (const text of [`-----\n${key}: x\n-----\n`, `${key}: x\n---\n`, `${key}: x\n-----\nText\n`]) {
      expect(read(text)).toMatchObject({ form: "yaml", fields: { [key.toLowerCase()]: [expect.any(Number), "x"] } });
    }
    expect(read(`"${key}": true\n;;;\n`)).toMatchObject({ form: "hexo-json", problems: [] });
  });

  test.each(KEYS)("%s is refused between fences that are none", (key) => {
    const refused = [
      ...[`\u200b---\n${key}: x\n---\n`, `——\n${key}: x\n——\n`, `----\n${key}: x\nodd line\n----\n`],
      ...[`+++ # c\n${key} = true\n+++\n`, `+++ toml x\n${key} = true\n+++\n`, `+++ x\n${key} = true\n+++\n`],
      ...[`——\n${key}: x\nodd line\n——\n`, `<!--${"\n".repeat(50)}-->\n---\n${key}: x\n---\n`],
    ];
    for (const text of refused)
      expect(read(text), text).toMatchObject({ form: undefined, problems: ["front-matter-missing:1"] });
  });

  test("below two long comments is reported with the line where it begins", () => {
    const comment = `<!--\n${"a\n".repeat(20)}-->\n`;
    const { source, problems } = readSource("a.md", bytesOf(`${comment}\n${comment}---\ndraft: true\n---\n`));
    expect(source).toBeUndefined();
    expect(problems).toMatchObject([{ message: "front matter begins at line 46 only" }]);
  });

  test.each([
    '{title:"t", draft:true}\n',
    '{ title: "A" }\n',
    "{'draft':true}\n",
    "{\n  'x': 1\n}\n",
    '[{"draft":true}]\n',
    '{ // c\n  "draft": true\n}\n',
    '{\n  /* c */\n  "draft": true\n}\n',
    "{\n  params: 1,\n\n  draft: true,\n}\n",
    ' {"draft": true}\n',
  ])("%j is reported as no JSON", (text) =>
    expect(read(text)).toMatchObject({ form: undefined, problems: ["front-matter-json:1"] }),
  );
});

describe("no front matter", () => {
  test.each([
    "Text",
    "Text\n",
    "***\nText\n",
    "<p>Text</p>\n",
    "+++ more\n",
    "+++ details\nText\n+++\n",
    "----\nText\n----\n",
    "{{< shortcode >}}\n",
    '{% tag "title": %}\n',
    "<!-- a note -->\nText\n",
    "<!-- never closed\n",
    "+ a\n+ b\n",
    ";;\n",
  ])("%j is all body", (text) => expect(read(text)).toEqual(bare(text)));

  test.each([
    ["+++\na = 1\n", "+++"],
    [';;;;\n"a": 1\n;;;\n', ";;;;"],
    ["---toml\na = 1\n+++\n", "---"],
    ['{"a": "}"\n', "}"],
  ])("%j is never closed, and the fix names the fence", (text, fence) => {
    const { source, problems } = readSource("a.md", bytesOf(text));
    expect(source).toBeUndefined();
    expect(problems).toMatchObject([{ code: "front-matter-open", line: 1, fix: expect.stringContaining(` ${fence}`) }]);
  });

  test.each(["---\ntitle: A\n---\n", "+++\ntitle = 'A'\n+++\n", '{"title": "A"}\n', ';;;\n"title": "A"\n;;;\n'])(
    "blank lines above %j are a warning, and lines are counted from the top",
    (text) => {
      const { fields, problems, bodyLine } = read(`\n \t\r\n${text}Text\n`);
      expect(fields).toEqual({ title: [text.startsWith("{") ? 3 : 4, "A"] });
      expect(bodyLine).toBe(text.split("\n").length + 2);
      expect(problems).toEqual(["front-matter-late:3"]);
    },
  );

  test.each([
    ["<!-- a note -->\n\n---\ntitle: a\n---\n", "front matter begins at line 3 only"],
    ["<!--\n+++\ntitle = 'a'\n+++\n-->\n", "front matter begins at line 2 only"],
    ["layout: post\n---\ntitle: a\ndraft: true\n---\nText\n", "front matter begins at line 2 only"],
    ["title: a\ndate: 2024-01-05\n\nText\n", "the file begins with keys, but without fences"],
  ])("%j is reported as misplaced front matter", (text, message) => {
    const { source, problems } = readSource("a.md", bytesOf(text));
    expect(source).toBeUndefined();
    expect(problems).toMatchObject([{ code: "front-matter-missing", severity: "error", line: 1, message }]);
  });

  test.each([
    " ---\ntitle: a\n---\n",
    "--\ntitle: a\n--\n",
    "——\ntitle: 你好\n——\n正文\n",
    "–––\ntitle: a\n–––\n",
    "\u200b---\ntitle: a\n---\n",
    "----\ntitle: a\n---\n",
    "----\ntitle: a\n-----\n",
  ])("%j is reported to have lines that are no fences", (text) => {
    const { source, problems } = readSource("a.md", bytesOf(text));
    expect(source).toBeUndefined();
    const message = "the line above the front matter is no fence, or not the same as the one below it";
    expect(problems).toMatchObject([{ code: "front-matter-missing", severity: "error", line: 1, message }]);
  });

  test("a rule and keys further down are text", () => {
    const text = "Text\n\n\n\n\n\n---\ntitle: a\n---\n";
    expect(read(text)).toEqual(bare(text));
  });
});

describe("bytes", () => {
  const utf16 = (text: string) => new Uint8Array(Buffer.from(text, "utf16le"));
  const swapped = (text: string) => new Uint8Array(Buffer.from(text, "utf16le").swap16());

  test.each([
    ["little-endian", utf16("\ufeff---\ntitle: A\n---\n")],
    ["big-endian", swapped("\ufeff---\ntitle: A\n---\n")],
    ["little-endian without its mark", utf16("---\ntitle: A\n---\n")],
    ["big-endian without its mark", swapped("---\ntitle: A\n---\n")],
  ])("in UTF-16, %s, are reported as such", (_, bytes) => {
    const { source, problems } = readSource("a.md", bytes);
    expect(source).toBeUndefined();
    expect(problems).toMatchObject([{ code: "encoding", line: 1, message: "the file is UTF-16, not UTF-8" }]);
  });

  test("a NUL in the front matter is a problem with its line, in the body it is the body's", () => {
    expect(read("---\na: 1\nb: \0\n---\n").problems).toEqual(["front-matter-yaml:3"]);
    expect(read("---\na: 1\n---\n\0").body).toBe("\0");
  });
});
