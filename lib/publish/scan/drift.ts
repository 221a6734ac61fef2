/** Drift: published documents that are no longer what the catalog says, because somebody altered or removed them. */

import { forEachAtOnce } from "../../base/concurrency.ts";
import { digestOf } from "../../base/digest.ts";
import type { Catalog, Etag, Instant } from "../../model.ts";
import { listEtags, readObject, type Store } from "../../stores/store.ts";
import { astrayPaths } from "./astray.ts";

export interface Drift {
  /** Paths to be put again. */
  readonly paths: ReadonlySet<string>;
  /** ETags that moved while the bytes did not: noted with the next commit, never for their own sake. */
  readonly etags: ReadonlyMap<string, Etag>;
  /** Paths of documents that arrived too late to be known. */
  readonly astray: readonly string[];
}

export const NO_DRIFT: Drift = { paths: new Set(), etags: new Map(), astray: [] };

/** Compares the public store's listing with the catalog; other objects that are in no catalog are nobody's business. */
export async function findDrift(store: Store, catalog: Catalog | undefined, now: Instant): Promise<Drift> {
  if (!catalog) return NO_DRIFT;
  const present = await listEtags(store);
  const paths = new Set<string>();
  const etags = new Map<string, Etag>();
  const suspects = Object.entries(catalog.documents).filter(([path, { etag }]) => present.get(path) !== etag);
  await forEachAtOnce(suspects, async ([path, { digest }]) => {
    const object = present.has(path) ? await readObject(store, path) : undefined;
    if (object && digestOf(object.body) === digest) etags.set(path, object.etag);
    else paths.add(path);
  });
  return { paths, etags, astray: astrayPaths(catalog, now).filter((path) => present.has(path)) };
}
