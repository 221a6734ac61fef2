/** Rendering on every core: threads beside this one, begun only when there is much to render. */
import { getCompileCacheDir } from "node:module";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { renderEntry } from "../content/entry.ts";
import type { Entry, Post } from "../model.ts";

export interface Question {
  readonly id: number;
  readonly post: Post;
}

/** Without an entry the post could not be rendered there. */
export interface Answer {
  readonly id: number;
  readonly entry?: Entry;
}

export interface Renderers {
  /** The entry of a post: the same whichever thread renders it. */
  render(post: Post): Promise<Entry>;
  close(): Promise<void>;
}

/** A thread takes as long to begin as some two hundred posts do. */
const FEW_POSTS = 100;
/** Enough for a thread to have its next post at hand while an answer is on its way. */
const QUEUE = 6;
/** More would wait for the one thread that reads and writes. */
const MOST_THREADS = 3;
/**
 * Shallower than this thread's: what is nested too deep for the main thread is never rendered by another, so that it does
 * not matter how many there are.
 */
const STACK_MB = 0.75;

/** What a thread is for, where one file is all there is. */
export const RENDERER = "renderer";

/** Bundled, this file and that of the threads are one: the program itself. */
const THREAD = new URL(import.meta.url.endsWith(".ts") ? "./renderer.ts" : import.meta.url, import.meta.url);

interface Task {
  readonly post: Post;
  readonly settle: (entry: Promise<Entry>) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly asked: Map<number, Task>;
}

/** A thread loads the same modules as this one, and need not compile them again. */
function compiledOnce(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: folder };
}

/** `threads` beside this one; none at all where there is but one core. */
export function openRenderers(threads: number): Renderers {
  let pool: Thread[] = [];
  let waiting: Task[] = [];
  let asked = 0;
  let isAtWork = false;

  function begin(): Thread {
    const worker = new Worker(THREAD, {
      workerData: RENDERER,
      resourceLimits: { stackSizeMb: STACK_MB },
      env: compiledOnce(),
    });
    const thread: Thread = { worker, asked: new Map() };
    const end = () => {
      pool = pool.filter((other) => other !== thread);
      waiting.push(...thread.asked.values()); // what it did not answer
      thread.asked.clear();
      share();
    };
    worker.on("message", ({ id, entry }: Answer) => {
      const task = thread.asked.get(id);
      thread.asked.delete(id);
      task?.settle(entry ? Promise.resolve(entry) : renderHere(task.post));
      share();
    });
    worker.on("error", end);
    worker.on("exit", end);
    return thread;
  }

  /** The threads have enough to do at any time; this one does what is left, and looks at their answers in between. */
  function share(): void {
    for (const { worker, asked: theirs } of pool) {
      while (theirs.size < QUEUE) {
        const task = waiting.shift();
        if (!task) return;
        asked += 1;
        theirs.set(asked, task);
        worker.postMessage({ id: asked, post: task.post } satisfies Question);
      }
    }
    if (isAtWork || waiting.length === 0) return;
    isAtWork = true;
    setImmediate(() => {
      isAtWork = false;
      const task = waiting.shift();
      task?.settle(renderHere(task.post));
      share();
    });
  }

  return {
    render(post) {
      asked += 1;
      if (asked === FEW_POSTS) pool = Array.from({ length: Math.min(threads, MOST_THREADS) }, begin);
      if (pool.length === 0) return renderHere(post);
      return new Promise((settle) => {
        waiting.push({ post, settle });
        share();
      });
    },

    async close() {
      const ended = pool;
      pool = [];
      waiting = [];
      await Promise.all(ended.map(({ worker }) => worker.terminate()));
    },
  };
}

const renderHere = async (post: Post): Promise<Entry> => renderEntry(post);

/** Works with as many threads as there are cores for. */
export async function withRenderers<T>(work: (render: Renderers["render"]) => Promise<T>): Promise<T> {
  const renderers = openRenderers(availableParallelism() - 1);
  try {
    return await work(renderers.render);
  } finally {
    await renderers.close();
  }
}
