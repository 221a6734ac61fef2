/** One public post → its entry, or why there is none. */
import { problem } from "../../base/problems.ts";
import { beyond } from "../../base/text.ts";
import { bytesAllowed, bytesOfEntry, countNames, entryLimit, TOO_LONG_FIX } from "../../content/entrylimit.ts";
import { MAX_POST_BYTES } from "../../content/inputs.ts";
import { TooMuchWork, workProblem } from "../../content/work.ts";
import type { Entry, Facts, Post, PostLines, PostRecord, Problem } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { readObject, type Store, StoreError, StoreUnreadable } from "../../stores/store.ts";
import { TimedOut } from "../../workers/timelimit.ts";
import type { Failure } from "../retry.ts";
import type { Others } from "../scan/others.ts";
import { parseObject } from "../scan/read.ts";
import { type SlowPosts, timedOutProblem, unlessStopped } from "../scan/slow.ts";

/** `moved`: the post is no longer what its record says. */
export type Fault = { readonly moved: true } | { readonly failed: Failure };
export type Outcome = { readonly entry: Entry } | Fault;

/** What is to be known of a record to render its post. */
export type PublicRecord = Pick<PostRecord, "key" | "etag"> & {
  readonly facts: Pick<Facts, "inputHash" | "links" | "published">;
};

export interface PostRendererInput {
  readonly content: Store;
  readonly site: Site;
  readonly slow: SlowPosts;
  readonly others: Others;
  readonly renderEntry: (post: Post) => Promise<Entry>;
}

/** `known`: the post, if it was read already; otherwise its file is read again. Throws `StoreError`. */
export async function renderPost(
  record: PublicRecord,
  known: Post | undefined,
  { renderEntry, ...input }: PostRendererInput,
): Promise<Outcome> {
  const { key, etag, facts } = record;
  const { site, slow } = input;
  let post: Post | undefined;
  try {
    const read = known ?? (await readPost(record, input));
    if (read?.inputHash !== ownHash(facts) || read.hidden) return { moved: true };
    post = facts.links ? { ...read, targets: facts.links.targets } : read;
    const linked = post;
    const entry = await unlessStopped(slow, "render", record, () => renderEntry(linked));
    const tooLong = tooLongProblem(entry, read, site);
    return tooLong ? { failed: { etag, problem: tooLong } } : { entry };
  } catch (error) {
    return { failed: { etag, problem: renderProblem(key, error, post) } };
  }
}

/** The input hash of the post by itself, wherever its links lead. */
export const ownHash = ({ links, inputHash }: Pick<Facts, "links" | "inputHash">): string => links?.own ?? inputHash;

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
  record: PublicRecord,
  { content, site, slow, others }: Omit<PostRendererInput, "renderEntry">,
): Promise<Post | undefined> {
  const { key, etag, facts } = record;
  const object = await readObject(content, key, MAX_POST_BYTES + 1);
  if (object?.etag !== etag) return undefined;
  const { post } = await parseObject({ others, site, slow }, { key, object, published: facts.published });
  return post;
}
