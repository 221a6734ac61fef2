/** Scan: which content keys changed, and what they hold now. Each key is read as it is, so triggers need no order. */
import { isListingBetter } from "../../base/concurrency.ts";
import { finderOf } from "../../base/finder.ts";
import { headline } from "../../base/traits.ts";
import type { Etag, Instant, PostRecord, Problem } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { givenId, type TagAuthority } from "../../state/ids.ts";
import { recordAt } from "../../state/records.ts";
import type { Catalog } from "../../state/types.ts";
import { compareKeys, type ObjectInfo, type Store } from "../../stores/store.ts";
import type { Helper } from "../helper.ts";
import type { Corrections } from "../retry.ts";
import type { OnProgress } from "../types.ts";
import { alikeTo } from "./alike.ts";
import { correctFindings } from "./corrected.ts";
import { dueIn, mustBeReadAgain } from "./due.ts";
import type { Finding, Findings, Scan } from "./findings.ts";
import { postMatcher } from "./keys.ts";
import { depsDigest, type Objects } from "./objects.ts";
import { isOtherMarkup, otherMarkupProblems } from "./othermarkup.ts";
import { openOthers } from "./others.ts";
import { READS_AT_ONCE, type Reading } from "./prepared/reading.ts";
import { type ListedReadInput, type ReadInput, type ReadResult, readKeys } from "./read.ts";
import { readerDigest } from "./reader.ts";
import { leaveOutStopped, type SlowPosts } from "./slow.ts";
import { mayBeDefaults, unreadDefaults } from "./unreaddefaults.ts";

export interface ScanInput {
  readonly content: Store;
  readonly site: Site;
  readonly catalog: Catalog | undefined;
  readonly now: Instant;
  /** Keys that may have changed; without them every key is looked at. */
  readonly hints?: readonly string[] | undefined;
  /** What a round before this one learned of posts that its scan had read. */
  readonly corrections?: Pick<Corrections, "failed" | "moved" | "restless"> | undefined;
  /** Further keys to look at because of what was found: those of posts that may have been renamed. */
  readonly keysOfRenamed?: ((findings: Findings) => Promise<readonly string[]>) | undefined;
  readonly slow: SlowPosts;
  /** How a full scan reads; without it all is read at once. */
  readonly reading?: Reading | undefined;
  readonly helper?: Helper | undefined;
  readonly progress?: OnProgress | undefined;
  readonly log: (line: string) => void;
}

export async function scanContent(input: ScanInput): Promise<Scan> {
  const { catalog, site, hints, corrections } = input;
  const readsAll = catalog === undefined || catalog.reader !== readerDigest(site);
  const again = new Set(corrections && [...corrections.moved, ...corrections.failed.keys()]);
  const hinted = readsAll || hints === undefined ? undefined : await scanHinted(input, hints, again);
  const { findings, posts, listed, told = [] }: ReadScan = hinted ?? (await scanAll(input, again, readsAll));
  if (corrections) correctFindings(findings, corrections);
  const stopped = leaveOutStopped(findings, input.slow, (key) => recordAt(catalog?.records ?? [], key), input.now);
  const problems = [...stopped, ...told];
  return { findings: new Map([...findings].sort(([a], [b]) => compareKeys(a, b))), posts, listed, problems };
}

interface ReadScan extends ReadResult {
  readonly listed?: Objects;
  /** Of files that are no posts. */
  readonly told?: readonly Problem[];
}

async function scanAll(input: ScanInput, again: ReadonlySet<string>, readsAll: boolean): Promise<ReadScan> {
  const { content, site, slow, helper, progress, log, catalog, now } = input;
  const records = new Map(catalog?.records.map((record) => [record.key, record]));
  const { posts, objects, told, mayBeRead } = await listContent(input);
  const isAsKnown = (record: PostRecord, etag: Etag): boolean =>
    record.etag === etag && depsDigest(record.deps, objects) === record.depsDigest;
  const isAsRead = (key: string, etag: Etag): boolean => {
    const record = records.get(key);
    return record !== undefined && !mustBeReadAgain(record, now) && !again.has(key) && isAsKnown(record, etag);
  };
  // Without an ETag the record is of a file that could not be read, and so in every run until it can.
  const isNews = (key: string): boolean => {
    const record = records.get(key);
    return readsAll || !record || (record.etag !== "" && !isAsKnown(record, posts.get(key) ?? ""));
  };
  const changed = [...posts].flatMap(([key, etag]) => (readsAll || !isAsRead(key, etag) ? [key] : []));
  const publishedOf = (key: string) => records.get(key)?.facts?.published;
  const others = { ...openOthers(content, objects), listed: objects };
  const read: ListedReadInput = { content, site, slow, progress, log, publishedOf, others };
  const reading = await (input.reading ?? READS_AT_ONCE).read(read, changed, { helper, anew: again, isNews });
  const alike = alikeTo(reading.findings, [...records.values()].filter(mayBeReplaced), new Set(changed));
  addTo(
    reading,
    await readKeys(
      read,
      alike.filter((key) => posts.has(key)),
    ),
  );
  for (const key of records.keys()) {
    if (!posts.has(key)) reading.findings.set(key, { gone: true, excluded: objects.has(key) });
  }
  const asked = new Set([...depsOf(reading.findings.values()), ...depsOf(input.catalog?.records ?? [])]);
  const unread = unreadDefaults({ site, keys: mayBeRead, posts: posts.keys(), asked });
  return { ...reading, listed: objects, told: [...told, ...unread] };
}

const depsOf = (read: Iterable<Pick<PostRecord, "deps"> | Finding>): readonly string[] =>
  [...read].flatMap((each) => ("deps" in each ? (each.deps ?? []) : []));

async function listContent({ content, site }: ScanInput) {
  const isPost = postMatcher(site);
  const posts = new Map<string, Etag>();
  const objects = new Map<string, ObjectInfo>();
  const others: string[] = [];
  const mayBeRead: string[] = [];
  for await (const object of content.list("")) {
    objects.set(object.key, object);
    if (isPost(object.key)) posts.set(object.key, object.etag);
    else if (isOtherMarkup(object.key)) others.push(object.key);
    if (site.dialect === undefined && mayBeDefaults(object.key)) mayBeRead.push(object.key);
  }
  return { posts, objects, told: otherMarkupProblems(others, (key) => posts.has(key), site), mayBeRead };
}

/** Up to so many hints name what has changed, which is read in any case. More come twice, or late, as a queue delivers them. */
const FEW_HINTS = 300;

/** Nothing where the hints do not say enough, or so much that a listing is better: every key is to be looked at then. */
async function scanHinted(
  input: ScanInput,
  hints: readonly string[],
  again: ReadonlySet<string>,
): Promise<ReadResult | undefined> {
  const { content, site, slow, log, catalog, now, keysOfRenamed } = input;
  const records = catalog?.records ?? [];
  const recordOf = (key: string) => recordAt(records, key);
  const concerned = dependentsOf(records, new Set(hints));
  const due = dueIn(records, now).map(({ key }) => key);
  const isPost = postMatcher(site);
  const first = new Set([...hints, ...concerned, ...due, ...again].filter(isPost));
  if (first.size > FEW_HINTS && isListingBetter(first.size, records.length)) return undefined;
  const knownEtag = (key: string) => {
    const record = recordOf(key);
    const mustRead = again.has(key) || concerned.has(key) || (!first.has(key) && record && mayBeReplaced(record));
    return record && !mustBeReadAgain(record, now) && !mustRead ? record.etag : undefined;
  };
  const publishedOf = (key: string) => recordOf(key)?.facts?.published;
  const read: ReadInput = { content, site, slow, log, knownEtag, publishedOf, others: openOthers(content) };
  const reading: ReadResult = { findings: new Map(), posts: new Map() };
  const keys = new Set<string>();
  for (let next = [...first]; next.length > 0; ) {
    for (const key of next) keys.add(key);
    const more = await readKeys(read, next);
    for (const [key, finding] of more.findings) {
      const record = recordOf(key);
      if (catalog && record && isAnother(record, finding, catalog)) return undefined;
      // A hint is no data: a key that is in no listing and cannot be read need not exist.
      if (!record && isUnreadable(finding)) more.findings.delete(key);
    }
    addTo(reading, more);
    // A post with another's text or address may be that one renamed, of which the second trigger is still to come.
    const renamed = (await keysOfRenamed?.(reading.findings)) ?? [];
    next = [...alikeTo(reading.findings, records, keys), ...renamed.filter((key) => isPost(key) && !keys.has(key))];
  }
  return reading;
}

/** Keys of the posts that were made from one of the keys. */
function dependentsOf(records: readonly PostRecord[], keys: ReadonlySet<string>): ReadonlySet<string> {
  const dependent = findDependents(records, keys).filter(({ deps }) => deps.some((dep) => keys.has(dep)));
  return new Set(dependent.map(({ key }) => key));
}

const findDependents = finderOf<PostRecord>(({ deps }) => deps);

function addTo(reading: ReadResult, more: ReadResult): void {
  for (const [key, finding] of more.findings) reading.findings.set(key, finding);
  for (const [key, post] of more.posts) reading.posts.set(key, post);
}

/** Is there a post now that shares nothing with the former one? That one may be at a key of which no trigger came. */
function isAnother({ etag, facts, seen }: PostRecord, finding: Finding, authority: TagAuthority): boolean {
  if (finding.gone || !finding.post || !facts || finding.etag === etag) return false;
  const { post } = finding;
  if (post.id !== undefined && givenId(post.id, authority) === facts.id) return false;
  const latest = seen ?? facts;
  return post.sourceDigest !== latest.sourceDigest && headline(post) !== headline(latest);
}

/** The post that was there before may be elsewhere now: who it is depends on what is found there. */
const mayBeReplaced = ({ state, facts }: PostRecord): boolean =>
  facts !== undefined && (state === "broken" || state === "hidden");

const isUnreadable = (finding: Finding): boolean =>
  !finding.gone && finding.problems.some(({ code }) => code === "unreadable");
