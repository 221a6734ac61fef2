/** Reconcile: findings become records: who each post is, whether it is public, and since when it reads as it does. */
import type { AdoptedPost } from "../../adopt/ledger.ts";
import { dayBefore } from "../../base/instant.ts";
import { present } from "../../base/optional.ts";
import type { GonePost, Instant, PostRecord, Problem } from "../../model.ts";
import type { TagAuthority } from "../../state/ids.ts";
import { recordAt, withoutKeys, withRecords } from "../../state/records.ts";
import type { Catalog } from "../../state/types.ts";
import { hasUnknownText } from "../../state/unknown.ts";
import type { Findings, PostMetadata } from "../scan/findings.ts";
import type { Candidate } from "./candidate.ts";
import { holdersOf, olderFirst } from "./holders.ts";
import { linkPosts } from "./links.ts";
import { type UnreadFile, unnamedRecord, unreadRecord, waitingRecord } from "./nonpublic.ts";
import { publicRecord } from "./public.ts";
import { type KnownPost, recognisePosts } from "./recognise.ts";

export interface ReconcileInput {
  readonly catalog: Catalog | undefined;
  readonly findings: Findings;
  readonly authority: TagAuthority;
  readonly now: Instant;
  /** What readers know of posts that may be new, by key. */
  readonly adopted?: ReadonlyMap<string, AdoptedPost>;
  /** Of `ids.jsonl`: a post that has no record and is not in `adopted` may be named there. */
  readonly unreadableIds?: Problem | undefined;
  /** After a rollback: posts that are known keep their `updated`, whatever their text is now. */
  readonly keepsUpdated?: boolean | undefined;
}

export interface Reconciled {
  /** In UTF-8 key order. */
  readonly records: readonly PostRecord[];
  /** By id. */
  readonly gone: readonly GonePost[];
}

export interface Reconciliation extends Reconciled {
  /** Posts without a date of their own that were read with another's: by key, when readers got them. */
  readonly misdated: ReadonlyMap<string, Instant | undefined>;
}

/** A pure function of what was known and what was found. */
export function reconcileRecords(input: ReconcileInput): Reconciliation {
  const { catalog, findings, authority, now } = input;
  const before = catalog?.records ?? [];
  const { known, unreadable, unread, read } = sortFindings(findings, before);
  const longAgo = dayBefore(now);
  const removed = (catalog?.gone ?? []).map((post) => removedPost(post, longAgo));
  const posts = read.map(({ post }) => post);
  const knownPosts = [...removed, ...known, ...unreadable];
  const who = recognisePosts(posts, knownPosts, authority, new Set(unreadable));
  const recognised = new Set(who.values());
  const formerOf = recogniseUnread(
    [...unread].filter(([key]) => !isOfNoPost(recordAt(before, key))),
    knownPosts.filter((post) => !recognised.has(post)),
    authority,
  );
  for (const former of formerOf.values()) recognised.add(former);
  const gone = goneAfter(catalog, knownPosts, recognised, now);

  /** Only of the keys that were looked into: all others stay as they are. */
  const records = new Map<string, PostRecord>();
  for (const [key, file] of unread) records.set(key, unreadRecord(key, file, formerOf.get(key), now));
  const publishable: Candidate[] = [];
  for (const { post, ...found } of read) {
    const known = who.get(post.key);
    const candidate = { ...found, post, known, adopted: known ? undefined : input.adopted?.get(post.key) };
    if (!isPublishable(post, now)) records.set(post.key, waitingRecord(candidate, now));
    else if (input.unreadableIds && !known && !candidate.adopted)
      records.set(post.key, unnamedRecord(candidate, input.unreadableIds));
    else publishable.push(candidate);
  }
  const unchanged = withoutKeys(before, findings.keys());
  const holders = holdersOf(unchanged, records.values(), gone.values(), publishable);
  for (const candidate of publishable.sort(olderFirst)) {
    records.set(candidate.post.key, publicRecord(candidate, holders, input));
  }
  const all = withRecords(unchanged, [...records.values()]);
  return {
    records: linkPosts(all, before, findings.keys()),
    gone: [...gone.values()].sort((a, b) => (a.facts.id < b.facts.id ? -1 : 1)),
    misdated: misdatedOf(posts, who, before),
  };
}

/** That a file went and that it came under another name may reach runs one after the other, but within a day. */
function removedPost({ removed, ...post }: GonePost, longAgo: Instant): KnownPost {
  const isLongGone = (removed ?? post.since) < longAgo || undefined;
  return { ...post, state: "removed", left: post.since, ...present({ isLongGone }) };
}

interface SortedFindings {
  /** Published posts whose key was looked into. */
  readonly known: readonly KnownPost[];
  /** Published posts at whose key there is a file that cannot be read: it may have taken their place. */
  readonly unreadable: readonly KnownPost[];
  readonly unread: ReadonlyMap<string, UnreadFile>;
  readonly read: readonly Omit<Candidate, "known" | "adopted">[];
}

function sortFindings(findings: Findings, before: readonly PostRecord[]): SortedFindings {
  const known: KnownPost[] = [];
  const unreadable: KnownPost[] = [];
  const unread = new Map<string, UnreadFile>();
  const read: Omit<Candidate, "known" | "adopted">[] = [];
  for (const [key, finding] of findings) {
    const former = recordAt(before, key);
    const published = former?.facts && { ...former, facts: former.facts };
    if (!finding.gone && !finding.post) {
      unread.set(key, finding);
      if (published) unreadable.push(published);
      continue;
    }
    if (published) known.push(published);
    if (finding.gone || !finding.post) continue;
    read.push({ ...finding, post: finding.post, isSameFile: published?.etag === finding.etag });
  }
  return { known, unreadable, unread, read };
}

/** It was there before, and was none of the posts that readers know, also of one that went since. */
const isOfNoPost = (record: PostRecord | undefined): boolean => record !== undefined && record.facts === undefined;

/** Which post each file is that cannot be read, of those that no other file is. */
function recogniseUnread(
  unread: readonly (readonly [key: string, file: UnreadFile])[],
  known: readonly KnownPost[],
  authority: TagAuthority,
): ReadonlyMap<string, KnownPost> {
  const files = unread.map(([key, { seen }]) => ({ ...seen, key }));
  // What was read back from feeds says too little of a post to know it by a file that cannot be read.
  return recognisePosts(
    files,
    known.filter(({ facts }) => !hasUnknownText(facts)),
    authority,
  );
}

/** Posts that are gone, by id: without those that were recognised, with those that were not. */
function goneAfter(
  catalog: Catalog | undefined,
  known: readonly KnownPost[],
  recognised: ReadonlySet<KnownPost>,
  now: Instant,
): ReadonlyMap<string, GonePost> {
  const gone = new Map(catalog?.gone.map((post) => [post.facts.id, post]));
  for (const post of known) {
    const { key, facts, seen, rendered, left: since = now } = post;
    const removed = since < now ? now : undefined;
    if (recognised.has(post)) gone.delete(facts.id);
    else if (!gone.has(facts.id)) gone.set(facts.id, { key, facts, since, ...present({ seen, removed, rendered }) });
  }
  return gone;
}

/** A scan dates posts by their key, before it is known which posts they are. */
function misdatedOf(
  posts: readonly PostMetadata[],
  who: ReadonlyMap<string, KnownPost>,
  before: readonly PostRecord[],
): Reconciliation["misdated"] {
  const dates = posts
    .filter(({ undated }) => undated)
    .map(({ key }) => [key, who.get(key)?.facts.published, recordAt(before, key)?.facts?.published] as const);
  return new Map(dates.flatMap(([key, rightful, borrowed]) => (rightful === borrowed ? [] : [[key, rightful]])));
}

/** Is it to be public now, if its id and address are its own? */
function isPublishable({ hidden, published, expires }: PostMetadata, now: Instant): boolean {
  return hidden === undefined && published <= now && (expires === undefined || expires > now);
}
