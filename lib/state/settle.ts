/** Findings → records: who each post is, whether it is public, and since when it reads as it does. */
import { type AdoptedPost, idsOf } from "../adopt/ledger.ts";
import { isListed } from "../channels/listed.ts";
import type { Catalog, Etag, Facts, GonePost, HeldBack, Instant, Live, PostRecord, Problem } from "../model.ts";
import { type ProblemCode, problem } from "../problems.ts";
import { compareKeys } from "../stores/store.ts";
import { givenId, mintId, type TagAuthority } from "./ids.ts";
import { type KnownPost, recognisePosts } from "./recognise.ts";
import { recordAt } from "./records.ts";
import { rowOfRecord } from "./rows.ts";
import type { Finding, PostHead } from "./survey.ts";
import { isRecovered, isWordless } from "./unknown.ts";

export interface SettleInput {
  readonly catalog: Catalog | undefined;
  readonly findings: ReadonlyMap<string, Finding>;
  readonly authority: TagAuthority;
  readonly now: Instant;
  /** What a former system published of posts that may be new, by key. */
  readonly adopted?: ReadonlyMap<string, AdoptedPost>;
  /** Posts that are known keep their `updated`, whatever their words are now. */
  readonly isCalm?: boolean | undefined;
}

export interface Settled {
  /** In UTF-8 key order. */
  readonly records: readonly PostRecord[];
  /** By id. */
  readonly gone: readonly GonePost[];
}

/** A post that was read, and the published post that it is, if it is one. */
interface Candidate {
  readonly post: PostHead;
  readonly etag: Etag;
  readonly depsDigest?: string;
  readonly problems: readonly Problem[];
  readonly known: KnownPost | undefined;
  /** Of a post that is not known: what a former system published of it. */
  readonly adopted: AdoptedPost | undefined;
  /** The file is the very one that its record was made from: it is only read otherwise now. */
  readonly isSameFile: boolean;
}

/** Which key holds an id or an address. */
interface Holders {
  readonly byId: Map<string, string>;
  readonly byUrl: Map<string, string>;
}

/** A pure function of what was known and what was found. */
export function settleRecords(input: SettleInput): Settled {
  const { catalog, findings, authority, now } = input;
  const before = catalog?.records ?? [];
  /** Only of the keys that were looked into: all others stay as they are. */
  const records = new Map<string, PostRecord>();
  const gone = new Map(catalog?.gone.map((post) => [post.facts.id, post]));
  const known: KnownPost[] = [...gone.values()].map((post) => ({ ...post, state: "removed", left: post.since }));
  const read: Omit<Candidate, "known" | "adopted">[] = [];

  for (const [key, finding] of findings) {
    const former = recordAt(before, key);
    if (!finding.gone && !finding.post) {
      const { heldBack } = finding;
      records.set(
        key,
        heldBack ? heldBackRecord(key, finding, heldBack, former, now) : brokenRecord(key, finding, former, now),
      );
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
  const who = recognisePosts(posts, known, authority);
  const recognised = new Set(who.values());
  for (const post of known) {
    const { key, facts, rendered, left: since = now } = post;
    if (recognised.has(post)) gone.delete(facts.id);
    else if (!gone.has(facts.id)) gone.set(facts.id, { key, facts, since, ...(rendered && { rendered }) });
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
    records.set(candidate.post.key, settleCandidate(candidate, holders, input));
  }
  return {
    records:
      records.size === 0 ? unchanged : [...unchanged, ...records.values()].sort((a, b) => compareKeys(a.key, b.key)),
    gone: [...gone.values()].sort((a, b) => (a.facts.id < b.facts.id ? -1 : 1)),
  };
}

/** Is anything to be noted, besides ETags, its own and its media's, that moved without the post? */
export function hasNews({ records, gone }: Settled, catalog: Catalog | undefined): boolean {
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

/** The record of a key whose file cannot be understood: it stays what it was. */
function brokenRecord(
  key: string,
  { etag, problems }: { readonly etag: Etag; readonly problems: readonly Problem[] },
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
  { etag, problems }: { readonly etag: Etag; readonly problems: readonly Problem[] },
  reason: HeldBack,
  former: PostRecord | undefined,
  now: Instant,
): PostRecord {
  return { key, state: "hidden", reason, etag, problems, deps: [], ...keptAway(former, now) };
}

/** The record of a post that is not to be public now. It keeps who it is, for when it is. */
function waitingRecord(candidate: Candidate, now: Instant): PostRecord {
  const { post, etag, problems, known } = candidate;
  const { key, hidden, published } = post;
  const common = { key, etag, problems, ...madeFrom(candidate), ...keptAway(known, now) };
  if (hidden) return { ...common, state: "hidden", reason: hidden };
  if (published > now) return { ...common, state: "future", due: published };
  return { ...common, state: "expired" };
}

const madeFrom = ({ post, depsDigest }: Candidate): Pick<PostRecord, "deps" | "depsDigest"> => {
  return { deps: post.deps, ...(depsDigest !== undefined && { depsDigest }) };
};

/** What a record keeps of the published post that it is. */
function keptOf(former: PostRecord | KnownPost | undefined): Pick<PostRecord, "facts" | "rendered" | "lastGood"> {
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

function holdersOf(
  records: readonly PostRecord[],
  gone: Iterable<GonePost>,
  candidates: readonly Candidate[],
): Holders {
  const holders: Holders = { byId: new Map(), byUrl: new Map() };
  const claimIds = (facts: Facts, holder: string) => {
    holders.byId.set(facts.id, holder);
    for (const id of facts.ids ? idsOf(facts) : []) holders.byId.set(id, holder);
  };
  if (candidates.length === 0) return holders;
  // Most passes ask after a few posts that are known: then it is not needed where everybody else is.
  const urls = new Set(candidates.flatMap(({ post, known }) => (known ? [post.url, known.facts.url] : [post.url])));
  const ids = new Set(candidates.flatMap(({ known }) => (known ? idsOf(known.facts) : [])));
  const areKnown = candidates.every(({ known }) => known);
  for (const record of records) {
    const { key, facts } = record;
    if (!facts) continue;
    if (!areKnown || idsOf(facts).some((id) => ids.has(id))) claimIds(facts, key);
    if (urls.has(facts.url) && isListed(record)) holders.byUrl.set(facts.url, key);
  }
  // A post that is gone keeps its id from everybody else; its address is free.
  for (const { facts, key } of gone) claimIds(facts, `${key}, which is gone`);
  for (const { known, post } of candidates) if (known) claimIds(known.facts, post.key);
  for (const { adopted, post } of candidates) {
    for (const id of adopted ? idsOf(adopted) : []) if (!holders.byId.has(id)) holders.byId.set(id, post.key);
  }
  return holders;
}

/** Whoever was published before goes first, then the earlier date, then the key: of two claims, the older wins. */
function olderFirst(a: Candidate, b: Candidate): number {
  const before = Number(a.known === undefined) - Number(b.known === undefined);
  if (before !== 0) return before;
  // Who has the address it asks for keeps it, whatever else is read again beside it.
  const stays = ({ known, post }: Candidate) => known !== undefined && isListed(known) && known.facts.url === post.url;
  const first = Number(stays(b)) - Number(stays(a));
  if (first !== 0) return first;
  const [dateA, dateB] = [a, b].map(({ known, post }) => known?.facts.published ?? post.published);
  if (dateA !== dateB && dateA !== undefined && dateB !== undefined) return dateA < dateB ? -1 : 1;
  return compareKeys(a.post.key, b.post.key);
}

function settleCandidate(candidate: Candidate, holders: Holders, input: SettleInput): PostRecord {
  const { post, etag, known } = candidate;
  const { key } = post;
  const problems = [...candidate.problems];
  const report = (code: ProblemCode, message: string, line = 1) => problems.push(problem(code, key, message, line));
  const wait = (): PostRecord => {
    const kept = keptOf(known);
    if (kept.facts && kept.lastGood) holders.byUrl.set(kept.facts.url, key);
    const due = post.expires === undefined ? {} : { due: post.expires };
    const left = kept.lastGood || known?.left === undefined ? {} : { left: known.left };
    return { key, state: "shadow", etag, problems, ...madeFrom(candidate), ...due, ...kept, ...left };
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

/**
 * The author's word; else it moves when the words move, and starts where a former system left it, at the date, or now
 * for a post that comes late.
 */
function updatedOf({ post, known, adopted, isSameFile }: Candidate, { catalog, now, isCalm }: SettleInput): Instant {
  if (post.updated !== undefined) return post.updated > post.published ? post.updated : post.published;
  if (known) {
    const isAsWas = isSameFile && known.key === post.key;
    if (isCalm || isWordless(known.facts)) return known.facts.updated;
    return isAsWas || post.minor || known.facts.sourceDigest === post.sourceDigest ? known.facts.updated : now;
  }
  if (adopted?.updated !== undefined) return adopted.updated > post.published ? adopted.updated : post.published;
  // What no feed told of was beyond their limits: as old as it says.
  const isFirst = catalog === undefined || isRecovered(catalog);
  return isFirst || post.published > now ? post.published : now;
}
