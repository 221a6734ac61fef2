/**
 * Posts whose reading or rendering was stopped, because it took too long. How long it takes depends on the machine, so
 * nothing of such a post is committed: its record and its last good entry stay, and the next full run tries again.
 */
import { present } from "../../base/optional.ts";
import { problem } from "../../base/problems.ts";
import { traitsOf } from "../../base/traits.ts";
import type { Unread } from "../../content/unread.ts";
import type { Etag, Instant, PostRecord, Problem } from "../../model.ts";
import { TimedOut, type TimeLimit } from "../../workers/timelimit.ts";
import type { Finding } from "./findings.ts";

/** What a run allows each post, and which posts it has stopped so far. */
export interface SlowPosts {
  readonly limit: TimeLimit;
  /** By key. They are not tried again in this run, unless their file is another by then. */
  readonly stopped: Map<string, Stopped>;
}

/** A post that was stopped, as its file was then. */
interface Stopped {
  readonly etag: Etag;
  readonly step: Step;
  readonly error: TimedOut;
}

type Step = "read" | "render";

/** A post that another thread stopped. */
export interface StoppedPost {
  readonly key: string;
  readonly etag: Etag;
  readonly step: Step;
  /** Milliseconds. */
  readonly limit: number;
}

export const stoppedPosts = ({ stopped }: SlowPosts): readonly StoppedPost[] =>
  [...stopped].map(([key, { etag, step, error }]) => ({ key, etag, step, limit: error.limit }));

/** Notes what another thread stopped. */
export function noteStopped({ stopped }: SlowPosts, posts: readonly StoppedPost[]): void {
  for (const { key, etag, step, limit } of posts) stopped.set(key, { etag, step, error: new TimedOut(limit) });
}

export const slowPosts = (limit: TimeLimit): SlowPosts => ({ limit, stopped: new Map() });

/** Throws `TimedOut` when the work does, and at once where this file was stopped at this step before. */
export async function unlessStopped<T>(
  { stopped }: SlowPosts,
  step: Step,
  { key, etag }: { readonly key: string; readonly etag: Etag },
  work: () => Promise<T>,
): Promise<T> {
  const before = stopped.get(key);
  if (before?.etag === etag && before.step === step) throw before.error;
  try {
    return await work();
  } catch (error) {
    if (error instanceof TimedOut) stopped.set(key, { etag, step, error });
    throw error;
  }
}

export const timedOutProblem = (key: string, { message }: TimedOut): Problem => problem("timed-out", key, message);

/**
 * Leaves out of the findings what was stopped, so that its record stays. A key without a record that can stay is broken
 * without an ETag: the post that is there may be a known one under another name, and is to be read again. Gives the
 * problems of the posts whose records stay.
 */
export function leaveOutStopped(
  findings: Map<string, Finding>,
  { stopped }: SlowPosts,
  recordOf: (key: string) => PostRecord | undefined,
  now: Instant,
): readonly Problem[] {
  const told: Problem[] = [];
  for (const [key, { etag, error }] of stopped) {
    const finding = findings.get(key);
    if (!finding || finding.gone || finding.heldBack || finding.etag !== etag) continue;
    const problem = timedOutProblem(key, error);
    const seen = finding.post ? traitsOf(finding.post) : finding.seen;
    if (canStay(recordOf(key), etag) && !isWithdrawn(finding, now)) {
      findings.delete(key);
      told.push(problem);
    } else {
      const { published, expires } = finding;
      findings.set(key, { etag: "", problems: [problem], ...present({ seen, published, expires }) });
    }
  }
  return told;
}

const isWithdrawn = ({ published, expires }: Pick<Unread, "published" | "expires">, now: Instant): boolean =>
  (published !== undefined && published > now) || (expires !== undefined && expires <= now);

/** Not one with the ETag of the file, which would not be read again, nor a public one whose entry was never rendered. */
const canStay = (record: PostRecord | undefined, etag: Etag): boolean =>
  record !== undefined &&
  record.etag !== etag &&
  record.etag !== "" &&
  (record.state !== "public" || record.rendered !== undefined);
