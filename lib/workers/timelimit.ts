/**
 * A limit on the time of synchronous work: the last resort for what no count bounds, such as one regular expression that
 * backtracks. It depends on the machine, so nothing that came of it may be kept.
 */
import { Script } from "node:vm";

/** The work took longer than it may, and was stopped. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";

  /** `limit` is in milliseconds. */
  constructor(limit: number) {
    super(`the post took longer than ${limit / 1000} s to read or render, and was stopped`);
  }
}

export interface TimeLimit {
  /** What the work returns or throws; throws `TimedOut` when it takes longer than the limit. */
  run<T>(work: () => T): Promise<T>;
  /** For work in a thread, which is stopped by ending the thread: how long it may take now, in milliseconds. */
  limit(): number;
  /** The same: time that went into work that was stopped, in milliseconds. */
  spend(time: number): void;
}

/** In milliseconds. */
export interface TimeLimitOptions {
  /** What one piece of work may take; a usual post takes two, and a text of a megabyte some thousand. */
  readonly each?: number | undefined;
  /** All that may be spent on work that is stopped. Once it is, each piece gets a tenth of `each`. */
  readonly allowance?: number | undefined;
}

const EACH_MS = 5000;
const ALLOWANCE_MS = 60_000;
/** Beginning a limit takes 0.2 ms, as long as reading a short post: so it is begun once for several. */
const GROUP = 8;

interface Task {
  readonly work: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly result: unknown } | { readonly error: unknown };

export function openTimeLimit({ each = EACH_MS, allowance = ALLOWANCE_MS }: TimeLimitOptions = {}): TimeLimit {
  let waiting: Task[] = [];
  let spent = 0;
  const limit = () => (spent < allowance ? each : Math.ceil(each / 10));
  const spend = (time: number) => {
    spent += time;
  };

  /** All that wait; each in a group of those beside it, and again alone where it was stopped in a group. */
  function runWaiting(): void {
    const tasks = waiting;
    waiting = [];
    for (let next = 0, atOnce = GROUP; next < tasks.length; ) {
      const group = tasks.slice(next, next + atOnce);
      const bound = limit();
      const outcomes = outcomesWithin(bound, group, spend);
      settle(group, outcomes);
      next += outcomes.length;
      const isStopped = outcomes.length < group.length;
      if (isStopped && group.length === 1) tasks[next++]?.reject(new TimedOut(bound));
      atOnce = isStopped && group.length > 1 ? 1 : GROUP;
    }
  }

  return {
    run<T>(work: () => T) {
      return new Promise<T>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(runWaiting);
        waiting.push({ work, resolve: resolve as Task["resolve"], reject });
      });
    },
    limit,
    spend,
  };
}

/** Those of the tasks that came to an end, in order; the one after them was stopped. */
function outcomesWithin(limit: number, tasks: readonly Task[], spend: (time: number) => void): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  const started = performance.now();
  const isInTime = runWithin(limit, () => {
    for (const { work } of tasks) outcomes.push(outcomeOf(work));
  });
  if (!isInTime) spend(performance.now() - started);
  return outcomes;
}

function outcomeOf(work: () => unknown): Outcome {
  try {
    return { result: work() };
  } catch (error) {
    return { error };
  }
}

function settle(tasks: readonly Task[], outcomes: readonly Outcome[]): void {
  for (const [i, outcome] of outcomes.entries()) {
    if ("error" in outcome) tasks[i]?.reject(outcome.error);
    else tasks[i]?.resolve(outcome.result);
  }
}

/** Only code that a script evaluates can be stopped, and it finds what it calls among the global names. */
const WORK = Symbol.for("dripfeed.work");
const SCRIPT = new Script('globalThis[Symbol.for("dripfeed.work")]()');

/** False when the work was stopped, by an exception that it cannot catch. What it throws itself is thrown. */
function runWithin(limit: number, work: () => void): boolean {
  const names = globalThis as { [WORK]?: (() => void) | undefined };
  names[WORK] = work;
  try {
    SCRIPT.runInThisContext({ timeout: limit });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return false;
    throw error;
  } finally {
    names[WORK] = undefined;
  }
}
