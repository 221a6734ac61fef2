/** Properties of reading front matter, for any bytes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSource } from "../../../lib/content/frontmatter/frontmatter.ts";
import { isMapValue, type Value } from "../../../lib/content/frontmatter/types.ts";
import { bytesOf } from "../helpers.ts";

const runs = { numRuns: 1_000 };
const read = (text: string) => readSource("posts/a.md", bytesOf(text));

const piece = fc.oneof(
  fc.constantFrom(
    "---",
    "+++",
    ";;;",
    "----",
    "...",
    "——",
    "---toml",
    "---json",
    "{",
    "}",
    '{"',
    '": "',
    '",',
    "]",
    "[",
  ),
  fc.constantFrom(
    "title: ",
    "title = ",
    '"title": ',
    "date: 2024-01-05",
    "[params]",
    "[[a]]",
    "- ",
    "a.b = ",
    "：",
    "#",
  ),
  fc.constantFrom(
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "  ",
    "\u3000",
    "\u2028",
    "\ufeff",
    "\0",
    "'",
    '"',
    '"""',
    "\\",
    "&a",
    "*a",
  ),
  fc.constantFrom(
    "true",
    "007",
    "2024-01-05",
    "1e3",
    "你好",
    "👩‍🌾",
    "__proto__",
    "<<",
    "|",
    ">",
    "%",
    "@",
    "`",
    "inf",
    "0x",
    "_",
  ),
  fc.string({ maxLength: 5 }),
);
const junk = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

/** Of each form: the block, between its fences. */
const FORMS = {
  yaml: (block: string) => `---\n${block}\n---\n`,
  "yaml, dots": (block: string) => `---\n${block}\n...\n`,
  "yaml, unopened": (block: string) => `title: A\n${block}\n---\n`,
  "yaml, longer": (block: string) => `-----\ntitle: A\n${block}\n-----\n`,
  toml: (block: string) => `+++\n${block}\n+++\n`,
  "toml by name": (block: string) => `---toml\n${block}\n---\n`,
  json: (block: string) => `{"title": "A"${block}}\n`,
  "json by name": (block: string) => `---json\n${block}\n---\n`,
  "hexo-json": (block: string) => `;;;\n${block}\n;;;\n`,
  "hexo-json, unopened": (block: string) => `"title": "A"\n${block}\n;;;\n`,
};
type FormName = keyof typeof FORMS;
const formName = fc.constantFrom(...(Object.keys(FORMS) as FormName[]));

/** Every result is front matter and body, or errors with fixes, on lines of the file. */
function expectSound(text: string) {
  const { source, problems } = read(text);
  const lines = text.split(/\r\n?|\n/).length;
  for (const { line, message, fix } of problems) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines);
    expect(message && fix).not.toBe("");
  }
  expect(source === undefined).toBe(problems.some(({ severity }) => severity === "error"));
  if (!source) return;
  const unified = text
    .toWellFormed()
    .replace(/^\ufeff+/, "")
    .replace(/\r\n?/g, "\n");
  expect(unified.endsWith(source.body)).toBe(true);
  expect(source.bodyLine).toBe(unified.slice(0, unified.length - source.body.length).split("\n").length);
  for (const [name, { line }] of source.fields) {
    expect(name).toBe(name.toLowerCase());
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(source.bodyLine);
  }
  if (source.form === "none") expect(source.body).toBe(unified);
}

describe("readSource never throws, and its lines are the file's,", () => {
  test("on arbitrary bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { source, problems } = readSource("posts/a.md", bytes);
        expect(source !== undefined || problems.length > 0).toBe(true);
      }),
      runs,
    );
  });

  test("on arbitrary text", () => fc.assert(fc.property(junk, expectSound), runs));

  test("on arbitrary text between fences", () => {
    fc.assert(
      fc.property(formName, junk, junk, (name, block, body) => expectSound(FORMS[name](block) + body)),
      { numRuns: 3_000 },
    );
  });

  test("on front matter that a slip of the hand changed", () => {
    const good = [
      "---\ntitle: 'A'\ndate: 2024-01-05\ntags: [a, b]\ncategories:\n  - [x, y]\n---\nText\n",
      '+++\ntitle = "A"\ndate = 2024-01-05T10:00:00Z\ntags = ["a"]\n[params]\nx.y = 1.5\n[[r]]\nz = true\n+++\nText\n',
      '{\n  "title": "A",\n  "tags": ["a", "b"],\n  "params": {"x": 1e3, "y": null}\n}\n\nText\n',
      ';;;\n"title": "A",\n"tags": ["a"]\n;;;\nText\n',
      "title: A\ndate: 2024-01-05\ntags:\n- a\n---\nText\n",
    ];
    const slip = fc.tuple(fc.nat(100), fc.nat(8), fc.oneof(piece, fc.constant("")));
    fc.assert(
      fc.property(fc.constantFrom(...good), fc.array(slip, { minLength: 1, maxLength: 3 }), (text, slips) => {
        expectSound(slips.reduce((was, [at, cut, put]) => was.slice(0, at) + put + was.slice(at + cut), text));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("the body comes back", () => {
  const anyBody = fc.oneof(junk, fc.string({ unit: "grapheme" }));
  const blocks: { readonly [name in FormName]: string } = {
    yaml: "title: A",
    "yaml, dots": "title: A",
    "yaml, unopened": "tags: x",
    "yaml, longer": "tags: x",
    toml: "title = 'A'",
    "toml by name": "title = 'A'",
    json: "",
    "json by name": '{ "title": "A" }',
    "hexo-json": '"title": "A"',
    "hexo-json, unopened": "",
  };

  test.each(Object.keys(FORMS) as FormName[])("below front matter in %s", (name) => {
    fc.assert(
      fc.property(anyBody, (body) => {
        // A body with keys between fences may be read as the front matter: a mark of byte order before dots counts as none.
        if (name.endsWith("unopened")) fc.pre(!/(?:---|\+\+\+|;;;|--|——)|^\s*\.\.\./m.test(body));
        const { source } = read(FORMS[name](blocks[name]) + body);
        expect(source?.fields.get("title")?.value).toBe("A");
        expect(source?.body).toBe(body.replace(/\r\n?/g, "\n").toWellFormed());
      }),
      { numRuns: 300 },
    );
  });

  test("where there is no front matter", () => {
    fc.assert(
      fc.property(fc.constantFrom("Text ", "# ", "- ", "> ", "* * *\n", "{{", "[a]: "), anyBody, (start, rest) => {
        const { source } = read(start + rest);
        if (source) expect(source.body).toBe((start + rest).replace(/\r\n?/g, "\n").toWellFormed());
      }),
      { numRuns: 300 },
    );
  });
});

describe("one map is the same fields in every language", () => {
  type Json = string | readonly Json[] | { readonly [name: string]: Json };

  /** Text that each of the three can hold; in TOML, DEL has to be escaped. */
  const words = fc.oneof(
    fc.constantFrom(
      "12e3",
      "007",
      "true",
      "null",
      "~",
      "2024-01-05",
      "a: b",
      "[x]",
      "{",
      "# no",
      "- a",
      "@",
      "'",
      '"',
      "\\",
    ),
    fc.constantFrom("你好：世界", "“新”", "😀", "\u2028", "\u0085", "\ufeff", "\n", "a\n---\nb", "\t", "\u0007", "---"),
    fc.string({ unit: "grapheme", maxLength: 12 }),
  );
  const name = fc.constantFrom("title", "date", "tags", "a", "b-c", "d_e", "f1");
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      words,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  const map = fc.dictionary(name, value, { minKeys: 1, maxKeys: 5, noNullPrototype: true });

  const text = (words: string) => JSON.stringify(words).replace(/\x7f/g, "\\u007f");
  const inToml = (value: Json): string => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return `[${value.map(inToml).join(", ")}]`;
    return `{ ${Object.entries(value).map(([key, member]) => `${key} = ${inToml(member)}`)} }`;
  };
  const lines = (map: { readonly [key: string]: Json }, line: (key: string, value: Json) => string) =>
    Object.entries(map)
      .map(([key, value]) => line(key, value))
      .join("\n");

  function plain(value: Value): Json | null {
    if (value === null || typeof value === "string") return value;
    if (!isMapValue(value)) return value.map(plain) as Json[];
    return Object.fromEntries([...value.members].map(([key, member]) => [key, plain(member) as Json]));
  }

  test("YAML, TOML and JSON", () => {
    fc.assert(
      fc.property(map, (map) => {
        const written = {
          yaml: `---\n${lines(map, (key, value) => `${key}: ${JSON.stringify(value)}`)}\n---\nText\n`,
          toml: `+++\n${lines(map, (key, value) => `${key} = ${inToml(value)}`)}\n+++\nText\n`,
          json: `${JSON.stringify(map, null, "\t")}\nText\n`,
          "hexo-json": `;;;\n${JSON.stringify(map, null, 2).slice(1, -1)}\n;;;\nText\n`,
        };
        for (const [form, file] of Object.entries(written)) {
          const { source, problems } = read(file);
          expect(problems).toEqual([]);
          expect(source).toMatchObject({ form, body: "Text\n" });
          const fields = [...(source?.fields ?? [])].map(([key, { value }]) => [key, plain(value)]);
          expect(Object.fromEntries(fields)).toEqual(map);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("and its tables in TOML are the same whether they are inline or below headers", () => {
    const tables = fc.dictionary(name, fc.dictionary(name, words, { minKeys: 1, noNullPrototype: true }), {
      minKeys: 1,
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(tables, (tables) => {
        const pairs = (table: { readonly [key: string]: string }) =>
          lines(table, (key, value) => `${key} = ${inToml(value)}`);
        const headers = Object.entries(tables).map(([key, table]) => `[${key}]\n${pairs(table)}`);
        const dotted = Object.entries(tables).map(([key, table]) =>
          lines(table, (member, value) => `${key}.${member} = ${inToml(value)}`),
        );
        for (const block of [headers, dotted]) {
          const { source, problems } = read(`+++\n${block.join("\n")}\n+++\n`);
          expect(problems).toEqual([]);
          const fields = [...(source?.fields ?? [])].map(([key, { value }]) => [key, plain(value)]);
          expect(Object.fromEntries(fields)).toEqual(tables);
        }
      }),
      { numRuns: 300 },
    );
  });
});
