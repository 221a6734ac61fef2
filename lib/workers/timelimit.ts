/**
 * A limit on the time of synchronous work: the last resort for what no count bounds, such as one regular expression that
 * backtracks. It depends on the machine, so nothing that came of it may be kept.
 */
import { Script } from "node:vm";

/** The work took longer than it may, and was stopped. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
  /** In milliseconds. */
  readonly limit: number;

  constructor(limit: number) {
    super(`the post took longer than ${limit / 1000} s to read or render, and was stopped`);
    this.limit = limit;
  }
}

export interface TimeLimit {
  /** What the work returns or throws; throws `TimedOut` when it takes longer than the limit. */
  run<T>(work: () => T): Promise<T>;
  /**
   * For work in a thread, which is stopped by ending the thread: how long that may take now, in milliseconds. It may have to
   * start, and others use the machine.
   */
  limitInThread(): number;
  /** With which another thread opens a limit that has one allowance with this one. */
  readonly limits: SharedLimits;
}

/** In milliseconds. */
export interface TimeLimitOptions {
  /** What one piece of work may take; a usual post takes two, and a text of a megabyte some thousand. */
  readonly each?: number | undefined;
  /** All that may be spent on work that is stopped. Once it is, each piece gets less than half of `each`. */
  readonly allowance?: number | undefined;
}

/** Of threads that work for one run. */
export interface SharedLimits extends TimeLimitOptions {
  /** What was spent so far, in milliseconds. */
  readonly spent?: Int32Array<SharedArrayBuffer> | undefined;
}

const EACH_MS = 5000;
const ALLOWANCE_MS = 60_000;
/** Beginning a limit takes 0.3 ms, as long as reading a post, and more where no processor is free: so it is begun once for several, */
const GROUP = 8;
/** and for more where they take little time together, in milliseconds. */
const LARGE_GROUP = 64;
const LITTLE_MS = 200;
const SHARE_BEYOND = 0.4;
const GRACE_MS = 10_000;
/**
 * Work that was stopped without having had a processor for half of the time begins again, so many times: others use the
 * machine.
 */
const RETRIES = 5;

interface Task {
  readonly work: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Node 22 knows the time of all threads together alone: work that waited for a processor may then be stopped sooner. */
const cpuUsage = process.threadCpuUsage ?? process.cpuUsage;

type Outcome = { readonly result: unknown } | { readonly error: unknown };

export function openTimeLimit({
  each = EACH_MS,
  allowance = ALLOWANCE_MS,
  spent = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
}: SharedLimits = {}): TimeLimit {
  let waiting: Task[] = [];
  let usual = GROUP;
  const limit = () => (Atomics.load(spent, 0) < allowance ? each : Math.ceil(each * SHARE_BEYOND));

  /** All that wait; each in a group of those beside it, and again alone where it was stopped in a group. */
  function runWaiting(): void {
    const tasks = waiting;
    waiting = [];
    let bound = limit();
    let starved = 0;
    for (let next = 0, atOnce = usual; next < tasks.length; ) {
      const group = tasks.slice(next, next + atOnce);
      const { outcomes, time, stopped } = outcomesWithin(bound, group);
      settle(group, outcomes);
      next += outcomes.length;
      const isAlone = group.length === 1;
      usual = time * (LARGE_GROUP / group.length) < LITTLE_MS ? LARGE_GROUP : GROUP;
      atOnce = stopped && !isAlone ? 1 : usual;
      if (!stopped) continue;
      if (isAlone && stopped.cpu < bound / 2 && starved++ < RETRIES) {
        atOnce = 1;
        continue;
      }
      Atomics.add(spent, 0, Math.ceil(stopped.time));
      if (isAlone) tasks[next++]?.reject(new TimedOut(bound));
      [bound, starved] = [limit(), 0];
    }
  }

  return {
    run<T>(work: () => T) {
      return new Promise<T>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(runWaiting);
        waiting.push({ work, resolve: resolve as Task["resolve"], reject });
      });
    },
    limitInThread: () => limit() + GRACE_MS,
    limits: { each, allowance, spent },
  };
}

interface Outcomes {
  /** Of those of the tasks that came to an end, in order. */
  readonly outcomes: readonly Outcome[];
  /** How long these took together, in milliseconds. */
  readonly time: number;
  /** How long the one after them took, with those before it; in milliseconds. */
  readonly stopped?: { readonly time: number; readonly cpu: number };
}

function outcomesWithin(limit: number, tasks: readonly Task[]): Outcomes {
  const outcomes: Outcome[] = [];
  const [started, cpuBefore] = [performance.now(), cpuUsage()];
  const isInTime = runWithin(limit, () => {
    for (const { work } of tasks) outcomes.push(outcomeOf(work));
  });
  const time = performance.now() - started;
  if (isInTime) return { outcomes, time };
  const { user, system } = cpuUsage(cpuBefore);
  return { outcomes, time, stopped: { time, cpu: (user + system) / 1000 } };
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

/** `node:vm` stops only what a script evaluates, and a script can call only what has a global name. */
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
