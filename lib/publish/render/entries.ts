/** Entries: from the warm cache, from the entry cache, or rendered from their posts. */
import { forEachAtOnce } from "../../base/concurrency.ts";
import { problem } from "../../base/problems.ts";
import { beyond } from "../../base/text.ts";
import { bytesAllowed, bytesOfEntry, countNames, entryLimit, TOO_LONG_FIX } from "../../content/entrylimit.ts";
import { MAX_POST_BYTES } from "../../content/inputs.ts";
import { TooMuchWork, workProblem } from "../../content/work.ts";
import type { Entry, EntryPlace, ListedRecord, Post, PostLines, Problem } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { encodeEntry, readEntries, readEntry } from "../../state/entries.ts";
import { type EntryLine, putPacks } from "../../state/packs.ts";
import { readObject, type Store, StoreError, StoreUnreadable } from "../../stores/store.ts";
import { TimedOut } from "../../workers/timelimit.ts";
import { counter } from "../progress.ts";
import { type Corrections, type Failure, LookAgain } from "../retry.ts";
import { openOthers } from "../scan/others.ts";
import { parseObject } from "../scan/read.ts";
import { type SlowPosts, timedOutProblem, unlessStopped } from "../scan/slow.ts";
import type { OnProgress, Report } from "../types.ts";
import { keepWarm, type WarmCache } from "../warmcache.ts";

/** By input hash. */
export type EntriesByHash = ReadonlyMap<string, Entry>;

/** Where the entries of an attempt come from. */
export interface EntrySource {
  /** The entry of each record. Writes nothing. Throws `LookAgain` with corrections when an entry cannot be had. */
  gather(records: Iterable<ListedRecord>, from: GatherFrom): Promise<EntriesByHash>;
  /** Writes what was rendered to the entry cache. */
  save(): Promise<SavedEntries>;
  /** How many entries were needed so far. */
  count(): Report["entries"];
}

export interface GatherFrom {
  /** Posts that were read already, by key. */
  readonly posts: ReadonlyMap<string, Post>;
  /** Called before each rendering, to renew a lease that is held. */
  readonly renew?: (() => Promise<void>) | undefined;
}

export interface SavedEntries {
  /** Where each entry lies that this attempt wrote, by input hash. */
  readonly cached: ReadonlyMap<string, EntryPlace>;
  /** How many of them were written just now. */
  readonly written: number;
}

export interface EntrySourceInput {
  readonly content: Store;
  readonly state: Store;
  readonly site: Site;
  readonly slow: SlowPosts;
  readonly renderEntry: (post: Post) => Promise<Entry>;
  /** Nothing is going to be written. */
  readonly dryRun: boolean;
  readonly warmCache: WarmCache;
  readonly progress?: OnProgress | undefined;
}

/** What an attempt has rendered and needed so far. */
interface EntryPool {
  /** To be written to the entry cache, by input hash. */
  readonly rendered: Map<string, Entry>;
  /** The order in which they are written, whichever was rendered first: that of the documents, which are read together later. */
  readonly order: Set<string>;
  /** Where what was written lies. */
  readonly cached: Map<string, EntryPlace>;
  readonly needed: Set<string>;
  renderings: number;
}

export function openEntries(input: EntrySourceInput): EntrySource {
  const pool: EntryPool = {
    rendered: new Map(),
    order: new Set(),
    cached: new Map(),
    needed: new Set(),
    renderings: 0,
  };
  return {
    gather: (records, from) => gatherEntries(pool, records, from, input),

    async save() {
      const { rendered, order, cached } = pool;
      for (const [inputHash, place] of await putPacks(input.state, linesOf(rendered, order)))
        cached.set(inputHash, place);
      const written = rendered.size;
      rendered.clear();
      order.clear();
      return { cached, written };
    },

    count: () => ({ rendered: pool.renderings, cached: pool.needed.size - pool.renderings }),
  };
}

/** One after the other, so that no more are held than go into a pack. */
function* linesOf(entries: EntriesByHash, order: ReadonlySet<string>): Iterable<EntryLine> {
  for (const inputHash of order) {
    const entry = entries.get(inputHash);
    if (entry) yield encodeEntry(inputHash, entry);
  }
}

async function gatherEntries(
  pool: EntryPool,
  records: Iterable<ListedRecord>,
  from: GatherFrom,
  input: EntrySourceInput,
): Promise<EntriesByHash> {
  const { warmCache } = input;
  const entries = new Map<string, Entry>();
  const found: MutableCorrections = { failed: new Map(), moved: [], lostEntries: [], restless: [] };
  let bytes = 0;
  const all = [...records];
  for (const { facts } of all) pool.order.add(facts.inputHash);
  const stored = await readStored(pool, all, input);
  const tell = counter(input.progress, "render", all.length);
  await forEachAtOnce(all, async (record) => {
    const { inputHash, size } = record.facts;
    const isWarm = warmCache.entries.has(inputHash) || pool.rendered.has(inputHash);
    const entry = await entryOf(pool, record, { from, found, stored, input });
    tell();
    if (!entry) return;
    if (!isWarm) bytes += size;
    pool.needed.add(inputHash);
    entries.set(inputHash, entry);
  });
  keepWarm(warmCache, entries, bytes);
  throwIfAny(found);
  return entries;
}

interface EntryRequest {
  readonly from: GatherFrom;
  readonly found: MutableCorrections;
  /** What of the entry cache is needed. */
  readonly stored: EntriesByHash;
  readonly input: EntrySourceInput;
}

/** What is in no memory, of what the entry cache holds. */
function readStored(
  { rendered }: EntryPool,
  records: readonly ListedRecord[],
  { state, warmCache }: EntrySourceInput,
): Promise<EntriesByHash> {
  const places = new Map<string, EntryPlace>();
  for (const { facts, rendered: place } of records) {
    const isKnown = warmCache.entries.has(facts.inputHash) || rendered.has(facts.inputHash);
    if (place && !isKnown) places.set(facts.inputHash, place);
  }
  return readEntries(state, places);
}

/** Nothing where the entry cannot be had, for a reason that is added to `found`. */
async function entryOf(
  pool: EntryPool,
  record: ListedRecord,
  { from, found, stored, input }: EntryRequest,
): Promise<Entry | undefined> {
  const { warmCache, dryRun } = input;
  const { rendered, cached, needed } = pool;
  const { inputHash } = record.facts;
  const warm = warmCache.entries.get(inputHash) ?? rendered.get(inputHash);
  // A run before this one rendered it, and perhaps committed nothing.
  if (warm && !record.rendered && !cached.has(inputHash) && !dryRun) rendered.set(inputHash, warm);
  const known = warm ?? (record.rendered && stored.get(inputHash));
  if (known) return known;
  const entry = await renderRecord(record, from, found, input);
  if (!entry) return undefined;
  if (!dryRun) rendered.set(inputHash, entry);
  if (!needed.has(inputHash)) pool.renderings += 1;
  return entry;
}

function throwIfAny(corrections: Corrections): void {
  const { failed, moved, lostEntries } = corrections;
  if (failed.size + moved.length + lostEntries.length === 0) return;
  throw new LookAgain("some posts are not what their records say", { corrections });
}

interface MutableCorrections extends Corrections {
  readonly failed: Map<string, Failure>;
  readonly moved: string[];
  readonly lostEntries: string[];
  readonly restless: string[];
}

async function renderRecord(
  record: ListedRecord,
  { posts, renew }: GatherFrom,
  found: MutableCorrections,
  { content, state: store, site, slow, renderEntry }: EntrySourceInput,
): Promise<Entry | undefined> {
  const { key, state, etag, facts } = record;
  // A post that is not public now has only its last good entry.
  if (state !== "public") {
    const links = facts.links;
    const former = links?.former && (await readEntry(store, links.former.hash, links.former.place));
    if (links && former) return (await import("../../content/links/relinked.ts")).relinkedEntry(former, links);
    found.lostEntries.push(key);
    return undefined;
  }
  await renew?.();
  let post: Post | undefined;
  try {
    const read = posts.get(key) ?? (await readPost(record, { content, site, slow }));
    if (read?.inputHash !== (facts.links?.own ?? facts.inputHash) || read.hidden) {
      found.moved.push(key);
      found.restless.push(key);
      if (record.rendered) found.lostEntries.push(key);
      return undefined;
    }
    post = facts.links ? { ...read, targets: facts.links.targets } : read;
    const linked = post;
    const entry = await unlessStopped(slow, "render", record, () => renderEntry(linked));
    const tooLong = tooLongProblem(entry, read, site);
    if (!tooLong) return entry;
    found.failed.set(key, { etag, problem: tooLong });
  } catch (error) {
    found.failed.set(key, { etag, problem: renderProblem(key, error, post) });
  }
  return undefined;
}

/** What is short in Markdown may be long in HTML. */
function tooLongProblem(entry: Entry, post: Post, site: Site): Problem | undefined {
  const { key, content } = post;
  const [bytes, names, limit] = [bytesOfEntry(entry), countNames(post), entryLimit(site, content)];
  const named = limit === Number.POSITIVE_INFINITY || site.guard.tags === undefined ? limit : bytesAllowed(names);
  if (bytes <= Math.min(limit, named)) return undefined;
  const what = `in feeds the text has ${beyond(bytes, "bytes", Math.min(limit, named))}`;
  if (bytes > limit) return problem("too-long", key, what, undefined, TOO_LONG_FIX);
  return problem("too-many-tags", key, `${what} with ${names} tags, categories and authors`);
}

function renderProblem(key: string, error: unknown, post: Post | undefined): Problem {
  if (error instanceof TimedOut) return timedOutProblem(key, error);
  if (error instanceof TooMuchWork) return workProblem(key, error, lineInFile(error.line, post));
  if (error instanceof StoreUnreadable) return problem("unreadable", key, error.message);
  if (error instanceof StoreError || !(error instanceof Error)) throw error;
  const [why] = error.message.split("\n"); // the lines after it ask to report the error to marked
  return problem("unrenderable", key, `the post cannot be rendered: ${why}`);
}

/** The line of the file that is a line of its Markdown, unless templates have moved it. */
function lineInFile(line: number | undefined, post: Post | undefined): number | undefined {
  const { body, kept = Number.POSITIVE_INFINITY }: PostLines = post?.lines ?? {};
  return line === undefined || body === undefined || line > kept ? undefined : body + line - 1;
}

/** The post of a record, if the file is still the one that the record was made from: it may be a draft by now. */
async function readPost(
  record: ListedRecord,
  { content, site, slow }: Pick<EntrySourceInput, "content" | "site" | "slow">,
): Promise<Post | undefined> {
  const { key, etag, facts } = record;
  const object = await readObject(content, key, MAX_POST_BYTES + 1);
  if (object?.etag !== etag) return undefined;
  const others = openOthers(content);
  const { post } = await parseObject({ others, site, slow }, { key, object, published: facts.published });
  return post;
}
