/** The site's window and its archives (RFC 5005 §4): together they carry every entry, without a gap. */
import { present } from "../base/optional.ts";
import type { Instant, ListedRecord } from "../model.ts";
import type { Site } from "../site/types.ts";
import { archiveChannel, siteChannel } from "./channel.ts";
import { type ChannelPosts, cutWindow, type Dated } from "./cut.ts";
import { countWithin } from "./limits.ts";
import { memoisedWindow, windowCacheOf } from "./memoisation.ts";
import { type CalendarPeriod, calendarOf } from "./periods.ts";
import type { Departed } from "./tombstones.ts";
import type { Window } from "./types.ts";

interface Archive {
  readonly period: CalendarPeriod;
  readonly posts: ListedRecord[];
  readonly departed: Departed[];
}

/**
 * The site's window first, then the archives, the oldest first. Beyond its limit, the site's window carries every post
 * that is in no archive yet.
 */
export function siteWindows(all: ChannelPosts, site: Site, now: Instant): readonly Window[] {
  const channel = siteChannel(site);
  const limited = countWithin(all.posts, site.limit);
  if (!site.archives) return [cutWindow(channel, all, limited, now)];

  const periodOf = calendarOf(site.archives, site.timezone);
  const currentStart = periodOf(now).start;
  const isCurrent = ({ facts }: Dated) => facts.published >= currentStart;
  const firstArchived = all.posts.findIndex((post) => !isCurrent(post));
  const unarchived = firstArchived < 0 ? all.posts.length : firstArchived;
  // No archive holds the tombstones of the current period yet, so the site's window must hold all of them.
  const current = cutWindow(channel, all, Math.max(limited, unarchived), now, isCurrent);

  const byPeriod = new Map<string, Archive>();
  const archiveOf = ({ facts }: Dated): Archive => {
    const period = periodOf(facts.published);
    const archive = byPeriod.get(period.name) ?? { period, posts: [], departed: [] };
    byPeriod.set(period.name, archive);
    return archive;
  };
  for (const post of all.posts) if (!isCurrent(post)) archiveOf(post).posts.push(post);
  for (const post of all.departed) if (!isCurrent(post)) archiveOf(post).departed.push(post);
  const cache = windowCacheOf(site);
  const archives = [...byPeriod.values()]
    .sort((a, b) => (a.period.start < b.period.start ? -1 : 1))
    .map((archive) => ({ ...archive, channel: archiveChannel(archive.period, site) }));

  return [
    { ...current, history: present({ previous: archives.at(-1)?.channel }) },
    ...archives.map(({ channel, ...archive }, i) => {
      const previous = archives[i - 1]?.channel;
      const next = archives[i + 1]?.channel;
      return memoisedWindow(cache, channel.key, archive, [previous?.key, next?.key], () => ({
        ...cutWindow(channel, archive, archive.posts.length, now),
        history: present({ previous, next }),
      }));
    }),
  ];
}

/** When the current period ends and becomes an archive, if the site's window has a post or a tombstone of it. */
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
