/** What belongs in a channel, in its order, and the window that is cut from it. */
import type {
  Channel,
  GonePost,
  Instant,
  ListedRecord,
  LiveStatus,
  PostRecord,
  Site,
  Tombstone,
  Window,
} from "../model.ts";
import { idIn } from "./identity.ts";
import type { Departed } from "./listed.ts";
import { liveStatus } from "./live.ts";

/** What windows are cut from. */
export interface WindowInput {
  readonly records: readonly PostRecord[];
  readonly gone: readonly GonePost[];
  readonly site: Site;
  readonly now: Instant;
}

/** Posts, and those that are gone and stand where they stood; each newest first. */
export interface Entries {
  readonly posts: readonly ListedRecord[];
  readonly departed: readonly Departed[];
}

export type Dated = Pick<Departed, "facts">;

/** Posts of one moment by id, which a rename does not change. */
export function newestFirst({ facts: a }: Dated, { facts: b }: Dated): number {
  if (a.published !== b.published) return a.published < b.published ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

/** Of the posts as many as `count`, and of those that are gone the ones that would be among them, or must be. */
export function windowBy(
  channel: Channel,
  { posts, departed }: Entries,
  count: number,
  now: Instant,
  mustTell: (post: Dated) => boolean = () => false,
): Window {
  const records = count === posts.length ? posts : posts.slice(0, count);
  const last = count < posts.length ? records.at(-1) : undefined;
  const deleted: readonly Tombstone[] = departed
    .filter((post) => !last || newestFirst(post, last) < 0 || mustTell(post))
    .map(({ facts, when }) => ({ id: idIn("atom", facts), when }));
  // An archive stands still, whatever becomes of a stream in it (RFC 5005 §4).
  const live = channel.kind === "archive" ? {} : statusesOf(records, now);
  return { channel, records, deleted, total: posts.length, live };
}

function statusesOf(records: readonly ListedRecord[], now: Instant): { readonly [id: string]: LiveStatus } {
  return Object.fromEntries(
    records.flatMap(({ facts: { id, live } }) => (live ? [[id, liveStatus(live, now)] as const] : [])),
  );
}
