/** Which entries go where: every channel of a site, and the window that each carries now. */

import { present } from "../base/optional.ts";
import type { GonePost, Instant, Kind, ListedRecord, PostRecord } from "../model.ts";
import type { ChannelRule, NamedChannel, Site } from "../site/types.ts";
import { siteWindows } from "./archives.ts";
import { type Arranged, arrange, isTranslated } from "./arranged.ts";
import { commonLanguage, kindChannel, namedChannel } from "./channel.ts";
import { type ChannelPosts, cutWindow, newestFirst } from "./cut.ts";
import { membershipOf, memberTest } from "./membership.ts";
import { forgetOthers, memoisedWindow, windowCacheOf } from "./memoisation.ts";
import { knownParts } from "./parts.ts";
import { carriedPosts } from "./podcast.ts";
import { commonest, countSpelling } from "./spellings.ts";
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
  const arranged = arrange(records, site, cache.arranged);
  cache.arranged = arranged;
  const departed = [...departedPosts({ records, gone }, site.tombstones, now)].sort(newestFirst);
  const isMultilingual = arranged.translated > 0 || departed.some(isTranslated);
  const once: Once = (all, language) => (isMultilingual ? translatedOnce(all, language) : all);
  const input = { site, now, once };
  const windows = [
    ...siteWindows(once({ posts: arranged.posts, departed }, site.language), site, now, knownParts(published)),
    ...site.channels.map((named) => namedWindow(named, arranged.named.get(named.path) ?? [], departed, input)),
    ...kindWindows(arranged.groups, departed, input),
  ];
  forgetOthers(cache, windows);
  return windows;
}

/** Leaves one translation of each post, for a channel of the language. */
type Once = (all: ChannelPosts, language: string) => ChannelPosts;

interface CutInput extends Pick<WindowInput, "site" | "now"> {
  readonly once: Once;
}

function namedWindow(
  named: NamedChannel,
  posts: readonly ListedRecord[],
  allDeparted: readonly Departed[],
  { site, now, once }: CutInput,
): Window {
  const isMember = memberTest(named);
  const entries = { posts, departed: allDeparted.filter(({ facts }) => isMember(facts)) };
  return memoisedWindow(windowCacheOf(site), `channels/${named.path}`, entries, [], () => {
    const channel = namedChannel(named, [...posts, ...entries.departed], site);
    return windowOf(channel, once(entries, channel.language), named, { site, now });
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

interface DepartedOfKind {
  readonly kind: Kind;
  readonly departed: Departed[];
  readonly names: (readonly string[])[];
}

function kindWindows(
  groups: Arranged["groups"],
  departed: readonly Departed[],
  { site, now, once }: CutInput,
): readonly Window[] {
  const away = new Map<string, DepartedOfKind>();
  const membership = membershipOf(site);
  for (const post of departed) {
    for (const { key, kind, name } of membership(post.facts)) {
      const left = away.get(key) ?? { kind, departed: [], names: [] };
      left.departed.push(post);
      left.names.push(name);
      away.set(key, left);
    }
  }
  return [...new Set([...groups.keys(), ...away.keys()])].sort().flatMap((key) => {
    const [group, left] = [groups.get(key), away.get(key)];
    const kind = (group ?? left)?.kind;
    const rule = kind && site.kinds[kind];
    if (!rule) return [];
    const entries = { posts: group?.posts ?? [], departed: left?.departed ?? [] };
    return memoisedWindow(windowCacheOf(site), key, entries, [], () => {
      const { departed } = entries;
      const spellings = new Map(group?.spellings);
      for (const name of left?.names ?? []) countSpelling(spellings, name);
      const [language, ...others] = group ? group.languages.keys() : [commonLanguage(departed)];
      const common = others.length === 0 ? language : undefined;
      const channel = kindChannel(key, kind, commonest(spellings), rule, common, site);
      return windowOf(channel, once(entries, site.language), rule, { site, now });
    });
  });
}
