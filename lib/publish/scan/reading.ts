/**
 * Reading many keys in the time that a run has, portion by portion. What it has read when time runs out is prepared for the next
 * run, which takes that up instead of reading it again.
 */
import type { Clock } from "../../base/clock.ts";
import type { EntryPlace } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { listPrepared, putPrepared } from "../../state/findings.ts";
import type { Store } from "../../stores/store.ts";
import type { Helper } from "../helper.ts";
import { OutOfTime } from "../retry.ts";
import type { Finding } from "./findings.ts";
import { keptPosts } from "./kept.ts";
import type { Objects } from "./objects.ts";
import { type ListedInput, preparedIn, takePrepared } from "./prepared.ts";
import {
  type KeyReading,
  MAX_CHARACTERS,
  type ReadInput,
  type ReadResult,
  readCounter,
  readEach,
  readKeys,
} from "./read.ts";
import { readerDigest } from "./reader.ts";
import { areMany, readTogether } from "./together.ts";

/** Keys that are read between two looks at the clock: a second or two of a store that answers slowly. */
const PORTION = 1000;

/** How an attempt reads, where there is a listing. */
export interface Reading {
  /** What is at the keys. Throws `OutOfTime` when there is no time for all of them. */
  read(input: ListedReadInput, keys: readonly string[], options?: ReadOptions): Promise<ReadResult>;
  /** Removes what was prepared, once what it says is known or of no use. */
  forget(): Promise<void>;
}

/** How whoever has all the time reads. */
export const READS_AT_ONCE: Pick<Reading, "read"> = {
  read: (input, keys, { helper } = {}) =>
    helper && areMany(keys, input.site) ? readTogether(helper, input, keys) : readKeys(input, keys),
};

export interface ListedReadInput extends ReadInput {
  readonly others: ReadInput["others"] & { readonly listed: Objects };
}

interface ReadOptions {
  readonly helper?: Helper | undefined;
  /** Keys to be read whatever is prepared. */
  readonly anew?: ReadonlySet<string> | undefined;
}

export interface ReadingInput {
  readonly state: Store;
  readonly site: Site;
  readonly clock: Clock;
  /** Not to begin another portion after this moment. */
  readonly until: Date | undefined;
  readonly portion?: number | undefined;
  /** Nothing is to be written. */
  readonly dryRun: boolean;
  /** Told where the entry of a post lies that is prepared too, by input hash. */
  readonly onRendered?: (inputHash: string, place: EntryPlace) => void;
  readonly log: (line: string) => void;
}

export function openReading(given: ReadingInput): Reading {
  const { state, portion = PORTION, dryRun, log } = given;
  const found = new Set<string>();
  // A run with ever so little time reads one portion, so that the runs that go on come to an end.
  const progress = { hasRead: false };

  return {
    async read(input, keys, { helper, anew } = {}) {
      const prepared = keys.length > portion ? await readPrepared(given, input, without(keys, anew)) : NOTHING;
      for (const key of prepared.objects) found.add(key);
      const { findings } = prepared;
      const missing = keys.filter((key) => !findings.has(key));
      if (findings.size > 0) log(`${findings.size} of ${keys.length} posts were read before`);
      const { until } = given;
      const read = until
        ? await readPortions({ ...given, until, portion, progress, before: findings.size }, input, missing)
        : await READS_AT_ONCE.read(input, missing, { helper });
      return { findings: new Map([...findings, ...read.findings]), posts: read.posts };
    },

    async forget() {
      if (dryRun) return;
      try {
        for (const key of found) await state.delete(key);
        found.clear();
      } catch (error) {
        log(`prepared findings stay: ${(error as Error).message}`); // the run has succeeded all the same
      }
    },
  };
}

const without = (keys: readonly string[], anew: ReadonlySet<string> | undefined): ReadonlySet<string> =>
  new Set(keys.filter((key) => !anew?.has(key)));

interface Taken {
  /** Names of all objects of prepared findings, those of no use among them. */
  readonly objects: readonly string[];
  readonly findings: ReadonlyMap<string, Finding>;
}

const NOTHING: Taken = { objects: [], findings: new Map() };

async function readPrepared(
  { state, site, onRendered }: ReadingInput,
  input: ListedReadInput,
  keys: ReadonlySet<string>,
): Promise<Taken> {
  const objects = await listPrepared(state);
  const findings = new Map<string, Finding>();
  const listed: ListedInput = { ...input, listed: input.others.listed };
  await takePrepared(listed, { state, reader: readerDigest(site), objects }, keys, ({ key, finding, rendered }) => {
    findings.set(key, finding);
    if (rendered && finding.post) onRendered?.(finding.post.inputHash, rendered);
  });
  return { objects, findings };
}

interface InTime extends ReadingInput {
  readonly until: Date;
  readonly portion: number;
  readonly progress: { hasRead: boolean };
  /** How many are known already. */
  readonly before: number;
}

async function readPortions(run: InTime, input: ListedReadInput, keys: readonly string[]): Promise<ReadResult> {
  const { portion, progress, until, clock } = run;
  const findings = new Map<string, Finding>();
  const { posts, keep } = keptPosts(MAX_CHARACTERS);
  const tell = readCounter(input, keys.length);
  const take = (key: string, { finding, post }: KeyReading) => {
    if (finding) findings.set(key, finding);
    if (post) keep(post);
    tell();
  };
  for (let start = 0; start < keys.length; start += portion) {
    if (progress.hasRead && clock.now() >= until) await leaveForNext(run, input, findings, keys.length);
    await readEach(input, keys.slice(start, start + portion), take);
    progress.hasRead = true;
  }
  return { findings, posts };
}

/** Prepares what was read, and ends the scan. */
async function leaveForNext(
  { state, site, dryRun, before }: InTime,
  input: ListedReadInput,
  findings: ReadonlyMap<string, Finding>,
  total: number,
): Promise<never> {
  const etagOf = (key: string) => input.others.listed.get(key)?.etag;
  if (!dryRun) await putPrepared(state, readerDigest(site), preparedIn(input, findings, etagOf));
  throw new OutOfTime({ read: before + findings.size, total: before + total });
}
