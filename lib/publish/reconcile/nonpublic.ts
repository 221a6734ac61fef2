/** Records of posts that are not public now: what each keeps of the post that readers know. */
import { present } from "../../base/optional.ts";
import { heldBackBecause, IDS_KEY } from "../../base/problems.ts";
import { seenOf } from "../../base/traits.ts";
import { isListed } from "../../channels/listed.ts";
import type { Unread } from "../../content/unread.ts";
import type { Etag, Instant, PostRecord, Problem, Traits } from "../../model.ts";
import { UNKNOWN } from "../../state/unknown.ts";
import type { Candidate } from "./candidate.ts";
import type { KnownPost } from "./recognise.ts";

/** A file that has errors, or that its author keeps back before it is complete. */
export interface UnreadFile extends Unread {
  readonly etag: Etag;
  readonly page?: string;
  readonly deps?: readonly string[];
  readonly depsDigest?: string;
}

/** The record of a key whose file is no post, which keeps the published post that it is. */
export function unreadRecord(
  key: string,
  file: UnreadFile,
  former: PostRecord | KnownPost | undefined,
  now: Instant,
): PostRecord {
  const { etag, heldBack, problems, seen, page } = file;
  if (!heldBack) return brokenRecord(key, file, former, now);
  const hidden = { key, state: "hidden", reason: heldBack, etag, problems, ...present({ page }) } as const;
  return { ...hidden, ...madeFrom(file), ...withdrawn(former, seen, now) };
}

/** A file with errors keeps its last good entry, until that expires, or unless the file dates it later than now. */
function brokenRecord(
  key: string,
  { etag, problems, published, expires, seen, page, ...made }: UnreadFile,
  former: PostRecord | KnownPost | undefined,
  now: Instant,
): PostRecord {
  const { lastGood, ...kept } = keptOf(former, seen);
  const common: PostRecord = { key, state: "broken", etag, problems, ...madeFrom(made), ...present({ page }), ...kept };
  const until = expires ?? former?.expires; // broken or not
  const isWithdrawn = (until !== undefined && until <= now) || (published !== undefined && published > now);
  if (isWithdrawn) {
    const why = published !== undefined && published > now ? `the date ${published}` : `the expiry ${until}`;
    const isTold = former !== undefined && (expires !== undefined || published !== undefined);
    return { ...common, ...(isTold && { problems: heldBackBecause(why, problems) }), ...withdrawn(former, seen, now) };
  }
  if (!lastGood) return { ...common, ...present({ left: former?.left }) };
  return { ...common, lastGood, ...present({ due: until, expires: until }) };
}

/** The record of a post that is not to be public now. It keeps its identity, for when it is. */
export function waitingRecord(candidate: Candidate, now: Instant): PostRecord {
  const { post, etag, problems, known } = candidate;
  const { key, hidden, published } = post;
  const common = { key, etag, problems, ...madeFrom(candidate), ...withdrawn(known, post, now) };
  if (hidden) return { ...common, state: "hidden", reason: hidden };
  if (published > now) return { ...common, state: "future", due: published };
  return { ...common, state: "expired" };
}

/**
 * The record of a post that may be named where `ids.jsonl` cannot be read: with a new id readers could get it as new. It is read
 * again by full runs, and as soon as that file changes.
 */
export function unnamedRecord({ post: { key }, etag, problems, deps = [] }: Candidate, unread: Problem): PostRecord {
  const made = { deps: [...deps, IDS_KEY], depsDigest: UNKNOWN };
  return { key, state: "broken", etag, problems: [...problems, unread], ...made };
}

type Made = Pick<UnreadFile, "deps" | "depsDigest">;

export const madeFrom = ({ deps = [], depsDigest }: Made): Pick<PostRecord, "deps" | "depsDigest"> => ({
  deps,
  ...present({ depsDigest }),
});

/** What a record keeps of the published post that it is, and of what is `found` in its file. */
export function keptOf(
  former: PostRecord | KnownPost | undefined,
  found: Traits | undefined,
): Pick<PostRecord, "facts" | "seen" | "rendered" | "lastGood"> {
  if (!former?.facts) return {};
  const { facts, rendered } = former;
  const lastGood = hasLastGood(former) || undefined;
  return { facts, ...present({ seen: seenOf(found, former), rendered, lastGood }) };
}

/** The same of a post that its author or the clock keeps back now, with the moment since when readers miss it. */
function withdrawn(
  former: PostRecord | KnownPost | undefined,
  found: Traits | undefined,
  now: Instant,
): Pick<PostRecord, "facts" | "seen" | "rendered" | "left"> {
  const { lastGood: _, ...kept } = keptOf(former, found);
  const left = former?.left ?? (former && isListed(former) ? now : undefined);
  return { ...kept, ...present({ left }) };
}

const hasLastGood = (former: PostRecord | KnownPost | undefined): boolean =>
  (former?.rendered !== undefined && (former.state === "public" || former.lastGood === true)) ||
  // It is still to be made from one that was rendered.
  (former?.lastGood === true && former.facts?.links?.former !== undefined);
