/** Findings → records: who each post is, whether it is public, and since when it reads as it does. */
import { isListed } from "../channels/windows.ts";
import { type ProblemCode, problem } from "../content/problems.ts";
import type { Catalog, Etag, Facts, Instant, PostRecord, Problem } from "../model.ts";
import { compareKeys } from "../stores/store.ts";
import { givenId, mintId, type TagAuthority } from "./ids.ts";
import type { Finding, PostHead } from "./survey.ts";

export interface SettleInput {
  readonly catalog: Catalog | undefined;
  readonly findings: ReadonlyMap<string, Finding>;
  readonly authority: TagAuthority;
  readonly now: Instant;
}

/** A post that is to be public, before its id and address are known to be its own. */
interface Candidate {
  readonly post: PostHead;
  readonly etag: Etag;
  readonly problems: readonly Problem[];
  /** The record it continues: of the same key, or of the key it was renamed from. */
  readonly former: PostRecord | undefined;
}

/** Which key holds an id or an address. */
interface Holders {
  readonly byId: Map<string, string>;
  readonly byUrl: Map<string, string>;
}

/** A pure function of what was known and what was found: every record, in UTF-8 key order. */
export function settleRecords(input: SettleInput): readonly PostRecord[] {
  const records = new Map(input.catalog?.records.map((record) => [record.key, record]));
  const found: Candidate[] = [];
  for (const [key, finding] of input.findings) {
    const former = records.get(key);
    const record = withoutPost(key, finding, former, input.now);
    if (record === "candidate" && !finding.gone && finding.post) {
      found.push({ post: finding.post, etag: finding.etag, problems: finding.problems, former });
      records.delete(key);
    } else if (typeof record === "object") records.set(key, record);
    else records.delete(key);
  }

  const candidates = found.map((candidate) => withRename(candidate, found, records, input.authority));
  for (const { former } of candidates) if (former) records.delete(former.key);

  const holders = holdersOf(records.values(), candidates);
  for (const candidate of candidates.sort(olderFirst)) {
    records.set(candidate.post.key, settleCandidate(candidate, holders, input));
  }
  return [...records.values()].sort((a, b) => compareKeys(a.key, b.key));
}

/** Is anything to be noted, besides ETags that moved without the post? */
export function hasNews(records: readonly PostRecord[], catalog: Catalog | undefined): boolean {
  if (!catalog || catalog.records.length !== records.length) return true;
  return records.some((record, i) => {
    const former = catalog.records[i];
    if (record === former) return false;
    return JSON.stringify({ ...record, etag: "" }) !== JSON.stringify({ ...former, etag: "" });
  });
}

/** The catalog without the last good entries of `keys`, which turned out to be lost. */
export function forgetEntries(catalog: Catalog, keys: readonly string[]): Catalog {
  const lost = new Set(keys);
  const records = catalog.records.map((record) => {
    return lost.has(record.key) ? { ...record, rendered: false, lastGood: false } : record;
  });
  return { ...catalog, records };
}

/** The record of a key whose post is not to be public now; nothing for a key that was never published and is gone. */
function withoutPost(
  key: string,
  finding: Finding,
  former: PostRecord | undefined,
  now: Instant,
): PostRecord | "candidate" | undefined {
  const kept = { ...(former?.facts && { facts: former.facts }), ...(former?.rendered && { rendered: true }) };
  if (finding.gone) {
    if (!former?.facts) return undefined;
    return { key, state: "removed", etag: "", problems: [], deps: [], removed: former.removed ?? now, ...kept };
  }
  const { etag, post, problems } = finding;
  const common = { key, etag, problems, deps: [], ...kept };
  if (!post) {
    const lastGood = former !== undefined && isListed(former) && former.rendered === true;
    return { ...common, state: "broken", ...(lastGood && { lastGood }) };
  }
  if (post.hidden) return { ...common, state: "hidden" };
  if (post.published > now) return { ...common, state: "future", due: post.published };
  return "candidate";
}

/** A new key revives the one removed post that has its id, its words or its address, if it is the only one to. */
function withRename(
  candidate: Candidate,
  candidates: readonly Candidate[],
  records: ReadonlyMap<string, PostRecord>,
  authority: TagAuthority,
): Candidate {
  const { post, former } = candidate;
  if (former?.facts) return candidate;
  const given = post.id === undefined ? undefined : givenId(post.id, authority);
  const matches: readonly ((facts: Facts, other: PostHead) => boolean)[] = [
    ({ id }, other) => given === id && other.id !== undefined && givenId(other.id, authority) === id,
    ({ sourceDigest }, other) => other.sourceDigest === sourceDigest,
    ({ url }, other) => other.url === url,
  ];
  const removed = [...records.values()].filter(({ state, facts }) => state === "removed" && facts);
  for (const isMatch of matches) {
    const [match, ...others] = removed.filter(({ facts }) => facts && isMatch(facts, post));
    if (!match?.facts || others.length > 0) continue;
    const { facts } = match;
    const rivals = candidates.filter((other) => !other.former?.facts && isMatch(facts, other.post));
    if (rivals.length === 1) return { ...candidate, former: match };
  }
  return candidate;
}

function holdersOf(records: Iterable<PostRecord>, candidates: readonly Candidate[]): Holders {
  const holders: Holders = { byId: new Map(), byUrl: new Map() };
  for (const record of records) {
    // A removed post keeps its id from everybody else; its address is free.
    if (record.facts) holders.byId.set(record.facts.id, record.key);
    if (isListed(record)) holders.byUrl.set(record.facts.url, record.key);
  }
  for (const { former, post } of candidates) if (former?.facts) holders.byId.set(former.facts.id, post.key);
  return holders;
}

/** Whoever was published before goes first, then the earlier date, then the key: of two claims, the older wins. */
function olderFirst(a: Candidate, b: Candidate): number {
  const known = Number(a.former?.facts === undefined) - Number(b.former?.facts === undefined);
  if (known !== 0) return known;
  const [dateA, dateB] = [a, b].map(({ former, post }) => former?.facts?.published ?? post.published);
  if (dateA !== dateB && dateA !== undefined && dateB !== undefined) return dateA < dateB ? -1 : 1;
  return compareKeys(a.post.key, b.post.key);
}

function settleCandidate(candidate: Candidate, holders: Holders, input: SettleInput): PostRecord {
  const { post, etag, former } = candidate;
  const { key } = post;
  const problems = [...candidate.problems];
  const report = (code: ProblemCode, message: string) => problems.push(problem(code, key, message));
  const wait = (): PostRecord => ({
    ...{ key, state: "shadow", etag, problems, deps: [] },
    ...(former?.facts && { facts: former.facts }),
  });

  const given = post.id === undefined ? undefined : givenId(post.id, input.authority);
  const id = former?.facts?.id ?? mintId(key, post.id, input.authority, (taken) => holders.byId.has(taken));
  const idHolder = holders.byId.get(id);
  if (idHolder !== undefined && idHolder !== key) {
    report("id-taken", `the id ${id} is that of ${idHolder}`);
    return wait();
  }
  const urlHolder = holders.byUrl.get(post.url);
  if (urlHolder !== undefined && urlHolder !== key) {
    report("url-taken", `the address ${post.url} is that of ${urlHolder}`);
    return wait();
  }
  if (given !== undefined && given !== id) report("id-changed", `readers know the post as ${id}, not as ${given}`);
  holders.byId.set(id, key);
  holders.byUrl.set(post.url, key);

  const facts: Facts = {
    id,
    url: post.url,
    published: post.published,
    updated: updatedOf(post, former?.facts, input),
    language: post.language,
    authors: post.authors.map(({ name }) => name),
    tags: post.tags,
    categories: post.categories,
    sourceDigest: post.sourceDigest,
    inputHash: post.inputHash,
  };
  const rendered = former?.rendered === true && former.facts?.inputHash === post.inputHash;
  return { key, state: "public", etag, problems, deps: [], facts, ...(rendered && { rendered }) };
}

/** The author's word; else it moves when the words move, and starts at the date, or now for a post that comes late. */
function updatedOf(post: PostHead, known: Facts | undefined, { catalog, now }: SettleInput): Instant {
  if (post.updated !== undefined) return post.updated;
  if (known) return known.sourceDigest === post.sourceDigest ? known.updated : now;
  return catalog === undefined || post.published > now ? post.published : now;
}
