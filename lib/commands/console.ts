/** The process that a command runs in: its output, its clock and its signals. */
import { styleText } from "node:util";
import type { Clock } from "../base/clock.ts";
import { systemClock } from "../clock.ts";
import type { OnProgress } from "../publish/types.ts";
import { type Paint, visibleLines } from "../terminal/text.ts";

/** Only for somebody who looks: what is written to a file, or kept by CI, has no use for a line that is erased. */
const line =
  process.stderr.isTTY && !process.env["CI"]
    ? (await import("../terminal/progress.ts")).openProgress(process.stderr, () => performance.now())
    : undefined;

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

let isWatched = false;
let isAwaited = false;

/** For `publish`: shows how far it has come, where somebody looks. */
export const progress: OnProgress | undefined =
  line &&
  ((step) => {
    if (!isWatched) eraseAtEnd(line.erase);
    isWatched = true;
    line.show(step);
  });

/** A signal ends the process as it would have, but the line is gone before the prompt comes. */
function eraseAtEnd(erase: () => void): void {
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      erase();
      if (!isAwaited) process.kill(process.pid, signal);
    });
  }
}

/** Results: a line on standard output. */
export const print = (text: string) => {
  line?.erase();
  process.stdout.write(`${text}\n`);
};

/** Of the terminal; undefined where nobody looks. */
export const width = (): number | undefined => (process.stdout.isTTY ? process.stdout.columns : undefined);

/** Results for people. */
export async function show(text: string): Promise<void> {
  const columns = width();
  print(columns === undefined ? text : await (await import("../terminal/wrap.ts")).wrap(text, columns));
}

/**
 * Errors, and what is done meanwhile: lines on standard error, so that standard output stays machine-readable. They quote what was
 * typed, what files are called and what servers answer, none of which may control the terminal.
 */
export const log = (text: string) => writeLog(visibleLines(text));

/** Why a command ends without its result. */
export const logError = (text: string) =>
  writeLog(`${styleText("red", "dripfeed:", { stream: process.stderr })} ${visibleLines(text)}`);

function writeLog(text: string): void {
  line?.erase();
  process.stderr.write(`${text}\n`);
}

/** Styles text only in a terminal, and not where NO_COLOR is set. */
export const paint: Paint = (style, text) => styleText(style, text, { stream: process.stdout });

/** For `--no-color`, before anything is printed; the variable that asks for colours would win. */
export function withoutColor(): void {
  process.env["NO_COLOR"] = "1";
  delete process.env["FORCE_COLOR"];
}

export const clock: Clock = systemClock;

/** Resolves at the first Ctrl-C or SIGTERM; the second one ends the process as usual. */
export function untilInterrupted(): Promise<void> {
  isAwaited = true;
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.once(signal, () => resolve());
  });
}
