/** Measurements with which the bench's own tests begin. */
import type { Sizes } from "./measure.ts";
import type { Pair, Pairs } from "./pairs.ts";
import type { Run } from "./run.ts";

export const run = (ms: number, cpu = ms, memory = ms): Run => ({ ms, cpu, memory, stdout: "{}" });

export const pair = (ours: Run, theirs: Run | undefined): Pair => ({ ours, theirs });

/** The same pairs for each work. */
export function sizesOf(posts: number, pairs: Pairs): Sizes {
  const work = { same: pairs, all: pairs, newest: pairs, edit: pairs, nothing: pairs, start: pairs };
  return { posts, bytes: posts * 10_000, ...work, operations: {}, inFolders: run(1) };
}
