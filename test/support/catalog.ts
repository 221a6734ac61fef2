/** A catalog of documents alone. */
import type { Catalog } from "../../lib/state/types.ts";

export const catalogOf = (documents: Catalog["documents"]): Catalog => ({
  run: "p",
  authority: "example.com",
  since: 2020,
  reader: "r",
  records: [],
  gone: [],
  channels: {},
  documents,
  former: [],
});
