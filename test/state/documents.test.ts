/** Documents of a catalog, changed a few at a time. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeCatalog, encodeCatalog } from "../../lib/state/catalog.ts";
import { documentAt, withDocuments } from "../../lib/state/documents.ts";
import type { Catalog, PublishedDocument } from "../../lib/state/types.ts";
import { catalogOf } from "../support/catalog.ts";

type Documents = Catalog["documents"];

const bytesOf = (documents: Documents) => encodeCatalog("c", catalogOf(documents));
const sorted = (documents: Iterable<readonly [string, PublishedDocument]>): Documents =>
  Object.fromEntries([...documents].sort(([a], [b]) => (a < b ? -1 : 1)));
const documentOf = (etag: string): PublishedDocument => ({ fingerprint: `f${etag}`, etag, digest: `d${etag}` });

const MANY = sorted(Array.from({ length: 700 }, (_, i) => [`tags/${i}/rss.xml`, documentOf(`${i}`)] as const));
/** Some are numbers, which objects put first, or names that every object has. */
const path = fc.oneof(
  fc.integer({ min: 0, max: 720 }).map((i) => `tags/${i}/rss.xml`),
  fc.constantFrom("404", "7", "constructor", "__proto__", "rss.xml"),
);
const change = fc.option(fc.string().map(documentOf), { nil: undefined });

describe("documents with changes", () => {
  test("are those, and have the same bytes as if they were all new", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.tuple(path, change), { maxLength: 8 }), { maxLength: 3 }), (edits) => {
        const expected = new Map(Object.entries(MANY));
        let documents = decodeCatalog("c", bytesOf(MANY)).documents;
        for (const edit of edits) {
          documents = withDocuments(documents, new Map(edit));
          for (const [path, document] of new Map(edit)) {
            if (document) expected.set(path, document);
            else expected.delete(path);
          }
          const anew = sorted([...expected].map(([path, document]) => [path, { ...document }]));
          expect(JSON.stringify(documents)).toBe(JSON.stringify(anew));
          expect(Buffer.compare(bytesOf(documents), bytesOf(anew))).toBe(0);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("that are none are the very same", () => {
    expect(withDocuments(MANY, new Map())).toBe(MANY);
  });
});

test("no document is at a path that only names a property of every object", () => {
  expect(documentAt(MANY, "constructor")).toBeUndefined();
  expect(documentAt(MANY, "tags/7/rss.xml")).toEqual(documentOf("7"));
  expect(documentAt(undefined, "rss.xml")).toBeUndefined();
});
