/** Which entries go where: every channel of a site, and the window that each carries now. */

import type { Channel, ChannelRule, Instant, Kind, ListedRecord, NamedChannel, Site, Window } from "../model.ts";
import { cutAgain, formerOf, sortAgain } from "./again.ts";
import { siteWindows } from "./archives.ts";
import { type Dated, type Entries, newestFirst, type WindowInput, windowBy } from "./entries.ts";
import { countWithin } from "./limits.ts";
import { type Departed, departedPosts, isListed } from "./listed.ts";
import { membershipOf, memberTest } from "./membership.ts";
import { kindChannel, namedChannel } from "./naming.ts";
import { translatedOnce } from "./translations.ts";

/** The site's window, those that the owner names, those of each kind by path, and the archives, the oldest first. */
export function selectWindows({ records, gone, site, now }: WindowInput): readonly Window[] {
  const former = formerOf(site);
  former.sorted = sortAgain(former.sorted, records.filter(isListed), newestFirst);
  const all: Entries = {
    posts: former.sorted,
    departed: [...departedPosts({ records, gone }, site.tombstones, now)].sort(newestFirst),
  };
  return [
    ...siteWindows(translatedOnce(all, site.language), site, now),
    ...site.channels.map((named) => namedWindow(named, all, site, now)),
    ...kindWindows(all, site, now),
  ];
}

function namedWindow(named: NamedChannel, { posts, departed }: Entries, site: Site, now: Instant): Window {
  const isMember = memberTest(named);
  const mine = <P extends Dated>(all: readonly P[]) => all.filter(({ facts }) => isMember(facts));
  const entries = { posts: mine(posts), departed: mine(departed) };
  return cutAgain(formerOf(site), `channels/${named.path}`, entries, [], () => {
    const channel = namedChannel(named, [...entries.posts, ...entries.departed], site);
    return windowOf(channel, translatedOnce(entries, channel.language), named, now);
  });
}

function windowOf(channel: Channel, all: Entries, { limit }: Pick<ChannelRule, "limit">, now: Instant): Window {
  return windowBy(channel, all, countWithin(all.posts, limit), now);
}

// ── Tags, categories, authors, languages, sections ─────────────────────────────────────────────────────────────────

interface Gathered {
  readonly kind: Kind;
  readonly posts: ListedRecord[];
  readonly departed: Departed[];
}

function kindWindows({ posts, departed }: Entries, site: Site, now: Instant): readonly Window[] {
  const gathered = new Map<string, Gathered>();
  const membership = membershipOf(site);
  const into = (key: string, kind: Kind): Gathered => {
    const known = gathered.get(key) ?? { kind, posts: [], departed: [] };
    gathered.set(key, known);
    return known;
  };
  for (const post of posts) for (const { key, kind } of membership(post.facts)) into(key, kind).posts.push(post);
  for (const post of departed) for (const { key, kind } of membership(post.facts)) into(key, kind).departed.push(post);

  return [...gathered]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, { kind, ...entries }]) => {
      const rule = site.kinds[kind];
      if (!rule) return [];
      return cutAgain(formerOf(site), key, entries, [], () => {
        const { posts, departed } = entries;
        const spellings = [...posts, ...departed].flatMap(({ facts }) => {
          return membership(facts).flatMap((each) => (each.key === key ? [each.name] : []));
        });
        const channel = kindChannel(key, kind, commonest(spellings), rule, posts.length > 0 ? posts : departed, site);
        return windowOf(channel, translatedOnce(entries, site.language), rule, now);
      });
    });
}

/** Of a name that is spelled in several ways, the way most posts do; the first in code order among equals. */
function commonest(names: readonly (readonly string[])[]): readonly string[] {
  const spellings = new Map<string, { readonly name: readonly string[]; uses: number }>();
  for (const name of names) {
    const spelling = name.length === 1 ? (name[0] ?? "") : JSON.stringify(name);
    const known = spellings.get(spelling);
    if (known) known.uses += 1;
    else spellings.set(spelling, { name, uses: 1 });
  }
  const [first] = [...spellings].sort(
    ([a, { uses: usesA }], [b, { uses: usesB }]) => usesB - usesA || (a < b ? -1 : 1),
  );
  return first?.[1].name ?? [];
}
