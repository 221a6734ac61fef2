/** Asks the thread that measures, and begins another one when it does not answer. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Source } from "./grammars.ts";
import type { Cost } from "./measure.ts";
import type { Ask } from "./worker.ts";

/** Megabytes of one thread, beyond which its work ends as `memory`. */
const MEMORY = 1500;
/** What cannot be interrupted within its limit (ms) is ended with its thread after so many times as much. */
const PATIENCE = 5;

export interface Meter {
  cost(source: Source, limit: number, kind?: "ours" | "marked"): Promise<Cost>;
  /** The function in which most of the time goes. */
  hottest(source: Source, limit: number): Promise<string>;
  close(): Promise<void>;
}

export function meter(): Meter {
  let worker: Worker | undefined;
  const close = async () => {
    await worker?.terminate();
    worker = undefined;
  };

  /** The answer, or how the thread ended. */
  async function ask<T extends Cost | string>(question: Ask): Promise<T | "time" | "memory"> {
    worker ??= new Worker(new URL("worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    });
    const current = worker;
    const waiting = new AbortController();
    const { signal } = waiting;
    const alarm = AbortSignal.timeout(question.limit * PATIENCE + 5000);
    const answered = once(current, "message", { signal }).then(([answer]) => answer as T);
    const stopped = once(alarm, "abort", { signal }).then(() => "time" as const);
    current.postMessage(question);
    try {
      return await Promise.race([answered, stopped]);
    } catch {
      return "memory";
    } finally {
      for (const left of [answered, stopped]) left.catch(() => {});
      waiting.abort();
    }
  }

  return {
    close,
    async cost(source, limit, kind = "ours") {
      const cost = await ask<Cost>({ kind, source, limit });
      if (typeof cost !== "string") return cost;
      await close();
      return { ms: limit, end: cost };
    },
    async hottest(source, limit) {
      const cause = await ask<string>({ kind: "hottest", source, limit });
      if (cause === "time" || cause === "memory") await close();
      return cause;
    },
  };
}
