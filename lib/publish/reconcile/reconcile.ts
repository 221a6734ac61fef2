/** Findings → records: who each post is, whether it is public, and since when it reads as it does. */
import { type AdoptedPost, idsOf } from "../../adopt/ledger.ts";
import { type ProblemCode, problem } from "../../base/problems.ts";
import type { Catalog, Facts, GonePost, Instant, Live, PostRecord } from "../../model.ts";
import { givenId, mintId, type TagAuthority } from "../../state/ids.ts";
import { recordAt } from "../../state/records.ts";
import { rowOfRecord } from "../../state/rows.ts";
import { compareKeys } from "../../stores/store.ts";
import type { Finding, PostHead } from "../scan/scan.ts";
import type { Candidate } from "./candidate.ts";
import { type Holders, holdersOf, olderFirst } from "./holders.ts";
import { keptOf, madeFrom, type Unread, unreadRecord, waitingRecord } from "./kept.ts";
import { type KnownPost, recognisePosts } from "./recognise.ts";
import { updatedOf } from "./updated.ts";

export interface ReconcileInput {
  readonly catalog: Catalog | undefined;
  readonly findings: ReadonlyMap<string, Finding>;
  readonly authority: TagAuthority;
  readonly now: Instant;
  /** What a former system published of posts that may be new, by key. */
  readonly adopted?: ReadonlyMap<string, AdoptedPost>;
  /** Posts that are known keep their `updated`, whatever their words are now. */
  readonly isCalm?: boolean | undefined;
}

export interface Reconciled {
  /** In UTF-8 key order. */
  readonly records: readonly PostRecord[];
  /** By id. */
  readonly gone: readonly GonePost[];
}

export interface Reconciliation extends Reconciled {
  /** Posts that do not say when they were published, and were read as another's file: by key, when readers got them. */
  readonly misdated: ReadonlyMap<string, Instant | undefined>;
}

/** A pure function of what was known and what was found. */
export function reconcileRecords(input: ReconcileInput): Reconciliation {
  const { catalog, findings, authority, now } = input;
  const before = catalog?.records ?? [];
  /** Only of the keys that were looked into: all others stay as they are. */
  const records = new Map<string, PostRecord>();
  const gone = new Map(catalog?.gone.map((post) => [post.facts.id, post]));
  const known: KnownPost[] = [...gone.values()].map((post) => ({ ...post, state: "removed", left: post.since }));
  /** Of keys whose file does not say who it is: it may have taken the place of who was there. */
  const standing: KnownPost[] = [];
  const unread = new Map<string, Unread>();
  const read: Omit<Candidate, "known" | "adopted">[] = [];

  for (const [key, finding] of findings) {
    const former = recordAt(before, key);
    if (!finding.gone && !finding.post) {
      unread.set(key, finding);
      if (former?.facts) standing.push({ ...former, facts: former.facts, stands: true });
      continue;
    }
    if (former?.facts) known.push({ ...former, facts: former.facts });
    if (finding.gone || !finding.post) continue;
    read.push({
      ...finding,
      post: finding.post,
      isSameFile: former?.facts !== undefined && former.etag === finding.etag,
    });
  }

  const posts = read.map(({ post }) => post);
  const who = recognisePosts(posts, [...known, ...standing], authority);
  const recognised = new Set(who.values());
  for (const post of known) {
    const { key, facts, rendered, left: since = now } = post;
    if (recognised.has(post)) gone.delete(facts.id);
    else if (!gone.has(facts.id)) gone.set(facts.id, { key, facts, since, ...(rendered && { rendered }) });
  }

  const replaced = new Set(standing.flatMap((post) => (recognised.has(post) ? [post.key] : [])));
  for (const [key, finding] of unread) {
    const former = replaced.has(key) ? undefined : recordAt(before, key);
    records.set(key, unreadRecord(key, finding, former, now));
  }

  const due: Candidate[] = [];
  for (const each of read) {
    const { key } = each.post;
    const known = who.get(key);
    const candidate = { ...each, known, adopted: known ? undefined : input.adopted?.get(key) };
    if (isDue(each.post, now)) due.push(candidate);
    else records.set(each.post.key, waitingRecord(candidate, now));
  }
  const unchanged = findings.size === 0 ? before : before.filter(({ key }) => !findings.has(key));
  const holders = holdersOf([...unchanged, ...records.values()], gone.values(), due);
  for (const candidate of due.sort(olderFirst)) {
    records.set(candidate.post.key, reconcileCandidate(candidate, holders, input));
  }
  return {
    records:
      records.size === 0 ? unchanged : [...unchanged, ...records.values()].sort((a, b) => compareKeys(a.key, b.key)),
    gone: [...gone.values()].sort((a, b) => (a.facts.id < b.facts.id ? -1 : 1)),
    misdated: misdatedOf(posts, who, before),
  };
}

/** A scan dates by the key, before it is known who the posts are. */
function misdatedOf(
  posts: readonly PostHead[],
  who: ReadonlyMap<string, KnownPost>,
  before: readonly PostRecord[],
): Reconciliation["misdated"] {
  const dates = posts
    .filter(({ undated }) => undated)
    .map(({ key }) => [key, who.get(key)?.facts.published, recordAt(before, key)?.facts?.published] as const);
  return new Map(dates.flatMap(([key, rightful, borrowed]) => (rightful === borrowed ? [] : [[key, rightful]])));
}

/** Is anything to be noted, besides ETags, its own and its media's, that moved without the post? */
export function hasNews({ records, gone }: Reconciled, catalog: Catalog | undefined): boolean {
  if (!catalog || catalog.records.length !== records.length || catalog.gone.length !== gone.length) return true;
  const isNews = (record: PostRecord, i: number) => {
    const former = catalog.records[i];
    return record !== former && withoutEtags(record) !== withoutEtags(former);
  };
  return records.some(isNews) || gone.some(({ facts }, i) => facts.id !== catalog.gone[i]?.facts.id);
}

/** As a catalog would write it, which is the same however the record came about. */
const withoutEtags = (record: PostRecord | undefined): string =>
  JSON.stringify(
    record && rowOfRecord({ ...record, etag: "", ...(record.depsDigest !== undefined && { depsDigest: "" }) }),
  );

/** The catalog without the last good entries of `keys`, which turned out to be lost. */
export function forgetEntries(catalog: Catalog, keys: readonly string[]): Catalog {
  if (keys.length === 0) return catalog;
  const lost = new Set(keys);
  const records = catalog.records.map((record) => {
    return lost.has(record.key) ? { ...record, rendered: false, lastGood: false } : record;
  });
  return { ...catalog, records };
}

/** Is it to be public now, if its id and address are its own? */
function isDue({ hidden, published, expires }: PostHead, now: Instant): boolean {
  return hidden === undefined && published <= now && (expires === undefined || expires > now);
}

function reconcileCandidate(candidate: Candidate, holders: Holders, input: ReconcileInput): PostRecord {
  const { post, etag, known } = candidate;
  const { key } = post;
  const problems = [...candidate.problems];
  const report = (code: ProblemCode, message: string, line = 1) => problems.push(problem(code, key, message, line));
  const wait = (): PostRecord => {
    const kept = keptOf(known);
    if (kept.facts && kept.lastGood) holders.byUrl.set(kept.facts.url, key);
    const due = post.expires === undefined ? {} : { due: post.expires };
    const left = kept.lastGood || known?.left === undefined ? {} : { left: known.left };
    return { key, state: "conflicting", etag, problems, ...madeFrom(candidate), ...due, ...kept, ...left };
  };

  const given = post.id === undefined ? undefined : givenId(post.id, input.authority);
  // Another post that had this key took them along when it was renamed.
  const isFree = candidate.adopted && idsOf(candidate.adopted).every((id) => holders.byId.get(id) === key);
  const adopted = isFree ? candidate.adopted : undefined;
  const ids = known ? known.facts.ids : adopted?.ids;
  const id =
    known?.facts.id ?? adopted?.id ?? mintId(key, post.id, input.authority, (taken) => holders.byId.has(taken));
  const idHolder = holders.byId.get(id);
  if (idHolder !== undefined && idHolder !== key) {
    report("id-taken", `the id ${id} is that of ${idHolder}`, post.lines.id);
    return wait();
  }
  const urlHolder = holders.byUrl.get(post.url);
  if (urlHolder !== undefined && urlHolder !== key) {
    report("url-taken", `the address ${post.url} is that of ${urlHolder}`, post.lines.url);
    return wait();
  }
  if (given !== undefined && given !== id)
    report("id-changed", `readers know the post as ${id}, not as ${given}`, post.lines.id);
  holders.byId.set(id, key);
  holders.byUrl.set(post.url, key);

  const facts: Facts = {
    id,
    ...(ids && { ids }),
    title: post.title,
    url: post.url,
    published: post.published,
    updated: updatedOf({ ...candidate, adopted }, input),
    language: post.language,
    authors: post.authors.map(({ name }) => name),
    tags: post.tags,
    categories: post.categories,
    ...(post.section !== undefined && { section: post.section }),
    size: post.size,
    ...(post.live && { live: streamOf(post.live) }),
    ...(post.content !== undefined && { content: post.content }),
    ...(post.translation !== undefined && { translation: post.translation }),
    sourceDigest: post.sourceDigest,
    inputHash: post.inputHash,
  };
  const rendered = known?.rendered === true && known.facts.inputHash === post.inputHash;
  return {
    ...{ key, state: "public", etag, problems, ...madeFrom(candidate) },
    ...(post.expires !== undefined && { due: post.expires }),
    facts,
    ...(rendered && { rendered }),
  };
}

const streamOf = ({ start, end, status }: Live): Pick<Live, "start" | "end" | "status"> => {
  return { start, ...(end !== undefined && { end }), ...(status !== undefined && { status }) };
};
