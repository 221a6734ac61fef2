/** Write: one batch of documents onto the public store. */
import { forEachAtOnce } from "../../base/concurrency.ts";
import { digestOf } from "../../base/digest.ts";
import type { Post } from "../../model.ts";
import { fitsPath } from "../../site/rules.ts";
import type { Site } from "../../site/types.ts";
import type { HeldLease } from "../../state/lease.ts";
import type { Catalog, PublishedDocument } from "../../state/types.ts";
import type { Store } from "../../stores/store.ts";
import { isIdentical, mayBeIdentical, reasonToReplace } from "../guard/existing.ts";
import type { Batch } from "../plan/batches.ts";
import type { EntrySource, SavedEntries } from "../render/entries.ts";
import { rendererOf } from "../render/render.ts";
import type { PlannedPut, Report } from "../types.ts";
import { type PutOutcome, putDocument } from "./put.ts";

export interface WriteInput {
  readonly site: Site;
  readonly public: Store;
  readonly force: boolean;
  readonly catalog: Catalog | undefined;
  /** Paths of documents that were altered since they were published. */
  readonly drifted: ReadonlySet<string>;
  readonly entries: EntrySource;
  /** Posts that were read already, by key. */
  readonly posts: ReadonlyMap<string, Post>;
  readonly lease: HeldLease;
  /** Called after each document. */
  readonly onWritten: () => void;
}

export interface Written extends Pick<Report, "put" | "removed"> {
  /** Every document that now exists, by path. */
  readonly documents: ReadonlyMap<string, PublishedDocument>;
  /** Paths at which an object appeared that Dripfeed did not put. */
  readonly foreign: readonly string[];
  /** Where the entries lie that this attempt has put into the entry cache, by input hash. */
  readonly cached: SavedEntries["cached"];
  /** How many of them with this batch. */
  readonly entriesWritten: number;
}

/** Entries first, for later runs; then puts, then removals. Throws `LostLease`, and `LookAgain` before anything is written. */
export async function writeBatch(input: WriteInput, batch: Batch): Promise<Written> {
  const { public: store, posts, lease, onWritten } = input;
  // Those of the first batch were gathered before the lease: they are in the warm cache.
  const entries = await input.entries.gather(batch.records, { posts, renew: lease.renew });
  const saved = await input.entries.save();
  const render = await rendererOf(entries);
  const documents = new Map(Object.entries(input.catalog?.documents ?? {}));
  const outcomes = new Map<string, PutOutcome["how"]>();
  await forEachAtOnce(batch.put, async (planned) => {
    const { path, fingerprint } = planned.document;
    const body = render(planned.document);
    const outcome = await putPlanned(input, planned, body, documents.get(path));
    outcomes.set(path, outcome.how);
    onWritten();
    if (outcome.how !== "foreign") documents.set(path, { fingerprint, etag: outcome.etag, digest: digestOf(body) });
  });
  await forEachAtOnce(batch.remove, async ({ path }) => {
    await lease.beforeWrite();
    // Durable, unlike puts: no full run would find that it came back, since the catalog does not name it.
    await store.delete(path, { durable: true });
    documents.delete(path);
    onWritten();
  });
  return {
    documents,
    put: batch.put.flatMap((planned) => reported(planned, outcomes, input.site)),
    removed: batch.remove,
    foreign: [...outcomes].filter(([, how]) => how === "foreign").map(([path]) => path),
    cached: saved.cached,
    entriesWritten: saved.written,
  };
}

async function putPlanned(
  { public: store, site, force, catalog, drifted, lease }: WriteInput,
  planned: PlannedPut,
  body: Uint8Array,
  former: PublishedDocument | undefined,
): Promise<PutOutcome> {
  const { path, contentType } = planned.document;
  // After a rebuild no fingerprint is known, so bytes are compared.
  const isComparable = !drifted.has(path) && mayBeIdentical(catalog, planned);
  if (former && isComparable && isIdentical(catalog, path, body)) return { how: "identical", etag: former.etag };
  const mayReplace = planned.reason !== "new" || force || fitsPath(site.replace, path);
  const { cacheControl } = site;
  return putDocument(store, { path, body, contentType, cacheControl, known: former?.etag, mayReplace }, lease);
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
