/** The site's window and its archives (RFC 5005 §4): together they carry every entry, without a gap. */
import { present } from "../base/optional.ts";
import { placeOf } from "../base/search.ts";
import type { Instant, ListedRecord } from "../model.ts";
import type { Site } from "../site/types.ts";
import { archiveChannel, siteChannel } from "./channel.ts";
import { type ChannelPosts, cutWindow, type Dated } from "./cut.ts";
import { countFitting, postsWithin } from "./limits.ts";
import { type CutPeriod, memoisedWindow, partsBefore, windowCacheOf } from "./memoisation.ts";
import { cutParts, type KnownParts, type Part } from "./parts.ts";
import { type Calendar, type CalendarPeriod, calendarOf } from "./periods.ts";
import { carriedPosts } from "./podcast.ts";
import type { Departed } from "./tombstones.ts";
import type { Window } from "./types.ts";

interface PostsOfPeriod {
  readonly period: CalendarPeriod;
  readonly posts: readonly ListedRecord[];
  readonly departed: Departed[];
}

/**
 * The site's window first, then the archives, the oldest first. A post that the site's window does not carry is in an
 * archive, even while its period lasts. A podcast that carries all of its posts needs none.
 */
export function siteWindows(all: ChannelPosts, site: Site, now: Instant, known: KnownParts): readonly Window[] {
  const channel = siteChannel(site);
  const { records, missing } = carriedPosts(channel.key, all.posts, site, site);
  const isWhole = site.podcast?.channel === channel.key && records.length === all.posts.length;
  const { parts, open } =
    site.archives && !isWhole ? partsOf(all, site, calendarOf(site.archives, site.timezone), { now, known }) : NO_PARTS;
  // No archive has the tombstones of what is still open, so the site's window must have all of them.
  const isRequired = (post: Departed) => open.has(post);
  const current = { ...cutWindow(channel, all, records, { site, now }, isRequired), ...present({ missing }) };

  const cache = windowCacheOf(site);
  const archives = parts.map((part) => ({ ...part, channel: archiveChannel(part.period, part.number, site) }));
  return [
    { ...current, history: present({ previous: archives.at(-1)?.channel }) },
    ...archives.map(({ channel, posts, departed, until }, i) => {
      const previous = archives[i - 1]?.channel;
      const next = archives[i + 1]?.channel;
      const beside = [previous?.key, next?.key, until?.published, until?.id];
      return memoisedWindow(cache, channel.key, { posts, departed }, beside, () => ({
        ...cutWindow(channel, { posts, departed }, posts, { site, now }),
        history: present({ previous, next }),
        ...present({ until }),
      }));
    }),
  ];
}

type PartOfPeriod = Part & { readonly period: CalendarPeriod };

const NO_PARTS = { parts: [] as readonly PartOfPeriod[], open: new Set<Departed>() } as const;

/** The parts of all periods, the oldest first, and the tombstones of posts that belong in none of them yet. */
function partsOf(
  all: ChannelPosts,
  site: Site,
  periodOf: Calendar,
  { now, known }: { readonly now: Instant; readonly known: KnownParts },
) {
  const cache = windowCacheOf(site);
  const carried = new Set(postsWithin(all.posts, site.limit, site.dialect));
  const open = new Set<Departed>();
  const over = new Map<string, CutPeriod>();
  const parts = postsByPeriod(all, periodOf).flatMap(({ period, ...from }) => {
    const { name } = period;
    const knownOfPeriod = known.get(name) ?? [];
    const isOver = period.end <= now;
    const cut = (isOver && partsBefore(cache, name, from, knownOfPeriod)) || {
      from,
      known: knownOfPeriod,
      ...cutParts({
        ...from,
        known: knownOfPeriod,
        isOver,
        isCarried: (post) => carried.has(post),
        countFitting: (some, most) => countFitting(some, site.limit, site, most),
      }),
    };
    if (isOver) over.set(name, cut);
    for (const post of cut.open.departed) open.add(post);
    return cut.parts
      .filter((part) => part.posts.length + part.departed.length > 0)
      .map((part): PartOfPeriod => ({ ...part, period }));
  });
  cache.periods = over;
  return { parts, open };
}

/** Posts newest first, so those of a period follow each other. */
function postsByPeriod({ posts, departed }: ChannelPosts, periodOf: Calendar): readonly PostsOfPeriod[] {
  const byName = new Map<string, PostsOfPeriod>();
  for (let start = 0; start < posts.length; ) {
    const period = periodOf(posts[start]?.facts.published ?? "");
    const end = placeOf(posts, ({ facts }) => facts.published < period.start, start + 1);
    byName.set(period.name, { period, posts: posts.slice(start, end), departed: [] });
    start = end;
  }
  for (const post of departed) {
    const period = periodOf(post.facts.published);
    const place = byName.get(period.name) ?? { period, posts: [], departed: [] };
    place.departed.push(post);
    byName.set(period.name, place);
  }
  return [...byName.values()].sort((a, b) => (a.period.start < b.period.start ? -1 : 1));
}

/** When the current period ends and the rest of it becomes an archive, if the site's window has a post or a tombstone of it. */
export function archiveDue(
  { records: [newest] }: Window,
  departed: readonly Departed[],
  site: Site,
  now: Instant,
): Instant | undefined {
  if (!site.archives) return undefined;
  const { start, end } = calendarOf(site.archives, site.timezone)(now);
  const isCurrent = ({ facts }: Dated) => facts.published >= start;
  return (newest && isCurrent(newest)) || departed.some(isCurrent) ? end : undefined;
}
