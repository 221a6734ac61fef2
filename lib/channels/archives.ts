/** The site's window and its archives (RFC 5005 §4): together they carry everything, without a gap. */
import type { Instant, ListedRecord, Site, Window } from "../model.ts";
import { cutAgain, formerOf } from "./again.ts";
import { type Dated, type Entries, windowBy } from "./entries.ts";
import { countWithin } from "./limits.ts";
import type { Departed } from "./listed.ts";
import { archiveChannel, siteChannel } from "./naming.ts";
import { type CalendarPeriod, calendarOf } from "./periods.ts";

interface Archive {
  readonly period: CalendarPeriod;
  readonly posts: ListedRecord[];
  readonly departed: Departed[];
}

/** What the site's documents carry besides their limit is all that no archive has yet. */
export function siteWindows(all: Entries, site: Site, now: Instant): readonly Window[] {
  const channel = siteChannel(site);
  const limited = countWithin(all.posts, site.limit);
  if (!site.archives) return [windowBy(channel, all, limited, now)];

  const periodOf = calendarOf(site.archives, site.timezone);
  const open = periodOf(now).start;
  const isOpen = ({ facts }: Dated) => facts.published >= open;
  const archived = all.posts.findIndex((post) => !isOpen(post));
  const unarchived = archived < 0 ? all.posts.length : archived;
  // Of those that are gone too, however few are left of their time.
  const current = windowBy(channel, all, Math.max(limited, unarchived), now, isOpen);

  const closed = new Map<string, Archive>();
  const archiveOf = ({ facts }: Dated): Archive => {
    const period = periodOf(facts.published);
    const archive = closed.get(period.name) ?? { period, posts: [], departed: [] };
    closed.set(period.name, archive);
    return archive;
  };
  for (const post of all.posts) if (!isOpen(post)) archiveOf(post).posts.push(post);
  for (const post of all.departed) if (!isOpen(post)) archiveOf(post).departed.push(post);
  const former = formerOf(site);
  const archives = [...closed.values()]
    .sort((a, b) => (a.period.start < b.period.start ? -1 : 1))
    .map((archive) => ({ ...archive, channel: archiveChannel(archive.period, site) }));

  const newest = archives.at(-1);
  return [
    { ...current, history: { ...(newest && { previous: newest.channel }) } },
    ...archives.map(({ channel, ...archive }, i) => {
      const [previous, next] = [archives[i - 1]?.channel, archives[i + 1]?.channel];
      const history = { ...(previous && { previous }), ...(next && { next }) };
      return cutAgain(former, channel.key, archive, [previous?.key, next?.key], () => {
        return { ...windowBy(channel, archive, archive.posts.length, now), history };
      });
    }),
  ];
}

/** When an archive is made by itself: the site's window, or a post that is gone, is of the period that is not over. */
export function archiveDue(
  { records: [newest] }: Window,
  departed: readonly Departed[],
  site: Site,
  now: Instant,
): Instant | undefined {
  if (!site.archives) return undefined;
  const { start, end } = calendarOf(site.archives, site.timezone)(now);
  const isOpen = ({ facts }: Dated) => facts.published >= start;
  return (newest && isOpen(newest)) || departed.some(isOpen) ? end : undefined;
}
