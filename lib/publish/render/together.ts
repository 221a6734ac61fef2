/** Rendering the posts of records: here, or with a helper, both threads claiming from one list. */
import { claim, closeClaims, newClaims, noteDone } from "../../base/claims.ts";
import { forEachAtOnce } from "../../base/concurrency.ts";
import { present } from "../../base/optional.ts";
import type { HeldEntry } from "../../formats/types.ts";
import type { ListedRecord, Post } from "../../model.ts";
import type { Helper, RenderJob } from "../helper.ts";
import type { Objects } from "../scan/objects.ts";
import { noteStopped, stoppedPosts } from "../scan/slow.ts";
import { type EntryBlock, entriesIn, type ItemsOfFeeds } from "./block.ts";
import type { ToEncode } from "./encode.ts";
import { type BlockMemory, bytesHere } from "./memory.ts";
import { type Fault, type PostRendererInput, type PublicRecord, renderPost } from "./posts.ts";

/** Fewer posts are rendered before a helper has begun, */
const MANY = 300;
/** and before one that is at work knows of them. */
const SOME = 30;
/** Posts that are claimed at once, and whose entries share a block. */
const AT_ONCE = 32;

export interface RenderFrom {
  /** Posts that were read already, by key. */
  readonly posts: ReadonlyMap<string, Post>;
  /** All objects of the content store, where they were listed. */
  readonly listed?: Objects | undefined;
  /** What feeds show of each, where they are to be written. */
  readonly items?: ItemsOfFeeds | undefined;
  /** Called before each rendering, to renew a lease that is held. */
  readonly renew?: (() => Promise<void>) | undefined;
}

export interface RenderingInput extends PostRendererInput, RenderFrom {
  readonly rendered: (record: ListedRecord, held: HeldEntry) => void;
  readonly failed: (record: ListedRecord, fault: Fault) => void;
}

/** Is it worth a helper to render so many? */
export const areMany = (records: readonly ListedRecord[], helper: Helper): boolean =>
  records.length >= (helper.isAtWork() ? SOME : MANY);

export async function renderHere(input: RenderingInput, records: readonly ListedRecord[]): Promise<void> {
  const { posts, renew, rendered, failed } = input;
  await forEachAtOnce(records, async (record) => {
    await renew?.();
    const outcome = await renderPost(record, posts.get(record.key), input);
    if ("entry" in outcome) rendered(record, outcome);
    else failed(record, outcome);
  });
}

export interface SharedRendering extends RenderingInput {
  /** Memory for about so many bytes. */
  readonly lend: (bytes: number) => BlockMemory;
}

/** Bytes that an entry takes for each byte of its post: its line of the entry cache, and its item in each format. */
const LINE_PER_BYTE = 1.3;
const ITEMS_PER_BYTE = 4;

/** Entries become bytes in either thread, so that documents can be put together from them in either. */
export async function renderTogether(
  helper: Helper,
  input: SharedRendering,
  records: readonly ListedRecord[],
): Promise<void> {
  const { site, slow, posts, items, renew } = input;
  // What this thread has read comes last, where it begins.
  const all = [...records.filter(({ key }) => !posts.has(key)), ...records.filter(({ key }) => posts.has(key))];
  const tasks = all.map((record) => {
    const { key, etag, facts } = record;
    return { key, etag, facts, ...present({ item: items?.items.get(facts.inputHash) }) };
  });
  const waiting = new Set(records);
  const settle = (record: ListedRecord | undefined, settled: (record: ListedRecord) => void) => {
    if (record && waiting.delete(record)) settled(record);
  };
  const take = (block: EntryBlock, faults: readonly (readonly [task: number, fault: Fault])[]) => {
    for (const [task, held] of entriesIn(block, tasks, items?.site)) {
      settle(all[task], (record) => input.rendered(record, held));
    }
    for (const [task, fault] of faults) settle(all[task], (record) => input.failed(record, fault));
  };
  const claims = newClaims(tasks.length);
  const { limits } = slow.limit;
  const bytes = records.reduce((sum, { facts }) => sum + facts.size, 0);
  const memory = input.lend(bytes * (items ? LINE_PER_BYTE + ITEMS_PER_BYTE : LINE_PER_BYTE));
  const job = { claims, site, itemSite: items?.site, tasks, memory, limits, stopped: stoppedPosts(slow) };
  const helping = helper.help("render", job, (part) => {
    noteStopped(slow, part.stopped);
    take({ ...part.block, bytes: bytesHere(memory, part.block) }, part.faults);
  });
  try {
    const nextTask = fromLast(tasks.length);
    await renderClaimed(job, { nextTask, postOf: ({ key }) => posts.get(key), renew, take, rendering: input });
  } finally {
    closeClaims(claims);
    await helping;
  }
  await renderHere(input, [...waiting]);
}

/** The number of a task, by how many were claimed before. */
const fromLast = (length: number) => (claimed: number) => length - 1 - claimed;
export const fromFirst = (claimed: number): number => claimed;

export interface ClaimedRendering {
  readonly nextTask: (claimed: number) => number;
  /** The post, if it was read already. */
  readonly postOf: (record: PublicRecord) => Post | undefined;
  readonly renew?: (() => Promise<void>) | undefined;
  readonly take: (block: EntryBlock, faults: readonly (readonly [task: number, fault: Fault])[]) => void;
  readonly rendering: PostRendererInput;
}

/** Renders tasks, some at once, until none is left to claim. */
export async function renderClaimed(
  { claims, itemSite, tasks, memory }: Pick<RenderJob, "claims" | "itemSite" | "tasks" | "memory">,
  { nextTask, postOf, renew, take, rendering }: ClaimedRendering,
): Promise<void> {
  const { encodeBlock } = await import("./encode.ts");
  for (let before = 0; ; ) {
    const { claimed } = claim(claims, AT_ONCE);
    if (claimed === 0) return;
    const entries: ToEncode[] = [];
    const faults: (readonly [task: number, fault: Fault])[] = [];
    const numbers = Array.from({ length: claimed }, (_, i) => nextTask(before + i));
    before += claimed;
    await forEachAtOnce(numbers, async (task) => {
      const record = tasks[task];
      if (!record) return;
      await renew?.();
      const outcome = await renderPost(record, postOf(record), rendering);
      noteDone(claims);
      if ("entry" in outcome) entries.push({ task, ...outcome, ...record });
      else faults.push([task, outcome]);
    });
    take(encodeBlock(entries, itemSite, memory), faults);
  }
}
