/** `publish --wait`: keeps running, and publishes again whenever something is due. */
import type { Instant } from "../model.ts";
import { isTransient } from "../publish/refusals.ts";
import type { Report } from "../publish/types.ts";
import { StoreError } from "../stores/store.ts";

export interface PublishLoop {
  /** One run at the present moment. */
  readonly publish: (isFirst: boolean) => Promise<Report>;
  readonly now: () => Date;
  /** Resolves early, without an error, on an interruption. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly isInterrupted: () => boolean;
  /** Prints a line of progress. */
  readonly log: (line: string) => void;
}

/** Timers overflow after 24 days and stand still while a computer sleeps: the time of day is compared every minute. */
const LONGEST_MS = 60_000;
/** Keeps a moment that stays due from causing runs without a pause. */
const SHORTEST_MS = 1000;

/** After so many failures in a row, about half an hour, the command fails. */
const TRIES = 12;
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 300_000;

/** Resolves to the last report: it has no `due`, was refused, or came before an interruption. A first failure is thrown. */
export async function publishWhenDue(loop: PublishLoop): Promise<Report> {
  const { publish, isInterrupted, log } = loop;
  let report = await publish(true);
  while (!report.refused && !isInterrupted()) {
    if (report.due === undefined) {
      log("nothing is due any more");
      return report;
    }
    log(`waiting until ${report.due}, when the next change is due; Ctrl-C ends it`);
    await sleepUntil(report.due, loop);
    if (!isInterrupted()) report = await publishAgain(report, loop);
  }
  return report;
}

async function sleepUntil(due: Instant, { now, sleep, isInterrupted }: PublishLoop): Promise<void> {
  const until = Math.max(Date.parse(due), now().getTime() + SHORTEST_MS);
  for (let left = until - now().getTime(); left > 0 && !isInterrupted(); left = until - now().getTime()) {
    await sleep(Math.min(left, LONGEST_MS));
  }
}

/** Retries a run that failed for a passing reason; after an interruption the result is `former`, the last report. */
async function publishAgain(former: Report, { publish, sleep, isInterrupted, log }: PublishLoop): Promise<Report> {
  for (let pause = FIRST_PAUSE_MS, tries = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS), tries++) {
    let reason: string;
    try {
      const report = await publish(false);
      if (!report.refused || !isTransient(report.refused) || tries === TRIES) return report;
      reason = report.refused.message;
    } catch (error) {
      if (!(error instanceof StoreError) || tries === TRIES) throw error;
      reason = error.message;
    }
    log(`not published: ${reason}; trying again in ${pause / 1000} s`);
    await sleep(pause);
    if (isInterrupted()) return former;
  }
}
