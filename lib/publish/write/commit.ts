/** Commit: makes a written batch known, and what is to announce with it. */
import { finderOf } from "../../base/finder.ts";
import { foldPaths } from "../../base/fold.ts";
import { earliest, instantOf } from "../../base/instant.ts";
import { present } from "../../base/optional.ts";
import type { Instant, PostRecord } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { isNothing, MAX_PATHS } from "../../state/announcing.ts";
import { documentAt } from "../../state/documents.ts";
import type { CurrentHead } from "../../state/head.ts";
import type { HeldLease } from "../../state/lease.ts";
import { CATALOGS, intentKey } from "../../state/objects.ts";
import { withRecords } from "../../state/records.ts";
import type { Catalog, Changed, Outbox, PublishedChannel, RestNote } from "../../state/types.ts";
import type { Store } from "../../stores/store.ts";
import { departuresAccepted } from "../guard/departures.ts";
import type { Snapshot } from "../load/snapshot.ts";
import { type Batch, pathsOf, pathsToWrite } from "../plan/batches.ts";
import { hasNews } from "../reconcile/news.ts";
import type { Reconciled } from "../reconcile/reconcile.ts";
import { digestOfEtags } from "../rest/listing.ts";
import { lateAfter } from "../scan/late.ts";
import { movedMedia } from "../scan/objects.ts";
import { readerDigest } from "../scan/reader.ts";
import type { Plan } from "../types.ts";
import type { Written } from "./write.ts";

/** How many former catalogs and intents stay, for rollback and diagnosis. */
const KEPT_CATALOGS = 5;

export interface CommitInput {
  readonly state: Store;
  readonly name: string;
  readonly site: Site;
  readonly force: boolean;
  readonly now: Instant;
  /** When the run was asked for, where it is known. */
  readonly since: Date | undefined;
  readonly log: (line: string) => void;
  readonly plan: Plan;
  readonly after: Reconciled;
  /** Key of the ids of a former system for which a post still waits. */
  readonly adoptedKey: string | undefined;
  readonly lease: HeldLease;
}

/** Is there anything to write: documents, something for the next run to know, or what another run left half written? */
export function hasWork(
  { head, catalog, origin }: Snapshot,
  site: Site,
  { plan, after, adoptedKey }: Pick<CommitInput, "plan" | "after" | "adoptedKey">,
): boolean {
  const isReadAnew = origin !== undefined || catalog?.reader !== readerDigest(site);
  const isAdopting = head.value.adopted !== undefined || catalog?.adopted !== adoptedKey;
  return (
    isAdopting ||
    plan.put.length + plan.remove.length > 0 ||
    head.value.lease !== undefined ||
    isReadAnew ||
    hasNews(after, catalog) ||
    movedMedia(catalog?.records, after.records).length > 0
  );
}

export interface CommittedBatch {
  readonly batch: Batch;
  readonly written: Written;
  readonly next: Batch | undefined;
  /** With the last batch, where the next run can see by it that it has nothing to do. */
  readonly rest: Omit<RestNote, "published"> | undefined;
}

/**
 * Gives the snapshot that the next batch, or the next round, begins with. Without a `next` batch the lease ends, and of the
 * former catalogs only the last few stay.
 */
export async function commitBatch(
  input: CommitInput,
  before: Snapshot,
  { batch, written, next, rest }: CommittedBatch,
): Promise<Snapshot & { readonly catalog: Catalog }> {
  const done = new Set(pathsOf(batch));
  const inherited = new Set([...before.inherited].filter((path) => !done.has(path)));
  // An entry that is rendered anew mostly takes the place of another.
  const unused = before.unused + (before.former.length > 0 ? written.cached.size : 0);
  const made = { ...nextCatalog(input, before, written), ...present({ unused: unused || undefined }) };
  const catalog: Catalog = rest ? { ...made, rest: { ...rest, published: digestOfDocuments(made) } } : made;
  const restored = restoredPaths(before, written);
  const changes = {
    paths: changedPaths(before, batch, written).filter((path) => !restored.has(path)),
    restored: [...restored],
    media: movedMedia(before.catalog?.records, input.after.records),
  };
  const outbox = nextOutbox(before.head.value.outbox, changes, input);
  const paths = next && { paths: pathsToWrite(next, inherited), areOwed: inherited.size > 0 };
  const head = await input.lease.commit(catalog, outbox, paths);
  if (!next) await removeFormer(input, before.former);
  return { ...before, head, catalog, inherited, unused };
}

function nextCatalog(
  { name, site, force, now, plan, after, adoptedKey }: CommitInput,
  { head, catalog: before, former, authority, podcastGuid, inherited }: Snapshot,
  { documents, cached }: Written,
): Catalog {
  // Also of an entry that had a place: it was not found there.
  const placed = findRendered(after.records, cached.keys()).flatMap((record): PostRecord | readonly [] => {
    const place = record.facts && cached.get(record.facts.inputHash);
    return place ? { ...record, rendered: place } : [];
  });
  return {
    run: name,
    reader: readerDigest(site),
    authority: authority.authority,
    since: authority.since,
    records: withRecords(after.records, placed),
    gone: after.gone,
    // Of channels that are gone too: one that comes back goes on from where it was.
    channels: { ...before?.channels, ...channelsOf(plan) },
    documents,
    ...lateAfter(before, inherited, documents, now),
    ...present({ podcast: site.podcast ? podcastGuid : before?.podcast, adopted: adoptedKey }),
    ...adoptedBefore(before, head),
    ...departuresAccepted(force, now, before),
    former: former.slice(0, KEPT_CATALOGS),
  };
}

const findRendered = finderOf<PostRecord>(({ facts }) => [facts?.inputHash]);

const digestOfDocuments = ({ documents }: Catalog): string =>
  digestOfEtags(Object.entries(documents).map(([key, { etag }]) => ({ key, etag })));

function adoptedBefore(before: Catalog | undefined, { value: { adopted } }: CurrentHead) {
  const keys = [...(before?.adoptedBefore ?? []), ...(adopted === undefined ? [] : [adopted])];
  return present({ adoptedBefore: keys.length > 0 ? keys : undefined });
}

function channelsOf({ documents }: Plan): Catalog["channels"] {
  const channels = new Map<string, PublishedChannel>();
  for (const { source, updated } of documents) {
    if (!("window" in source)) continue;
    const { channel, until } = source.window;
    if (!channels.has(channel.key)) channels.set(channel.key, { updated, ...present({ until }) });
  }
  return Object.fromEntries(channels);
}

function changedPaths({ head, origin, catalog }: Snapshot, { put }: Batch, written: Written): readonly string[] {
  // What was still to be announced was lost with the head: it is somewhere in the folders of what is published.
  const isHeadLost = origin === "former" && head.value.catalog === undefined;
  if (isHeadLost) return foldPaths([...Object.keys(catalog?.documents ?? {}), ...Object.keys(written.documents)], 0);
  // What a run before left half written may hold the right bytes already, and was not announced.
  const inherited = put.filter(({ reason }) => reason === "inherited").map(({ document }) => document.path);
  return [...inherited, ...[...written.put, ...written.removed].map(({ path }) => path)];
}

/** Documents that another program removed or wrote over, and that are now what they were: no news to any reader. */
function restoredPaths({ catalog }: Snapshot, { put, documents }: Written): ReadonlySet<string> {
  const isAsBefore = (path: string) =>
    documentAt(documents, path)?.digest === documentAt(catalog?.documents, path)?.digest;
  return new Set(put.flatMap(({ path, reason }) => (reason === "drifted" && isAsBefore(path) ? [path] : [])));
}

/** What was to announce already, and what this batch adds. */
function nextOutbox(
  outbox: Outbox,
  changes: Changed,
  { plan: { due }, since }: Pick<CommitInput, "plan" | "since">,
): Outbox {
  const paths = foldedWith(outbox.paths, changes.paths);
  const media = foldedWith(outbox.media, changes.media);
  const restored = foldedWith(outbox.restored, changes.restored);
  return {
    paths,
    ...present({
      media: media.length > 0 ? media : undefined,
      restored: restored.length > 0 ? restored : undefined,
      due,
      since: isNothing(changes) ? outbox.since : earliest(outbox.since, since && instantOf(since)),
    }),
  };
}

/** `known` is folded already. Where nobody announces it is long, and mostly names what changed: then it stays as it is. */
const foldedWith = (known: readonly string[] = [], changed: readonly string[] = []): readonly string[] =>
  changed.every((path) => known.includes(path)) ? known : foldPaths([...known, ...changed], MAX_PATHS);

/** With their intents: that of a run's last batch bears the number of its catalog. */
async function removeFormer({ state, log }: CommitInput, former: readonly string[]): Promise<void> {
  try {
    for (const key of former.slice(KEPT_CATALOGS)) {
      await state.delete(key);
      await state.delete(intentKey(nameOf(key)));
    }
  } catch (error) {
    log(`former catalogs stay: ${(error as Error).message}`); // the run has succeeded all the same
  }
}

const nameOf = (key: string): string => key.slice(CATALOGS.length).replace(/\.catalog$/, "");
