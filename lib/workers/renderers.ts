/** Rendering on every core: worker threads beside the main thread, started only when there are many posts to render. */
import { getCompileCacheDir } from "node:module";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { renderEntry } from "../content/entry.ts";
import type { Entry, Post } from "../model.ts";
import { openTimeLimit, TimedOut, type TimeLimit } from "./timelimit.ts";

export interface RenderRequest {
  readonly id: number;
  readonly post: Post;
}

export interface RenderReply {
  readonly id: number;
  /** Missing if the thread could not render the post. */
  readonly entry?: Entry;
}

export interface Renderers {
  /** The result does not depend on which thread renders it. Throws `TimedOut`. */
  render(post: Post): Promise<Entry>;
  close(): Promise<void>;
}

/** Threads start at this post: starting one takes as long as rendering some two hundred. */
const FEW_POSTS = 100;
/** Requests that a thread holds, so that its next post is there while a reply is on its way. */
const QUEUE = 6;
/** Posts that this thread renders before it handles replies: one limit is begun for all of them. */
const HERE_AT_ONCE = 3;
/** More threads would wait for the main thread, which alone reads and writes. */
const MAX_THREADS = 3;
/**
 * Less than the main thread has, and several times what the deepest post takes that may be rendered: a post that fails
 * on the main thread fails in every thread too, so that the number of threads makes no difference.
 */
const STACK_MB = 0.75;

/** The file that a thread runs: a bundle has it beside the parts that it is made of. */
const THREAD = new URL(import.meta.url.endsWith(".ts") ? "./renderer.ts" : "./renderer.js", import.meta.url);

interface Task {
  readonly post: Post;
  readonly resolve: (entry: Promise<Entry>) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Tasks sent to the thread, by request id. */
  readonly sent: Map<number, Task>;
  /** When the thread began with the first of them, by `performance.now`. */
  since: number;
}

const WATCH_MS = 500;

/** Threads load the same modules as this one: with its compile cache they need not compile them again. */
function withCompileCache(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: folder };
}

/** With `threads` beside this one; 0 renders on this thread alone. */
export function openRenderers(threads: number, limit: TimeLimit = openTimeLimit()): Renderers {
  let pool: Thread[] = [];
  let waiting: Task[] = [];
  let lastId = 0;
  let isScheduled = false;
  let watch: NodeJS.Timeout | undefined;

  function startThread(): Thread {
    const worker = new Worker(THREAD, {
      resourceLimits: { stackSizeMb: STACK_MB },
      env: withCompileCache(),
    });
    const thread: Thread = { worker, sent: new Map(), since: performance.now() };
    const remove = () => drop(thread);
    worker.on("message", ({ id, entry }: RenderReply) => {
      const task = thread.sent.get(id);
      thread.sent.delete(id);
      thread.since = performance.now();
      task?.resolve(entry ? Promise.resolve(entry) : renderHere(task.post));
      distribute();
    });
    worker.on("error", remove);
    worker.on("exit", remove);
    return thread;
  }

  /** Renders elsewhere what the thread was sent. */
  function drop(thread: Thread): void {
    pool = pool.filter((other) => other !== thread);
    waiting.push(...thread.sent.values());
    thread.sent.clear();
    distribute();
  }

  const renderHere = (post: Post): Promise<Entry> => limit.run(() => renderEntry(post));

  /** Ends a thread that takes too long, with the post that it is at; another one goes on with the rest. */
  function endSlowThreads(): void {
    for (const thread of [...pool]) {
      const [[id, task] = []] = thread.sent;
      const bound = limit.limitInThread();
      const time = performance.now() - thread.since;
      if (id === undefined || time < bound) continue;
      thread.sent.delete(id);
      limit.spend(time);
      task?.reject(new TimedOut(bound));
      void thread.worker.terminate();
      pool.push(startThread());
      drop(thread);
    }
  }

  /** Fills the queues of the threads; this thread renders what is left, and handles replies between some posts. */
  function distribute(): void {
    for (const thread of pool) {
      const { worker, sent } = thread;
      while (sent.size < QUEUE) {
        const task = waiting.shift();
        if (!task) return;
        lastId += 1;
        if (sent.size === 0) thread.since = performance.now();
        sent.set(lastId, task);
        worker.postMessage({ id: lastId, post: task.post } satisfies RenderRequest);
      }
    }
    if (isScheduled || waiting.length === 0) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      for (const task of waiting.splice(0, HERE_AT_ONCE)) task.resolve(renderHere(task.post));
      distribute();
    });
  }

  return {
    render(post) {
      lastId += 1;
      if (lastId === FEW_POSTS && threads > 0) {
        pool = Array.from({ length: Math.min(threads, MAX_THREADS) }, startThread);
        // Replies that came while this thread was at a post are handled first.
        watch = setInterval(() => setImmediate(endSlowThreads), WATCH_MS).unref();
      }
      if (pool.length === 0) return renderHere(post);
      return new Promise((resolve, reject) => {
        waiting.push({ post, resolve, reject });
        distribute();
      });
    },

    async close() {
      const threadsToEnd = pool;
      pool = [];
      waiting = [];
      clearInterval(watch);
      await Promise.all(threadsToEnd.map(({ worker }) => worker.terminate()));
    },
  };
}

/** What `publish` takes to render on several threads. */
export interface Rendering {
  readonly renderEntry: Renderers["render"];
  readonly timeLimit: TimeLimit;
}

/** Runs `work` with as many threads as there are cores besides this thread's. */
export async function withRenderers<T>(work: (rendering: Rendering) => Promise<T>): Promise<T> {
  const timeLimit = openTimeLimit();
  const renderers = openRenderers(availableParallelism() - 1, timeLimit);
  try {
    return await work({ renderEntry: renderers.render, timeLimit });
  } finally {
    await renderers.close();
  }
}
