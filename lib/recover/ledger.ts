/** What the public store tells → the catalog that was lost, as far as documents tell it. */
import { type CalendarPeriod, calendarOf } from "../channels/periods.ts";
import { instantOf } from "../content/facts/dates.ts";
import type { Catalog, Facts, GonePost, Instant, Kind, Period, PostRecord, Site } from "../model.ts";
import type { TagAuthority } from "../state/ids.ts";
import { UNKNOWN } from "../state/unknown.ts";
import { compareKeys, type Store } from "../stores/store.ts";
import { type ListedChannel, type ListRead, type OwnFeed, readList, readOurs } from "./ours.ts";
import { gatherPosts, type ReadPost, type ReadTombstone } from "./posts.ts";

export interface LedgerInput {
  readonly public: Store;
  readonly site: Site;
  readonly now: Instant;
  /** Of the run that the catalog is to bear. */
  readonly run: string;
}

/** Nothing where no document is ours. Its keys are made up from ids: no content has them, so that nothing is known by them. */
export async function recoverLedger({ public: store, site, now, run }: LedgerInput): Promise<Catalog | undefined> {
  const list = await readList(store);
  const gatherer = gatherPosts();
  const channels = new Map<string, Instant>();
  const feedIds: string[] = [];
  const podcasts = new Set<string>();
  const documents = await readOurs(store, list, site, (feed) => {
    gatherer.see(feed);
    const { id, updated, podcastGuid } = feed.read;
    if (id !== undefined) feedIds.push(id);
    if (podcastGuid !== undefined) podcasts.add(podcastGuid);
    const key = channelKeyOf(feed);
    if (updated !== undefined && updated > (channels.get(key) ?? "")) channels.set(key, updated);
  });
  if (documents.length === 0) return undefined;

  const posts = gatherer.posts();
  const authority = authorityOf([...feedIds.sort(), ...posts.map(({ entry }) => entry.id)]) ?? {
    ...{ authority: new URL(list?.url ?? site.url).hostname, since: site.since },
  };
  const key = keysFor(authority);
  const context: Context = { list, site, now };
  const records = posts.map((post): PostRecord => {
    return {
      ...{ key: key(idOf(post, authority)), state: "public", etag: UNKNOWN, problems: [], deps: [] },
      facts: factsOf(post, idOf(post, authority), context),
    };
  });
  const gone = gatherer.tombstones().map((tombstone): GonePost => {
    return { key: key(tombstone.id), facts: goneFacts(tombstone, context), since: tombstone.when };
  });
  const [podcast] = [...podcasts].sort();
  return {
    run,
    reading: UNKNOWN,
    ...authority,
    records: records.sort((a, b) => compareKeys(a.key, b.key)),
    gone,
    channels: Object.fromEntries([...channels].map(([channel, updated]) => [channel, { updated }])),
    documents: Object.fromEntries(
      documents.map(({ path, etag, digest }) => [path, { fingerprint: UNKNOWN, etag, digest }]),
    ),
    ...(podcast !== undefined && { podcast }),
    former: [],
  };
}

const FEED_ID = /^tag:([^,]+),(\d+):(?:feeds:(.*))?/;

function channelKeyOf({ channel, read }: OwnFeed): string {
  const [, , , key] = FEED_ID.exec(read.id ?? "") ?? [];
  return key === undefined ? channel : decoded(key);
}

/** The first that names one: ids of feeds come first, which nobody chooses. */
function authorityOf(ids: readonly string[]): TagAuthority | undefined {
  for (const id of ids) {
    const [, authority, since] = FEED_ID.exec(id) ?? [];
    if (authority !== undefined) return { authority, since: Number(since) };
  }
  return undefined;
}

/** Our own, where formats differ. */
function idOf({ entry, ids }: ReadPost, { authority, since }: TagAuthority): string {
  const own = `tag:${authority},${since}:`;
  return [ids?.atom, ids?.json, ids?.rss].find((id) => id?.startsWith(own)) ?? entry.id;
}

/** The key that an id was minted of, without its extension; with an ending that no post has. */
function keysFor({ authority, since }: TagAuthority): (id: string) => string {
  const own = `tag:${authority},${since}:`;
  const taken = new Set<string>();
  return (id) => {
    const stem = id.startsWith(own) ? decoded(id.slice(own.length)) : "";
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

// ── Facts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Context {
  readonly list: ListRead | undefined;
  readonly site: Site;
  readonly now: Instant;
}

function factsOf({ entry, ids, channels }: ReadPost, id: string, context: Context): Facts {
  const { list, site, now } = context;
  const { title, url, published = entry.updated ?? now, updated = published } = entry;
  const filed = filedUnder(channels, context);
  // The domain may change with the loss: the address is compared as it would be now.
  const moved = list && list.url !== site.url && url.startsWith(list.url) ? site.url + url.slice(list.url.length) : url;
  return {
    ...{ id, ...(ids && { ids }), title, url: moved, published, updated },
    language: entry.language ?? filed.language,
    authors: union(entry.authors, filed.authors),
    tags: union(entry.tags, filed.tags),
    categories: entry.categories.length > 0 ? entry.categories : filed.categories,
    ...(filed.section !== undefined && { section: filed.section }),
    ...{ size: 0, sourceDigest: UNKNOWN, inputHash: UNKNOWN },
  };
}

/** Of a post that is gone documents say little: it is dated so that it stands where it stood. */
function goneFacts({ id, told }: ReadTombstone, context: Context): Facts {
  const channels = new Set(told.map(({ feed }) => feed.channel));
  const published = standingAt(told, context);
  return {
    ...{ id, title: "", url: "", published, updated: published, ...filedUnder(channels, context) },
    ...{ size: 0, sourceDigest: UNKNOWN, inputHash: UNKNOWN },
  };
}

/** After the last entry of every window that reached back to it, within its archive, in the order in which it was told. */
function standingAt(told: ReadTombstone["told"], { site, now }: Context): Instant {
  const archives = told.flatMap(({ feed }) => archivePeriod(feed.channel, site) ?? []);
  const bounds = told.flatMap(({ feed: { channel, isComplete, last = "" } }) => {
    return isComplete || archivePeriod(channel, site) ? [] : [last];
  });
  // What is in no archive belongs to the period that is not over.
  const open = site.archives ? [calendarOf(site.archives, site.timezone)(now).start] : [];
  const floor = archives.length > 0 ? archives.map(({ start }) => start) : open;
  // A window that carries all there is reaches back beyond its last entry.
  const ends = archives.map(({ end }) => end);
  const from = [...bounds.filter((last) => ends.every((end) => last < end)), ...floor].reduce(
    (a, b) => (a > b ? a : b),
    `${site.since}-01-01T00:00:00Z`,
  );
  const after = Math.max(...told.map(({ feed, rank }) => feed.deleted - rank));
  return instantOf(new Date(Date.parse(from) + after * 1000));
}

const ARCHIVES: readonly (readonly [pattern: RegExp, period: Period, noon: (name: string) => string])[] = [
  [/^\d{4}$/, "year", (name) => `${name}-01-02T12:00:00Z`],
  [/^\d{4}-\d\d$/, "month", (name) => `${name}-02T12:00:00Z`],
  [/^\d{4}-\d\d-\d\d$/, "day", (name) => `${name}T12:00:00Z`],
  [/^\d{4}-W\d\d$/, "week", weekday],
];

/** The fourth of January is in the first week (ISO 8601). */
function weekday(name: string): string {
  const [year = "", week = ""] = name.split("-W");
  return instantOf(new Date(Date.parse(`${year}-01-04T12:00:00Z`) + (Number(week) - 1) * 7 * 86_400_000));
}

function archivePeriod(channel: string, { timezone }: Site): CalendarPeriod | undefined {
  const [, name] = /^archive\/([^/]+)$/.exec(channel) ?? [];
  if (name === undefined) return undefined;
  const [, period, noon] = ARCHIVES.find(([pattern]) => pattern.test(name)) ?? [];
  return period && noon && !Number.isNaN(Date.parse(noon(name))) ? calendarOf(period, timezone)(noon(name)) : undefined;
}

type Filed = Pick<Facts, "language" | "authors" | "tags" | "categories" | "section">;

/** What the channels that carried a post say of it. */
function filedUnder(channels: ReadonlySet<string>, { list, site }: Context): Filed {
  const told = new Map(list?.channels.map((channel) => [channel.key, channel]));
  const listed = [...channels].map((key) => told.get(key) ?? unlisted(key));
  const of = (kind: Kind) => listed.filter((channel) => channel.kind === kind);
  const named = site.channels
    .filter(({ path }) => channels.has(`channels/${path}`))
    .map(
      ({ of: wanted, match }) =>
        (kind: Kind) =>
          (match === "all" ? wanted[kind] : wanted[kind]?.slice(0, 1)) ?? [],
    );
  const names = (kind: Kind) =>
    union(
      of(kind).flatMap(({ name }) => name),
      named.flatMap((wanted) => wanted(kind)),
    );
  const categories = of("categories").map(({ name }) => name);
  const isOuter = (name: readonly string[]) =>
    categories.some((other) => other.length > name.length && name.every((part, i) => part === other[i]));
  const [section] = names("sections");
  return {
    language: of("languages")[0]?.key.replace(/^languages\//, "") ?? site.language,
    ...{ authors: names("authors"), tags: names("tags") },
    categories: [
      ...categories.filter((name) => !isOuter(name)),
      ...named.flatMap((wanted) => wanted("categories").map((name) => [name])),
    ],
    ...(section !== undefined && { section }),
  };
}

/** A channel that no list names is called as its folder is. */
function unlisted(key: string): Pick<ListedChannel, "key" | "kind" | "name"> {
  const [kind = "", ...name] = key.split("/");
  return { key, kind, name };
}

const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];
