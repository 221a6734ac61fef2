/** Puts a document over exactly what should be there: the ETag that the catalog knows, or nothing. */
import type { Etag } from "../../model.ts";
import type { HeldLease } from "../../state/lease.ts";
import { holdsBytes, readObject, type Store, StoreConflict, StoreUnknown } from "../../stores/store.ts";

const TRIES = 5;

export interface DocumentToPut {
  readonly path: string;
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly cacheControl: string;
  /** The ETag that the catalog knows; `undefined`: there should be nothing. */
  readonly known: Etag | undefined;
  /** Whatever is there may be replaced: it is ours, or the run is forced. */
  readonly mayReplace: boolean;
  /** It may have been put already, without a reply. */
  readonly mayBePut?: boolean;
}

/** `identical`: the very bytes were there already. `drifted`: the object was not the one that the catalog knows. */
export type PutOutcome =
  | { readonly how: "put" | "drifted" | "identical"; readonly etag: Etag }
  /** An object that Dripfeed did not put is there, and was left. */
  | { readonly how: "foreign" };

/**
 * Where the condition fails and the lease is still held, the object drifted, and is put over what is there now. An object
 * that holds these very bytes is left as it is. Throws `LostLease`.
 */
export async function putDocument(
  store: Store,
  { path, body, contentType, cacheControl, known, mayReplace, mayBePut = false }: DocumentToPut,
  lease: HeldLease,
): Promise<PutOutcome> {
  let expected = known;
  let how: "put" | "drifted" = "put";
  let isReplyLost = mayBePut;
  for (let attempt = 1; ; attempt++) {
    await lease.beforeWrite();
    const condition = expected === undefined ? { ifAbsent: true } : { ifMatch: expected };
    try {
      return { how, etag: await store.put(path, body, { contentType, cacheControl, ...condition }) };
    } catch (error) {
      const isUnknown = error instanceof StoreUnknown;
      if (!isUnknown && !(error instanceof StoreConflict)) throw error;
      if (attempt === TRIES) throw error;
      isReplyLost ||= isUnknown; // from now on what is there may be our own put, arrived late
      await lease.confirm();
      const found = await readObject(store, path);
      if (found && holdsBytes(found, body)) return { how: isReplyLost ? how : "identical", etag: found.etag };
      if (found && !mayReplace) {
        lease.disown(path);
        return { how: "foreign" };
      }
      if (!isUnknown) how = "drifted";
      expected = found?.etag;
    }
  }
}
