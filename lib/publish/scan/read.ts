/** Read: what content keys hold now, each by itself. The one place where a post is parsed. */
import { type Alone, forEachAtOnce, oneAtATime } from "../../base/concurrency.ts";
import { present } from "../../base/optional.ts";
import { problem } from "../../base/problems.ts";
import { MAX_POST_BYTES } from "../../content/inputs.ts";
import type { PostResult } from "../../content/post.ts";
import { TooMuchWork, workProblem } from "../../content/work.ts";
import type { Etag, Instant, Post } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { flawOfKey, isKey, type Store, type StoredObject, StoreUnreadable } from "../../stores/store.ts";
import { TimedOut } from "../../workers/timelimit.ts";
import { counter } from "../progress.ts";
import type { OnProgress } from "../types.ts";
import type { Finding } from "./findings.ts";
import { keptPosts } from "./kept.ts";
import { depsDigest, lookUp, type Objects } from "./objects.ts";
import { type Others, type OthersOfPost, othersOfPost } from "./others.ts";
import { type SlowPosts, timedOutProblem, unlessStopped } from "./slow.ts";

/** Characters of Markdown that a scan keeps. */
export const MAX_CHARACTERS = 16_000_000;

/** Beyond so many bytes one post is read at a time, and not as many as elsewhere: each takes several times its size in memory. */
const LARGE_BYTES = 500_000;

/** Posts between two lines of progress. */
const PROGRESS_EVERY = 2000;

export interface ReadInput {
  readonly content: Store;
  readonly site: Site;
  readonly slow: SlowPosts;
  /** Instead of lines in the log. */
  readonly progress?: OnProgress | undefined;
  readonly log: (line: string) => void;
  /** When readers got the post of a key: the date of a post that has none of its own. */
  readonly publishedOf: (key: string) => Instant | undefined;
  /** The ETag with which a key need not be read. */
  readonly knownEtag?: (key: string) => Etag | undefined;
  readonly others: Others;
}

/** With the content store as it is listed: without a listing nothing shows whether a file is the same. */
export interface ListedReadInput extends ReadInput {
  readonly others: Others & { readonly listed: Objects };
}

export interface ReadResult {
  readonly findings: Map<string, Finding>;
  readonly posts: Map<string, Post>;
}

export async function readKeys(input: ReadInput, keys: readonly string[]): Promise<ReadResult> {
  const { take, ...result } = openResult(input, keys.length);
  await readEach(input, keys, take);
  return result;
}

interface OpenResult extends ReadResult {
  /** To be called for each key that is read. */
  take(key: string, reading: KeyReading): void;
}

/** What is read of so many keys, with as many posts as there is room for, in characters of Markdown. */
export function openResult(
  told: Pick<ReadInput, "progress" | "log">,
  total: number,
  room: number = MAX_CHARACTERS,
): OpenResult {
  const findings = new Map<string, Finding>();
  const { posts, keep } = keptPosts(room);
  const tell = readCounter(told, total);
  return {
    findings,
    posts,
    take(key, { finding, post }) {
      if (finding) findings.set(key, finding);
      if (post) keep(post);
      tell();
    },
  };
}

/** To be called for each key that is read. */
function readCounter({ progress, log }: Pick<ReadInput, "progress" | "log">, total: number): () => void {
  let done = 0;
  const tell = counter(progress, "read", total);
  return () => {
    tell();
    if (++done % PROGRESS_EVERY === 0 && !progress) log(`read ${done} of ${total} posts`);
  };
}

/** Reads the keys; as many at once as any store likes, if it is not said how many. */
export async function readEach(
  input: ReadInput,
  keys: readonly string[],
  onRead: (key: string, reading: KeyReading) => void,
  atOnce?: number,
): Promise<void> {
  const alone = oneAtATime();
  await forEachAtOnce(keys, async (key) => onRead(key, await readKey({ ...input, alone }, key)), atOnce);
}

/** No finding: unchanged. */
export interface KeyReading {
  readonly finding?: Finding;
  readonly post?: Post;
}

async function readKey({ alone, ...input }: ReadInput & { readonly alone: Alone }, key: string): Promise<KeyReading> {
  const { content, knownEtag, others } = input;
  const flaw = flawOfKey(key);
  if (flaw !== undefined) {
    // A listing alone tells whether there is anything at a key that no store can be asked for.
    if (!others.listed && !isKey(key)) return {};
    const exists = (others.listed ?? (await lookUp(content, [key]))).has(key);
    return { finding: exists ? { etag: "", problems: [problem("key-unusable", key, flaw)] } : { gone: true } };
  }
  try {
    const read = (maxBytes: number) => content.get(key, knownEtag?.(key), maxBytes + 1);
    const object = await read(LARGE_BYTES);
    if (object && object !== "unchanged" && object.body.length > LARGE_BYTES) {
      return await alone(async () => readingOf(input, key, await read(MAX_POST_BYTES)));
    }
    return await readingOf(input, key, object);
  } catch (error) {
    if (!(error instanceof StoreUnreadable)) throw error;
    return { finding: { etag: "", problems: [problem("unreadable", key, error.message)] } };
  }
}

async function readingOf(
  input: ReadInput,
  key: string,
  object: Awaited<ReturnType<Store["get"]>>,
): Promise<KeyReading> {
  if (object === "unchanged") return {};
  if (object === undefined) return { finding: { gone: true } };
  const { etag } = object;
  const published = input.publishedOf(key);
  const { post, ...unread } = await parseObject(input, { key, object, published }).catch((error: unknown) =>
    readStopped(input, { key, object }, error),
  );
  if (!post) return { finding: { etag, ...unread } };
  const { markdown, ...head } = post;
  return { finding: { etag, post: head, ...unread }, post };
}

/** What is known of a file that could not be read in time. */
async function readStopped(
  { others, site, slow }: ReadInput,
  { key, object }: Pick<ObjectToParse, "key" | "object">,
  error: unknown,
): Promise<Parsed> {
  if (!(error instanceof TimedOut)) throw error;
  const problem = timedOutProblem(key, error);
  const { readUnfinished } = await postModule();
  const found = othersOfPost(others);
  return untilComplete(found, () =>
    slow.limit
      .run(() => readUnfinished(key, object.body, site, { problem, others: found }))
      .catch((): PostResult => ({ problems: [problem], deps: [] })),
  );
}

const UNPARSED_FIX = "shorten the file, or undo its last change; and please report it, since no text should do this";

export interface ObjectToParse {
  readonly key: string;
  readonly object: StoredObject;
  /** When readers got the post: a date that is the file's own stays what it was then. */
  readonly published: Instant | undefined;
}

interface Parsed extends PostResult {
  readonly depsDigest?: string;
}

let loading: Promise<typeof import("../../content/post.ts")> | undefined;

/** Not loaded where nothing is read. To import it for each post takes longer than to read its file. */
function postModule(): Promise<typeof import("../../content/post.ts")> {
  loading ??= import("../../content/post.ts");
  return loading;
}

/** How often a post is parsed until all that it asks for is known: files include others. */
const MOST_TIMES = 8;

/** A file of the content store as a post. Throws `TimedOut`. */
export async function parseObject(
  { others, site, slow }: Pick<ReadInput, "others" | "site" | "slow">,
  { key, object, published }: ObjectToParse,
): Promise<Parsed> {
  const { parsePost } = await postModule();
  const file = site.fileDates ? object.modified : undefined;
  const found = othersOfPost(others);
  const parse = (): PostResult => {
    try {
      return parsePost(key, object.body, site, { published, file, others: found });
    } catch (error) {
      if (error instanceof TooMuchWork) return { problems: [workProblem(key, error)], deps: [] };
      // The parser never throws. Should it fail all the same, it fails on this file alone.
      const message = `the file cannot be parsed: ${error instanceof Error ? error.message : String(error)}`;
      return { problems: [problem("unrenderable", key, message, undefined, UNPARSED_FIX)], deps: [] };
    }
  };
  return untilComplete(found, () =>
    unlessStopped(slow, "read", { key, etag: object.etag }, () => slow.limit.run(parse)),
  );
}

async function untilComplete(found: OthersOfPost, parse: () => Promise<PostResult>): Promise<Parsed> {
  for (let times = 1; ; times++) {
    const parsed = await parse();
    // Only the post says what to look up. What it includes may name more.
    const isComplete = times === MOST_TIMES || !(await found.lookUpMissing());
    if (isComplete) return { ...parsed, ...present({ depsDigest: depsDigest(parsed.deps, found.objects) }) };
  }
}
