/** Documents onto the public store, each over exactly what should be there. */

import { forEachAtOnce } from "../../base/concurrency.ts";
import { digestOf } from "../../base/digest.ts";
import type { Etag, Plan, PlannedDocument, PublishedDocument } from "../../model.ts";
import type { HeldLease } from "../../state/lease.ts";
import { isHeld, mayBeHeld } from "../../state/unknown.ts";
import { holds, readObject, type Store, StoreConflict, StoreUnknown } from "../../stores/store.ts";
import type { Batch } from "../plan/batches.ts";
import type { EntryCache } from "../render/entries.ts";
import { rendererOf } from "../render/render.ts";
import type { Run, Snapshot } from "../run.ts";
import type { View } from "../view.ts";

const TRIES = 5;

export interface Written {
  /** Every document that now exists, by path. */
  readonly documents: ReadonlyMap<string, PublishedDocument>;
  /** What was put, with the reason that it turned out to have. */
  readonly put: Plan["put"];
  readonly removed: Plan["remove"];
  /** Paths at which something of somebody's appeared meanwhile. */
  readonly foreign: readonly string[];
  /** Input hashes of the entries that are cached. */
  readonly cached: ReadonlySet<string>;
  /** How many of them were not before. */
  readonly rendered: number;
}

/** Entries first, for later runs; then puts, then removals. */
export async function writeBatch(
  run: Run,
  known: Snapshot,
  view: View,
  { batch, cache, held }: { readonly batch: Batch; readonly cache: EntryCache; readonly held: HeldLease },
): Promise<Written> {
  const { public: store, site, force } = run;
  const entries = await cache.gather(batch.records, { posts: view.posts, renew: held.renew });
  const { cached, rendered } = await cache.save();
  const render = rendererOf(run, known, view, entries);
  const before = publishedBefore(known, view);
  const documents = new Map(before);
  const outcomes = new Map<string, PutOutcome["how"]>();

  const isDrifted = ({ path }: PlannedDocument) => view.drift.paths.has(path);
  await forEachAtOnce(batch.put, async ({ document, reason }) => {
    const { path, contentType, fingerprint } = document;
    const body = render(document);
    const former = before.get(path);
    const isUnknown = !isDrifted(document) && mayBeHeld(known.catalog, { path, reason });
    if (former && isUnknown && isHeld(known.catalog, path, body)) {
      documents.set(path, { ...former, fingerprint });
      outcomes.set(path, "held");
      return;
    }
    const outcome = await putDocument(
      store,
      {
        ...{ path, body, contentType, cacheControl: site.cacheControl, known: former?.etag },
        ours: reason !== "new" || force,
      },
      held,
    );
    outcomes.set(path, outcome.how);
    if (outcome.how !== "foreign") documents.set(path, { fingerprint, etag: outcome.etag, digest: digestOf(body) });
  });
  await forEachAtOnce(batch.remove, async ({ path }) => {
    await held.beforeWrite();
    await store.delete(path);
    documents.delete(path);
  });

  const put = batch.put.flatMap(({ document: { path }, reason }) => {
    const how = outcomes.get(path);
    if (how === "put") return [{ path, reason }];
    if (how === "drifted") return [{ path, reason: reason === "new" ? ("forced" as const) : how }];
    return [];
  });
  const foreign = [...outcomes].filter(([, how]) => how === "foreign").map(([path]) => path);
  return { documents, put, removed: batch.remove, foreign, cached, rendered };
}

/** What the catalog knows, with the ETags that moved while the bytes did not. */
function publishedBefore({ catalog }: Snapshot, { drift }: View): ReadonlyMap<string, PublishedDocument> {
  return new Map(
    Object.entries(catalog?.documents ?? {}).map(([path, document]) => {
      const etag = drift.etags.get(path);
      return [path, etag === undefined ? document : { ...document, etag }];
    }),
  );
}

interface DocumentToPut {
  readonly path: string;
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly cacheControl: string;
  /** The ETag that the catalog knows; `undefined`: there should be nothing. */
  readonly known: Etag | undefined;
  /** Whatever is there, it is ours to replace. */
  readonly ours: boolean;
}

/** `held`: the very bytes were there already. `drifted`: something else was than the catalog says. */
type PutOutcome =
  | { readonly how: "put" | "drifted" | "held"; readonly etag: Etag }
  /** Something of somebody's is there, and was left. */
  | { readonly how: "foreign" };

/**
 * Puts over what the catalog knows. Where something else is and the head is still ours, the object drifted, and is put
 * over what is there now. An object that holds these very bytes is left as it is.
 */
async function putDocument(
  store: Store,
  { path, body, contentType, cacheControl, known, ours }: DocumentToPut,
  held: HeldLease,
): Promise<PutOutcome> {
  let expected = known;
  let how: "put" | "drifted" = "put";
  let isLost = false;
  for (let attempt = 1; ; attempt++) {
    await held.beforeWrite();
    const condition = expected === undefined ? { ifAbsent: true } : { ifMatch: expected };
    try {
      return { how, etag: await store.put(path, body, { contentType, cacheControl, ...condition }) };
    } catch (error) {
      const isUnknown = error instanceof StoreUnknown;
      if (!isUnknown && !(error instanceof StoreConflict)) throw error;
      if (attempt === TRIES) throw error;
      isLost ||= isUnknown; // from now on what is found may be our own, arrived late
      await held.confirm();
      const present = await readObject(store, path);
      if (present && holds(present, body)) return { how: isLost ? how : "held", etag: present.etag };
      if (present && !ours) {
        held.leave(path);
        return { how: "foreign" };
      }
      if (!isUnknown) how = "drifted";
      expected = present?.etag;
    }
  }
}
