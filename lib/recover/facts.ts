/** The facts of a recovered post: from its entry, and from the channels that carried it. */

import { instantOf } from "../base/instant.ts";
import { present } from "../base/optional.ts";
import { parsePartKey } from "../channels/parts.ts";
import { type CalendarPeriod, calendarOf } from "../channels/periods.ts";
import type { Facts, Instant, Kind, Period } from "../model.ts";
import type { Site } from "../site/types.ts";
import { UNKNOWN } from "../state/unknown.ts";
import type { ListedChannel, PublishedList } from "./ours.ts";
import type { NewestPosts, ReadParts } from "./parts.ts";
import type { ReadPost, ReadTombstone } from "./posts.ts";

/** What the facts of every post depend on. */
export interface Context {
  readonly list: PublishedList | undefined;
  readonly site: Site;
  readonly now: Instant;
  /** Of the site's archives. */
  readonly parts: ReadParts;
  /** The newest post that each channel carries. */
  readonly newest: NewestPosts;
  /** The site's feed carries every post; one that has archives does not say so. */
  readonly isSiteWhole: boolean;
}

/** What only the post's source would say: it is read by the run that follows. */
const UNREAD = { size: 0, sourceDigest: UNKNOWN, wordsDigest: UNKNOWN, inputHash: UNKNOWN } as const;

/** Of a post that the feeds carry. */
export function factsOf({ entry, ids, channels }: ReadPost, id: string, context: Context): Facts {
  const { list, site, now } = context;
  const { title, url, published = entry.updated ?? now, updated = published } = entry;
  const taxonomy = taxonomyOf(channels, context);
  // The domain may have changed since: posts are recognised by the address that they would have now.
  const moved = list && list.url !== site.url && url.startsWith(list.url) ? site.url + url.slice(list.url.length) : url;
  return {
    id,
    ...present({ ids }),
    title,
    url: moved,
    published,
    updated,
    language: entry.language ?? taxonomy.language,
    authors: union(entry.authors, taxonomy.authors),
    tags: union(entry.tags, taxonomy.tags),
    categories: entry.categories.length > 0 ? entry.categories : taxonomy.categories,
    ...present({ section: taxonomy.section, terms: taxonomy.terms }),
    ...UNREAD,
  };
}

/** Of a post that only tombstones are left of. */
export function goneFacts({ id, listings }: ReadTombstone, published: Instant, context: Context): Facts {
  const channels = new Set(listings.map(({ feed }) => feed.channel));
  return {
    id,
    title: "",
    url: "",
    published,
    updated: published,
    ...taxonomyOf(channels, context),
    ...UNREAD,
  };
}

/**
 * Documents have no publication dates of removed posts: each gets one, by id, that puts its tombstone where it was.
 * That is after the last entry of every window that lists it, within its archive, and in the order of every feed.
 */
export function datesOfGone(tombstones: readonly ReadTombstone[], context: Context): ReadonlyMap<string, Instant> {
  const seconds = new Map(tombstones.map(({ id, listings }) => [id, earliest(listings, context) + 1]));
  const all = tombstones.flatMap(({ id, listings }) => listings.map(({ feed, rank }) => ({ id, feed, rank })));
  const inParts = [...context.parts.values()].map((keys) =>
    keys.flatMap((key) => oldestFirst(all.filter(({ feed }) => feed.channel === key))),
  );
  const others = all.filter(({ feed }) => !parsePartKey(feed.channel));
  const feeds = [...inParts, ...[...Map.groupBy(others, ({ feed }) => feed).values()].map(oldestFirst)];
  // A date that one feed moves can move others in the next. Feeds that contradict each other have no solution.
  for (let round = 0, isMoved = true; isMoved && round <= tombstones.length; round++) {
    isMoved = false;
    for (const ids of feeds) {
      let last = 0;
      for (const id of ids) {
        const date = seconds.get(id) ?? 0;
        if (date <= last) {
          seconds.set(id, last + 1);
          isMoved = true;
        }
        last = Math.max(date, last + 1);
      }
    }
  }
  return new Map([...seconds].map(([id, date]) => [id, instantOf(new Date(date * 1000))]));
}

const oldestFirst = (listed: readonly { readonly id: string; readonly rank: number }[]): readonly string[] =>
  listed.toSorted((a, b) => b.rank - a.rank).map(({ id }) => id);

/** In seconds since the epoch: no tombstone with these listings is of an older post. */
function earliest(listings: ReadTombstone["listings"], context: Context): number {
  const { site, now, parts, newest, isSiteWhole } = context;
  const archives = listings.flatMap(({ feed: { channel } }) => {
    const place = parsePartKey(channel);
    const period = place && periodNamed(place.period, site);
    return period ? [{ ...period, channel }] : [];
  });
  const bounds = listings.flatMap(({ feed: { channel, isComplete, last = "" } }) => {
    return isComplete || parsePartKey(channel) || (channel === "site" && isSiteWhole) ? [] : [last];
  });
  /** The start of the period, or the newest post of the parts before. */
  const afterOlderParts = ({ name, start }: CalendarPeriod, channel?: string): readonly Instant[] => {
    const keys = parts.get(name) ?? [];
    const older = channel === undefined ? keys : keys.slice(0, keys.indexOf(channel));
    return [start, ...older.flatMap((key) => newest.get(key)?.published ?? [])];
  };
  // A post in no archive belongs to the present period.
  const open = site.archives ? afterOlderParts(calendarOf(site.archives, site.timezone)(now)) : [];
  const floor = archives.length > 0 ? archives.flatMap((each) => afterOlderParts(each, each.channel)) : open;
  // The last entry of a window after the archive's end says nothing about a post within the archive.
  const ends = archives.map(({ end }) => end);
  const from = [...bounds.filter((last) => ends.every((end) => last < end)), ...floor].reduce(
    (a, b) => (a > b ? a : b),
    `${site.since}-01-01T00:00:00Z`,
  );
  return Date.parse(from) / 1000;
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

/** The calendar's period of that name; `undefined` where it is none. */
export function periodNamed(name: string, { timezone }: Pick<Site, "timezone">): CalendarPeriod | undefined {
  const [, period, noon] = ARCHIVES.find(([pattern]) => pattern.test(name)) ?? [];
  return period && noon && !Number.isNaN(Date.parse(noon(name))) ? calendarOf(period, timezone)(noon(name)) : undefined;
}

type Taxonomy = Pick<Facts, "language" | "authors" | "tags" | "categories" | "section" | "terms">;

/** The taxonomy of a post, by the channels that carried it. */
function taxonomyOf(channels: ReadonlySet<string>, { list, site }: Context): Taxonomy {
  const byKey = new Map(list?.channels.map((channel) => [channel.key, channel]));
  const listed = [...channels].map((key) => byKey.get(key) ?? unlisted(key));
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
  const terms = site.taxonomies.map((kind) => [kind, names(kind)] as const).filter(([, all]) => all.length > 0);
  return {
    language: of("languages")[0]?.key.replace(/^languages\//, "") ?? site.language,
    authors: names("authors"),
    tags: names("tags"),
    categories: [
      ...categories.filter((name) => !isOuter(name)),
      ...named.flatMap((wanted) => wanted("categories").map((name) => [name])),
    ],
    ...present({ section, terms: terms.length > 0 ? Object.fromEntries(terms) : undefined }),
  };
}

/** A channel that the list does not have is named after its folder. */
function unlisted(key: string): Pick<ListedChannel, "key" | "kind" | "name"> {
  const [kind = "", ...name] = key.split("/");
  return { key, kind, name };
}

const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];
