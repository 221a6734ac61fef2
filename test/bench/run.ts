/** Runs whole processes, and measures their time and peak memory. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { present } from "../../lib/base/optional.ts";
import { median } from "./stats.ts";

export interface Run {
  /** From the start of the process to its end. */
  readonly ms: number;
  /** Peak resident memory in bytes; absent where it cannot be measured. */
  readonly memory?: number;
  readonly stdout: string;
  /** How the process failed, if it did. */
  readonly failed?: string;
}

export type Runner = (command: string, ...args: readonly string[]) => Run;

/** GNU time waits for the process and prints its peak memory (`wait4`, `ru_maxrss`). */
const TIME = "/usr/bin/time";
export const measuresMemory = process.platform === "linux" && existsSync(TIME);

/** A runner that keeps the output of GNU time in `folder`. */
export function runner(folder: string): Runner {
  const note = join(folder, "time.txt");
  return (command, ...args) => {
    const [program, words] = measuresMemory ? [TIME, ["-f", "%M", "-o", note, command, ...args]] : [command, args];
    const start = performance.now();
    const { status, signal, error, stdout, stderr } = spawnSync(program, words, {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
    const ms = performance.now() - start;
    const memory = measuresMemory ? kibibytesIn(note) * 1024 : Number.NaN;
    const failed = error?.message ?? (status === 0 ? undefined : `${signal ?? `exit ${status}`}: ${firstLine(stderr)}`);
    return { ms, stdout, ...present({ memory: memory > 0 ? memory : undefined, failed }) };
  };
}

/** Medians of time and memory; failed if one run failed. */
export function medianRun(runs: readonly Run[]): Run | undefined {
  const [first] = runs;
  if (!first) return undefined;
  const memory = median(runs.flatMap(({ memory }) => memory ?? []));
  const failed = runs.find(({ failed }) => failed !== undefined)?.failed;
  return {
    ms: median(runs.map(({ ms }) => ms)),
    stdout: first.stdout,
    ...present({ memory: memory > 0 ? memory : undefined, failed }),
  };
}

const kibibytesIn = (note: string): number => Number(readFileSync(note, "utf8").trim().split("\n").at(-1));
const firstLine = (text: string) =>
  text
    .trim()
    .split("\n")
    .find((line) => /error|fatal/i.test(line)) ?? text.split("\n")[0];
