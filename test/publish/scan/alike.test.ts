/** Posts that look like others: which records a file that was found may be, renamed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PostRecord, Traits } from "../../../lib/model.ts";
import { alikeTo } from "../../../lib/publish/scan/alike.ts";
import type { Finding } from "../../../lib/publish/scan/findings.ts";
import { listedOf } from "../../channels/records.ts";

const TRAITS = {
  title: "Drip lines",
  published: "2026-05-02T00:00:00Z",
  language: "en",
  sourceDigest: "text",
  wordsDigest: "words",
};
const RECORD = listedOf("old", { ...TRAITS, url: "https://e.org/old" });

/** A file with errors, of which only this can be read. */
const seenFile = (seen: Partial<Traits>): Finding => ({ etag: "1", problems: [], seen });

const found = (seen: Partial<Traits>) =>
  alikeTo(new Map([["posts/new.md", seenFile({ language: "en", ...seen })]]), [RECORD], new Set());

test.each<[string, Partial<Traits>]>([
  ["text", { sourceDigest: "text" }],
  ["title and date", { title: TRAITS.title, published: TRAITS.published }],
  ["title and words", { title: TRAITS.title, wordsDigest: "words" }],
  ["words and date", { wordsDigest: "words", published: TRAITS.published }],
])("a file that shares the %s with a post may be it", (_, seen) => {
  expect(found(seen)).toEqual([RECORD.key]);
});

test.each<[string, Partial<Traits>]>([
  ["title", { title: TRAITS.title }],
  ["date", { published: TRAITS.published }],
  ["words", { wordsDigest: "words" }],
  ["language", {}],
])("one that shares only the %s is another", (_, seen) => {
  expect(found(seen)).toEqual([]);
});

test("of two files each must share enough by itself", () => {
  const findings = new Map([
    ["posts/one.md", seenFile({ language: "en", title: TRAITS.title })],
    ["posts/two.md", seenFile({ language: "en", published: TRAITS.published })],
  ]);
  expect(alikeTo(findings, [RECORD], new Set())).toEqual([]);
});

test("what a burst of files is compared with grows with their number alone", () => {
  const findings = new Map(
    Array.from({ length: 20_000 }, (_, i) => [
      `posts/${i}.md`,
      seenFile({ language: "en", title: `Post ${i}`, published: new Date(i * 1e9).toISOString(), wordsDigest: `${i}` }),
    ]),
  );
  expect(alikeTo(findings, [RECORD], new Set())).toEqual([]);
});

describe("what looks alike", () => {
  const numbered = (i: number) => ({
    title: i % 7 === 0 ? "" : `title ${i % 900}`,
    published: `2026-01-${String((i % 28) + 1).padStart(2, "0")}T00:00:00Z`,
    language: "en",
    sourceDigest: `source ${i % 1900}`,
    wordsDigest: i % 11 === 0 ? "" : `words ${i % 700}`,
  });
  const records = Array.from({ length: 2000 }, (_, i): PostRecord => {
    const { facts, ...record } = listedOf(`${i}`, { ...numbered(i), url: `https://e.org/${i}/` });
    return { ...record, ...(i % 5 > 0 && { facts }), ...(i % 13 === 0 && { seen: numbered(i + 1) }) };
  });
  const seen: fc.Arbitrary<Traits> = fc
    .tuple(fc.nat(1999), fc.nat(1999), fc.nat(1999))
    .map(([a, b, c]) => ({ ...numbered(a), title: numbered(b).title, sourceDigest: numbered(c).sourceDigest }));

  test("is found the same by the second look as by the first", () => {
    fc.assert(
      fc.property(fc.array(seen, { minLength: 1, maxLength: 3 }), (found) => {
        const findings = new Map(found.map((each, i) => [`new/${i}.md`, seenFile(each)]));
        const anew = [...records]; // its segments are seen for the first time
        expect(alikeTo(findings, records, new Set())).toEqual(alikeTo(findings, anew, new Set()));
      }),
      { numRuns: 30 },
    );
  });
});
