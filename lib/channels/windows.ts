/** Which entries go where: every channel of a site, and the window that each carries now. */

import { present } from "../base/optional.ts";
import type { GonePost, Instant, Kind, ListedRecord, PostRecord } from "../model.ts";
import type { ChannelRule, NamedChannel, Site } from "../site/types.ts";
import { siteWindows } from "./archives.ts";
import { kindChannel, namedChannel } from "./channel.ts";
import { type ChannelPosts, cutWindow, type Dated, newestFirst } from "./cut.ts";
import { isListed } from "./listed.ts";
import { type Membership, membershipOf, memberTest } from "./membership.ts";
import { forgetOthers, memoisedWindow, sortIncrementally, windowCacheOf } from "./memoisation.ts";
import { knownParts } from "./parts.ts";
import { carriedPosts } from "./podcast.ts";
import { type Departed, departedPosts } from "./tombstones.ts";
import { translatedOnce } from "./translations.ts";
import type { Bound, Channel, Window } from "./types.ts";

export interface WindowInput {
  readonly records: readonly PostRecord[];
  readonly gone: readonly GonePost[];
  readonly site: Site;
  readonly now: Instant;
  /** The channels that were published before, by key: where the parts of archives end. */
  readonly published?: { readonly [key: string]: { readonly until?: Bound } };
}

/**
 * The site's window and its archives, the oldest first; those that the owner names; and those of each kind, by path.
 */
export function selectWindows({ records, gone, site, now, published = {} }: WindowInput): readonly Window[] {
  const cache = windowCacheOf(site);
  cache.sorted = sortIncrementally(cache.sorted, records.filter(isListed), newestFirst);
  const all: ChannelPosts = {
    posts: cache.sorted,
    departed: [...departedPosts({ records, gone }, site.tombstones, now)].sort(newestFirst),
  };
  const windows = [
    ...siteWindows(translatedOnce(all, site.language), site, now, knownParts(published)),
    ...site.channels.map((named) => namedWindow(named, all, site, now)),
    ...kindWindows(all, site, now),
  ];
  forgetOthers(cache, windows);
  return windows;
}

function namedWindow(named: NamedChannel, { posts, departed }: ChannelPosts, site: Site, now: Instant): Window {
  const isMember = memberTest(named);
  const membersOf = <Post extends Dated>(all: readonly Post[]) => all.filter(({ facts }) => isMember(facts));
  const entries = { posts: membersOf(posts), departed: membersOf(departed) };
  return memoisedWindow(windowCacheOf(site), `channels/${named.path}`, entries, [], () => {
    const channel = namedChannel(named, [...entries.posts, ...entries.departed], site);
    return windowOf(channel, translatedOnce(entries, channel.language), named, { site, now });
  });
}

function windowOf(
  channel: Channel,
  all: ChannelPosts,
  rule: ChannelRule,
  { site, now }: Pick<WindowInput, "site" | "now">,
): Window {
  const { records, missing } = carriedPosts(channel.key, all.posts, rule, site);
  return { ...cutWindow(channel, all, records, { site, now }), ...present({ missing }) };
}

// ── Tags, categories, authors, languages, sections ─────────────────────────────────────────────────────────────────

interface PostsOfKind {
  readonly kind: Kind;
  readonly posts: ListedRecord[];
  readonly departed: Departed[];
}

function kindWindows({ posts, departed }: ChannelPosts, site: Site, now: Instant): readonly Window[] {
  const groups = new Map<string, PostsOfKind>();
  const membership = membershipOf(site);
  const groupOf = ({ key, kind }: Membership): PostsOfKind => {
    const group = groups.get(key) ?? { kind, posts: [], departed: [] };
    groups.set(key, group);
    return group;
  };
  for (const post of posts) for (const each of membership(post.facts)) groupOf(each).posts.push(post);
  for (const post of departed) for (const each of membership(post.facts)) groupOf(each).departed.push(post);

  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, { kind, ...entries }]) => {
      const rule = site.kinds[kind];
      if (!rule) return [];
      return memoisedWindow(windowCacheOf(site), key, entries, [], () => {
        const { posts, departed } = entries;
        const spellings = [...posts, ...departed].flatMap(({ facts }) => {
          return membership(facts).flatMap((each) => (each.key === key ? [each.name] : []));
        });
        const channel = kindChannel(key, kind, commonest(spellings), rule, posts.length > 0 ? posts : departed, site);
        return windowOf(channel, translatedOnce(entries, site.language), rule, { site, now });
      });
    });
}

/** The spelling that most posts use; of several with as many uses the first in code unit order. */
function commonest(names: readonly (readonly string[])[]): readonly string[] {
  const spellings = new Map<string, { readonly name: readonly string[]; uses: number }>();
  for (const name of names) {
    const spelling = name.length === 1 ? (name[0] ?? "") : JSON.stringify(name);
    const counted = spellings.get(spelling);
    if (counted) counted.uses += 1;
    else spellings.set(spelling, { name, uses: 1 });
  }
  const [first] = [...spellings].sort(
    ([a, { uses: usesA }], [b, { uses: usesB }]) => usesB - usesA || (a < b ? -1 : 1),
  );
  return first?.[1].name ?? [];
}
