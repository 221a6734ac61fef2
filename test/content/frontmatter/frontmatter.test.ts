import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { parsePost } from "../../../lib/content/post.ts";
import { cpuMs } from "../../support/growth.ts";
import { brief, bytesOf, parse, parseWith, postOf, postWith, siteOf } from "../helpers.ts";

const KEY = "posts/hello.md";
const GOOD = "---\ntitle: Hello\ndate: 2024-10-15\ntags: [a, b]\ncover: a.png\n---\nOne\n\n    two\n";

describe("gray-matter executes code in front matter: we refuse it and nothing is executed", () => {
  const marker = globalThis as { dripfeedRan?: unknown };
  afterEach(() => {
    delete marker.dripfeedRan;
  });

  test.each([
    ...[
      "---js",
      "--- js",
      "---javascript",
      "---JS",
      "---JavaScript",
      "---\tjs",
      "---js  ",
      "---coffee",
      "---CoffeeScript",
    ],
    ...["---coffeescript", "---cson", "---ts", "---more", "--- # yaml", "---yaml js", "---json5", "---toml js"],
  ])("%s", (fence) => {
    const code = "globalThis.dripfeedRan = 1, ({ title: 'x', date: '2024-10-15' })";
    for (const text of [`${fence}\n${code}\n---\nText\n`, `\ufeff${fence}\r\n${code}\r\n---\r\nText\r\n`]) {
      const { post, problems } = parse(KEY, text);
      expect(marker).not.toHaveProperty("dripfeedRan");
      expect(post).toBeUndefined();
      expect(problems).toMatchObject([{ code: "front-matter-language", severity: "error", file: KEY, line: 1 }]);
    }
  });

  test.each([
    ["---json", "front-matter-json"],
    ["---toml", "front-matter-toml"],
    ["+++", "front-matter-toml"],
    [";;;", "front-matter-json"],
  ])("between %s nothing is executed either", (fence, code) => {
    const close = fence.slice(0, 3);
    const { post, problems } = parse(KEY, `${fence}\nglobalThis.dripfeedRan = 1, ({ title: 'x' })\n${close}\nText\n`);
    expect(marker).not.toHaveProperty("dripfeedRan");
    expect(post).toBeUndefined();
    expect(problems).toMatchObject([{ code, severity: "error", line: 2 }]);
  });

  test.each([
    "js\n",
    "!!js/function 'function () { globalThis.dripfeedRan = 1 }'\n",
    "a: !!js/eval globalThis.dripfeedRan=1\n",
  ])("%j inside the block", (block) => {
    parse(KEY, `---\n${block}globalThis.dripfeedRan = 1\n---\n`);
    parseWith(block.trim());
    expect(marker).not.toHaveProperty("dripfeedRan");
  });

  test.each(["---yaml", "--- yaml", "---YAML", "---yml  "])("%s is YAML and read", (fence) => {
    expect(postOf(parse(KEY, `${fence}\ntitle: Hello\ndate: 2024-10-15\n---\n`)).title).toBe("Hello");
  });
});

test("gray-matter caches failures: bad YAML is the same problem with its line number the second time", () => {
  const bad = "---\ntitle: Hello\ndate: 2024-10-15\nsubtitle: a: b\n---\nText\n";
  const first = parse(KEY, bad);
  expect(first.post).toBeUndefined();
  expect(first.problems).toMatchObject([{ code: "front-matter-yaml", severity: "error", line: 4 }]);
  expect(parse(KEY, bad)).toEqual(first);
});

describe("gray-matter takes ---more and ---- as closing fences: nothing leaks into the body", () => {
  test.each(["---more", "----", "-----", "--- more", "---yaml", " ---", "....", "... x", "--"])(
    "%s closes nothing",
    (line) => {
      const { post, problems } = parse(KEY, `---\ntitle: Hello\ndate: 2024-10-15\n${line}\nsecret: 1\n---\nText\n`);
      expect(post?.markdown ?? "Text\n").toBe("Text\n");
      if (!post) expect(brief(problems)[0]).toMatch(/^(?:front-matter-yaml:[456]|date-unreadable:3)$/);
    },
  );

  test.each(["---more: 1", "----: 1"])("%s is a key like any other", (line) => {
    expect(postWith(`${line}\ntags: [after]`)).toMatchObject({ tags: ["after"], markdown: "Text.\n" });
  });

  test.each(["---more", "----", "....", ""])("front matter that only %j would close is never closed", (line) => {
    const { post, problems } = parse(KEY, `---\ntitle: Hello\ndate: 2024-10-15\n${line}`);
    expect(post).toBeUndefined();
    expect(brief(problems)).toEqual(["front-matter-open:1"]);
  });
});

describe("the fences", () => {
  test.each([
    ["trailing spaces", "---  \ntitle: Hello\ndate: 2024-10-15\n--- \t\nText\n"],
    ["dots that close", "---\ntitle: Hello\ndate: 2024-10-15\n...\nText\n"],
    ["dots with spaces", "---\ntitle: Hello\ndate: 2024-10-15\n...  \nText\n"],
  ])("with %s are fences", (_, text) => {
    expect(postOf(parse(KEY, text))).toMatchObject({ title: "Hello", markdown: "Text\n" });
  });

  test("close at the first; a later --- is the author's", () => {
    expect(postWith("", { body: "One\n\n---\n\nTwo\n" }).markdown).toBe("One\n\n---\n\nTwo\n");
  });

  test("keep the body as written, blank lines and indents and all", () => {
    expect(postWith("", { body: "\n\n    code\n  \n" }).markdown).toBe("\n\n    code\n  \n");
  });

  test("may end the file", () => expect(parse(KEY, "---\ntitle: A\ndate: 2024-10-15\n---").post?.markdown).toBe(""));

  test.each(["\u2028", "\u2029", "\u0085", "\v"])("need a line of their own, which %j does not begin", (separator) => {
    const { post } = parseWith(`description: "a${separator}---${separator}b"`);
    expect(post?.markdown).toBe("Text.\n");
  });

  test("do not count inside an indented value", () => {
    expect(postWith("description: |\n  ---\n  after").description).toBe("--- after");
  });

  test.each(["Text\n", "# Heading\n\n---\n\nText\n"])("%j has none: its date is missing", (text) => {
    expect(brief(parse(KEY, text).problems)).toEqual(["date-missing:1"]);
  });
});

describe("how a file is saved does not matter", () => {
  test.each([
    ["a byte order mark", `\ufeff${GOOD}`],
    ["CRLF", GOOD.replaceAll("\n", "\r\n")],
    ["CR", GOOD.replaceAll("\n", "\r")],
    ["a byte order mark and CRLF", `\ufeff${GOOD.replaceAll("\n", "\r\n")}`],
  ])("%s changes nothing of the post", (_, text) => {
    const plain = postOf(parse(KEY, GOOD));
    expect(plain.markdown).toBe("One\n\n    two\n");
    expect(postOf(parse(KEY, text))).toEqual(plain);
  });

  test("a problem's line is the same with CRLF", () => {
    const bad = "---\ntitle: Hello\ndate: never\n---\n";
    expect(brief(parse(KEY, bad.replaceAll("\n", "\r\n")).problems)).toEqual(["date-unreadable:3"]);
  });

  test.each([
    [[0xff], 3],
    [[0xc3, 0x28], 3],
    [[0xed, 0xa0, 0x80], 3],
    [[0xe4, 0xbd], 3],
  ])("bytes %j that are not UTF-8 are a problem that names the line", (bad, line) => {
    const bytes = Uint8Array.of(...bytesOf("---\ntitle: 你好\nx: "), ...bad, ...bytesOf("\n---\nText\n"));
    const { post, problems } = parsePost(KEY, bytes, siteOf());
    expect(post).toBeUndefined();
    expect(problems).toMatchObject([{ code: "encoding", severity: "error", line }]);
  });

  test("a character cut off by the file's end is named by its line", () => {
    const bytes = Uint8Array.of(...bytesOf("---\ntitle: A\ndate: 2024-10-15\n---\nText "), 0xe4, 0xbd);
    expect(brief(parsePost(KEY, bytes, siteOf()).problems)).toEqual(["encoding:5"]);
  });
});

describe("js-yaml turns text into numbers, dates and maps: scalars stay what the author wrote", () => {
  const words = [
    "12e3",
    "01234567",
    "2e876344",
    "007",
    "0x1F",
    "1_000",
    "no",
    "yes",
    "true",
    "2024-10-15",
    "1:30",
    ".inf",
  ];

  test.each(words)("a title %s", (word) => expect(postWith(`title: ${word}`).title).toBe(word));
  test.each(words)("a tag %s", (word) => expect(postWith(`tags:\n  - ${word}`).tags).toEqual([word]));
  test.each(["12e3", "007", "2e876344"])("an abbrlink %s", (abbrlink) => {
    const site = siteOf({ permalink: "/:abbrlink/" });
    expect(postWith(`abbrlink: ${abbrlink}`, { site }).url).toBe(`https://example.org/${abbrlink}/`);
  });

  test("`- a: b` among tags is the text a: b", () => {
    expect(postWith("tags:\n  - a: b\n  - c").tags).toEqual(["a: b", "c"]);
  });

  test("a map or a list for a title is the text of it", () => {
    expect(postWith("title: [Draft] ").title).toBe("[Draft]");
    expect(postWith("title: { a: b }").title).toBe("{ a: b }");
  });

  test("a value over several lines is folded into one", () => {
    expect(postWith("description: >\n  One\n  two.\n").description).toBe("One two.");
    expect(postWith("description: |\n  One\n  two.\n").description).toBe("One two.");
  });

  test("an anchor's value reaches its alias", () => {
    expect(postWith("x: &who Ann\nauthor: *who").authors).toEqual([{ name: "Ann" }]);
  });
});

describe("keys", () => {
  test.each(["", "~", "null", "Null", "NULL", '""', "''", "' '", "# only a comment"])("a value %j is none", (empty) => {
    const names = [
      "description",
      "tags",
      "categories",
      "author",
      "lang",
      "slug",
      "permalink",
      "id",
      "updated",
      "audio",
    ];
    const flags = ["draft", "published", "hidden", "unlisted", "feed", "password"];
    const text = [...names, ...flags].map((name) => `${name}: ${empty}`).join("\n");
    const bare = postOf(parse(KEY, "---\ndate: 2024-10-15\n---\n# Heading\n"));
    const { post, problems } = parse(KEY, `---\ndate: 2024-10-15\n${text}\n---\n# Heading\n`);
    expect({ ...post, lines: bare.lines, problems }).toEqual({ ...bare, problems: [] });
  });

  test("null in quotes is text", () => expect(postWith('title: "null"').title).toBe("null"));

  test("are found whatever their case", () => {
    const text = "---\nTITLE: A\nDate: 2024-10-15\nTags: x\ndRAFT: true\nPermaLink: /p/\n---\n";
    expect(postOf(parse(KEY, text))).toMatchObject({
      title: "A",
      tags: ["x"],
      hidden: "draft",
      url: "https://example.org/p/",
    });
  });

  test.each([
    ["tags: [a]\ntags: [b]", "tags"],
    ["tags: [a]\nTags: [b]", "tags"],
  ])("given twice (%j) are a warning, and the last counts", (text, name) => {
    const result = parseWith(text);
    expect(postOf(result).tags).toEqual(["b"]);
    expect(result.problems).toMatchObject([
      { code: "duplicate-key", severity: "warning", line: 5, message: `${name} is given twice` },
    ]);
  });

  test.each(["just words", "- a\n- b", "[a, b]", '"title: A"', "{"])("%j holds none: a problem", (block) => {
    const { post, problems } = parse(KEY, `---\n${block}\n---\n`);
    expect(post).toBeUndefined();
    expect(brief(problems)).toEqual([expect.stringMatching(/^front-matter-(keys|yaml):[23]$/)]);
  });

  test.each(["", "\n", "# a comment\n", "~\n", "null\n"])("front matter %j is empty: the date is missing", (block) => {
    expect(brief(parse(KEY, `---\n${block}---\nText\n`).problems)).toEqual(["date-missing:1"]);
  });

  test("that no map should have break nothing", () => {
    const result = parseWith("? [a, b]\n: c\n__proto__: x\nconstructor: y\n: empty\n1: z");
    expect(postOf(result).title).toBe("Hello");
  });
});

describe("hostile front matter is a problem, not an exception and not a hang", () => {
  const rows = ["b", "c", "d", "e", "f", "g", "h", "i"];
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    .concat(rows.map((key, i) => `${key}: &${key} [${Array(9).fill(`*${"abcdefgh"[i]}`)}]`))
    .join("\n");

  test.each([
    ["a NUL", "x: a\0b"],
    ["an alias bomb", bomb],
    ["an alias within itself", "x: &x [*x]"],
    ["a map within itself", "x: &x { y: *x }"],
    ["an alias of nothing", "x: *nothing"],
    ["a list nested a hundred deep", `x: ${"[".repeat(100)}${"]".repeat(100)}`],
    ["a list nested a hundred thousand deep", `x: ${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["a list that opens a thousand times", `x: ${"[".repeat(1_000)}`],
    ["a tab within an indent", "x:\n \ty: 1\n\tz: 2"],
    ["a second document", "--- # again\nx: 1"],
    ["an unknown directive", "%YAML 9.9\nx: 1"],
  ])("%s", (_, block) => {
    const started = cpuMs();
    const { post, problems } = parseWith(block);
    expect(cpuMs() - started).toBeLessThan(5_000);
    expect(post).toBeUndefined();
    expect(problems.length).toBeLessThan(20);
    for (const { code } of problems) expect(code).toBe("front-matter-yaml");
  });

  test.each(["---", "--- !!map"])(
    "what follows a YAML document marker (%j) is never lost: no draft gets out",
    (marker) => {
      const { post } = parse(KEY, `---\ntitle: Hello\ndate: 2024-10-15\n${marker} # again\ndraft: true\n---\n`);
      expect(post === undefined || post.hidden === "draft").toBe(true);
    },
  );

  test("draft: an alias of nothing never publishes", () => expect(parseWith("draft: *nothing").post).toBeUndefined());
});

describe("whatever the bytes", () => {
  const site = siteOf({ authors: { ann: { name: "Ann" } }, timezone: "Europe/Paris" });
  const runs = { numRuns: 1_000 };

  const word = fc.oneof(
    fc.constantFrom("title", "date", "draft", "tags", "author", "permalink", "slug", "lang", "description", "updated"),
    fc.constantFrom(
      "2024-10-15",
      "true",
      "~",
      "&a",
      "*a",
      "<<",
      "!!set",
      "|",
      ">-",
      "? ",
      "---",
      "...",
      "js",
      "__proto__",
    ),
    fc.constantFrom(
      "[",
      "]",
      "{",
      "}",
      "- ",
      ": ",
      ":",
      ",",
      "#",
      "'",
      '"',
      "\\",
      "%",
      "@",
      "`",
      "\t",
      "  ",
      "\n",
      "\r\n",
    ),
    fc.constantFrom(
      "javascript:",
      "//",
      "https://",
      "..",
      "constructor",
      "\0",
      "\u0008",
      "\ud800",
      "\ufeff",
      "你好",
      "👩‍🌾",
    ),
    fc.string({ maxLength: 5 }),
  );
  const junk = fc.array(word, { maxLength: 40 }).map((words) => words.join(""));

  test("parsePost never throws on arbitrary bytes, and gives a reason when there is no post", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, fenced) => {
        const around = (text: string) => (fenced ? bytesOf(text) : new Uint8Array());
        const file = Uint8Array.of(...around("---\ndate: 2024-10-15\n"), ...bytes, ...around("\n---\n"));
        const { post, problems } = parsePost(KEY, file, site);
        expect(post !== undefined || problems.some(({ severity }) => severity === "error")).toBe(true);
      }),
      runs,
    );
  });

  test("parsePost never throws on YAML-like junk, and a post is fit to publish", () => {
    fc.assert(
      fc.property(junk, junk, (block, body) => {
        const { post, problems } = parse(KEY, `---\ndate: 2024-10-15\n${block}\n---\n${body}`, site);
        expect(post !== undefined || problems.some(({ severity }) => severity === "error")).toBe(true);
        expect(post?.url ?? "https://example.org/").toMatch(/^https?:\/\/[^/]/);
        if (post?.title === "") expect(block.toLowerCase()).toContain("title"); // an empty title that is written counts
        for (const author of post?.authors ?? []) expect(author.name).toMatch(/./);
      }),
      runs,
    );
  });

  test("whatever has draft: true is hidden", () => {
    const key = fc.constantFrom("draft", "Draft", "DRAFT");
    const value = fc.constantFrom(
      "true",
      "True",
      "yes",
      "on",
      "'true'",
      '"true"',
      "true # soon",
      "!!bool true",
      "[true]",
      "|\n  true",
    );
    const line = fc.tuple(
      fc.constantFrom("title", "description", "tags", "author", "x", "y", "published", "hidden", "feed"),
      fc.oneof(junk, fc.string({ unit: "grapheme" })),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), key, value, fc.nat(6), junk, (lines, name, flag, at, body) => {
        const block = lines.map(([x, text]) => `${x}: ${JSON.stringify(text)}`);
        block.splice(at, 0, `${name}: ${flag}`);
        const { post } = parse(KEY, `---\ndate: 2024-10-15\n${block.join("\n")}\n---\n${body}`, site);
        expect(post?.hidden).toBeDefined();
      }),
      runs,
    );
  });
});
