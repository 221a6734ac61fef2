/** Front matter beyond any usual size: at a cost in proportion to it, or a problem at once, and never against its author. */
import { describe, expect, test } from "vitest";
import { MAX_POST_BYTES } from "../../../lib/content/inputs.ts";
import { parsePost } from "../../../lib/content/post.ts";
import { expectLinear } from "../../support/growth.ts";
import { brief, bytesOf, parse, siteOf } from "../helpers.ts";

const KEY = "posts/a.md";
const HEAD = "title: A\ndate: 2024-01-05\n";
const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length));
const numbered = (line: (i: number) => string, length: number) =>
  Array.from({ length: Math.ceil(length / line(9_999).length) }, (_, i) => line(i)).join("");
const steps = (count: number) => Array.from({ length: count }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
const yaml = (front: string) => `---\n${HEAD}${front}\n---\nText\n`;

describe("four times the front matter takes about four times the work, where it holds", () => {
  test.each<readonly [string, (length: number) => string]>([
    ["an error on every line", (n) => yaml(fill("a: @b\n", n))],
    ["errors on one line", (n) => yaml(`a: ${fill("b: ", n)}`)],
    ["keys that are given again", (n) => yaml(fill("a: b\n", n))],
    ["aliases", (n) => yaml(`a: &a b\n${numbered((i) => `k${i}: *a\n`, n)}`)],
    ["aliases of nothing", (n) => yaml(`a: ${fill("*a ", n)}`)],
    ["maps in JSON", (n) => `{"title": "A",\n"a": ${fill('{"a":', n / 2)}1${fill("}", n / 10)}}\nText\n`],
    ["names of TOML that differ in case alone", (n) => `+++\n${fill("[aB]\n[Ab]\n[ab]\n[AB]\n", n)}+++\n`],
    ["a separator of lines behind comments", (n) => `---\n${HEAD}${fill("a:|#", n)}\u2028x\nb: c\n`],
    ["a separator of lines behind blanks", (n) => yaml(`a: [\n- ${fill(" ", 900)}${fill("x", n)}\u2028x`)],
  ])("%s", (_, make) =>
    expectLinear((size) => {
      const bytes = bytesOf(make(size));
      return () => void parsePost(KEY, bytes, siteOf());
    }, 16_000),
  );
});

describe("what is nested beyond reason is a problem with its line:", () => {
  const deep = 5_000;
  test.each<readonly [string, string, string]>([
    ["lists in brackets", yaml(`\na: ${"[".repeat(deep)}`), "front-matter-yaml:5"],
    ["lists in brackets on their lines", yaml(`a:\n  ${"[\n  ".repeat(deep)}`), "front-matter-yaml:103"],
    ["lists with hyphens", yaml(`a:\n  ${"- ".repeat(deep)}x\nb: c`), "front-matter-yaml:5"],
    ["names with question marks", yaml(`${"? ".repeat(deep)}x`), "front-matter-yaml:4"],
    ["maps, a column each", yaml(steps(150)), "front-matter-yaml:104"],
    ["lists of TOML", `+++\na = ${"[".repeat(deep)}\n+++\n`, "front-matter-toml:1"],
    ["JSON", `{"a": ${"[".repeat(deep)}${"]".repeat(deep)}}\n`, "front-matter-json:1"],
  ])("%s", (_, text, expected) => expect(brief(parse(KEY, text).problems)).toEqual([expected]));

  test.each<readonly [string, string]>([
    ["brackets in a text", `description: |\n  ${"[{".repeat(200)}\n`],
    ["brackets in quotes", `description: "${"[{".repeat(200)}"\n`],
    ["brackets in a comment", `# ${"[{".repeat(200)}\n`],
    ["brackets beside each other", `tags: ${JSON.stringify(Array.from({ length: 200 }, (_, i) => [`t${i}`]))}\n`],
    ["a rule of hyphens in a text", `description: |\n  ${"- ".repeat(200)}\n`],
    ["a text far to the right", `description: |\n${" ".repeat(150)}a: b\n`],
  ])("but not %s", (_, front) => expect(parse(KEY, yaml(front)).post).toBeDefined());

  test("nor brackets in the texts of TOML", () => {
    const texts = ['"[[\\"["', "'[[\"['", '"""[\n\\"""["""', "'''[\n[\"'''"].map((text) => `${text},`.repeat(40));
    const text = `+++\ntitle = "A"\ndate = 2024-01-05\na = [${texts.join("\n")}] # ${"[".repeat(200)}\n+++\n`;
    expect(parse(KEY, text).post).toBeDefined();
  });
});

describe("front matter that is too long is a problem with the line where it becomes so, and holds the post back if it says so:", () => {
  const long = "word ".repeat(60_000);
  test.each<readonly [string, string, number, string, number]>([
    ["a title", yaml(`title: ${long}\ndraft: true`), 4, "draft", 5],
    ["keys", yaml(`hidden: true\n${"key: value\n".repeat(30_000)}`), 22_728, "hidden", 4],
    ["keys above it", yaml(`${"key: value\n".repeat(120_000)}published: false`), 22_728, "draft", 120_004],
    ["TOML", `+++\ntitle = "${long}"\npassword = "x"\n+++\n`, 2, "password", 3],
    ["JSON", `{\n"title": "${long}",\n"draft": true\n}\n`, 2, "draft", 3],
    ["JSON on one line", `{"title": "${"word ".repeat(300_000)}", "draft": true}\n`, 1, "draft", 1],
  ])("%s", (_, text, line, reason, holder) => {
    const { heldBack, problems } = parse(KEY, text);
    expect(heldBack).toBe(reason);
    expect(problems).toMatchObject([
      { code: "too-slow", line, message: expect.stringMatching(`on line ${holder} keeps`) },
    ]);
  });

  test("without such a line only the problem is told", () => {
    const { heldBack, post, problems } = parse(KEY, yaml(`title: ${long}`));
    expect([heldBack, post, brief(problems)]).toEqual([undefined, undefined, ["too-slow:4"]]);
  });
});

describe("of a file that is too large the beginning counts:", () => {
  const large = (text: string) => Buffer.concat([Buffer.from(text), Buffer.alloc(MAX_POST_BYTES, "word\n")]);
  test.each<readonly [string, Uint8Array, string | undefined, string]>([
    ["a draft", large(`---\n${HEAD}draft: true\n---\n`), "draft", "too-slow"],
    ["a draft whose end is missing", large(`---\n${HEAD}draft: true\n`), "draft", "too-slow"],
    ["a public post", large(`---\n${HEAD}---\n`), undefined, "too-slow"],
    [
      "bytes that are no text",
      Buffer.concat([large(`---\n${HEAD}draft: true\n---\n`), Buffer.of(0xff)]),
      "draft",
      "too-slow",
    ],
    ["zeros", Buffer.alloc(MAX_POST_BYTES + 1), undefined, "empty"],
  ])("%s", (_, bytes, heldBack, code) => {
    const result = parsePost(KEY, bytes, siteOf());
    expect([result.post, result.heldBack, result.problems.map((each) => each.code)]).toEqual([
      undefined,
      heldBack,
      [code],
    ]);
  });
});

describe("the line of a byte that is no UTF-8", () => {
  test.each<readonly [string, readonly (string | number)[], number]>([
    ["in the first line", ["a", 0xff, "\nb\nc\n"], 1],
    ["in the last line", ["a\nb\nc", 0xff], 3],
    ["in a line between", ["a\nb", 0xff, "b\nc\nd\n"], 2],
    ["in a long line", ["a\n", 0xff, "b".repeat(1_000), "\nc"], 2],
    ["below a long line", [`${"b".repeat(1_000)}\n`, 0xff, "\nc"], 2],
    ["half a character at the end", ["a\n中\n", 0xe4, 0xb8], 3],
    ["half a character at a line end", ["a\n", 0xe4, "\nb\n"], 2],
    ["and another below it", ["a\n", 0xff, "\n", 0xff, "\n"], 2],
  ])("%s", (_, parts, line) => {
    const bytes = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.of(part))));
    expect(brief(parsePost(KEY, bytes, siteOf()).problems)).toContain(`encoding:${line}`);
  });
});

test("line ends of every kind are one, wherever a long text is cut", () => {
  const text = `---\r${HEAD.replaceAll("\n", "\r\n")}---\r\n${"a\r\n\r".repeat(300_000)}b`;
  expect(parse(KEY, text).post?.markdown).toBe(`${"a\n\n".repeat(300_000)}b`);
});

test("front matter far below the top has the lines of the file", () => {
  const { post, problems } = parse(KEY, `${"\n".repeat(5_000_000)}---\n${HEAD}a: b\na: c\nlang: 99\n---\nText\n`);
  expect(post).toBeDefined();
  expect(brief(problems)).toEqual(["front-matter-late:5000001", "duplicate-key:5000005", "language-unknown:5000006"]);
});
