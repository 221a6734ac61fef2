/** Exit codes, and the error that asks for one of them. */
import type { Report } from "../publish/types.ts";

export const DONE = 0;
export const PROBLEMS = 1;
export const USAGE = 2;
export const REFUSED = 3;
export const FAILED = 4;
/** An unexpected error; the number is that of `EX_SOFTWARE` in BSD's sysexits.h. */
export const FAULT = 70;

/** As help lists them. */
export const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [DONE, "done or nothing to do"],
  [PROBLEMS, "problems of the content"],
  [USAGE, "a wrong command line or site.yaml"],
  [REFUSED, "refused"],
  [FAILED, "a store failed"],
  [FAULT, "a fault of Dripfeed"],
];

/** The command line or the configuration is wrong; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** `strict`: problems alone make the run fail. */
export function exitCode({ refused, problems }: Report, strict: boolean): number {
  if (refused) return refused.code === "site-unusable" ? USAGE : REFUSED;
  return strict && problems.length > 0 ? PROBLEMS : DONE;
}

/** A `TypeError` of an adapter means an unusable store name, which is the user's to correct. */
export async function orUsageError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}
