/** Publishes at the start, after each change, and when something is due, one run after the other, until it is stopped. */

import { gather, type Hints } from "../preview/gather.ts";
import type { Report } from "../publish/types.ts";

export interface FollowInput {
  /** One run at the present moment. */
  readonly publish: (hints: Hints) => Promise<Report>;
  readonly now: () => Date;
  readonly tell: (report: Report, hints: Hints) => Promise<void>;
  readonly failed: (error: Error) => void;
  /** Milliseconds. */
  readonly quiet?: number;
  readonly pause?: number;
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
/** The longest delay of a timer in Node. */
const LONGEST_MS = 2 ** 31 - 1;

export function follow({ publish, now, tell, failed, quiet = QUIET_MS, pause = PAUSE_MS }: FollowInput): Following {
  let timer: NodeJS.Timeout | undefined;
  /** The last run failed or was refused, so that what it was told of is not published. */
  let needsFullRun = true;

  const run = async (changes: Hints): Promise<void> => {
    clearTimeout(timer);
    const hints = needsFullRun ? undefined : changes;
    needsFullRun = true;
    let wait: number | undefined = pause;
    try {
      const report = await publish(hints);
      needsFullRun = report.refused !== undefined;
      if (!needsFullRun) wait = report.due === undefined ? undefined : Date.parse(report.due) - now().getTime();
      await tell(report, hints);
    } catch (error) {
      failed(error as Error);
    }
    if (wait !== undefined) timer = setTimeout(() => gathering.enqueue(), Math.min(Math.max(wait, 0) + 10, LONGEST_MS));
  };
  const gathering = gather(run, quiet);

  return {
    start: () => gathering.start(),
    changed: (key) => gathering.enqueue(key),
    async stop() {
      await gathering.end();
      clearTimeout(timer);
    },
  };
}
