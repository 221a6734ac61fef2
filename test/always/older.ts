/** Changes the state store to what an older version, which read and rendered the same files differently, would have left. */
import { encodeCatalog } from "../../lib/state/catalog.ts";
import { writeEntry } from "../../lib/state/entries.ts";
import type { World } from "../support/world.ts";

/** Gives digests, input hashes and fingerprints other values, and stores the entries under the new hashes. */
export async function asOfAnOlderVersion(site: World): Promise<void> {
  const older = (hash: string) => `older-${hash}`;
  for (const [key, text] of Object.entries(await site.dump(site.state))) {
    const hash = /^entries\/(.*)\.json$/.exec(key)?.[1];
    if (hash === undefined) continue;
    const { digest: _, ...entry } = JSON.parse(text);
    await writeEntry(site.state, older(hash), entry);
  }
  const { catalog: key = "" } = await site.head();
  const catalog = await site.catalog();
  const records = catalog.records.map((each) => {
    if (!each.facts) return each;
    const { sourceDigest, inputHash } = each.facts;
    // A broken file is not read, so its digest would not differ between versions.
    const words = each.state === "broken" ? sourceDigest : older(sourceDigest);
    return { ...each, facts: { ...each.facts, sourceDigest: words, inputHash: older(inputHash) } };
  });
  const documents = Object.fromEntries(
    Object.entries(catalog.documents).map(([path, each]) => [path, { ...each, fingerprint: older(each.fingerprint) }]),
  );
  const bytes = encodeCatalog(key, { ...catalog, reader: "older", records, documents });
  await site.state.put(key, bytes, { contentType: "application/gzip" });
}
