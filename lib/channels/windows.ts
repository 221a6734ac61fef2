/** Which entries go where: every channel of a site, and the window that each carries now. */

import type { Channel, ChannelRule, Instant, ListedRecord, NamedChannel, Site, Window } from "../model.ts";
import { siteWindows } from "./archives.ts";
import { type Dated, type Entries, newestFirst, type WindowInput, windowBy } from "./entries.ts";
import { countWithin } from "./limits.ts";
import { type Departed, departedPosts, isListed } from "./listed.ts";
import { type Membership, membershipOf, memberTest } from "./membership.ts";
import { kindChannel, namedChannel } from "./naming.ts";
import { translatedOnce } from "./translations.ts";

/** The site's window, those that the owner names, those of each kind by path, and the archives, the oldest first. */
export function selectWindows({ records, gone, site, now }: WindowInput): readonly Window[] {
  const all: Entries = {
    posts: records.filter(isListed).sort(newestFirst),
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
  const channel = namedChannel(named, [...entries.posts, ...entries.departed], site);
  return windowOf(channel, translatedOnce(entries, channel.language), named, now);
}

function windowOf(channel: Channel, all: Entries, { limit }: Pick<ChannelRule, "limit">, now: Instant): Window {
  return windowBy(channel, all, countWithin(all.posts, limit), now);
}

// ── Tags, categories, authors, languages, sections ─────────────────────────────────────────────────────────────────

interface Gathered {
  readonly kind: Membership["kind"];
  /** How it is spelled, and how often. */
  readonly spellings: Map<string, { readonly name: readonly string[]; uses: number }>;
  readonly posts: ListedRecord[];
  readonly departed: Departed[];
}

function kindWindows({ posts, departed }: Entries, site: Site, now: Instant): readonly Window[] {
  const gathered = new Map<string, Gathered>();
  const membership = membershipOf(site);
  const gather = (post: Dated, add: (into: Gathered) => void) => {
    for (const { key, kind, name } of membership(post.facts)) {
      const into = gathered.get(key) ?? { kind, spellings: new Map(), posts: [], departed: [] };
      gathered.set(key, into);
      const spelling = name.length === 1 ? (name[0] ?? "") : JSON.stringify(name);
      const known = into.spellings.get(spelling);
      if (known) known.uses += 1;
      else into.spellings.set(spelling, { name, uses: 1 });
      add(into);
    }
  };
  for (const post of posts) gather(post, (into) => into.posts.push(post));
  for (const post of departed) gather(post, (into) => into.departed.push(post));

  return [...gathered]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, { kind, spellings, posts, departed }]) => {
      const rule = site.kinds[kind];
      if (!rule) return [];
      const channel = kindChannel(key, kind, commonest(spellings), rule, posts.length > 0 ? posts : departed, site);
      return [windowOf(channel, translatedOnce({ posts, departed }, site.language), rule, now)];
    });
}

/** Of a name that is spelled in several ways, the way most posts do; the first in code order among equals. */
function commonest(spellings: Gathered["spellings"]): readonly string[] {
  const [first] = [...spellings].sort(
    ([a, { uses: usesA }], [b, { uses: usesB }]) => usesB - usesA || (a < b ? -1 : 1),
  );
  return first?.[1].name ?? [];
}
