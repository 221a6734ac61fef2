/** A catalog that was kept, with what the feeds say. */
import { expect, test } from "vitest";
import { supplementCatalog } from "../../../lib/publish/load/supplement.ts";
import type { Catalog } from "../../../lib/state/types.ts";

const catalogOf = (...paths: readonly string[]): Catalog => ({
  run: "p",
  authority: "example.com",
  since: 2020,
  reader: "r",
  records: [],
  gone: [],
  channels: {},
  documents: Object.fromEntries(paths.map((path) => [path, { fingerprint: "f", etag: "e", digest: path }])),
  former: [],
});

test("a document that only the feeds know has its place in the order of paths", () => {
  const { documents } = supplementCatalog(catalogOf("feed.json", "rss.xml"), catalogOf("atom.xml", "rss.xml"));
  expect(Object.keys(documents)).toEqual(["atom.xml", "feed.json", "rss.xml"]);
});
