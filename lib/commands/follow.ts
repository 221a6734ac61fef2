/** Publishes at the start, after each change, when something is due or was removed, one run after the other, until it is stopped. */

import { setTimeout as sleep } from "node:timers/promises";
import { gather, type Hints } from "../preview/gather.ts";
import type { Report } from "../publish/types.ts";

export interface FollowInput {
  /** One run at the present moment. */
  readonly publish: (hints: Hints) => Promise<Report>;
  readonly now: () => Date;
  readonly tell: (report: Report, hints: Hints) => Promise<void>;
  readonly failed: (error: Error) => void;
  /** What was published, where others may remove it: generators empty the folder into which they build. */
  readonly published?: {
    readonly isThere: () => Promise<boolean>;
    readonly removed: () => void;
  };
  /** Milliseconds. */
  readonly quiet?: number;
  readonly pause?: number;
  readonly look?: number;
}

export interface Following {
  /** Resolves after the first run. */
  start(): Promise<void>;
  changed(key: string): void;
  /** Resolves when the run under way has ended. */
  stop(): Promise<void>;
}

/** A post comes with its pictures, one after the other. */
const QUIET_MS = 300;
/** After a run that failed, or was refused for a passing reason. */
const PAUSE_MS = 30_000;
/** Between two looks whether what was published is still there; and after it was found to be gone, until whoever removes it has ended. */
const LOOK_MS = 2_000;
/** The longest delay of a timer in Node. */
const LONGEST_MS = 2 ** 31 - 1;

export function follow(input: FollowInput): Following {
  const { publish, now, tell, failed, published, quiet = QUIET_MS, pause = PAUSE_MS, look = LOOK_MS } = input;
  let timer: NodeJS.Timeout | undefined;
  /** A run goes on; or the last one failed or was refused, so that what it was told of is not published. */
  let needsFullRun = true;
  let isPublished = false;
  const isRemoved = async () => isPublished && published !== undefined && !(await published.isThere());

  const run = async (changes: Hints): Promise<void> => {
    clearTimeout(timer);
    let hints = needsFullRun ? undefined : changes;
    needsFullRun = true;
    let wait: number | undefined = pause;
    try {
      if (await isRemoved()) {
        published?.removed();
        await sleep(look);
        hints = undefined;
      }
      const report = await publish(hints);
      needsFullRun = report.refused !== undefined;
      if (!needsFullRun) wait = report.due === undefined ? undefined : Date.parse(report.due) - now().getTime();
      // What is removed while a run goes on is noticed after it; what no full run puts is not waited for.
      if (report.put.length > 0 || (await published?.isThere())) isPublished = true;
      else if (hints === undefined) isPublished = false;
      await tell(report, hints);
    } catch (error) {
      failed(error as Error);
    }
    if (wait !== undefined) timer = setTimeout(() => gathering.enqueue(), Math.min(Math.max(wait, 0) + 10, LONGEST_MS));
  };
  const gathering = gather(run, quiet);
  let looks: NodeJS.Timeout | undefined;
  const lookAgain = async () => {
    try {
      if (!needsFullRun && (await isRemoved())) gathering.enqueue();
    } catch (error) {
      failed(error as Error);
    }
  };

  return {
    start() {
      if (published) looks = setInterval(lookAgain, look);
      return gathering.start();
    },
    changed: (key) => gathering.enqueue(key),
    async stop() {
      clearInterval(looks);
      await gathering.end();
      clearTimeout(timer);
    },
  };
}
