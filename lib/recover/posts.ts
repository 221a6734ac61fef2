/** Feeds that were published → the posts they told of, each once, however many documents and formats carried it. */
import type { Format, FormerIds, Instant } from "../model.ts";
import type { PublishedEntry } from "./feeds.ts";
import type { OwnFeed } from "./ours.ts";

/** A post as readers know it. */
export interface ReadPost {
  readonly entry: PublishedEntry;
  /** Where formats differ. */
  readonly ids?: FormerIds;
  /** Keys of the channels that carried it. */
  readonly channels: ReadonlySet<string>;
}

export interface ReadTombstone {
  readonly id: string;
  readonly when: Instant;
  /** The Atom feeds that told of it, and how many posts each tells of as gone that stand before it. */
  readonly told: readonly { readonly feed: Told; readonly rank: number }[];
}

/** What is kept of an Atom feed that tells of posts that are gone. */
export interface Told {
  readonly channel: string;
  readonly isComplete: boolean;
  readonly deleted: number;
  /** Of its last entry. */
  readonly last?: Instant;
}

export interface PostGatherer {
  see(feed: OwnFeed): void;
  posts(): readonly ReadPost[];
  tombstones(): readonly ReadTombstone[];
}

interface Seen {
  entry: PublishedEntry;
  readonly channels: Set<string>;
}

/** Atom says most: moments to the second and categories as paths. RSS knows no `updated`. */
const BEST_FIRST: readonly Format[] = ["atom", "json", "rss"];

/** The order in which feeds are seen does not matter. */
export function gatherPosts(): PostGatherer {
  const seen: { readonly [format in Format]: Map<string, Seen> } = { atom: new Map(), json: new Map(), rss: new Map() };
  const gone = new Map<string, { when: Instant; told: ReadTombstone["told"][number][] }>();

  return {
    see({ format, channel, read }) {
      for (const entry of read.entries) {
        const known = seen[format].get(entry.id);
        if (!known) seen[format].set(entry.id, { entry, channels: new Set([channel]) });
        else {
          known.channels.add(channel);
          if (isLater(entry, known.entry)) known.entry = entry;
        }
      }
      const last = read.entries.at(-1)?.published;
      const { isComplete, deleted } = read;
      const feed: Told = { channel, isComplete, deleted: deleted.length, ...(last !== undefined && { last }) };
      deleted.forEach(({ id, when }, rank) => {
        const known = gone.get(id) ?? { when, told: [] };
        if (when > known.when) known.when = when;
        known.told.push({ feed, rank });
        gone.set(id, known);
      });
    },

    posts() {
      const posts: { entry: PublishedEntry; ids: { [format in Format]?: PublishedEntry }; channels: Set<string> }[] =
        [];
      for (const format of BEST_FIRST) {
        const byId = new Map(posts.map((post) => [post.entry.id, post]));
        // Under another id in this format, it has the same address and date.
        const places = Map.groupBy(posts, ({ entry }) => placeOf(entry));
        for (const { entry, channels } of inOrder(seen[format])) {
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
      const stays = ({ id }: ReadTombstone) => BEST_FIRST.some((format) => seen[format].has(id));
      return [...gone]
        .map(([id, { when, told }]) => ({ id, when, told }))
        .filter((tombstone) => !stays(tombstone))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    },
  };
}

/** Documents differ while one run is half done: what was said last counts. */
const isLater = (a: PublishedEntry, b: PublishedEntry): boolean =>
  (a.updated ?? "") > (b.updated ?? "") ||
  (a.updated === b.updated && JSON.stringify(a) > JSON.stringify(b) && a.url !== b.url);

const inOrder = (seen: ReadonlyMap<string, Seen>): readonly Seen[] =>
  [...seen.values()].sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));

const placeOf = ({ url, published }: PublishedEntry): string => `${published} ${url}`;

function formerIds({ rss, atom, json }: { readonly [format in Format]?: PublishedEntry }): {
  readonly ids?: FormerIds;
} {
  const all = [rss, atom, json].flatMap((entry) => (entry ? [entry.id] : []));
  if (new Set(all).size < 2 && !rss?.isPermaLink) return {};
  return {
    ids: {
      ...(rss && { rss: rss.id }),
      ...(rss?.isPermaLink && { isPermaLink: true }),
      ...(atom && { atom: atom.id }),
      ...(json && { json: json.id }),
    },
  };
}
