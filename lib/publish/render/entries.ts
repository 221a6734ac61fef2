/** The cache: entries rendered before, found by the hash of all they were rendered from. */

import { forEachAtOnce } from "../../base/concurrency.ts";
import { problem } from "../../base/problems.ts";
import type { Entry, Etag, ListedRecord, Post, Problem, Report, Site } from "../../model.ts";
import { readEntry, writeEntry } from "../../state/entries.ts";
import { readObject, type Store, StoreError, StoreUnreadable } from "../../stores/store.ts";
import { lookUp } from "../scan/objects.ts";

/** By input hash. */
export type Entries = ReadonlyMap<string, Entry>;

/** A post that cannot be rendered, as its file was then. */
export interface Failure {
  readonly etag: Etag;
  readonly problem: Problem;
}

/** What stands between some posts and their entries: the content is looked at again with this in mind. */
export interface Doubts {
  /** By key. */
  readonly failed: ReadonlyMap<string, Failure>;
  /** Keys whose post is no longer what its record says. */
  readonly moved: readonly string[];
  /** Keys of posts whose last good entry is lost. */
  readonly forgotten: readonly string[];
}

export const NO_DOUBTS: Doubts = { failed: new Map(), moved: [], forgotten: [] };

export class Doubtful extends Error {
  override readonly name = "Doubtful";
  readonly doubts: Doubts;

  constructor(doubts: Doubts) {
    super("some posts are not what their records say");
    this.doubts = doubts;
  }
}

/** What was doubted before stays doubted. */
export const doubtAlso = (before: Doubts, { failed, moved, forgotten }: Doubts): Doubts => ({
  failed: new Map([...before.failed, ...failed]),
  moved: [...before.moved, ...moved],
  forgotten: [...before.forgotten, ...forgotten],
});

export interface EntryCache {
  /** The entry of each record: at hand, cached, or rendered from its post. Throws `Doubtful`; writes nothing. */
  gather(records: Iterable<ListedRecord>, from: GatherFrom): Promise<Entries>;
  /** Keeps what was rendered for later runs; gives the input hashes of all entries that are warmCache by now. */
  save(): Promise<{ readonly cached: ReadonlySet<string>; readonly rendered: number }>;
  /** How many entries were needed so far. */
  count(): Report["entries"];
}

export interface GatherFrom {
  /** Posts that were read already, by key. */
  readonly posts: ReadonlyMap<string, Post>;
  /** Asked now and then while it takes long. */
  readonly renew?: (() => Promise<void>) | undefined;
}

/** Entries at hand, by input hash. A process that stays hands them from run to run. */
export interface WarmCache {
  entries: Map<string, Entry>;
  /** Bytes of their posts. */
  weight: number;
}

export const emptyWarmCache = (): WarmCache => ({ entries: new Map(), weight: 0 });

interface EntryCacheInput {
  readonly content: Store;
  readonly state: Store;
  readonly site: Site;
  readonly renderEntry: (post: Post) => Entry | Promise<Entry>;
  /** Nothing is going to be cached. */
  readonly dryRun: boolean;
  readonly warmCache: WarmCache;
}

/** Bytes of the posts whose entries stay at hand, for documents that share them. */
const HEAVY = 16_000_000;

export function openEntryCache(input: EntryCacheInput): EntryCache {
  const { state, warmCache } = input;
  const rendered = new Map<string, Entry>();
  const cached = new Set<string>();
  const needed = new Set<string>();
  let renderings = 0;

  /** Undefined: not what the record says. */
  async function render(record: ListedRecord, posts: GatherFrom["posts"]): Promise<Entry | undefined> {
    const post = posts.get(record.key) ?? (await readPost(record, input));
    return post?.inputHash === record.facts.inputHash ? input.renderEntry(post) : undefined;
  }

  return {
    async gather(records, { posts, renew }) {
      const entries = new Map<string, Entry>();
      const failed = new Map<string, Failure>();
      const moved: string[] = [];
      const forgotten: string[] = [];
      let added = 0;
      await forEachAtOnce(records, async (record) => {
        const { key, state: condition, facts } = record;
        const { inputHash, size } = facts;
        const known = warmCache.entries.get(inputHash) ?? rendered.get(inputHash);
        let entry = known ?? (record.rendered ? await readEntry(state, inputHash) : undefined);
        if (!entry && condition !== "public") {
          forgotten.push(key);
          return;
        }
        if (!entry) {
          await renew?.();
          try {
            entry = await render(record, posts);
          } catch (error) {
            failed.set(key, { etag: record.etag, problem: renderProblem(key, error) });
            return;
          }
          if (!entry) {
            moved.push(key);
            return;
          }
          if (!input.dryRun) rendered.set(inputHash, entry);
          if (!needed.has(inputHash)) renderings += 1;
        }
        if (!known) added += size;
        // A run before this one rendered it, and perhaps came to nothing.
        else if (!record.rendered && !cached.has(inputHash) && !input.dryRun) rendered.set(inputHash, entry);
        needed.add(inputHash);
        entries.set(inputHash, entry);
      });
      warmCache.weight += added;
      if (warmCache.weight > HEAVY) [warmCache.entries, warmCache.weight] = [new Map(), added];
      for (const [inputHash, entry] of entries) warmCache.entries.set(inputHash, entry);
      if (failed.size + moved.length + forgotten.length > 0) throw new Doubtful({ failed, moved, forgotten });
      return entries;
    },

    async save() {
      await forEachAtOnce(rendered, async ([inputHash, entry]) => {
        await writeEntry(state, inputHash, entry);
      });
      for (const inputHash of rendered.keys()) cached.add(inputHash);
      const { size } = rendered;
      rendered.clear();
      return { cached, rendered: size };
    },

    count: () => ({ rendered: renderings, cached: needed.size - renderings }),
  };
}

function renderProblem(key: string, error: unknown): Problem {
  if (error instanceof StoreUnreadable) return problem("unreadable", key, error.message);
  if (error instanceof StoreError || !(error instanceof Error)) throw error;
  const [why] = error.message.split("\n"); // what follows asks the reader to tell marked
  return problem("unrenderable", key, `the post cannot be rendered: ${why}`);
}

/** The post of a record, if the file is still the one that the record was made from: it may be a draft by now. */
async function readPost(record: ListedRecord, { content, site }: EntryCacheInput): Promise<Post | undefined> {
  const { key, etag, facts, deps } = record;
  const object = await readObject(content, key);
  if (object?.etag !== etag) return undefined;
  const objects = await lookUp(content, deps);
  const { parsePost } = await import("../../content/post.ts");
  return parsePost(key, object.body, site, {
    published: facts.published,
    file: site.fileDates ? facts.published : undefined,
    sizes: (other) => objects.get(other)?.size,
  }).post;
}
