/** The outbox: what changed for readers and is still to be announced, to caches first, then to hubs. */
import type { Clock } from "../base/clock.ts";
import { present } from "../base/optional.ts";
import type { Instant } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { giveBack, replaceTaken, takeChanges } from "./announcing.ts";
import type { Announcer, Changed, HubAnnouncer, Settle, Taken, Topics } from "./types.ts";

/** What became of the outbox. */
export interface Announced {
  /** How many paths were to be announced to caches, prefixes counting as one. */
  readonly paths: number;
  /** When the first of them was asked for, where it is known; only where they were announced. */
  readonly since?: Instant;
  /** Why all of it is left for the next run. */
  readonly failed?: string;
  /** How many topics hubs are still to be told, in all: they are left for the next run. */
  readonly waiting?: number;
}

/** Announces what changed, and returns when that is done. `signal` aborts when the time is over. */
export type Announce = (changes: Changed, signal: AbortSignal) => Promise<void>;

export interface Drain {
  readonly state: Store;
  readonly public: Store;
  readonly clock: Clock;
  readonly announcer: Announcer;
  /** A fresh name for this announcement. */
  readonly by: string;
  /** How long it may take, in milliseconds. */
  readonly patience: number;
  readonly log: (line: string) => void;
}

/** Beyond its patience, an announcer has this long to note how far it came. */
const NOTING_MS = 10_000;
/** Of that, hubs have this long to say at what they were stopped. */
const ENDING_MS = 1_000;

/**
 * Announces what is to be announced, and notes each step: caches that were told are not told again because a hub is slow. What
 * fails or takes too long stays for the next run, exactly.
 *
 * Never throws: the run has succeeded all the same. Nothing where there was nothing to announce.
 */
export async function drainOutbox(drain: Drain): Promise<Announced | undefined> {
  const { state, public: store, clock, by, patience, log } = drain;
  let taken: Taken | undefined;
  try {
    const until = new Date(clock.now().getTime() + patience);
    taken = await takeChanges({ state, public: store, clock, by, keeps: patience + NOTING_MS, log });
    if (!taken) return undefined;
    return await announceTaken(drain, taken, until);
  } catch (error) {
    const failed = (error as Error).message;
    log(`not announced, and left for the next run: ${failed}`);
    // Where that fails too, its time runs out.
    if (taken) await giveBack(state, taken).catch(() => false);
    return { paths: taken ? countOf(taken) : 0, failed };
  }
}

const countOf = ({ paths, media, restored = [] }: Changed): number => paths.length + media.length + restored.length;

async function announceTaken(
  { state, clock, announcer, patience, log }: Drain,
  taken: Taken,
  until: Date,
): Promise<Announced> {
  const { restored = [], since, ...rest } = taken;
  const { by, paths, media, reference } = rest;
  const count = countOf(taken);
  const announced = { paths: count, ...present({ since }) };
  const { hubs } = announcer;
  if (count > 0) {
    await within(patience, (signal) =>
      announcer.invalidate({ paths: [...paths, ...restored], media }, signal, reference),
    );
  }
  const topics = hubs ? await hubs.topics(taken.topics, { paths, media }) : taken.topics;
  const told = { ...rest, paths: [], media: [], topics };
  const isMine = await replaceTaken(state, by, hasTopics(topics) ? told : undefined);
  if (!isMine) log("it took so long that another announcer took over");
  if (!isMine || !hasTopics(topics)) return announced;
  if (!hubs) {
    await giveBack(state, told);
    return { ...announced, waiting: countTopics(topics) };
  }
  try {
    const left = await notifyHubs(hubs, topics, { until, remaining: until.getTime() - clock.now().getTime() });
    if (hasTopics(left)) await giveBack(state, { ...told, topics: left });
    else await replaceTaken(state, by, undefined);
    return { ...announced, ...present({ waiting: countTopics(left) || undefined }) };
  } catch (error) {
    // Its time runs out, and hubs are told again.
    log(`hubs are told again: ${(error as Error).message}`);
    return { ...announced, waiting: countTopics(topics) };
  }
}

/** The topics that are left. What a hub answers after the time is over counts as not answered. */
async function notifyHubs(
  hubs: HubAnnouncer,
  topics: Topics,
  { until, remaining }: { readonly until: Date; readonly remaining: number },
): Promise<Topics> {
  const left = new Map(Object.entries(topics).map(([hub, paths]) => [hub, new Set(paths)]));
  const settle: Settle = (hub, topic) => void left.get(hub)?.delete(topic);
  try {
    await within(Math.max(remaining, 0), (signal) => hubs.notify(topics, settle, { until, signal }), ENDING_MS);
  } catch {
    // What was not settled is left.
  }
  return Object.fromEntries([...left].flatMap(([hub, paths]) => (paths.size > 0 ? [[hub, [...paths]]] : [])));
}

const countTopics = (topics: Topics): number => Object.values(topics).reduce((sum, { length }) => sum + length, 0);
const hasTopics = (topics: Topics): boolean => countTopics(topics) > 0;

/** `ending`: how long the work may take to end once the signal has aborted. */
async function within(ms: number, work: (signal: AbortSignal) => Promise<void>, ending = 0): Promise<void> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`it took longer than ${ms / 1000} s`);
      // Before the work, which the signal ends, can say that it was aborted.
      if (ending === 0) reject(error);
      else timer = setTimeout(reject, ending, error);
      stop.abort();
    }, ms);
  });
  try {
    await Promise.race([work(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
