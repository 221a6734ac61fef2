/** Cuts a channel's window out of the posts that belong in the channel: how many it carries, in which order. */

import type { Instant, ListedRecord, LiveStatus, Tombstone } from "../model.ts";
import type { Site } from "../site/types.ts";
import { idIn } from "./identity.ts";
import { liveStatus } from "./live.ts";
import { asGenerated } from "./order.ts";
import type { Departed } from "./tombstones.ts";
import type { Bound, Channel, Window } from "./types.ts";

/** All posts of a channel, and those that left it lately; each newest first. */
export interface ChannelPosts {
  readonly posts: readonly ListedRecord[];
  readonly departed: readonly Departed[];
}

/** What has a place in the order of a channel. */
export type Dated = Pick<Departed, "facts">;

export const newestFirst = ({ facts: a }: Dated, { facts: b }: Dated): number => compareOrder(a, b);

/** Newest first: by date of publication; those of the same second by id, since a rename does not change it. */
export function compareOrder(a: Bound, b: Bound): number {
  if (a.published !== b.published) return a.published < b.published ? 1 : -1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

/**
 * The window that carries `records`, which are some of the posts. Tombstones are those of posts that could stand among
 * them, had they stayed, and those that `isRequired` selects.
 */
export function cutWindow(
  channel: Channel,
  { posts, departed }: ChannelPosts,
  records: readonly ListedRecord[],
  { site, now }: { readonly site: Site; readonly now: Instant },
  isRequired: (post: Departed) => boolean = () => false,
): Window {
  const oldest = records.length < posts.length ? records.at(-1) : undefined;
  const deleted: readonly Tombstone[] = departed
    .filter((post) => !oldest || post.facts.published >= oldest.facts.published || isRequired(post))
    .map(({ facts, when }) => ({ id: idIn("atom", facts), when }));
  // An archive document does not change (RFC 5005 §4), so the status of a stream is left out of it.
  const live = channel.kind === "archive" ? {} : statusesOf(records, now);
  return { channel, records: asGenerated(records, site.dialect), deleted, total: posts.length, live };
}

function statusesOf(records: readonly ListedRecord[], now: Instant): { readonly [id: string]: LiveStatus } {
  return Object.fromEntries(
    records.flatMap(({ facts: { id, live } }) => (live ? [[id, liveStatus(live, now)] as const] : [])),
  );
}
