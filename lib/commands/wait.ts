/** `publish --wait`: stays, and publishes again whenever something changes by itself. */
import type { Instant, Report } from "../model.ts";
import { StoreError } from "../stores/store.ts";

export interface Waiting {
  /** One run, for the moment that it is then. */
  readonly publish: (isFirst: boolean) => Promise<Report>;
  readonly now: () => Date;
  /** Ends early, and without an error, when the waiting does. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Somebody ended the waiting. */
  readonly isInterrupted: () => boolean;
  /** Takes a line for people. */
  readonly tell: (line: string) => void;
}

/** Timers end after 24 days, and stand still while a computer sleeps: the time of day is asked every minute. */
const LONGEST_MS = 60_000;
/** Should something be due that does not go away, it is not asked for without pause. */
const SHORTEST_MS = 1000;

/** Of failures one after the other: half an hour, and it fails like any other run. */
const TRIES = 12;
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 300_000;

/** Other runs end, and content comes to rest. */
const TRANSIENT: readonly string[] = ["busy", "unsettled"];

/** The last report: nothing is due after it, it was refused, or somebody ended the waiting. The first failure is thrown. */
export async function publishWhenDue(waiting: Waiting): Promise<Report> {
  const { publish, isInterrupted, tell } = waiting;
  let report = await publish(true);
  while (!report.refused && !isInterrupted()) {
    if (report.due === undefined) {
      tell("nothing is due any more");
      return report;
    }
    tell(`waiting for ${report.due}, when something changes by itself; Ctrl-C ends it`);
    await sleepUntil(report.due, waiting);
    if (!isInterrupted()) report = await publishAgain(report, waiting);
  }
  return report;
}

async function sleepUntil(due: Instant, { now, sleep, isInterrupted }: Waiting): Promise<void> {
  const until = Math.max(Date.parse(due), now().getTime() + SHORTEST_MS);
  for (let left = until - now().getTime(); left > 0 && !isInterrupted(); left = until - now().getTime()) {
    await sleep(Math.min(left, LONGEST_MS));
  }
}

/** A run that did not come about is tried again; `former` is what there is to report if nobody waits for that. */
async function publishAgain(former: Report, { publish, sleep, isInterrupted, tell }: Waiting): Promise<Report> {
  for (let pause = FIRST_PAUSE_MS, tries = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS), tries++) {
    let why: string;
    try {
      const report = await publish(false);
      if (!report.refused || !TRANSIENT.includes(report.refused.code) || tries === TRIES) return report;
      why = report.refused.message;
    } catch (error) {
      if (!(error instanceof StoreError) || tries === TRIES) throw error;
      why = error.message;
    }
    tell(`not published: ${why}; trying again in ${pause / 1000} s`);
    await sleep(pause);
    if (isInterrupted()) return former;
  }
}
