/** The posts that a channel carries; of the podcast all of its episodes. */
import { present } from "../base/optional.ts";
import type { ListedRecord } from "../model.ts";
import type { ChannelRule, Site } from "../site/types.ts";
import { entryRoom, postsWithin } from "./limits.ts";
import type { Window } from "./types.ts";

export interface Carried {
  /** Newest first. */
  readonly records: readonly ListedRecord[];
  /** Of the podcast: how many of its episodes are left out. */
  readonly missing?: number;
}

/**
 * Podcast apps follow no archives, and directories take from their catalogues what a feed no longer has (RFC 5005 is
 * unknown to both). So the podcast carries all there is, unless its owner limits it. Where a document has no room for that, it
 * carries what is within the usual limit, and of the older posts only episodes, the newest.
 */
export function carriedPosts(
  key: string,
  posts: readonly ListedRecord[],
  { limit, content }: Pick<ChannelRule, "limit" | "content">,
  site: Site,
): Carried {
  const newest = postsWithin(posts, limit, site.dialect);
  const { podcast } = site;
  if (podcast?.channel !== key) return { records: newest };
  const room = site.guard.bytes ?? Infinity;
  const sizeOf = (record: ListedRecord) => entryRoom(record, content, site);
  if (!podcast.isLimited && posts.reduce((sum, record) => sum + sizeOf(record), 0) <= room) return { records: posts };
  let left = room;
  const isNew = new Set(newest);
  const records = posts.filter((record) => {
    if (isNew.has(record) || (isEpisode(record) && !podcast.isLimited)) left -= sizeOf(record);
    else return false;
    return isNew.has(record) || left >= 0;
  });
  const missing = posts.filter(isEpisode).length - records.filter(isEpisode).length;
  return { records, ...present({ missing: missing || undefined }) };
}

/** What its owner is told of the podcast; nothing of any other channel. */
export function podcastFacts(
  { channel, records, missing }: Window,
  site: Site,
): { episodes?: number; missing?: number; bytes?: number } {
  if (site.podcast?.channel !== channel.key) return {};
  const bytes = records.reduce((sum, record) => sum + entryRoom(record, channel.content, site), 0);
  return { bytes, episodes: records.filter(isEpisode).length, ...present({ missing }) };
}

const isEpisode = ({ facts }: ListedRecord): boolean => facts.playable === true;
