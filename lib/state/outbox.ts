/** The outbox: paths that changed for readers and are still to be announced to caches and hubs. */
import type { Store } from "../stores/store.ts";
import { readHead, swapHead } from "./head.ts";
import type { Outbox } from "./types.ts";

/** What became of the outbox. */
export interface Announced {
  /** How many paths were to be announced; one where they were too many to name. */
  readonly paths: number;
  /** Why they are left for the next run. */
  readonly failed?: string;
}

/** Announces the paths, and returns when that is done. `signal` aborts when the time is over. */
export type Announce = (outbox: Outbox, signal: AbortSignal) => Promise<void>;

export interface Drain {
  readonly state: Store;
  readonly announce: Announce;
  /** How long to wait for it, in milliseconds. */
  readonly patience: number;
  readonly log: (line: string) => void;
}

/**
 * Announces what the head still names, and takes it out. What fails, takes too long, or is overtaken by a run that writes
 * stays for the next run: a path may be announced twice, and is always announced.
 *
 * Never throws: the run has succeeded all the same. Nothing where there was nothing to announce.
 */
export async function drainOutbox({ state, announce, patience, log }: Drain): Promise<Announced | undefined> {
  let paths = 0;
  try {
    const current = await readHead(state);
    const { lease, outbox } = current.value;
    // A run that is writing announces all of it at its end, and must find the head as it left it.
    if (lease || outbox.paths.length === 0) return undefined;
    paths = outbox.paths.length;
    await within(patience, (signal) => announce(outbox, signal));
    // Where a run committed meanwhile, its paths may be the same ones: all of them stay.
    const emptied = await swapHead(state, current, { ...current.value, outbox: { ...outbox, paths: [] } });
    if (!emptied) log("another run wrote meanwhile: what was announced is announced again");
    return { paths };
  } catch (error) {
    const failed = (error as Error).message;
    log(`not announced, and left for the next run: ${failed}`);
    return { paths, failed };
  }
}

async function within(ms: number, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`it took longer than ${ms / 1000} s`));
      stop.abort();
    }, ms);
  });
  try {
    await Promise.race([work(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
