/** The helper of a run: a thread beside the main one, started when there is work for it, and given up when it does not go on. */
import { getCompileCacheDir } from "node:module";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { countDone } from "../base/claims.ts";
import type { Helper, HelperOperations, Jobs, Parts } from "../publish/helper.ts";
import { NO_OPERATIONS } from "../stores/counted.ts";
import type { Folders, HelperReply } from "./messages.ts";
import { openTimeLimit, type TimeLimit } from "./timelimit.ts";

/**
 * Less than the main thread has, and several times what the deepest post takes that may be rendered: a post that fails
 * on the main thread fails in every thread too, so that the number of threads makes no difference.
 */
const STACK_MB = 0.75;

/** The file that a thread runs: a bundle has it beside the parts that it is made of. */
const THREAD = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);

/** How often it is looked whether the thread goes on. */
const WATCH_MS = 500;

/** A thread loads the same modules as this one: with its compile cache they need not be compiled again. */
function withCompileCache(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: folder };
}

export interface OpenHelper extends Helper {
  close(): Promise<void>;
}

export interface HelperOptions {
  readonly limit?: Pick<TimeLimit, "limitInThread">;
  /** The file that it runs. */
  readonly file?: URL;
}

/** What is being done, until it ends or the thread is lost. */
interface Work {
  readonly take: (part: never) => void;
  readonly end: () => void;
}

export function openHelper(folders: Folders, options: HelperOptions = {}): OpenHelper {
  const { limit = openTimeLimit(), file = THREAD } = options;
  let thread: Worker | undefined;
  let isLost = false;
  let work: Work | undefined;
  let operations: HelperOperations = { content: NO_OPERATIONS, public: NO_OPERATIONS };

  function lose(): void {
    isLost = true;
    work?.end();
  }

  function start(): Worker {
    const started = new Worker(file, {
      workerData: folders,
      resourceLimits: { stackSizeMb: STACK_MB },
      env: withCompileCache(),
    });
    started.on("message", (reply: HelperReply) => {
      if ("part" in reply) return work?.take(reply.part as never);
      operations = reply.ended;
      work?.end();
    });
    started.on("error", lose);
    started.on("exit", lose);
    return started;
  }

  /** Nothing where no thread can be had: the machine may allow no more of them. */
  function startedOnce(): Worker | undefined {
    try {
      thread ??= start();
    } catch {
      isLost = true;
    }
    return thread;
  }

  return {
    isAtWork: () => thread !== undefined && !isLost,
    writes: folders.public !== undefined,
    operations: () => operations,

    async help<Kind extends keyof Jobs>(kind: Kind, job: Jobs[Kind], take: (part: Parts[Kind]) => void) {
      if (isLost) return;
      const worker = startedOnce();
      if (!worker) return;
      const { claims } = job;
      let seen = { done: countDone(claims), at: performance.now() };
      // What was said while this thread was at a post is heard first.
      const watch = setInterval(() => setImmediate(endIfStuck), WATCH_MS);
      const endIfStuck = () => {
        const done = countDone(claims);
        if (done !== seen.done) seen = { done, at: performance.now() };
        else if (performance.now() - seen.at > limit.limitInThread()) void worker.terminate();
      };
      await new Promise<void>((resolve) => {
        work = { take: take as Work["take"], end: resolve };
        worker.postMessage({ kind, job, sent: Date.now() });
      }).catch(lose); // it is nothing that a thread can be sent
      clearInterval(watch);
      work = undefined;
    },

    async close() {
      isLost = true;
      await thread?.terminate();
    },
  };
}

/** Runs `work` with a helper, if a second processor is there for it. */
export async function withHelper<T>(
  folders: Folders | undefined,
  work: (helper: Helper | undefined) => Promise<T>,
): Promise<T> {
  if (folders === undefined || availableParallelism() < 2) return work(undefined);
  const helper = openHelper(folders);
  try {
    return await work(helper);
  } finally {
    await helper.close();
  }
}
