/** A catalog that was kept, with what the feeds say. */
import { expect, test } from "vitest";
import { supplementCatalog } from "../../../lib/publish/load/supplement.ts";
import { catalogOf } from "../../support/catalog.ts";

const catalogWith = (...paths: readonly string[]) =>
  catalogOf(Object.fromEntries(paths.map((path) => [path, { fingerprint: "f", etag: "e", digest: path }])));

test("a document that only the feeds know has its place in the order of paths", () => {
  const { documents } = supplementCatalog(catalogWith("feed.json", "rss.xml"), catalogWith("atom.xml", "rss.xml"));
  expect(Object.keys(documents)).toEqual(["atom.xml", "feed.json", "rss.xml"]);
});
