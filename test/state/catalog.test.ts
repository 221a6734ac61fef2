/** The catalog as bytes: it is read as it was written; a damaged or newer one is refused. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EntryPlace, Facts, PostRecord } from "../../lib/model.ts";
import { decodeCatalog, encodeCatalog } from "../../lib/state/catalog.ts";
import { openBytes, sealBytes } from "../../lib/state/sealed.ts";
import type { Catalog } from "../../lib/state/types.ts";
import { post, world } from "../support/world.ts";

const INSTANT = "2026-01-02T03:04:05Z";
const word = fc.string({ unit: "grapheme", maxLength: 8 });

const facts: fc.Arbitrary<Facts> = fc
  .record(
    {
      id: word,
      title: word,
      url: word,
      published: word,
      updated: word,
      language: word,
      size: fc.nat(),
      authors: fc.array(word),
      tags: fc.array(word),
      categories: fc.array(fc.array(word)),
      sourceDigest: word,
      wordsDigest: word,
      inputHash: word,
      section: word,
      translation: word,
      content: fc.constantFrom("full", "summary"),
      live: fc.record({ start: fc.constant(INSTANT) }),
    },
    {
      requiredKeys: [
        "id",
        "title",
        "url",
        "published",
        "updated",
        "language",
        "size",
        "authors",
        "tags",
        "categories",
        "sourceDigest",
        "wordsDigest",
        "inputHash",
      ],
    },
  )
  .map((value) => ({ ...value }));

const place: fc.Arbitrary<EntryPlace> = fc
  .record({ pack: word, start: fc.nat(), length: fc.nat() })
  .map((value) => ({ ...value }));

const record: fc.Arbitrary<PostRecord> = fc.record(
  {
    key: word,
    state: fc.constantFrom("public", "future", "expired", "hidden", "broken", "conflicting"),
    reason: fc.constantFrom("draft", "hidden"),
    etag: word,
    problems: fc.array(
      fc.record({ code: word, severity: fc.constantFrom("error", "warning"), file: word, message: word, fix: word }),
    ),
    deps: fc.array(word),
    depsDigest: word,
    left: fc.constant(INSTANT),
    due: fc.constant(INSTANT),
    facts,
    rendered: place,
    lastGood: fc.constant(true),
  },
  { requiredKeys: ["key", "state", "etag", "problems", "deps"] },
);

const catalogOf = (records: readonly PostRecord[], more: Partial<Catalog> = {}): Catalog => ({
  run: "p",
  authority: "example.com",
  since: 2020,
  reader: "r",
  records,
  gone: [],
  channels: {},
  documents: {},
  former: [],
  ...more,
});

const PLAIN: PostRecord = { key: "", state: "public", etag: "", problems: [], deps: [] };

/** Without `undefined` and prototypes, which do not count for equality of catalogs. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

describe("a catalog", () => {
  test("is read as it was written", () => {
    const gone = fc.record({ key: word, facts, since: fc.constant(INSTANT) });
    const documents = fc.dictionary(
      word.filter((name) => name !== "__proto__"),
      fc.record({ fingerprint: word, etag: word, digest: word }),
    );
    fc.assert(
      fc.property(fc.array(record), fc.array(gone), documents, (records, gone, documents) => {
        const catalog = plain(catalogOf(records, { gone, documents, podcast: "g", former: ["catalogs/o.catalog"] }));
        expect(plain(decodeCatalog("c", encodeCatalog("c", catalog)))).toEqual(catalog);
      }),
    );
  });

  test("has the same bytes however its records came about", () => {
    const samples = fc.sample(record, { numRuns: 20, seed: 1 });
    const many = Array.from(
      { length: 3000 },
      (_, i): PostRecord => ({ ...PLAIN, ...samples[i % 20], key: `posts/${i}.md` }),
    );
    const bytes = encodeCatalog("c", catalogOf(many));
    expect(encodeCatalog("c", decodeCatalog("c", bytes))).toEqual(bytes);
    const edited = many.map((each, i) => (i === 1500 ? { ...each, etag: "edited" } : each));
    encodeCatalog("c", catalogOf(edited));
    expect(encodeCatalog("c", catalogOf(edited))).toEqual(encodeCatalog("c", plain(catalogOf(edited))));
    expect(encodeCatalog("c", catalogOf(many))).toEqual(bytes);
    const fewer = many.filter((_, i) => i !== 700);
    expect(encodeCatalog("c", catalogOf(fewer))).toEqual(encodeCatalog("c", plain(catalogOf(fewer))));
  });

  test("that is damaged anywhere is refused", () => {
    const bytes = encodeCatalog("catalogs/p.catalog", catalogOf(fc.sample(record, { numRuns: 50, seed: 1 })));
    for (let at = 0; at < bytes.length; at += 7) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      expect(() => decodeCatalog("catalogs/p.catalog", damaged)).toThrow(
        /catalogs\/p\.catalog (?:is damaged|was written)/,
      );
    }
    for (const length of [0, 1, 40, bytes.length - 1]) {
      expect(() => decodeCatalog("catalogs/p.catalog", bytes.subarray(0, length))).toThrow(/is damaged/);
    }
  });

  test("of a newer Dripfeed is refused, and says so", () => {
    const key = "catalogs/p.catalog";
    const text = textOf(openBytes(key, encodeCatalog(key, catalogOf([]))));
    const newer = sealBytes(key, Buffer.from(text.replace('"format":1', '"format":2'), "latin1"));
    expect(() => decodeCatalog(key, newer)).toThrow(
      "catalogs/p.catalog was written by a newer Dripfeed (format 2); use that one",
    );
  });

  test("is not read again by a warm process while it is current", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    const { catalog: key = "" } = await site.head();
    const read: unknown[] = [];
    const state = {
      ...site.state,
      async get(...[requested, etag]: Parameters<typeof site.state.get>) {
        const object = await site.state.get(requested, etag);
        if (requested === key) read.push(object);
        return object;
      },
    };
    await site.publish({ state, hints: [] });
    expect(read).toEqual(["unchanged"]);
  });
});
