/** The posts that a channel carries; of the podcast all of its episodes. */
import { present } from "../base/optional.ts";
import type { ListedRecord } from "../model.ts";
import type { ChannelRule, Site } from "../site/types.ts";
import { countWithin, entryBytes } from "./limits.ts";
import type { Window } from "./types.ts";

/** Of what the guard allows: notes of episodes grow by their links. */
const ROOM = 0.75;

export interface Carried {
  /** Newest first. */
  readonly records: readonly ListedRecord[];
  /** Of the podcast: how many of its episodes are left out. */
  readonly missing?: number;
}

/**
 * Podcast apps follow no archives, and directories take from their catalogues what a feed no longer has (RFC 5005 is
 * unknown to both). So the podcast carries each episode, beside the newest posts without a recording; the oldest are left
 * out where its owner limits it, or where the document has no room.
 */
export function carriedPosts(
  key: string,
  posts: readonly ListedRecord[],
  { limit, content }: Pick<ChannelRule, "limit" | "content">,
  site: Site,
): Carried {
  const newest = posts.slice(0, countWithin(posts, limit));
  const { podcast } = site;
  if (podcast?.channel !== key) return { records: newest };
  const wanted = podcast.isLimited ? newest : posts.filter((post, i) => i < newest.length || isEpisode(post));
  let left = (site.guard.bytes ?? Infinity) * ROOM;
  const records = wanted.filter((record, i) => {
    left -= entryBytes(record, content, site.sourceMarkdown);
    return i < newest.length || left >= 0;
  });
  const missing = posts.filter(isEpisode).length - records.filter(isEpisode).length;
  return { records, ...present({ missing: missing || undefined }) };
}

/** What its owner is told of the podcast; nothing of any other channel. */
export function podcastFacts({ channel, records, missing }: Window, site: Site): { missing?: number; bytes?: number } {
  if (site.podcast?.channel !== channel.key) return {};
  const bytes = records.reduce((sum, record) => sum + entryBytes(record, channel.content, site.sourceMarkdown), 0);
  return { bytes, ...present({ missing }) };
}

const isEpisode = ({ facts }: ListedRecord): boolean => facts.playable === true;
