/** Supplement: a catalog that was kept, with what only the published feeds know: what runs after it published. */
import { idsOf } from "../../adopt/ledger.ts";
import { present } from "../../base/optional.ts";
import type { Facts, GonePost, Instant, PostRecord } from "../../model.ts";
import { documentAt, withDocuments } from "../../state/documents.ts";
import type { Catalog, PublishedChannel, PublishedDocument } from "../../state/types.ts";
import { UNKNOWN } from "../../state/unknown.ts";
import { compareKeys } from "../../stores/store.ts";

/**
 * `kept` knows the posts that no feed carries, and each post's key and words. Where the feeds say nothing else, it is as if no
 * run had come after it, and the next run finds only what the authors changed.
 */
export function supplementCatalog(kept: Catalog, read: Catalog): Catalog {
  const supplemented = {
    ...supplementPosts(kept, read),
    run: read.run,
    channels: supplementChannels(kept.channels, read.channels),
    documents: withDocuments(kept.documents, knownDocuments(kept.documents, read.documents)),
    ...present({ podcast: kept.podcast ?? read.podcast }),
  };
  return { ...kept, ...supplemented };
}

/** Feeds may name a post by the ids of a former system alone. */
function supplementPosts(kept: Catalog, read: Catalog): Pick<Catalog, "records" | "gone"> {
  const ids = new Set([...kept.records, ...kept.gone].flatMap(({ facts }) => (facts ? idsOf(facts) : [])));
  const isKnown = ({ facts }: Pick<PostRecord, "facts">) =>
    facts !== undefined && idsOf(facts).some((id) => ids.has(id));
  const updated = new Map(read.records.flatMap(({ facts }) => (facts ? [[facts.id, facts.updated] as const] : [])));
  const removed = new Map(read.gone.map(({ facts, since }) => [facts.id, since]));
  const records: PostRecord[] = [];
  const gone: GonePost[] = [...kept.gone, ...read.gone.filter((post) => !isKnown(post))];
  for (const record of kept.records) {
    const { key, facts, seen, rendered } = record;
    const since = facts && momentIn(removed, facts);
    if (facts && since !== undefined) gone.push({ key, facts, since, ...present({ seen, rendered }) });
    else records.push(facts ? asPublished(record, facts, momentIn(updated, facts)) : record);
  }
  const keys = new Set(records.map(({ key }) => key));
  for (const record of read.records) {
    if (record.facts && !isKnown(record)) records.push({ ...record, key: freeKey(record.key, keys) });
  }
  return { records: records.sort((a, b) => compareKeys(a.key, b.key)), gone };
}

const momentIn = (moments: ReadonlyMap<string, Instant>, facts: Facts): Instant | undefined =>
  idsOf(facts)
    .map((id) => moments.get(id))
    .find((moment) => moment !== undefined);

/** A post whose words were published again since: they are not known, so its file is read again. */
const asPublished = (record: PostRecord, facts: Facts, updated: Instant | undefined): PostRecord =>
  updated !== undefined && updated > facts.updated
    ? { ...record, etag: UNKNOWN, facts: { ...facts, updated, sourceDigest: UNKNOWN } }
    : record;

function freeKey(key: string, taken: Set<string>): string {
  let free = key;
  for (let i = 2; taken.has(free); i++) free = `${i}.${key}`;
  taken.add(free);
  return free;
}

function supplementChannels(kept: Catalog["channels"], read: Catalog["channels"]): Catalog["channels"] {
  const channels: { [key: string]: PublishedChannel } = { ...read };
  for (const [key, channel] of Object.entries(kept)) {
    const { updated, until } = read[key] ?? channel;
    const isLater = updated > channel.updated;
    channels[key] = { updated: isLater ? updated : channel.updated, ...present({ until: channel.until ?? until }) };
  }
  return channels;
}

/** The fingerprint is known of each document that still has the bytes that it had. */
function knownDocuments(
  kept: Catalog["documents"],
  read: Catalog["documents"],
): ReadonlyMap<string, PublishedDocument> {
  const known = Object.entries(read).map(([path, document]) => {
    const before = documentAt(kept, path);
    return [path, before?.digest === document.digest ? { ...before, etag: document.etag } : document] as const;
  });
  return new Map(known);
}
