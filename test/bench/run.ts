/** Whole processes: how long one takes, and the most memory it had. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { median } from "./stats.ts";

export interface Run {
  /** From the start of the process to its end. */
  readonly ms: number;
  /** Of resident memory at most, in bytes; nothing where nobody tells. */
  readonly memory?: number;
  readonly stdout: string;
  /** Of a process that failed: how. */
  readonly failed?: string;
}

export type Runner = (command: string, ...args: readonly string[]) => Run;

/** GNU's: it waits for the process and prints what the kernel says of it (`wait4`, `ru_maxrss`). */
const TIME = "/usr/bin/time";
export const tellsMemory = process.platform === "linux" && existsSync(TIME);

/** `note` is a file for the measuring. */
export function runner(folder: string): Runner {
  const note = join(folder, "time.txt");
  return (command, ...args) => {
    const [program, words] = tellsMemory ? [TIME, ["-f", "%M", "-o", note, command, ...args]] : [command, args];
    const start = performance.now();
    const { status, signal, error, stdout, stderr } = spawnSync(program, words, {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
    const ms = performance.now() - start;
    const memory = tellsMemory ? kibibytesIn(note) * 1024 : Number.NaN;
    const failed = error?.message ?? (status === 0 ? undefined : `${signal ?? `exit ${status}`}: ${firstLine(stderr)}`);
    return { ms, stdout, ...(memory > 0 && { memory }), ...(failed !== undefined && { failed }) };
  };
}

/** Medians; the whole has failed if one has. */
export function inTheMiddle(runs: readonly Run[]): Run | undefined {
  const [first] = runs;
  if (!first) return undefined;
  const memory = median(runs.flatMap(({ memory }) => memory ?? []));
  const failed = runs.find(({ failed }) => failed !== undefined)?.failed;
  return {
    ...{ ms: median(runs.map(({ ms }) => ms)), stdout: first.stdout },
    ...(memory > 0 && { memory }),
    ...(failed !== undefined && { failed }),
  };
}

const kibibytesIn = (note: string): number => Number(readFileSync(note, "utf8").trim().split("\n").at(-1));
const firstLine = (text: string) =>
  text
    .trim()
    .split("\n")
    .find((line) => /error|fatal/i.test(line)) ?? text.split("\n")[0];
