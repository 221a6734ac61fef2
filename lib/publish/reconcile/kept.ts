/** Records of posts that are not to be read by anybody now: what each keeps of who it was. */
import { isListed } from "../../channels/listed.ts";
import type { Etag, HeldBack, Instant, PostRecord, Problem } from "../../model.ts";
import type { Candidate } from "./candidate.ts";
import type { KnownPost } from "./recognise.ts";

/** What was found at a key whose file is no post. */
export interface Unread {
  readonly etag: Etag;
  readonly problems: readonly Problem[];
  readonly heldBack?: HeldBack;
}

/** The record of a key whose file is no post, which keeps who was there before. */
export function unreadRecord(key: string, found: Unread, former: PostRecord | undefined, now: Instant): PostRecord {
  const { heldBack } = found;
  return heldBack ? heldBackRecord(key, found, heldBack, former, now) : brokenRecord(key, found, former, now);
}

/** The record of a key whose file cannot be understood: it stays what it was. */
function brokenRecord(
  key: string,
  { etag, problems }: Unread,
  former: PostRecord | undefined,
  now: Instant,
): PostRecord {
  const { lastGood, ...kept } = keptOf(former);
  const common: PostRecord = { key, state: "broken", etag, problems, deps: [], ...kept };
  const hasExpired = former?.due !== undefined && former.due <= now; // broken or not
  if (hasExpired) return { ...common, ...keptAway(former, now) };
  if (!lastGood) return former?.left === undefined ? common : { ...common, left: former.left };
  return { ...common, lastGood, ...(former?.due !== undefined && { due: former.due }) };
}

/** The record of a post that is kept back before it is complete. */
function heldBackRecord(
  key: string,
  { etag, problems }: Unread,
  reason: HeldBack,
  former: PostRecord | undefined,
  now: Instant,
): PostRecord {
  return { key, state: "hidden", reason, etag, problems, deps: [], ...keptAway(former, now) };
}

/** The record of a post that is not to be public now. It keeps who it is, for when it is. */
export function waitingRecord(candidate: Candidate, now: Instant): PostRecord {
  const { post, etag, problems, known } = candidate;
  const { key, hidden, published } = post;
  const common = { key, etag, problems, ...madeFrom(candidate), ...keptAway(known, now) };
  if (hidden) return { ...common, state: "hidden", reason: hidden };
  if (published > now) return { ...common, state: "future", due: published };
  return { ...common, state: "expired" };
}

export const madeFrom = ({ post, depsDigest }: Candidate): Pick<PostRecord, "deps" | "depsDigest"> => {
  return { deps: post.deps, ...(depsDigest !== undefined && { depsDigest }) };
};

/** What a record keeps of the published post that it is. */
export function keptOf(
  former: PostRecord | KnownPost | undefined,
): Pick<PostRecord, "facts" | "rendered" | "lastGood"> {
  if (!former?.facts) return {};
  const { facts, rendered } = former;
  return { facts, ...(rendered && { rendered }), ...(hasLastGood(former) && { lastGood: true }) };
}

/** The same of a post that its author or the clock keeps back now: since when its readers miss it. */
function keptAway(
  former: PostRecord | KnownPost | undefined,
  now: Instant,
): Pick<PostRecord, "facts" | "rendered" | "left"> {
  const { lastGood: _, ...kept } = keptOf(former);
  const left = former?.left ?? (former && isListed(former) ? now : undefined);
  return { ...kept, ...(left !== undefined && { left }) };
}

const hasLastGood = (former: PostRecord | KnownPost | undefined): boolean =>
  former?.rendered === true && (former.state === "public" || former.lastGood === true);
