/** Merge: a former catalog, made current again beside what was published since. What the posts say now stays the content's. */
import { present } from "../../base/optional.ts";
import { headline, seenOf } from "../../base/traits.ts";
import type { Facts, GonePost, Instant, PostRecord } from "../../model.ts";
import type { Catalog } from "../../state/types.ts";
import { hasUnknownText, UNKNOWN } from "../../state/unknown.ts";
import { compareKeys } from "../../stores/store.ts";

const LONG_AGO: Instant = "1970-01-01T00:00:00Z";

/** Every field of `T`, so that none is forgotten. */
type Every<T> = { readonly [K in keyof Required<T>]: T[K] | undefined };

/**
 * What was known `then`, with the documents that are published now. `current` is the catalog to be left, if it is whole: posts
 * that only it, or else the feeds, know came since, and keep their ids and dates as long as their files are there. So do
 * channels, unless they existed then: the `updated` of a feed goes back with the rest of it.
 */
export function mergeFormer(then: Catalog, published: Catalog | undefined, current: Catalog | undefined): Catalog {
  const { records, gone } = underKeysOfNow(then, current);
  const since = current ?? published;
  const merged = {
    run: then.run,
    authority: then.authority,
    since: then.since,
    reader: then.reader,
    records,
    gone: [...gone, ...(since ? newcomers({ records, gone }, since) : [])],
    channels: mergeChannels(then.channels, current?.channels ?? {}),
    documents: published?.documents ?? then.documents,
    late: { ...then.late, ...current?.late },
    podcast: then.podcast ?? current?.podcast,
    adopted: current?.adopted ?? then.adopted,
    adoptedBefore: current?.adoptedBefore ?? then.adoptedBefore,
    departuresAcceptedUntil: current?.departuresAcceptedUntil ?? then.departuresAcceptedUntil,
    former: then.former,
    unused: current?.unused ?? then.unused,
    rest: undefined, // it was noted of what is published no more
  } satisfies Every<Catalog>;
  return present(merged);
}

/** A part of an archive ends where it ended last: what became too large since stays cut. */
function mergeChannels(then: Catalog["channels"], current: Catalog["channels"]): Catalog["channels"] {
  const former = Object.entries(then).map(([key, channel]) => {
    const until = current[key]?.until;
    return [key, { ...channel, ...present({ until: until ?? channel.until }) }] as const;
  });
  return { ...current, ...Object.fromEntries(former) };
}

/** A post whose file was renamed or edited since is known by the key that it has now, and by what was seen in it at last. */
function underKeysOfNow(then: Catalog, current: Catalog | undefined): Pick<Catalog, "records" | "gone"> {
  const now = new Map(current?.records.flatMap((record) => (record.facts ? [[record.facts.id, record] as const] : [])));
  const left = new Map(current?.gone.map((post) => [post.facts.id, post]));
  const rename = <T extends GonePost | PostRecord>(post: T): T => {
    const { facts } = post;
    if (!facts) return post;
    const record = now.get(facts.id);
    const latest = record ?? left.get(facts.id);
    const seen = latest?.facts && seenOf(latest.seen ?? latest.facts, { facts });
    // Its file is read again: the address of a post may come from its key.
    const isMoved = "etag" in post && record !== undefined && record.key !== post.key;
    return { ...post, ...present({ key: record?.key, seen }), ...(isMoved && { etag: UNKNOWN }) };
  };
  const records = new Map<string, PostRecord>();
  const displaced: GonePost[] = [];
  // Renamed posts come last, and take the place of a post that had the key then and is not there now.
  const renamed = then.records.map((record) => ({ record: rename(record), was: record.key }));
  for (const { record } of renamed.toSorted(
    (a, b) => Number(a.record.key !== a.was) - Number(b.record.key !== b.was),
  )) {
    const other = records.get(record.key);
    if (other) displaced.push(...removedLongAgo(other));
    records.set(record.key, record);
  }
  return {
    records: [...records.values()].sort((a, b) => compareKeys(a.key, b.key)),
    gone: [...then.gone.map(rename), ...displaced],
  };
}

/** Posts that only `current` knows, as removed long ago: no document tells of them, and a file that is one of them is known again. */
function newcomers(then: Pick<Catalog, "records" | "gone">, current: Catalog): readonly GonePost[] {
  const ids = new Set<string>();
  const traits = new Set<string>();
  for (const { key, facts } of [...then.records, ...then.gone]) {
    if (!facts) continue;
    ids.add(facts.id);
    for (const trait of identifyingTraits(key, facts)) traits.add(trait);
  }
  // A post that shares a trait with a former one is that post, under a new id.
  const isNew = (key: string, facts: Facts) =>
    !ids.has(facts.id) && !identifyingTraits(key, facts).some((trait) => traits.has(trait));
  return [...current.records.flatMap(removedLongAgo), ...current.gone].filter(({ key, facts }) => isNew(key, facts));
}

/** Unless it has left readers already. */
function removedLongAgo({ key, facts, seen, left = LONG_AGO, rendered }: PostRecord): readonly GonePost[] {
  return facts ? [{ key, facts, since: left, ...present({ seen, rendered }) }] : [];
}

/** Two posts that share one of these are the same post. */
function identifyingTraits(key: string, facts: Facts): readonly string[] {
  const words = hasUnknownText(facts) ? [] : [`words ${facts.sourceDigest}`];
  return [`key ${key}`, `url ${facts.url}`, `headline ${headline(facts)}`, ...words];
}
