/** Reading keys portion by portion, with a look at the clock between them. What was read when time runs out is prepared for the next run. */
import type { Clock } from "../../../base/clock.ts";
import { MAX_POST_BYTES } from "../../../content/inputs.ts";
import type { Site } from "../../../site/types.ts";
import { putPrepared } from "../../../state/findings.ts";
import type { Store } from "../../../stores/store.ts";
import { OutOfTime } from "../../retry.ts";
import type { Finding } from "../findings.ts";
import type { Objects } from "../objects.ts";
import { type ListedReadInput, openResult, type ReadResult, readEach } from "../read.ts";
import { readerDigest } from "../reader.ts";
import { preparedIn } from "./prepared.ts";

/**
 * Portions, from which on what was read is prepared though there was time for all: another round, or the run after one that was killed
 * while it planned or wrote, need not read it again.
 */
const MANY_PORTIONS = 10;

/** A portion of large posts has fewer of them, so that it takes no run longer than one of many usual ones. */
const MAX_BYTES = 64_000_000;

export interface InTime {
  readonly state: Store;
  readonly site: Site;
  readonly clock: Clock;
  /** Nothing is to be written. */
  readonly dryRun: boolean;
  /** Not to begin another portion after this moment. */
  readonly until: Date;
  /** Keys, at most. */
  readonly portion: number;
  /** Names of objects to be removed in the end. */
  readonly found: Set<string>;
  /** How many are known already. */
  readonly before: number;
  /** Of other keys it is known what is there, though they are read. */
  readonly isNews: (key: string) => boolean;
}

/** What is at the keys. Throws `OutOfTime` when there is no time for all of them, and prepares those that were read. */
export async function readPortions(run: InTime, input: ListedReadInput, keys: readonly string[]): Promise<ReadResult> {
  const { portion, until, clock } = run;
  const { take, ...result } = openResult(input, keys.length);
  const { findings } = result;
  for (const [n, some] of portionsOf(keys, portion, input.others.listed).entries()) {
    // With ever so little time one portion is read, so that the runs that go on come to an end.
    if (n > 0 && clock.now() >= until) await leaveForNext(run, input, findings, keys.length);
    await readEach(input, some, take);
  }
  // What was stopped is no news either: its record stays, so that every full run reads it.
  const news = keys.filter((key) => run.isNews(key) && !input.slow.stopped.has(key));
  if (portionsOf(news, portion, input.others.listed).length >= MANY_PORTIONS) {
    for (const key of await prepare(run, input, findings)) run.found.add(key);
  }
  return result;
}

/** The keys in portions of at most so many, and of so many bytes as the listing says. */
export function portionsOf(keys: readonly string[], most: number, listed: Objects): readonly (readonly string[])[] {
  const portions: string[][] = [];
  let bytes = 0;
  for (const key of keys) {
    const size = Math.min(listed.get(key)?.size ?? 0, MAX_POST_BYTES); // no more of it is read
    const last = portions.at(-1);
    if (last && last.length < most && bytes + size <= MAX_BYTES) {
      last.push(key);
      bytes += size;
    } else {
      portions.push([key]);
      bytes = size;
    }
  }
  return portions;
}

/** Prepares what was read, and ends the scan. */
async function leaveForNext(
  run: InTime,
  input: ListedReadInput,
  findings: ReadonlyMap<string, Finding>,
  total: number,
): Promise<never> {
  await prepare(run, input, findings);
  throw new OutOfTime({ read: run.before + findings.size, total: run.before + total });
}

async function prepare(
  { state, site, dryRun }: InTime,
  input: ListedReadInput,
  findings: ReadonlyMap<string, Finding>,
): Promise<readonly string[]> {
  if (dryRun) return [];
  const etagOf = (key: string) => input.others.listed.get(key)?.etag;
  return putPrepared(state, readerDigest(site), preparedIn(input, findings, etagOf));
}
