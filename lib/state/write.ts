/** Documents onto the public store, each over exactly what should be there. */
import { digestOf } from "../content/digest.ts";
import type { Etag, Plan, PublishedDocument } from "../model.ts";
import { forEachAtOnce } from "../stores/atonce.ts";
import { holds, readObject, type Store, StoreConflict, StoreUnknown } from "../stores/store.ts";
import type { Known, Pass } from "./pass.ts";
import type { Turn } from "./turn.ts";
import type { View } from "./view.ts";

const TRIES = 5;

export interface Written {
  /** Every document that now exists, by path. */
  readonly documents: ReadonlyMap<string, PublishedDocument>;
  /** What was put, with the reason that it turned out to have. */
  readonly put: Plan["put"];
  /** Paths at which something of somebody's appeared meanwhile. */
  readonly foreign: readonly string[];
}

/** Puts, then removals. */
export async function writeDocuments(
  { public: store, site, force, log }: Pass,
  { catalog }: Known,
  { plan, render, drift }: View,
  turn: Turn,
): Promise<Written> {
  const planned = new Map(plan.documents.map((document) => [document.path, document]));
  const documents = new Map(
    Object.entries(catalog?.documents ?? {}).map(([path, document]) => {
      return [path, { ...document, etag: drift.etags.get(path) ?? document.etag }];
    }),
  );
  const outcomes = new Map<string, PutOutcome["how"]>();

  await forEachAtOnce(plan.put, async ({ path, reason }) => {
    const document = planned.get(path);
    if (!document) return;
    const body = render(path);
    const outcome = await putDocument(
      store,
      {
        ...{ path, body, known: documents.get(path)?.etag },
        ...{ contentType: document.contentType, cacheControl: site.cacheControl },
        ours: reason !== "new" || force,
      },
      turn,
    );
    outcomes.set(path, outcome.how);
    if (outcome.how === "foreign") return;
    documents.set(path, { fingerprint: document.fingerprint, etag: outcome.etag, digest: digestOf(body) });
    if (outcomes.size % 1000 === 0) log(`put ${outcomes.size} of ${plan.put.length} documents`);
  });
  await forEachAtOnce(plan.remove, async ({ path }) => {
    await turn.renew();
    await store.delete(path);
    documents.delete(path);
  });

  const put = plan.put.flatMap(({ path, reason }) => {
    const how = outcomes.get(path);
    if (how === "put") return [{ path, reason }];
    if (how === "drifted") return [{ path, reason: reason === "new" ? ("forced" as const) : how }];
    return [];
  });
  return { documents, put, foreign: [...outcomes].filter(([, how]) => how === "foreign").map(([path]) => path) };
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
  turn: Turn,
): Promise<PutOutcome> {
  let expected = known;
  let how: "put" | "drifted" = "put";
  for (let attempt = 1; ; attempt++) {
    await turn.renew();
    const condition = expected === undefined ? { ifAbsent: true } : { ifMatch: expected };
    try {
      return { how, etag: await store.put(path, body, { contentType, cacheControl, ...condition }) };
    } catch (error) {
      const isUnknown = error instanceof StoreUnknown;
      if (!isUnknown && !(error instanceof StoreConflict)) throw error;
      if (attempt === TRIES) throw error;
      await turn.confirm();
      const present = await readObject(store, path);
      if (present && holds(present, body)) return { how: isUnknown ? how : "held", etag: present.etag };
      if (present && !ours) {
        turn.leave(path);
        return { how: "foreign" };
      }
      if (!isUnknown) how = "drifted";
      expected = present?.etag;
    }
  }
}
