/** Measures one file after another in a thread of its own, which may run out of time, stack or memory. */
import { parentPort } from "node:worker_threads";
import type { Source } from "./grammars.ts";
import { costOf, hottest } from "./measure.ts";

export interface Ask {
  readonly kind: "ours" | "marked" | "hottest";
  readonly source: Source;
  readonly limit: number;
}

parentPort?.on("message", ({ kind, source, limit }: Ask) => {
  const answer = kind === "hottest" ? hottest(source, limit) : costOf(source, limit, { isMarked: kind === "marked" });
  parentPort?.postMessage(answer);
});
