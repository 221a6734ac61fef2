/** The quick reader of YAML against the full one: the same fields, or none at all. */
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSource } from "../../../lib/content/frontmatter/frontmatter.ts";
import { readQuickly } from "../../../lib/content/frontmatter/quick.ts";
import type { FieldsResult } from "../../../lib/content/frontmatter/types.ts";
import { readYaml } from "../../../lib/content/frontmatter/yaml.ts";
import { bytesOf } from "../helpers.ts";

const RUNS = 1_500;

/** What it has for the text, which must be what the full reader has, in the same order; `undefined` where it declines. */
function read(text: string) {
  const quick = readQuickly(text, 1);
  if (quick) expect(written(quick)).toBe(written(readYaml("posts/a.md", text)));
  return quick;
}

/** With the order of keys, and all that it holds. */
const written = ({ fields, repeated, problems }: FieldsResult) =>
  inspect({ fields, repeated, problems }, { depth: null, maxArrayLength: null, maxStringLength: null });

const anyOf = (texts: string) => fc.constantFrom(...texts.split("¦"));
const joined = (...parts: readonly fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(""));
const linesOf = (line: fc.Arbitrary<string>, most: number) =>
  fc.array(line, { minLength: 1, maxLength: most }).map((all) => all.join("\n"));

/** Pieces that mean something in YAML, or nearly do. */
const piece = fc.oneof(
  anyOf("a¦2024-01-05¦12e3¦null¦~¦C#¦a:b¦你好¦：¦，¦\u3000¦\u00a0¦é¦👩‍🌾¦\u200b¦\ufeff¦\u0085¦\u2028¦\t¦\0¦\x07"),
  anyOf(" ¦  ¦: ¦:¦ :¦ #¦#¦ # x¦-¦- ¦---¦...¦?¦? ¦,¦, ¦tags: ¦title:¦<<¦<<: *a¦&a ¦*a¦!x ¦!!str ¦|¦>-¦%¦@¦`"),
  anyOf("\n¦\n¦\n\n¦\n  ¦\n  ¦\n- ¦\n  - ¦\n  a: ¦\n# c¦\n  # c¦\n---\n¦\n...\n¦\n]¦\n \n"),
  anyOf('[¦]¦{¦}¦[]¦{}¦[a]¦\'¦"¦\'\'¦""¦\'a\'¦"a"¦\\¦\\"¦\\n¦"a": '),
  fc.string({ unit: "grapheme", maxLength: 3 }),
);
/** What YAML takes for more than text where a value begins, or within a list. */
const mark = anyOf("%¦{¦}¦!x ¦!¦&a ¦&a¦*a¦- ¦-¦?¦? ¦: ¦:¦|¦>¦@¦`¦,¦]¦\u3000¦#¦ #¦'¦\"");

/** The shapes that posts have. */
const blanks = anyOf("¦¦¦ ");
const name = anyOf("title¦date¦tags¦Categories¦draft¦cover_image¦top-img¦标题¦abbrlink¦404¦null");
const word = anyOf("a¦Hello¦世界¦C#¦10:20:00¦2024-01-05¦-1¦it's¦“新”¦（一）¦&¦!¦?¦-¦|");
const words = fc.array(word, { minLength: 1, maxLength: 4 });
const plain = fc
  .tuple(anyOf("a¦我的¦\u3000a¦2024-01-05¦https://a.org/?b#c¦1.5¦-1¦:a:b"), words)
  .map(([first, rest]) => [first, ...rest].join(" "));
const quoted = fc.oneof(
  words.map((all) => `"${all.join(": ")}"`),
  words.map((all) => `'${all.join(" # ").replaceAll("'", "''")}'`),
  anyOf('""¦\'\'¦"a \\"b\\" c"¦"C:\\\\a"'),
);
const scalar = fc.oneof(plain, plain, quoted, anyOf("~¦null¦Null¦true¦0"));
const inBrackets = fc.oneof(quoted, anyOf("a¦b c¦C#¦数据¦a:b¦null¦2024-01-05¦-1"));
const list = fc
  .tuple(fc.array(joined(blanks, inBrackets, blanks), { maxLength: 3 }), anyOf("¦¦,"))
  .map(([items, end]) => `[${items.join(",")}${items.length > 0 ? end : ""}]`);
const value = joined(fc.oneof(scalar, scalar, list), anyOf("¦¦¦ ¦ # c"));
const item = joined(anyOf("- ¦-  "), value);
const items = fc.tuple(anyOf("¦¦ ¦  ¦    "), linesOf(item, 3)).map(([indent, lines]) => lines.replace(/^/gm, indent));
const block = joined(name, anyOf(":\n¦: \n¦:\n\n"), items);
const map = fc
  .array(fc.tuple(name, value), { minLength: 1, maxLength: 3 })
  .map((pairs) => ["a:", ...pairs.map(([key, each]) => `  ${key}: ${each}`)].join("\n"));
const pair = joined(name, anyOf(": ¦: ¦:  ¦ : "), value);
const empty = joined(name, anyOf(":¦: "));
const line = fc.oneof({ weight: 5, arbitrary: pair }, { weight: 2, arbitrary: block }, map, empty, anyOf("¦  ¦# c"));
const ordinary = joined(anyOf("¦\n"), linesOf(line, 5), anyOf("¦\n"));

/** Where something begins: a line, a value, an item. */
const BEGINNING = /(?<=[:-] +|\[ *|, *|^ *)/gm;

/** A slip of the hand: something is put in or taken out, or a line is there twice. */
const slip = fc.oneof(
  fc.tuple(fc.nat(200), fc.nat(4), fc.oneof(piece, fc.constant(""))).map(([place, cut, put]) => (text: string) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + put + text.slice(at + cut);
  }),
  fc.tuple(fc.nat(20), fc.nat(1), fc.oneof(mark, piece)).map(([nth, cut, put]) => (text: string) => {
    const beginnings = [...text.matchAll(BEGINNING)];
    const at = beginnings[nth % beginnings.length]?.index ?? 0;
    return text.slice(0, at) + put + text.slice(at + cut);
  }),
  fc.tuple(fc.nat(20), fc.nat(3)).map(([nth, by]) => (text: string) => {
    const lines = text.split("\n");
    const at = nth % lines.length;
    return lines.toSpliced(at + by, 0, lines[at] ?? "").join("\n");
  }),
);
const slipped = fc
  .tuple(ordinary, fc.array(slip, { minLength: 1, maxLength: 2 }))
  .map(([text, slips]) => slips.reduce((was, change) => change(was), text));

/** Anything in any place. */
const pieces = fc.array(fc.oneof(piece, mark, inBrackets), { minLength: 1, maxLength: 4 }).map((all) => all.join(""));
const PLACES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `a: ${text}`,
  (text) => `a: b\n${text}`,
  (text) => `a: [${text}]`,
  (text) => `a: [b, ${text}, "c"]`,
  (text) => `a: "${text}"\nb: '${text}'`,
  (text) => `a:\n- ${text}\n- b`,
  (text) => `a:\n  - b\n${text}\nc: d`,
  (text) => `a:\n- b\n${text}`,
  (text) => `a:\n  b: ${text}\n  c: d\n`,
  (text) => `a:\n  b: c\n${text}\nd: e`,
  (text) => `a:${text}\n- b`,
  (text) => `a:\n${text}\n- b`,
  (text) => `a:\n${text}\n  b: c`,
  (text) => `${text}: a\nb: c`,
];
const placed = fc.tuple(fc.constantFrom(...PLACES), pieces).map(([place, text]) => place(text));

describe("what the quick reader has is what the full reader has", () => {
  test.each([
    { of: "front matter with a slip of the hand", text: slipped },
    { of: "anything in any place", text: placed },
  ])("of $of, of which it takes a tenth", ({ text }) => {
    let taken = 0;
    const property = fc.property(text, (each) => {
      if (read(each)) taken += 1;
    });
    fc.assert(property, { numRuns: RUNS });
    expect(taken).toBeGreaterThan(RUNS / 10);
  });

  test("of the shapes that posts have, all of which it takes unless a key is there twice, or none at all", () => {
    const property = fc.property(ordinary, (text) => {
      const { fields, repeated = [] } = readYaml("posts/a.md", text);
      expect(read(text) !== undefined).toBe(fields.size > 0 && repeated.length === 0);
    });
    fc.assert(property, { numRuns: RUNS / 5 });
  });

  test("with the lines of the file", () => {
    const { fields, bodyLine } =
      readSource("posts/a.md", bytesOf("\n\n---\n# c\ntitle: A\n\ntags:\n\n  - a\n\ndate: 2024-01-05\n---\nText\n"))
        .source ?? {};
    expect([...(fields ?? [])].map(([name, { line }]) => [name, line])).toEqual([
      ["title", 5],
      ["tags", 7],
      ["date", 11],
    ]);
    expect(bodyLine).toBe(13);
  });

  test("but not of more nodes than the full reader allows", () => {
    expect(readQuickly(`tags: [${"a,".repeat(10_000)}]`, 1)).toBeUndefined();
  });
});
