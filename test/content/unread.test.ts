/** Files with errors: a word that holds the post back counts all the same, and nothing else does. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePost } from "../../lib/content/post.ts";
import type { HeldBack } from "../../lib/model.ts";
import { brief, bytesOf, parse, siteOf } from "./helpers.ts";

const withByte = (text: string, byte = 0xff) =>
  new Uint8Array(Buffer.concat([Buffer.from(text), Buffer.from([byte]), Buffer.from("\n")]));
const utf16 = (text: string) => Buffer.from(text, "utf16le");

/** The reason and the line that the message names. */
function heldBackIn(file: string | Uint8Array): readonly [HeldBack | undefined, number | undefined] {
  const bytes = typeof file === "string" ? bytesOf(file) : file;
  const { post, heldBack, problems } = parsePost("posts/a.md", bytes, siteOf());
  expect(post).toBeUndefined();
  expect(problems.filter(({ severity }) => severity === "error").length).toBeGreaterThan(0);
  const said = problems.flatMap(({ message }) => /; `[^`]+` on line (\d+) keeps the post out/.exec(message)?.[1] ?? []);
  return [heldBack, said.length === 0 ? undefined : Number(said.join())];
}

const HEAD = "title: A\ndate: 2024-01-05\n";

describe("a post is held back by a line of front matter that cannot be read as a whole:", () => {
  test.each<readonly [string, string | Uint8Array, HeldBack, number]>([
    ["an unclosed list below it", `---\n${HEAD}draft: true\ntags: [a\n---\nText\n`, "draft", 4],
    ["an unclosed list above it", `---\n${HEAD}tags: [a\ndraft: true\n---\nText\n`, "draft", 5],
    ["an unclosed quote above it", `---\ntitle: "A\ndraft: true\n---\nText\n`, "draft", 3],
    ["a word that is no key", `---\n${HEAD}words\nhidden: yes\n---\nText\n`, "hidden", 5],
    ["a tab", `---\n${HEAD}tags:\n\t- [a\nprivate: on\n---\nText\n`, "hidden", 6],
    ["TOML without a value", "+++\ntitle = \ndraft = true\n+++\nText\n", "draft", 3],
    ["TOML with a key twice", '+++\ntitle = "A"\ndraft = true\ndraft = false\n+++\nText\n', "draft", 3],
    ["TOML, where a text is never closed", '+++\ntitle = "A\npassword = "x"\n+++\nText\n', "password", 3],
    ["a member of `params`", "---\ntitle: [A\nparams:\n  hidden: true\n---\nText\n", "hidden", 3],
    ["a member of `[extra]`", "+++\ntitle = A\n[extra]\ndraft = true\n+++\nText\n", "draft", 3],
    ["a key made of `exclude` and `feed`", `---\n${HEAD}exclude_from_feed: true\ntags: [a\n---\nText\n`, "hidden", 4],
    ["JSON without quotes", '{\n  "title": A,\n  "draft": true\n}\nText\n', "draft", 3],
    ["JSON on one line", '{"title": "A, "draft": "yes", "tags": []}\nText\n', "draft", 1],
    ["JSON whose list is never closed", '{\n  "tags": ["a",\n  "published": false\n}\nText\n', "draft", 3],
    ["JSON that is never closed", '{\n  "title": "A",\n  "password": "x"\n\nText\n', "password", 3],
    ["JSON with a comment", '{\n  // no\n  "hidden": true, "a": {}\n}\nText\n', "hidden", 3],
    ["Hexo's JSON", ';;;\n"title": A\n"draft": true\n;;;\nText\n', "draft", 3],
    ["JSON in YAML's fences", "---\n{ title: A, draft: true, tags: [ }\n---\nText\n", "draft", 2],
    ["the second fence is missing", `---\n${HEAD}draft: true\n\nText\n`, "draft", 4],
    ["the second fence is missing, in TOML", '+++\ntitle = "A"\ndraft = true\n\nText\n', "draft", 3],
    ["and broken as well", `---\n${HEAD}tags [a\ndraft: true\n\nText\n`, "draft", 5],
    ["fences of other dashes", `——\n${HEAD}draft: true\n---\nText\n`, "draft", 4],
    ["long fences around words", `-----\n${HEAD}words here\ndraft: true\n-----\n`, "draft", 5],
    ["words behind the fence", "+++ toml # ours\ndraft = true\n+++\n", "draft", 2],
    ["below other text", `Text\n---\n${HEAD}draft: true\n---\nText\n`, "draft", 5],
    ["no fences", `${HEAD}draft: true\n\nText\n`, "draft", 3],
    ["no opening fence, and words", `title: A\nfoo bar\ndraft: true\n---\n\nText\n`, "draft", 3],
    ["JavaScript", "---js\nmodule.exports = {\n  title: 'A',\n  draft: true,\n};\n---\nText\n", "draft", 4],
    ["a byte that is no UTF-8 in the text", withByte(`---\n${HEAD}draft: true\n---\nText `), "draft", 4],
    ["such a byte in the front matter", withByte(`---\ndraft: true\ntitle: `), "draft", 2],
    [
      "such a byte first",
      new Uint8Array(Buffer.concat([Buffer.from([0xff]), Buffer.from(`---\n${HEAD}hide: 1\n---\n`)])),
      "hidden",
      4,
    ],
    ["UTF-16", utf16(`\ufeff---\n${HEAD}status: 草稿\n---\nText`), "draft", 4],
    ["UTF-16, big-endian", utf16(`---\n${HEAD}hidden: yes\n---\nText`).swap16(), "hidden", 4],
    ["a NUL at the start", `\0---\n${HEAD}draft: true\n---\nText`, "draft", 4],
    ["a NUL in the front matter", `---\ntitle: A\0\ndraft: true\n---\nText`, "draft", 3],
    ["a thousand blanks", `---\ntitle: A${" ".repeat(1200)}\ndraft: true\n---\nText`, "draft", 3],
    ["CRLF and a byte order mark", `\ufeff---\r\ntitle: [A\r\ndraft: true\r\n---\r\n`, "draft", 3],
    ["a full-width colon", "---\ntitle: A\ndraft：true\n---\nText\n", "draft", 3],
    ["no space behind the colon", "---\ntitle: A\ndraft:true\n---\nText\n", "draft", 3],
    ["TOML's sign in YAML", "---\ntitle: A\ndraft = true\n---\nText\n", "draft", 3],
    ["its own quote", '---\ntitle: A\ndraft: "true\n---\nText\n', "draft", 3],
    ["a password that needs quotes", "---\ntitle: A\npassword: @home\n---\nText\n", "password", 3],
    ["an indentation by mistake", "---\ntitle: A\n  draft: true\n---\nText\n", "draft", 3],
    ["a list as its value", "---\ntitle: [A\nstatus:\n  - draft\n---\nText\n", "draft", 3],
    ["a map as its value", "---\ntitle: [A\nbuild:\n  list: never\n---\nText\n", "hidden", 3],
    ["a table of TOML", "+++\ntitle = A\n[build]\nlist = 'never'\n+++\n", "hidden", 3],
    ["an anchor", "---\ntitle: [A\n&no draft: true\n---\nText\n", "draft", 3],
    ["an address that is none", "---\ntitle: [A\npermalink: false\n---\nText\n", "hidden", 3],
    ["another line that denies it", "---\ntitle: [A\ndraft: true\ndraft: false\n---\nText\n", "draft", 3],
    [
      "code in a text above it",
      `---\n${HEAD}description: |\n  \`\`\`js\n  x\n  \`\`\`\ntags: [a\ndraft: true\n---\nText\n`,
      "draft",
      9,
    ],
    [
      "a mark of code in a text above it",
      `---\n${HEAD}description: >\n  ~~~\ntags: [a\ndraft: true\n---\n`,
      "draft",
      7,
    ],
    ["such a mark at the margin", `---\n${HEAD}tags: [a\n~~~\ndraft: true\n---\n`, "draft", 6],
    ["code in a text of TOML", "+++\nd = '''\n~~~\nx\n~~~\n'''\nx = \ndraft = true\n+++\nText", "draft", 8],
    ["code in a list of TOML", "+++\nd = [\n'''\n~~~\n''' ]\nx = \ndraft = true\n+++\nText", "draft", 7],
    [
      "code in a text, and no second fence",
      `---\n${HEAD}d: |\n  \`\`\`\n  x\n  \`\`\`\ndraft: true\n\nText\n`,
      "draft",
      8,
    ],
    ["a no-break space before it", `---\n${HEAD}\u00a0draft: true\ntags: [a\n---\n`, "draft", 4],
    ["a zero-width space before it", `---\n${HEAD}\u200bdraft: true\ntags: [a\n---\n`, "draft", 4],
    ["a byte order mark before it", `---\n${HEAD}\ufeff draft: true\ntags: [a\n---\n`, "draft", 4],
    ["an ideographic space before it, in TOML", "+++\n\u3000draft = true\nx = \n+++\n", "draft", 2],
    ["such a space before it, and no second fence", `---\n${HEAD}\u00a0draft: true\n\nText\n`, "draft", 4],
    ["a dash before it", `---\n${HEAD}- draft: true\n---\n`, "draft", 4],
    ["a dash before it, as before the keys above it", "---\n- title: A\n- draft: true\n---\n", "draft", 3],
    ["a dash before the key above it", "---\n- title: A\n  draft: true\nx: [\n---\n", "draft", 3],
    ["a question mark before it", "---\ntitle: A\n? draft\n: true\nx: [\n---\n", "draft", 3],
    ["a blank line above it, and no second fence", `---\n${HEAD}\ndraft: true\n\nText\n`, "draft", 5],
    ["a blank line and a comment", `---\n${HEAD}\n# status\ndraft: true\n\nText\n`, "draft", 6],
    ["a blank line and a key of the author's", `---\n${HEAD}\nmine: 1\ndraft: true\n\nText\n`, "draft", 6],
    ["two groups of keys", `---\n${HEAD}\n\ntags: [a]\n \n\u200bdraft: true\n\nText\n`, "draft", 8],
    ["a blank line in a text", `---\n${HEAD}d: |\n  one\n\n  two\ndraft: true\n\nText\n`, "draft", 8],
    ["a blank line above it, in TOML", '+++\ntitle = "A"\n\ndraft = true\n\nText\n', "draft", 4],
    ["a blank line above it, in JSON", '{\n  "title": "A",\n\n  "draft": true\n\nText\n', "draft", 4],
    ["blank lines in JSON that is never closed", '{\n\n  "x": "A",\n\n\n  "y": 1,\n\n  "draft": true\n', "draft", 8],
    ["a blank line in JSON between fences", '---json\n{\n  "title": "A",\n\n  "draft": true\n\nText\n', "draft", 5],
  ])("%s", (_, file, reason, line) => expect(heldBackIn(file)).toEqual([reason, line]));

  test("and the message does not repeat a password", () => {
    const { problems } = parse("posts/a.md", "---\ntitle: [A\npassword: sesame\n---\nText\n");
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain("sesame");
  });
});

describe("a post whose file has errors is not held back by", () => {
  test.each([
    ["nothing", `---\n${HEAD}tags: [a\n---\nText\n`],
    ["a word that says it is public", `---\n${HEAD}draft: false\npublished: yes\ntags: [a\n---\nText\n`],
    ["one whose quote is not closed", '---\ntitle: A\ndraft: "false\n---\nText\n'],
    ["a date whose quote is not closed", '---\ntitle: A\npublished: "2024-01-05\n---\nText\n'],
    ["the body", `---\n${HEAD}tags: [a\n---\ndraft: true\n`],
    ["the body below an open front matter", `---\n${HEAD}\nText\n\ndraft: true\n`],
    ["a sentence in the body below an open front matter", `---\n${HEAD}\nWrite \`draft: true\`, or\ndraft: true.\n`],
    ["code below an open front matter", `---\n${HEAD}\nAs here:\n\n    draft: true\n\ndraft: true\n`],
    ["code in fences below an open front matter", `---\n${HEAD}\n~~~\ndraft: true\n~~~\n\ndraft: true\n`],
    ["code that is indented below an open front matter", `---\n${HEAD}\n    draft: true\n`],
    ["the body below open front matter in TOML", `+++\ntitle = "A"\n\nText\n\ndraft = true\n`],
    ["the body below open front matter in JSON", '{\n  "title": "A",\n\nText\n\n"draft": true\n'],
    ["words above words", "---\nText\n\ndraft: true\n"],
    ["prose below an open front matter", `---\n${HEAD}It is a word of four.\ndraft: true\n`],
    ["code in the body", `---\n${HEAD}\`\`\`yaml\ndraft: true\n\`\`\`\n---\n`],
    ["a comment", "---\ntitle: [A\n#draft: true\n# draft: true\n---\nText\n"],
    ["a text of several lines", "---\ntitle: [A\ndescription: |\n  draft: true\n---\nText\n"],
    ["a text of several lines in TOML", "+++\ntitle = A\nx = '''\ndraft = true\n'''\n+++\nText\n"],
    ["a member of a map", "---\ntitle: [A\ntheme:\n  draft: true\n---\nText\n"],
    ["a member of a table", "+++\ntitle = A\n[theme]\ndraft = true\n+++\nText\n"],
    ["a member of an object", '{\n  "title": A,\n  "x": {\n    "draft": true\n  }\n}\nText\n'],
    ["words in a title", "---\ntitle: draft: true\n---\nText\n"],
    ["an item", "---\ntitle: [A\ntags:\n- draft: true\n---\nText\n"],
    ["an item of a list with a comment", "---\ntitle: [A\ntags: # some\n- a\n- draft: true\n---\nText\n"],
    ["code between lines of front matter", `---\n${HEAD}tags: [a\n~~~\ndraft: true\n~~~\nx: y\n---\n`],
  ])("%s", (_, file) => expect(heldBackIn(file)).toEqual([undefined, undefined]));
});

describe("any breakage beside any word", () => {
  const YAML_WORDS = ["draft: true", "isDraft: yes", "published: false", "hidden: true", "is_draft: on", "Unlisted: 1"];
  const WORDS = [
    ...YAML_WORDS,
    "password: sesame",
    "status: draft",
    "visibility: private",
    "status: 草稿",
    "draft: maybe",
  ];
  const PUBLIC = ["draft: false", "published: true", "hidden: no", "status: published", 'password: ""', "tags: [x]"];
  const BROKEN = [
    "tags: [a",
    'summary: "x',
    "a: b: c",
    "@",
    "x: *none",
    "{",
    "words",
    "- item",
    "tags:\n  - a\n -b",
    "x: %y",
    // Code in a text, and texts of several lines.
    "description: |\n  ```js\n  draft = 1\n  ```",
    "description: >\n  ~~~",
    "summary: |\n  one\n\n  two",
    "x: 'one\n\n  two'",
    "\u00a0y: [",
    "\u200b- item",
    "? y\n: [",
    `x: ${"long ".repeat(500)}`,
  ];
  /** More keys than are parsed by themselves. */
  const MANY = "x: y\n".repeat(1_200).trimEnd();
  /** What may stand directly before a word. */
  const ABOVE = ["", "", "", "\u00a0", "\u200b", "\ufeff ", "\u3000", "\n", " \n\n", "\n# ours\n", "\n\n\u2060"];
  /** Where the second fence is missing these end the front matter. */
  const around = (lines: readonly string[], isOpen: boolean) =>
    `---\n${lines.join("\n")}\n${isOpen ? "" : "---\n"}\nText.\n`;
  const lines = fc.array(
    fc.oneof(
      { weight: 50, arbitrary: fc.constantFrom(...BROKEN, "x: y") },
      { weight: 1, arbitrary: fc.constant(MANY) },
    ),
    { maxLength: 3 },
  );
  const files = (words: readonly string[]) =>
    fc
      .record({
        word: fc.constantFrom(...words),
        above: fc.constantFrom(...ABOVE),
        before: lines,
        after: lines,
        isOpen: fc.boolean(),
        byte: fc.boolean(),
        crlf: fc.boolean(),
      })
      .map(({ word, above, before, after, isOpen, byte, crlf }) => {
        const text = around(["title: A", "date: 2024-01-05", ...before, `${above}${word}`, ...after], isOpen);
        const written = crlf ? text.replaceAll("\n", "\r\n") : text;
        return byte ? withByte(written) : bytesOf(written);
      });
  const read = (bytes: Uint8Array) => parsePost("posts/a.md", bytes, siteOf());

  test("holds the post back if the word does", () => {
    fc.assert(
      fc.property(files(WORDS), (bytes) => {
        const { post, heldBack } = read(bytes);
        expect(post?.hidden ?? heldBack).toBeDefined();
      }),
      { numRuns: 1_000 },
    );
  });

  test("does not if it does not", () => {
    fc.assert(
      fc.property(files(PUBLIC), (bytes) => {
        const { post, heldBack } = read(bytes);
        expect(post?.hidden ?? heldBack).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("of a file with errors counts, too,", () => {
  const site = siteOf({ exclude: { paths: [], tags: ["secret"], categories: [] } });

  test.each([
    ["tags: [secret]\ntitle: [A", "excluded"],
    ["tags:\n  - Secret\ndate: soon", "excluded"],
    ["tags: [other]\ntitle: [A", undefined],
  ])("a tag that site.yaml excludes: %j", (block, heldBack) => {
    expect(parse("posts/a.md", `---\n${block}\n---\nText\n`, site).heldBack).toBe(heldBack);
  });

  test("but not that a line is missing which site.yaml includes", () => {
    const included = siteOf({ include: { paths: [], tags: ["feed"], categories: [] } });
    expect(parse("posts/a.md", "---\ntitle: A\ntags: [feed\n---\nText\n", included).heldBack).toBeUndefined();
  });

  test("when it is published and expires", () => {
    const { published, expires } = parse("posts/a.md", "---\ntitle: [A\ndate: 2030-01-05\nexpires: 2031-01-05\n---\n");
    expect([published, expires]).toEqual(["2030-01-05T00:00:00Z", "2031-01-05T00:00:00Z"]);
    expect(parse("posts/a.md", "---\ntitle: A\n\ndate: 2999-01-05\n\nText\n").published).toBe("2999-01-05T00:00:00Z");
    expect(parse("posts/a.md", "---\ndate: soon\nexpires: 2031-01-05\n---\n").expires).toBe("2031-01-05T00:00:00Z");
  });
});

describe("of a file without errors counts, too,", () => {
  test.each([
    "---\ntitle: A\ndate: 2024-01-05\n\u00a0draft: true\n---\nText\n",
    "---\ntitle: A\ndate: 2024-01-05\ndraft\u200b: true\n---\nText\n",
    '{ "title": "A", "date": "2024-01-05", "\ufeffdraft": true }\nText\n',
    '+++\ntitle = "A"\ndate = 2024-01-05\n"\u200bdraft" = true\n+++\nText\n',
  ])("a key with a character that nobody sees: %j", (text) => {
    expect(parse("posts/a.md", text).post?.hidden).toBe("draft");
  });
});

describe("of two lines with one key", () => {
  test.each([
    "---\ntitle: A\ndate: 2024-01-05\ndraft: true\ndraft: false\n---\nText\n",
    "---\ntitle: A\ndate: 2024-01-05\nDraft: false\ndraft: true\n---\nText\n",
    "+++\ntitle = 'A'\ndate = 2024-01-05\nDraft = true\ndraft = false\n+++\nText\n",
    '{ "title": "A", "date": "2024-01-05", "draft": true, "draft": false }\nText\n',
  ])("the one that holds the post back counts: %j", (text) => {
    const { post, problems } = parse("posts/a.md", text);
    expect(post?.hidden).toBe("draft");
    expect(brief(problems)).toMatchObject([expect.stringMatching(/^duplicate-key/)]);
  });
});

describe("an empty file", () => {
  const empty = ["", "\n", "  \n\t\n", "\ufeff", "\ufeff\r\n", "\0\0\0\0", "\u200b"];

  test.each(empty)("%j is a problem of its own, whatever its name and its date say", (text) => {
    const dated = siteOf({ fileDates: true, posts: ["**"] });
    for (const key of [
      "posts/a.md",
      "posts/2024-01-05-a.md",
      "_posts/2024-01-05-a.md",
      "source/_posts/a.md",
      "content/a.mdx",
    ]) {
      const { post, heldBack, problems } = parsePost(key, bytesOf(text), dated, { file: "2024-01-05T00:00:00Z" });
      expect({ post, heldBack }).toEqual({});
      expect(problems).toMatchObject([{ code: "empty", severity: "error", file: key }]);
    }
  });

  test("in UTF-16 is one, too", () => {
    const { problems } = parsePost("posts/a.md", utf16("\ufeff\n"), siteOf());
    expect(brief(problems)).toEqual(["empty:1"]);
  });

  test("that is a README or lies in a folder of drafts is no problem", () => {
    for (const key of ["posts/README.md", "posts/_drafts/a.md"]) expect(parse(key, "").problems).toEqual([]);
  });

  test("is not one that has front matter and no text", () => {
    expect(parse("posts/a.md", "---\ntitle: A\ndate: 2024-01-05\n---\n").problems).toEqual([]);
  });
});
