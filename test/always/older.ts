/** Changes the state store to what an older version, which read and rendered the same files differently, would have left. */
import { encodeCatalog } from "../../lib/state/catalog.ts";
import { encodeEntry } from "../../lib/state/entries.ts";
import { putPacks } from "../../lib/state/packs.ts";
import { entriesOf } from "../support/packs.ts";
import type { World } from "../support/world.ts";

/** Gives digests, input hashes and fingerprints other values, and stores the entries under the new hashes. */
export async function asOfAnOlderVersion(site: World): Promise<void> {
  const older = (hash: string) => `older-${hash}`;
  const lines = [...(await entriesOf(site))].map(([hash, entry]) => encodeEntry(older(hash), entry));
  const places = await putPacks(site.state, lines);
  const { catalog: key = "" } = await site.head();
  const catalog = await site.catalog();
  const records = catalog.records.map((each) => {
    if (!each.facts) return each;
    const { sourceDigest, inputHash } = each.facts;
    // A broken file is not read, so its digest would not differ between versions.
    const words = each.state === "broken" ? sourceDigest : older(sourceDigest);
    const place = each.rendered && places.get(older(inputHash));
    const facts = { ...each.facts, sourceDigest: words, inputHash: older(inputHash) };
    return { ...each, facts, ...(place && { rendered: place }) };
  });
  const documents = Object.fromEntries(
    Object.entries(catalog.documents).map(([path, each]) => [path, { ...each, fingerprint: older(each.fingerprint) }]),
  );
  const bytes = encodeCatalog(key, { ...catalog, reader: "older", records, documents });
  await site.state.put(key, bytes, { contentType: "application/gzip" });
}
