/** What a version before this one leaves in the state store: it read and rendered the same files otherwise. */
import { encodeCatalog } from "../../lib/state/catalog.ts";
import type { World } from "../support/world.ts";

/** Other hashes of what was read and rendered; the entries lie under theirs. */
export async function asOfAnOlderVersion(site: World): Promise<void> {
  const older = (hash: string) => `older-${hash}`;
  for (const [key, text] of Object.entries(await site.dump(site.state))) {
    const hash = /^entries\/(.*)\.json$/.exec(key)?.[1];
    if (hash === undefined) continue;
    const body = new TextEncoder().encode(text);
    await site.state.put(`entries/${older(hash)}.json`, body, { contentType: "application/json" });
  }
  const { catalog: key = "" } = await site.head();
  const catalog = await site.catalog();
  const records = catalog.records.map((each) => {
    if (!each.facts) return each;
    const { sourceDigest, inputHash } = each.facts;
    // Of a file that is broken now there is nothing to read otherwise.
    const words = each.state === "broken" ? sourceDigest : older(sourceDigest);
    return { ...each, facts: { ...each.facts, sourceDigest: words, inputHash: older(inputHash) } };
  });
  const documents = Object.fromEntries(
    Object.entries(catalog.documents).map(([path, each]) => [path, { ...each, fingerprint: older(each.fingerprint) }]),
  );
  const bytes = encodeCatalog({ ...catalog, reading: "older", records, documents });
  await site.state.put(key, bytes, { contentType: "application/gzip" });
}
