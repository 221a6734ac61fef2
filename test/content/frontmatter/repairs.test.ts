/** What authors get wrong in front matter: the line that the problem names, and the fix it proposes. */
import { describe, expect, test } from "vitest";
import { readSource } from "../../../lib/content/frontmatter/frontmatter.ts";
import { cpuMs } from "../../support/growth.ts";
import { bytesOf } from "../helpers.ts";

const fixesOf = (text: string) => {
  const { source, problems } = readSource("posts/a.md", bytesOf(text));
  expect(source).toBeUndefined();
  return problems.map(({ line, fix }) => `${line}: ${fix}`);
};
const value = (line: string) =>
  readSource("posts/a.md", bytesOf(`---\n${line}\n---\n`)).source?.fields.get("title")?.value;

describe("YAML that cannot be read is shown as it should be written", () => {
  test.each([
    ["title: a: b", 'put the value in quotes: `title: "a: b"`'],
    ["title: 【a】：b: c", 'put the value in quotes: `title: "【a】：b: c"`'],
    ['title: it\'s: "q" # why', "put the value in quotes: `title: 'it''s: \"q\"' # why`"],
    ["title: @home", 'put the value in quotes: `title: "@home"`'],
    ["title: %off", 'put the value in quotes: `title: "%off"`'],
    ["title: `code`", 'put the value in quotes: `title: "`code`"`'],
    ["title: [WIP] x", 'put the value in quotes: `title: "[WIP] x"`'],
    ["title: {{ x }} y", 'put the value in quotes: `title: "{{ x }} y"`'],
    ["title: *x y", 'put the value in quotes: `title: "*x y"`'],
    ["title: - a", 'put the value in quotes: `title: "- a"`'],
    ["title: > a", 'put the value in quotes: `title: "> a"`'],
    ["title: 'it's'", 'put the value in quotes: `title: "it\'s"`'],
    ['title: "a" b', "put the value in quotes: `title: '\"a\" b'`"],
    ["title: C:\\x: y", "put the value in quotes: `title: 'C:\\x: y'`"],
    ["title:Hello", "put a space after the colon: `title: Hello`"],
    ["title：你好", "write a plain colon and a space in place of ：, as in `title: 你好`"],
    ["title ： 你好", "write a plain colon and a space in place of ：, as in `title: 你好`"],
    ["tags: [a, b", "close what [ opens: `tags: [a, b]`"],
    ["x: { a: b", "close what { opens: `x: { a: b}`"],
    ['title: "a', 'close what " opens: `title: "a"`'],
    ["title: 'a  ", "close what ' opens: `title: 'a'`"],
  ])("%s", (line, fix) => {
    expect(fixesOf(`---\ndate: 2024-01-05\n${line}\n---\n`)).toEqual([`3: ${fix}`]);
    expect(fixesOf(`---\n${line}\ndate: 2024-01-05\n---\n`)[0]).toBe(`2: ${fix}`);
  });

  test.each([
    ["tags:\n- a\n-b", "4: put a space after the hyphen: `- b`"],
    ["tags:\n  - a\n  -b\ndate: x", "4: put a space after the hyphen: `- b`"],
    ["tags:\n  - @a", '3: put the value in quotes: `- "@a"`'],
    ["tags: [\na,\ntitle: b\n]", "2: indent the lines between [ and ]"],
    ["title：你好", "2: write a plain colon and a space in place of ：, as in `title: 你好`"],
    ["title:Hello", "2: put a space after the colon: `title: Hello`"],
  ])("%j", (block, fix) => expect(fixesOf(`---\n${block}\n---\n`)[0]).toEqual(fix));

  test("and where an error is reported far below its cause, the line of the cause is named", () => {
    const text = `---\ntags: [a]\ntitle: "Hello\ndate: 2024-01-05\nauthor: 'Ann'\n---\n`;
    expect(fixesOf(text)).toEqual(['3: close what " opens: `title: "Hello"`']);
  });

  test.each(["a: 1\n b: 2", "words\na: 1", "http://example.org/\na: 1", `title: a: ${"b".repeat(300)}`])(
    "%j is left to its author",
    (block) => expect(fixesOf(`---\n${block}\n---\n`)[0]).toMatch(/^2: fix the YAML;/),
  );

  test("each line is reported once", () => {
    const lines = fixesOf("---\na: 1: 2: 3\nb: c\nd: @e: @f\n---\n").map((line) => line.split(":")[0]);
    expect(lines).toEqual(["2", "4"]);
  });

  test("an alias of nothing is a problem on the line of its key", () => {
    expect(fixesOf("---\na: 1\nb:\n  - *nothing\n---\n")[0]).toMatch(/^3: /);
  });
});

describe("what looks like a mistake but is valid", () => {
  test.each([
    ["title: 50% off", "50% off"],
    ["title: a:b", "a:b"],
    ["title: 007", "007"],
    ["title: “新”的开始", "“新”的开始"],
    ["title: 《书》，第一章", "《书》，第一章"],
    ["title : A", "A"],
    ["title: A # a comment", "A"],
    ["title: A#1", "A#1"],
    ["title: it's", "it's"],
    ["title: (WIP) x", "(WIP) x"],
  ])("%s", (line, title) => expect(value(line)).toBe(title));
});

describe("a tab for an indent, which Hexo reads", () => {
  test.each([
    ["tags:\n\t- a\n\t- b", 3],
    ["tags:\n  - a\n\t- b", 4],
    ["tags: [a, b]\nx: |\n\tword", 4],
    ["tags:\n- a\n- b\nauthor:\n\tname: Ann\n\turls:\n\t\t- x", 6],
  ])("%j is two spaces, with a warning", (block, line) => {
    const { source, problems } = readSource("posts/a.md", bytesOf(`---\n${block}\n---\n`));
    expect(source?.fields.get("tags")?.value).toEqual(["a", "b"]);
    expect(problems).toMatchObject([{ code: "front-matter-tab", severity: "warning", line }]);
  });

  test("a tab between words is kept, without a warning", () => {
    const { source, problems } = readSource("posts/a.md", bytesOf('---\ntitle: "a\tb"\nx:\n  - c\n---\n'));
    expect(source?.fields.get("title")?.value).toBe("a\tb");
    expect(problems).toEqual([]);
  });
});

describe("TOML that cannot be read is shown as it should be written", () => {
  test.each([
    ["title: Hello", 'TOML has = between key and value: `title = "Hello"`'],
    ['title: "Hello"', 'TOML has = between key and value: `title = "Hello"`'],
    ["title = Hello World # why", 'put the text in quotes: `title = "Hello World"`'],
    ["title = 你好", 'put the text in quotes: `title = "你好"`'],
    ["title = 007", 'put the text in quotes: `title = "007"`'],
    ["date = 2024-1-5", 'put the text in quotes: `date = "2024-1-5"`'],
    ["title = “你好”", 'write plain quotes: `title = "你好"`'],
  ])("%s", (line, fix) => {
    expect(fixesOf(`+++\nx = 1\n${line}\n+++\n`)).toEqual([`3: ${fix}`]);
  });

  test("a key that is given twice is an error there", () => {
    expect(fixesOf("+++\na = 1\na = 2\n+++\n")).toEqual(["3: keep one of the two"]);
  });

  test("a line that fits none of these has the usual fix", () => {
    expect(fixesOf("+++\n[params\n+++\n")[0]).toMatch(/^2: fix the TOML;/);
  });
});

describe("hostile front matter takes little time", () => {
  const many = 10_000;
  const blanks = 200_000;
  test.each([
    ["blank lines", `---\na: 1${"\n".repeat(blanks)}---\n`],
    ["blanks that are no line ends", `---\na: 1\n${"\u2028".repeat(blanks)}\n---\n`],
    ["blank lines before it", `${" \n".repeat(blanks)}---\na: 1\n---\n`],
    ["lines that are all wrong", `---\n${"a: b: c\n".repeat(many)}---\n`],
    ["one key again and again", `---\n${"a: b\n".repeat(9_000)}---\n`],
    ["quotes that nothing closes", `---\n${'a: "b\n'.repeat(many)}---\n`],
    ["escaped quotes in JSON", `{"a": "${'\\"'.repeat(many)}\n`],
    ["braces in JSON", `${'{"a":'.repeat(many)}1${"}".repeat(many)}\n`],
    ["tables in TOML", `+++\n${"[[a]]\nb.c = 1\n".repeat(many)}+++\n`],
    ["brackets in TOML", `+++\na = ${"[".repeat(many)}\n+++\n`],
    ["a number in TOML", `+++\na = ${"9".repeat(many * 10)}\n+++\n`],
    ["almost-fences", `x\n--\n--\n--\ntitle: a\n${"-- \n ".repeat(many)}`],
    ["keys that nothing closes", "title: a\n".repeat(many)],
    ["one long language", `---${"x".repeat(many)}\na: 1\n---\n`],
  ])("%s", (_, text) => {
    const started = cpuMs();
    const { problems } = readSource("posts/a.md", bytesOf(text));
    expect(cpuMs() - started).toBeLessThan(5_000);
    expect(problems.length).toBeLessThan(20);
    for (const { message, fix } of problems) expect(message.length + fix.length).toBeLessThan(1_000);
  });
});
