/** Whether content moved since it was scanned: asked once the lease is held, since the scan came before it. */
import { FEW_KEYS, forEachAtOnce } from "../../base/concurrency.ts";
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

/** Has any of the keys another ETag now? */
export async function hasMoved(content: Store, scanned: ScannedEtags): Promise<boolean> {
  const etagNow = scanned.size > FEW_KEYS ? await listEtags(content) : undefined;
  let moved = false;
  await forEachAtOnce(scanned, async ([key, etag]) => {
    if (etagNow) {
      moved ||= etagNow.get(key) !== etag;
      return;
    }
    const object = await content.get(key, etag, 0);
    moved ||= etag === undefined ? object !== undefined : object !== "unchanged";
  });
  return moved;
}
