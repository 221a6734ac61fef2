/** The documents of the public store → the catalog that was lost, as far as they contain it. */
import { present } from "../base/optional.ts";
import { parsePartKey } from "../channels/parts.ts";
import type { GonePost, Instant, PostRecord } from "../model.ts";
import type { Site } from "../site/types.ts";
import type { TagAuthority } from "../state/ids.ts";
import type { Catalog } from "../state/types.ts";
import { UNKNOWN } from "../state/unknown.ts";
import { compareKeys, type Store } from "../stores/store.ts";
import { type Context, datesOfGone, factsOf, goneFacts, periodNamed } from "./facts.ts";
import { type OwnFeed, readList, readOurs } from "./ours.ts";
import { endsOf, type NewestPosts, noteNewest, partsInOrder } from "./parts.ts";
import { gatherPosts, type ReadPost } from "./posts.ts";

export interface RecoverInput {
  readonly public: Store;
  readonly site: Site;
  readonly now: Instant;
  /** The run to name in the catalog. */
  readonly run: string;
}

/** Nothing if no document is ours. Documents have no content keys: those of the records are made up, and match no file. */
export async function recoverCatalog({ public: store, site, now, run }: RecoverInput): Promise<Catalog | undefined> {
  const list = await readList(store);
  const gatherer = gatherPosts();
  const channels = new Map<string, Instant>();
  const previousOf = new Map<string, string>();
  const read = new Set<string>();
  const feedIds: string[] = [];
  const podcasts = new Set<string>();
  const documents = await readOurs(store, list, site, (feed) => {
    gatherer.add(feed);
    const { id, updated, podcastGuid } = feed.read;
    if (id !== undefined) feedIds.push(id);
    if (podcastGuid !== undefined) podcasts.add(podcastGuid);
    read.add(feed.channel);
    if (feed.previous !== undefined) previousOf.set(feed.channel, feed.previous);
    const key = channelKeyOf(feed);
    if (updated !== undefined && updated > (channels.get(key) ?? "")) channels.set(key, updated);
  });
  if (documents.length === 0) return undefined;

  const posts = gatherer.posts();
  const authority = authorityOf([...feedIds.sort(), ...posts.map(({ entry }) => entry.id)]) ?? {
    authority: new URL(list?.url ?? site.url).hostname,
    since: site.since,
  };
  const key = keysFor(authority);
  const parts = partsInOrder(read, previousOf);
  const newest: NewestPosts = new Map();
  const isSiteWhole = posts.every(({ channels }) => channels.has("site") || ![...channels].some(parsePartKey));
  const context: Context = { list, site, now, parts, newest, isSiteWhole };
  const records = posts.map((post): PostRecord => {
    const facts = factsOf(post, idOf(post, authority), context);
    for (const channel of post.channels) noteNewest(newest, channel, facts);
    return { key: key(facts.id), state: "public", etag: UNKNOWN, problems: [], deps: [], facts };
  });
  const tombstones = gatherer.tombstones();
  const dates = datesOfGone(tombstones, context);
  const gone = tombstones.map((tombstone): GonePost => {
    const { id, when, listings } = tombstone;
    const facts = goneFacts(tombstone, dates.get(id) ?? now, context);
    for (const { feed } of listings) noteNewest(newest, feed.channel, facts);
    return { key: key(id), facts, since: when };
  });
  const [podcast] = [...podcasts].sort();
  const ends = endsOf(parts, newest, (period) => (periodNamed(period, site)?.end ?? now) <= now);
  for (const key of ends.keys()) if (!channels.has(key)) channels.set(key, LONG_AGO);
  return {
    run,
    reader: UNKNOWN,
    ...authority,
    records: records.sort((a, b) => compareKeys(a.key, b.key)),
    gone,
    channels: Object.fromEntries(
      [...channels].map(([channel, updated]) => [channel, { updated, ...present({ until: ends.get(channel) }) }]),
    ),
    documents: Object.fromEntries(
      documents.map(({ path, etag, digest }) => [path, { fingerprint: UNKNOWN, etag, digest }]),
    ),
    ...present({ podcast }),
    former: [],
  };
}

/** Of a channel whose documents do not say when they changed: JSON feeds. */
const LONG_AGO: Instant = "1970-01-01T00:00:00Z";

const FEED_ID = /^tag:([^,]+),(\d+):(?:feeds:(.*))?/;

function channelKeyOf({ channel, read }: OwnFeed): string {
  const [, , , key] = FEED_ID.exec(read.id ?? "") ?? [];
  return key === undefined ? channel : decoded(key);
}

/** Of the first id with one. Ids of feeds come first: unlike those of posts, no author chooses them. */
function authorityOf(ids: readonly string[]): TagAuthority | undefined {
  for (const id of ids) {
    const [, authority, since] = FEED_ID.exec(id) ?? [];
    if (authority !== undefined) return { authority, since: Number(since) };
  }
  return undefined;
}

/** The id that Dripfeed minted, if formats have different ids. */
function idOf({ entry, ids }: ReadPost, { authority, since }: TagAuthority): string {
  const minted = `tag:${authority},${since}:`;
  return [ids?.atom, ids?.json, ids?.rss].find((id) => id?.startsWith(minted)) ?? entry.id;
}

/** Makes a key of each id: the key that the id was minted from, with an extension that no post has. */
function keysFor({ authority, since }: TagAuthority): (id: string) => string {
  const minted = `tag:${authority},${since}:`;
  const taken = new Set<string>();
  return (id) => {
    const stem = id.startsWith(minted) ? decoded(id.slice(minted.length)) : "";
    const isKey = /^[^\0\\]+$/.test(stem) && !stem.split("/").some((part) => /^\.{0,2}$/.test(part));
    const named = isKey && stem.isWellFormed() && stem.length < 200 ? `${stem}.recovered` : "";
    let key = named === "" ? "1.recovered" : named;
    for (let i = taken.size + 1; taken.has(key); i++) key = `${i}.recovered`;
    taken.add(key);
    return key;
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
