/** Runs that stood beside each other, ours and another program's, and how many times as much ours took. */
import type { Amount, Run } from "./run.ts";
import { median } from "./stats.ts";

export interface Pair {
  readonly ours: Run;
  /** Undefined where the other program is not installed. */
  readonly theirs: Run | undefined;
}

export type Pairs = readonly Pair[];

/** Runs both, the other one first in every second round: what the first finds cold, the second finds warm. */
export function beside(round: number, ours: () => Run, theirs: (() => Run) | undefined): Pair {
  if (round % 2 === 0 || !theirs) return { ours: ours(), theirs: theirs?.() };
  const their = theirs();
  return { ours: ours(), theirs: their };
}

export interface Ratio {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Taken pair by pair, since other load on the machine affects the two runs of a pair alike. Undefined if a run failed, or if
 * the amount was not measured.
 */
export function ratioOf(pairs: Pairs, of: Amount): Ratio | undefined {
  const ratios = pairs.map(({ ours, theirs }) => {
    const hasFailed = ours.failed !== undefined || theirs?.failed !== undefined;
    return hasFailed ? Number.NaN : (ours[of] ?? Number.NaN) / (theirs?.[of] ?? Number.NaN);
  });
  if (ratios.length === 0 || ratios.some((ratio) => !Number.isFinite(ratio))) return undefined;
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}

export const ourRuns = (pairs: Pairs): readonly Run[] => pairs.map(({ ours }) => ours);
export const theirRuns = (pairs: Pairs): readonly Run[] => pairs.flatMap(({ theirs }) => theirs ?? []);
