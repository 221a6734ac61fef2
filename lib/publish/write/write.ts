/** Write: one batch of documents onto the public store. */
import { forEachAtOnce } from "../../base/concurrency.ts";
import { digestOf } from "../../base/digest.ts";
import { bytesOf } from "../../formats/pieces.ts";
import type { PlannedDocument } from "../../formats/types.ts";
import type { EntryPlace, Etag, Post } from "../../model.ts";
import { fitsPath } from "../../site/rules.ts";
import type { Site } from "../../site/types.ts";
import { documentAt, withDocuments } from "../../state/documents.ts";
import type { HeldLease } from "../../state/lease.ts";
import type { Catalog, PublishedDocument } from "../../state/types.ts";
import type { Store } from "../../stores/store.ts";
import { isIdentical, mayBeIdentical, reasonToReplace } from "../guard/existing.ts";
import type { Helper } from "../helper.ts";
import type { Batch } from "../plan/batches.ts";
import type { EntrySource } from "../render/entries.ts";
import { itemsOf, piecesOf } from "../render/render.ts";
import type { Objects } from "../scan/objects.ts";
import type { PlannedPut, Report } from "../types.ts";
import { type PutOutcome, putDocument } from "./put.ts";
import { areMany, isShared, writeTogether } from "./together.ts";

export interface WriteInput {
  readonly site: Site;
  readonly public: Store;
  readonly force: boolean;
  readonly catalog: Catalog | undefined;
  /** Paths of documents that were altered since they were published. */
  readonly drifted: ReadonlySet<string>;
  readonly entries: EntrySource;
  readonly helper: Helper | undefined;
  /** Posts that were read already, by key. */
  readonly posts: ReadonlyMap<string, Post>;
  readonly listed: Objects | undefined;
  readonly lease: HeldLease;
  /** Called after each document. */
  readonly onWritten: () => void;
}

export interface Written extends Pick<Report, "put" | "removed"> {
  /** Every document that now exists. */
  readonly documents: Catalog["documents"];
  /** Paths at which an object appeared that Dripfeed did not put. */
  readonly foreign: readonly string[];
  /** Where the entries lie that were put into the entry cache with this batch, by input hash. */
  readonly cached: ReadonlyMap<string, EntryPlace>;
}

/** Entries first, for later runs; then puts, then removals. Throws `LostLease`, and `LookAgain` before anything is written. */
export async function writeBatch(input: WriteInput, batch: Batch): Promise<Written> {
  const { public: store, posts, listed, helper, lease, onWritten } = input;
  // Those of the first batch were gathered before the lease: they are in the warm cache.
  const entries = await input.entries.gather(batch.records, {
    posts,
    listed,
    items: itemsOf(batch),
    renew: lease.renew,
  });
  const cached = await input.entries.save();
  const pieces = await piecesOf(entries);
  const former = input.catalog?.documents ?? {};
  const changes = new Map<string, PublishedDocument | undefined>();
  const knownAt = (path: string) => changes.get(path) ?? documentAt(former, path);
  const outcomes = new Map<string, PutOutcome["how"]>();
  const note = ({ path, fingerprint }: PlannedDocument, outcome: PutOutcome, digest: string) => {
    outcomes.set(path, outcome.how);
    onWritten();
    if (outcome.how !== "foreign") changes.set(path, { fingerprint, etag: outcome.etag, digest });
  };
  const putHere = async (planned: PlannedPut, body: Uint8Array, mayBePut = false) => {
    const { document } = planned;
    const putting = putPlanned(input, planned, { body, former: knownAt(document.path), mayBePut });
    const digest = digestOf(body); // while it is written
    note(document, await putting, digest);
  };
  const writeHere = (puts: readonly PlannedPut[]) =>
    forEachAtOnce(puts, (planned) => putHere(planned, bytesOf(pieces(planned.document))));

  const [ofBoth, own]: [PlannedPut[], PlannedPut[]] = [[], []];
  for (const planned of batch.put) (isShared(planned) && !isComparable(input, planned) ? ofBoth : own).push(planned);
  if (helper?.writes && helper.isAtWork() && areMany(ofBoth)) {
    const writing = {
      ...{ cacheControl: input.site.cacheControl, lease, piecesOf: pieces, putHere },
      knownEtag: (path: string) => knownAt(path)?.etag,
      onPut: ({ document }: PlannedPut, { etag, digest }: { readonly etag: Etag; readonly digest: string }) =>
        note(document, { how: "put", etag }, digest),
      first: () => writeHere(own),
    };
    await writeTogether(helper, writing, ofBoth);
  } else {
    await writeHere(batch.put);
  }
  await forEachAtOnce(batch.remove, async ({ path }) => {
    await lease.beforeWrite();
    // Durable, unlike puts: no full run would find that it came back, since the catalog does not name it.
    await store.delete(path, { durable: true });
    changes.set(path, undefined);
    onWritten();
  });
  return {
    documents: withDocuments(former, changes),
    put: batch.put.flatMap((planned) => reported(planned, outcomes, input.site)),
    removed: batch.remove,
    foreign: batch.put.map(({ document: { path } }) => path).filter((path) => outcomes.get(path) === "foreign"),
    cached,
  };
}

interface RenderedDocument {
  readonly body: Uint8Array;
  readonly former: PublishedDocument | undefined;
  /** Another thread may have put it already. */
  readonly mayBePut: boolean;
}

/** After a rebuild no fingerprint is known, so bytes are compared. */
const isComparable = ({ catalog, drifted }: Pick<WriteInput, "catalog" | "drifted">, planned: PlannedPut): boolean =>
  !drifted.has(planned.document.path) && mayBeIdentical(catalog, planned);

async function putPlanned(
  { public: store, site, force, catalog, drifted, lease }: WriteInput,
  planned: PlannedPut,
  { body, former, mayBePut }: RenderedDocument,
): Promise<PutOutcome> {
  const { path, contentType } = planned.document;
  if (former && isComparable({ catalog, drifted }, planned) && isIdentical(catalog, path, body))
    return { how: "identical", etag: former.etag };
  const mayReplace = planned.reason !== "new" || force || fitsPath(site.replace, path);
  const { cacheControl } = site;
  return putDocument(
    store,
    { path, body, contentType, cacheControl, known: former?.etag, mayReplace, mayBePut },
    lease,
  );
}

/** What was put, with the reason that it turned out to have. */
function reported(
  { document: { path }, reason }: PlannedPut,
  outcomes: ReadonlyMap<string, PutOutcome["how"]>,
  { replace }: Site,
) {
  const how = outcomes.get(path);
  if (how === "put") return [{ path, reason }];
  if (how === "drifted") return [{ path, reason: reason === "new" ? reasonToReplace(path, replace) : how }];
  return [];
}
