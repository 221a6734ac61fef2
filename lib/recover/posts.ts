/** Published feeds → the posts in them, each once, however many documents and formats carried it. */
import { present } from "../base/optional.ts";
import type { Format, FormerIds, Instant } from "../model.ts";
import type { PublishedEntry } from "./feeds.ts";
import type { OwnFeed } from "./ours.ts";

/** A post as the feeds show it. */
export interface ReadPost {
  readonly entry: PublishedEntry;
  /** Present if formats have different ids for the post. */
  readonly ids?: FormerIds;
  /** Keys of the channels that carried it. */
  readonly channels: ReadonlySet<string>;
}

export interface ReadTombstone {
  readonly id: string;
  readonly when: Instant;
  /** The Atom feeds that list it, and its index in each feed's tombstones. */
  readonly listings: readonly TombstoneListing[];
}

export interface TombstoneListing {
  readonly feed: TombstoneFeed;
  readonly rank: number;
}

/** What is kept of an Atom feed that lists tombstones. */
export interface TombstoneFeed {
  readonly channel: string;
  readonly isComplete: boolean;
  /** When its last entry was published. */
  readonly last?: Instant;
}

export interface PostGatherer {
  add(feed: OwnFeed): void;
  posts(): readonly ReadPost[];
  tombstones(): readonly ReadTombstone[];
}

interface GatheredEntry {
  entry: PublishedEntry;
  readonly channels: Set<string>;
}

/** Atom has the most: `updated`, and categories as paths. RSS has no `updated`. */
const BEST_FIRST: readonly Format[] = ["atom", "json", "rss"];

/** The order in which feeds are added does not matter. */
export function gatherPosts(): PostGatherer {
  const gathered: { readonly [format in Format]: Map<string, GatheredEntry> } = {
    atom: new Map(),
    json: new Map(),
    rss: new Map(),
  };
  const gone = new Map<string, { when: Instant; listings: TombstoneListing[] }>();

  return {
    add({ format, channel, read }) {
      for (const entry of read.entries) {
        const known = gathered[format].get(entry.id);
        if (!known) gathered[format].set(entry.id, { entry, channels: new Set([channel]) });
        else {
          known.channels.add(channel);
          if (isLater(entry, known.entry)) known.entry = entry;
        }
      }
      const last = read.entries.at(-1)?.published;
      const { isComplete, deleted } = read;
      const feed: TombstoneFeed = { channel, isComplete, ...present({ last }) };
      deleted.forEach(({ id, when }, rank) => {
        const known = gone.get(id) ?? { when, listings: [] };
        if (when > known.when) known.when = when;
        known.listings.push({ feed, rank });
        gone.set(id, known);
      });
    },

    posts() {
      const posts: { entry: PublishedEntry; ids: { [format in Format]?: PublishedEntry }; channels: Set<string> }[] =
        [];
      for (const format of BEST_FIRST) {
        const byId = new Map(posts.map((post) => [post.entry.id, post]));
        // A post whose id differs in this format has the same address and date.
        const places = Map.groupBy(posts, ({ entry }) => placeOf(entry));
        for (const { entry, channels } of sortedById(gathered[format])) {
          const [alike, ...others] = places.get(placeOf(entry)) ?? [];
          const known = byId.get(entry.id) ?? (others.length === 0 && !alike?.ids[format] ? alike : undefined);
          if (!known) posts.push({ entry, ids: { [format]: entry }, channels: new Set(channels) });
          else {
            known.ids[format] = entry;
            for (const channel of channels) known.channels.add(channel);
          }
        }
      }
      return posts.map(({ entry, ids, channels }) => ({ entry, channels, ...formerIds(ids) }));
    },

    tombstones() {
      const isAlive = (id: string) => BEST_FIRST.some((format) => gathered[format].has(id));
      return [...gone]
        .filter(([id]) => !isAlive(id))
        .map(([id, { when, listings }]) => ({ id, when, listings }))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    },
  };
}

/** Documents differ if a run ended half way: the later entry counts. */
const isLater = (a: PublishedEntry, b: PublishedEntry): boolean =>
  (a.updated ?? "") > (b.updated ?? "") ||
  (a.updated === b.updated && JSON.stringify(a) > JSON.stringify(b) && a.url !== b.url);

const sortedById = (entries: ReadonlyMap<string, GatheredEntry>): readonly GatheredEntry[] =>
  [...entries.values()].sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));

const placeOf = ({ url, published }: PublishedEntry): string => `${published} ${url}`;

function formerIds({ rss, atom, json }: { readonly [format in Format]?: PublishedEntry }): {
  readonly ids?: FormerIds;
} {
  const all = [rss, atom, json].flatMap((entry) => (entry ? [entry.id] : []));
  if (new Set(all).size < 2 && !rss?.isPermaLink) return {};
  return {
    ids: present({
      rss: rss?.id,
      isPermaLink: rss?.isPermaLink || undefined,
      atom: atom?.id,
      json: json?.id,
    }),
  };
}
