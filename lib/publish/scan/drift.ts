/** Drift: published documents that are no longer what the catalog says, because they were altered or removed. */
import { forEachAtOnce } from "../../base/concurrency.ts";
import { digestOf } from "../../base/digest.ts";
import type { Etag, Instant } from "../../model.ts";
import { documentAt, withDocuments } from "../../state/documents.ts";
import type { Catalog, PublishedDocument } from "../../state/types.ts";
import { listEtags, readObject, type Store } from "../../stores/store.ts";
import { latePaths } from "./late.ts";

export interface Drift {
  /** Paths to be put again. */
  readonly paths: ReadonlySet<string>;
  /** ETags that moved while the bytes did not: noted with the next commit, never for their own sake. */
  readonly etags: ReadonlyMap<string, Etag>;
  /** Paths of late writes that arrived. */
  readonly late: readonly string[];
}

export const NO_DRIFT: Drift = { paths: new Set(), etags: new Map(), late: [] };

/** With the ETags that moved in its catalog. */
export function withMovedEtags<T extends { readonly catalog: Catalog | undefined }>(snapshot: T, { etags }: Drift): T {
  const { catalog } = snapshot;
  if (!catalog || etags.size === 0) return snapshot;
  const moved = [...etags].flatMap(([path, etag]): readonly (readonly [string, PublishedDocument])[] => {
    const document = documentAt(catalog.documents, path);
    return document ? [[path, { ...document, etag }]] : [];
  });
  return { ...snapshot, catalog: { ...catalog, documents: withDocuments(catalog.documents, new Map(moved)) } };
}

/** Compares the public store's listing with the catalog; objects that are in no catalog are left alone. */
export async function findDrift(store: Store, catalog: Catalog | undefined, now: Instant): Promise<Drift> {
  if (!catalog) return NO_DRIFT;
  const listed = await listEtags(store);
  const paths = new Set<string>();
  const etags = new Map<string, Etag>();
  const suspects = Object.entries(catalog.documents).filter(([path, { etag }]) => listed.get(path) !== etag);
  await forEachAtOnce(suspects, async ([path, { digest }]) => {
    const object = listed.has(path) ? await readObject(store, path) : undefined;
    if (object && digestOf(object.body) === digest) etags.set(path, object.etag);
    else paths.add(path);
  });
  return { paths, etags, late: latePaths(catalog, now).filter((path) => listed.has(path)) };
}
