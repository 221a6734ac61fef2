/** Runs whole processes, and measures their time, CPU time and peak memory. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { present } from "../../lib/base/optional.ts";
import { median } from "./stats.ts";

/** Of a whole process with all its threads; what cannot be measured is absent. */
export interface Run {
  /** From the start of the process to its end. */
  readonly ms: number;
  /** The time of processors, the user's and the system's, in milliseconds. */
  readonly cpu?: number;
  /** Peak resident memory in bytes. */
  readonly memory?: number;
  readonly stdout: string;
  /** How the process failed, if it did. */
  readonly failed?: string;
}

export type Amount = "ms" | "cpu" | "memory";

export type Runner = (command: string, ...args: readonly string[]) => Run;

/** GNU time waits for the process and prints what the system counted of it (`wait4`). */
const TIME = "/usr/bin/time";
export const hasGnuTime = process.platform === "linux" && existsSync(TIME);

/** A runner that keeps the output of GNU time, and what the processes keep in a temporary folder, in `folder`. */
export function runner(folder: string): Runner {
  const note = join(folder, "time.txt");
  // Node's compile cache is there, too: from one run to the next, and removed with the rest.
  const temporary = join(folder, "tmp");
  mkdirSync(temporary, { recursive: true });
  const env = { ...process.env, TMPDIR: temporary };
  return (command, ...args) => {
    const [program, words] = hasGnuTime ? [TIME, ["-f", "%M %U %S", "-o", note, command, ...args]] : [command, args];
    const start = performance.now();
    const { status, signal, error, stdout, stderr } = spawnSync(program, words, {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
      env,
    });
    const ms = performance.now() - start;
    const failed = error?.message ?? (status === 0 ? undefined : `${signal ?? `exit ${status}`}: ${firstLine(stderr)}`);
    return { ms, stdout, ...(hasGnuTime && !error && countedIn(readFileSync(note, "utf8"))), ...present({ failed }) };
  };
}

/** What GNU time wrote: below a line about how the process ended, if it failed. */
export function countedIn(note: string): Pick<Run, "cpu" | "memory"> {
  const [kibibytes, user, system] = (note.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  if (!kibibytes || user === undefined || system === undefined) return {};
  return { cpu: (user + system) * 1000, memory: kibibytes * 1024 };
}

/** Medians of each amount; failed if one run failed. */
export function medianRun(runs: readonly Run[]): Run | undefined {
  const [first] = runs;
  if (!first) return undefined;
  const medianOf = (of: Amount) => {
    const amounts = runs.flatMap((run) => run[of] ?? []);
    return amounts.length > 0 ? median(amounts) : undefined;
  };
  return {
    ms: median(runs.map(({ ms }) => ms)),
    stdout: first.stdout,
    ...present({
      cpu: medianOf("cpu"),
      memory: medianOf("memory"),
      failed: runs.find(({ failed }) => failed !== undefined)?.failed,
    }),
  };
}

const firstLine = (text: string) =>
  text
    .trim()
    .split("\n")
    .find((line) => /error|fatal/i.test(line)) ?? text.split("\n")[0];
