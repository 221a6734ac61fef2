/** Enqueues a trigger again for what a run could not do. */
import { present } from "../base/optional.ts";
import { isTransient } from "../publish/refusals.ts";
import type { Report } from "../publish/types.ts";
import type { Queue } from "./queue.ts";
import type { Trigger } from "./trigger.ts";

/** A lease that is not renewed has expired after this. */
const LEASE_SECONDS = 60;

export interface Leftover {
  readonly trigger: Trigger;
  /** Since when readers wait, if it is known: the new message is younger. */
  readonly since: Date | undefined;
  /** The trigger came from the queue, so no caller waits for the report. */
  readonly isQueued: boolean;
  /** Without one, an error makes the sender deliver the trigger again. */
  readonly queue: Queue | undefined;
  readonly log: (line: string) => void;
}

/**
 * Enqueues a new message rather than failing the one that came: SQS counts failures and moves a message that fails too often
 * to the dead letter queue, and nothing is wrong with this one.
 */
export async function enqueueAgain(
  { refused, unfinished, scanned, dryRun }: Report,
  { trigger, since, isQueued, queue, log }: Leftover,
): Promise<void> {
  const { hints, prepared, force } = trigger;
  if (isTransient(refused) && isQueued) {
    if (!queue) throw new Error(refused?.message ?? "the run was refused");
    await queue.enqueue(present({ hints, prepared, force, since }), LEASE_SECONDS);
    log(`enqueued again, for ${LEASE_SECONDS} seconds from now`);
  }
  if (!unfinished || dryRun || scanned?.handedOver) return;
  if (!queue) throw new Error("time ran out before everything was written: trigger another run, which continues");
  // What was planned and not written shows without looking at any key; what was not read shows in a listing alone.
  await queue.enqueue(present({ hints: scanned ? undefined : [], prepared, force, since }));
  log("enqueued again, to continue");
}
