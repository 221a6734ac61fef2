/** The file of ids: an export can be imported again, and a mistake is reported with its line. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AdoptedPost, encodeLedger, idsOf, mergeLedgers, parseLedger } from "../../lib/adopt/ledger.ts";
import { xmlSafe } from "../../lib/base/text.ts";

const HEAD = `{"dripfeed":"ids","format":1}`;
const errorsOf = (...lines: readonly string[]) =>
  parseLedger([HEAD, ...lines].join("\n")).errors.map(({ line, message, fix }) => `${line}: ${message}: ${fix}`);
const byKey = (...posts: readonly AdoptedPost[]) => new Map(posts.map((post) => [post.key, post]));

describe("the file", () => {
  test("has a line for each post, by key", () => {
    const text = encodeLedger([
      { key: "posts/b.md", ids: { rss: "7", isPermaLink: true, atom: "tag:b" }, updated: "2024-01-02T03:04:05Z" },
      { key: "posts/a.md", url: "https://example.com/a/", id: "tag:example.com,2020:posts/a", ids: { json: " x\n" } },
    ]);
    expect(text).toBe(`${HEAD}
{"key":"posts/a.md","url":"https://example.com/a/","id":"tag:example.com,2020:posts/a","json":" x\\n"}
{"key":"posts/b.md","rss":"7","isPermaLink":true,"atom":"tag:b","updated":"2024-01-02T03:04:05Z"}
`);
    expect(parseLedger(text).errors).toEqual([]);
    expect(encodeLedger(parseLedger(text).posts.values())).toBe(text);
  });

  test("may have blank lines, a byte order mark and Windows line ends", () => {
    expect(parseLedger(`\ufeff${HEAD}\r\n\r\n{"key":"a.md","rss":"1"}\r\n`)).toEqual({
      ...{ posts: byKey({ key: "a.md", ids: { rss: "1" } }), lines: new Map([["a.md", 3]]), errors: [] },
    });
  });

  test("keeps every id exactly", () => {
    const anyId = fc.string({ unit: "binary", minLength: 1 }).filter((id) => id.trim() !== "");
    const xmlId = anyId.map((id) => id.split("\r").map(xmlSafe).join("\r")).filter((id) => id.trim() !== "");
    const ids = fc.record({ rss: xmlId, atom: xmlId, json: anyId }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(ids), (all) => {
        const used = new Set<string>();
        const posts = all.flatMap((ids, i) => {
          const own = idsOf({ ids });
          if (own.length === 0 || own.some((id) => used.has(id))) return [];
          for (const id of own) used.add(id);
          return [{ key: `${String(i).padStart(3, "0")}.md`, ids }];
        });
        const { posts: read, errors } = parseLedger(encodeLedger(posts));
        expect(errors).toEqual([]);
        expect([...read.values()]).toEqual(posts);
      }),
    );
  });

  test("of a newer Dripfeed is recognised", () => {
    expect(parseLedger(`{"dripfeed":"ids","format":2}\nwhatever`)).toMatchObject({ newer: 2 });
  });
});

describe("a wrong line is reported with its number and how to fix it:", () => {
  test.each([
    ["{", /^2: the line is not a JSON object: write each post on one line: \{"key"/],
    ["[1]", /^2: the line is not a JSON object/],
    ["<<<<<<< HEAD", /^2: a merge left its mark here: keep the right ones/],
    ["=======", /^2: a merge left its mark here/],
    [`{"rss":"1"}`, /^2: key is missing: write the content key of the post, such as posts\/hello.md$/],
    [
      `{"key":"a.md","guid":"1"}`,
      /^2: "guid" is none of key, url, id, rss, isPermaLink, atom, json, updated: remove it/,
    ],
    [`{"key":"a.md","rss":1}`, /^2: rss cannot be 1: write the guid as the feed had it, or leave it out$/],
    [`{"key":"a.md","rss":" "}`, /^2: rss cannot be " "/],
    [`{"key":"a.md","atom":"a\\u0008b"}`, /^2: atom cannot be "a\\bb"/],
    [`{"key":"a.md","id":"not a uri"}`, /^2: id cannot be "not a uri": write a URI, or leave it out$/],
    [`{"key":"a.md","updated":"2024-02-30T00:00:00Z"}`, /^2: updated cannot be "2024-02-30T00:00:00Z": write a moment/],
    [`{"key":"a.md","url":"/a/"}`, /^2: url cannot be "\/a\/": write the address of the post, or leave it out$/],
    [`{"key":"a.md","isPermaLink":"yes"}`, /^2: isPermaLink cannot be "yes"/],
  ])("%s", (line, expected) => {
    const errors = errorsOf(line, `{"key":"good.md","rss":"2"}`);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(expected);
  });

  test("a key or an id that occurs twice", () => {
    expect(errorsOf(`{"key":"a.md","rss":"1"}`, `{"key":"a.md","rss":"2"}`, `{"key":"b.md","atom":"1"}`)).toEqual([
      "3: a.md occurs twice: keep one of the two lines",
      '4: the id "1" belongs to a.md already: give it to one of the two',
    ]);
  });

  test("a first line of another kind of file", () => {
    expect(parseLedger("title: Notes\n").errors).toMatchObject([{ line: 1, fix: `write ${HEAD}` }]);
    expect(parseLedger("").errors).toHaveLength(1);
    expect(parseLedger("<<<<<<< HEAD\n").errors).toMatchObject([
      { line: 1, message: expect.stringContaining("merge") },
    ]);
  });

  test("without throwing", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => parseLedger(`${HEAD}\n${text}`).posts.size >= 0));
  });
});

describe("ids that come later", () => {
  test("are added format by format", () => {
    const merged = mergeLedgers(
      byKey(
        { key: "a", ids: { rss: "1", isPermaLink: true }, updated: "2024-01-01T00:00:00Z" },
        { key: "b", ids: { rss: "2" } },
      ),
      byKey({ key: "a", ids: { atom: "3" } }),
    );
    expect([...merged.values()]).toEqual([
      { key: "a", ids: { rss: "1", isPermaLink: true, atom: "3" }, updated: "2024-01-01T00:00:00Z" },
      { key: "b", ids: { rss: "2" } },
    ]);
  });

  test("may be the same in another format of the post", () => {
    const merged = mergeLedgers(byKey({ key: "a", ids: { atom: "u" } }), byKey({ key: "a", ids: { rss: "u" } }));
    expect([...merged.values()]).toEqual([{ key: "a", ids: { atom: "u", rss: "u" } }]);
  });

  test("replace those of their format, and are removed from the post that had them", () => {
    const merged = mergeLedgers(
      byKey(
        { key: "a", ids: { rss: "1", isPermaLink: true } },
        { key: "b", ids: { rss: "2", atom: "x" } },
        { key: "c", ids: { rss: "3" } },
      ),
      byKey({ key: "a", ids: { rss: "2" } }, { key: "d", ids: { rss: "3" } }),
    );
    expect([...merged.values()]).toEqual([
      ...[
        { key: "a", ids: { rss: "2" } },
        { key: "b", ids: { atom: "x" } },
      ],
      ...[{ key: "c" }, { key: "d", ids: { rss: "3" } }],
    ]);
  });
});
