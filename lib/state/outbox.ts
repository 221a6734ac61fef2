/** The outbox: what changed for readers and is still to be told to whoever keeps copies of it. */
import type { Announced, Outbox } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { readHead, swapHead } from "./head.ts";

/** Tells of the paths, and returns when that is done. `signal` aborts when nobody waits for it any more. */
export type Announce = (outbox: Outbox, signal: AbortSignal) => Promise<void>;

export interface Drain {
  readonly state: Store;
  readonly announce: Announce;
  /** How long to wait for it, in milliseconds. */
  readonly patience: number;
  readonly log: (line: string) => void;
}

/**
 * Announces what the head still names, and takes it out. Nothing is lost: what fails, takes too long, or is overtaken by a
 * run that writes stays for the run after it, so that a path may be told twice and never not at all.
 *
 * Never throws: what was published is published. Nothing where there was nothing to tell.
 */
export async function drainOutbox({ state, announce, patience, log }: Drain): Promise<Announced | undefined> {
  let paths = 0;
  try {
    const current = await readHead(state);
    const { lease, outbox } = current.head;
    // Whoever writes announces all of it at the end, and must find the head as it was left.
    if (lease || outbox.paths.length === 0) return undefined;
    paths = outbox.paths.length;
    await within(patience, (signal) => announce(outbox, signal));
    // The paths of a run that committed meanwhile may be these again: they all stay.
    const emptied = await swapHead(state, current, { ...current.head, outbox: { ...outbox, paths: [] } });
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
