/**
 * What is being announced. It is moved here from the head before caches are told, so that what a run commits meanwhile stays
 * apart from it: each change is taken out exactly when it was announced. Where an announcer ends without a word, the next one
 * announces the same again: a path or a topic may be announced twice, and is never lost.
 */
import type { Clock } from "../base/clock.ts";
import { foldPaths } from "../base/fold.ts";
import { earliest } from "../base/instant.ts";
import { present } from "../base/optional.ts";
import { listEtags, type Store } from "../stores/store.ts";
import { isListOf, isMapOf, isMoment, isObjectOf, isOneOf, isText, maybe } from "./guards.ts";
import { readHead, swapHead } from "./head.ts";
import { type Mutable, readMutable, readMutableAnyway, swapMutable } from "./swap.ts";
import type { Announcing, Changed, Taken, Topics } from "./types.ts";

export const ANNOUNCING: Mutable<Announcing> = {
  key: "announcing.json",
  empty: { format: 1, taken: [] },
  isShape: isObjectOf<Announcing>({
    format: isOneOf(1),
    taken: isListOf(
      isObjectOf<Taken>({
        by: isText,
        until: isMoment,
        reference: isText,
        head: maybe(isText),
        since: maybe(isMoment),
        paths: isListOf(isText),
        media: isListOf(isText),
        restored: maybe(isListOf(isText)),
        topics: isMapOf(isListOf(isText)),
      }),
    ),
  }),
};

/** Beyond this, paths are folded. */
export const MAX_PATHS = 1000;
/** How often another announcer may be quicker. */
const TRIES = 8;
const LONG_AGO = "1970-01-01T00:00:00Z";

export interface TakeInput {
  readonly state: Store;
  readonly public: Store;
  readonly clock: Clock;
  /** A fresh name. */
  readonly by: string;
  /** For how long it stays with whoever takes it, in milliseconds. */
  readonly keeps: number;
  readonly log: (line: string) => void;
}

/**
 * Takes what the head names, unless a run is writing (it must find the head as it left it, and its end wakes announcers), and
 * what nobody is announcing any more. Nothing where there is none of either. Where what was being announced is damaged, all
 * that is published counts as changed.
 */
export async function takeChanges(input: TakeInput): Promise<Taken | undefined> {
  const { state, clock, by, keeps, log } = input;
  for (let tried = 0; tried < TRIES; tried++) {
    const now = clock.now();
    const head = await readHead(state);
    const current = await readMutableAnyway(state, ANNOUNCING);
    const { lease, outbox } = head.value;
    const { paths, media = [], restored, since, ...rest } = outbox;
    // Another announcer has it, and is about to take it out of the head.
    const isTaken = current.value.taken.some((each) => each.head === head.etag && !isLeft(each, now));
    const committed: Changed = lease || isTaken ? NOTHING : { paths, media, ...present({ restored }) };
    const fresh = current.damage ? withAll(committed, await pathsIn(input.public)) : committed;
    const left = current.value.taken.filter((each) => isLeft(each, now));
    if (isNothing(fresh) && left.length === 0) return undefined;
    const until = new Date(now.getTime() + keeps).toISOString();
    const of = isNothing(committed) ? {} : present({ head: head.etag, since: earliest(since, ...sinces(left)) });
    const taken: Taken = { ...merged(left, fresh, by), by, until, ...of };
    const others = current.value.taken.filter((each) => !left.includes(each));
    const next: Announcing = { format: 1, taken: [...others, taken] };
    if (!(await swapMutable(state, ANNOUNCING, { current, next }))) continue;
    if (current.damage) log(`${current.damage.message}; all that is published is announced again`);
    if (!isNothing(committed) && !(await swapHead(state, head, { ...head.value, outbox: { paths: [], ...rest } }))) {
      log("another run wrote meanwhile: what is announced now is announced again");
    }
    return taken;
  }
  return undefined; // others take it
}

/** Puts `next` in the place of what was taken, or takes it out. `false`: another announcer has taken over. */
export async function replaceTaken(state: Store, by: string, next: Taken | undefined): Promise<boolean> {
  for (let tried = 0; tried < TRIES; tried++) {
    const current = await readMutable(state, ANNOUNCING);
    const { taken } = current.value;
    if (!taken.some((each) => each.by === by)) return false;
    const after = taken.flatMap((each) => (each.by === by ? (next ? [next] : []) : [each]));
    if (await swapMutable(state, ANNOUNCING, { current, next: { format: 1, taken: after } })) return true;
  }
  throw new Error("what was announced could not be noted: other announcers were quicker each time");
}

/** Leaves what was taken to the next announcer. */
export const giveBack = (state: Store, taken: Taken): Promise<boolean> =>
  replaceTaken(state, taken.by, { ...taken, until: LONG_AGO });

/** No announcer may take so long as this: one that would has a wrong clock. */
const LONGEST_MS = 60 * 60 * 1000;

/** Its time is over, or no date. */
function isLeft({ until }: Taken, now: Date): boolean {
  const remaining = Date.parse(until) - now.getTime();
  return !(remaining > 0 && remaining <= LONGEST_MS);
}

const NOTHING: Changed = { paths: [], media: [] };
const withAll = ({ paths, ...others }: Changed, all: readonly string[]): Changed => ({
  ...others,
  paths: foldPaths([...paths, ...all], 0),
});
const pathsIn = async (store: Store): Promise<readonly string[]> => [...(await listEtags(store)).keys()];
export const isNothing = ({ paths, media, restored = [] }: Changed): boolean =>
  paths.length + media.length + restored.length === 0;

/** All that is to be announced together. What was tried before, and nothing else, keeps its reference. */
function merged(left: readonly Taken[], fresh: Changed, by: string): Omit<Taken, "by" | "until"> {
  const [only, ...others] = left;
  if (only && others.length === 0 && isNothing(fresh)) return only;
  const all = [...left, fresh];
  const restored = foldPaths(
    all.flatMap(({ restored = [] }) => restored),
    MAX_PATHS,
  );
  return {
    ...present({ since: earliest(...sinces(left)) }),
    reference: by,
    paths: foldPaths(
      all.flatMap(({ paths }) => paths),
      MAX_PATHS,
    ),
    media: foldPaths(
      all.flatMap(({ media }) => media),
      MAX_PATHS,
    ),
    ...present({ restored: restored.length > 0 ? restored : undefined }),
    topics: left.map(({ topics }) => topics).reduce(withTopics, {}),
  };
}

const sinces = (taken: readonly Taken[]) => taken.map(({ since }) => since);

/** The topics of both, each once. */
function withTopics(some: Topics, more: Topics): Topics {
  const hubs = [...new Set([...Object.keys(some), ...Object.keys(more)])];
  return Object.fromEntries(hubs.map((hub) => [hub, [...new Set([...(some[hub] ?? []), ...(more[hub] ?? [])])]]));
}
