/**
 * Reads some posts beside the runs, and renders those that can be, for the next run to take up. Any number of these may be at work
 * at once, each on keys of its own: they write only what a run does without.
 */
import type { Clock } from "../base/clock.ts";
import { instantOf } from "../base/instant.ts";
import type { EntryPlace, Instant, Post } from "../model.ts";
import type { Site } from "../site/types.ts";
import { encodeEntry } from "../state/entries.ts";
import { putPrepared } from "../state/findings.ts";
import { type EntryLine, MAX_PACK, putPacks } from "../state/packs.ts";
import type { Store } from "../stores/store.ts";
import { openTimeLimit } from "../workers/timelimit.ts";
import { type PostRendererInput, renderPost } from "./render/posts.ts";
import { rendererHere } from "./run.ts";
import type { Finding } from "./scan/findings.ts";
import { postMatcher } from "./scan/keys.ts";
import { openOthers } from "./scan/others.ts";
import { preparedIn } from "./scan/prepared/prepared.ts";
import { type ReadInput, readKeys } from "./scan/read.ts";
import { readerDigest } from "./scan/reader.ts";
import { slowPosts } from "./scan/slow.ts";

export interface PrepareInput {
  /** It is read only. */
  readonly content: Store;
  /** It is written only. */
  readonly state: Store;
  readonly site: Site;
  /** Of any objects of the content store. */
  readonly keys: readonly string[];
  readonly clock: Clock;
  /** What is not begun by then is left to the run. */
  readonly until?: Date | undefined;
  readonly log: (line: string) => void;
}

/** What was done. */
export interface PrepareReport {
  /** How many of the keys are those of posts. */
  readonly posts: number;
  readonly read: number;
  readonly rendered: number;
}

/** Posts that are read before any of them is rendered: their texts are held no longer. */
const PORTION = 64;

/** Throws `StoreError`. */
export async function preparePosts(input: PrepareInput): Promise<PrepareReport> {
  const { content, state, site, clock, until, log } = input;
  const now = instantOf(clock.now());
  const limit = openTimeLimit({ allowance: until && Math.max(0, until.getTime() - clock.now().getTime()) / 4 });
  const slow = slowPosts(limit);
  const others = openOthers(content);
  // When readers got a post is not known here. What depends on it is read by the run.
  const reading: ReadInput = { content, site, slow, others, log, publishedOf: () => undefined };
  const rendering: PostRendererInput = { content, site, slow, others, renderEntry: rendererHere(limit) };
  const entries = openEntryWriter(state);
  const findings = new Map<string, Finding>();
  const keys = input.keys.filter(postMatcher(site));
  for (let start = 0; start < keys.length; start += PORTION) {
    if (until && clock.now() >= until) break;
    const portion = await readKeys(reading, keys.slice(start, start + PORTION));
    for (const [key, finding] of portion.findings) findings.set(key, finding);
    if (!isEveryPostShown(site)) continue;
    for (const post of portion.posts.values()) {
      const finding = portion.findings.get(post.key);
      if (!finding || finding.gone || !isRenderable(post, now)) continue;
      const { inputHash, published } = post;
      const outcome = await renderPost(
        { key: post.key, etag: finding.etag, facts: { inputHash, published } },
        post,
        rendering,
      );
      if ("entry" in outcome) await entries.add(encodeEntry(inputHash, outcome.entry));
    }
  }
  const places = await entries.end();
  const prepared = preparedIn(
    reading,
    findings,
    () => undefined,
    (inputHash) => places.get(inputHash),
  );
  await putPrepared(state, readerDigest(site), prepared);
  return { posts: keys.length, read: findings.size, rendered: places.size };
}

/** Without archives documents show the newest posts alone, and which these are is known to a run only. */
const isEveryPostShown = ({ archives }: Site): boolean => Boolean(archives);

/** Where the links of a post lead is known to a run only; and what is not public is not rendered. */
const isRenderable = ({ references, hidden, published, expires }: Post, now: Instant): boolean =>
  references === undefined && hidden === undefined && published <= now && (expires === undefined || expires > now);

interface EntryWriter {
  add(line: EntryLine): Promise<void>;
  /** Where each lies, by input hash. */
  end(): Promise<ReadonlyMap<string, EntryPlace>>;
}

/** Holds the lines of one pack, and no more. */
function openEntryWriter(state: Store): EntryWriter {
  const places = new Map<string, EntryPlace>();
  let lines: EntryLine[] = [];
  let size = 0;
  const write = async () => {
    for (const [inputHash, place] of await putPacks(state, lines)) places.set(inputHash, place);
    [lines, size] = [[], 0];
  };
  return {
    async add(line) {
      lines.push(line);
      size += line.bytes.length;
      if (size > MAX_PACK) await write();
    },

    async end() {
      await write();
      return places;
    },
  };
}
