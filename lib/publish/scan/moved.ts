/** Whether content moved since it was scanned: asked once the lease is held, since the scan came before it. */
import { forEachAtOnce, isListingBetter } from "../../base/concurrency.ts";
import type { Etag } from "../../model.ts";
import { flawOfKey, listEtags, type Store } from "../../stores/store.ts";
import type { Findings } from "./findings.ts";

/** The ETag of each key as it was scanned, `undefined` where there was nothing. */
export type ScannedEtags = ReadonlyMap<string, Etag | undefined>;

/** Kept instead of the findings, which for a large site weigh as much as its records. */
export function etagsIn(findings: Findings): ScannedEtags {
  // A key that could not be read has no ETag to compare, and one that is excluded does not matter; what is no key is not read.
  const comparable = [...findings].filter(([key, found]) =>
    found.gone ? !found.excluded && flawOfKey(key) === undefined : found.etag !== "",
  );
  return new Map(comparable.map(([key, found]) => [key, found.gone ? undefined : found.etag]));
}

/** The keys that have another ETag now, in a store of so many objects or more. */
export async function movedKeys(content: Store, scanned: ScannedEtags, objects: number): Promise<readonly string[]> {
  const etagNow = isListingBetter(scanned.size, objects) ? await listEtags(content) : undefined;
  const moved: string[] = [];
  await forEachAtOnce(scanned, async ([key, etag]) => {
    const object = etagNow ? undefined : await content.get(key, etag, 0);
    const isAsScanned = etagNow
      ? etagNow.get(key) === etag
      : etag === undefined
        ? object === undefined
        : object === "unchanged";
    if (!isAsScanned) moved.push(key);
  });
  return moved;
}
