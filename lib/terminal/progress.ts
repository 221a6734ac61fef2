/** A line that shows how far a run has come, while somebody waits at a terminal. */
import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import type { StepDone } from "../publish/types.ts";

/** What is needed of a terminal. */
export type Screen = Pick<NodeJS.WriteStream, "write"> & { readonly columns?: number };

export interface ProgressLine {
  show(step: StepDone): void;
  /** Before anything else is written: erases the line, and the next step shows it again. */
  erase(): void;
}

/** Work that is done sooner needs no line. */
const SHOWN_AFTER_MS = 500;
const REDRAWN_AFTER_MS = 100;
/** Before that it is a guess. */
const TIME_LEFT_AFTER_MS = 1000;

const WORDS: { readonly [step in StepDone["step"]]: string } = {
  read: "posts read",
  render: "entries rendered",
  write: "documents written",
};

/** `now` in milliseconds. */
export function openProgress(screen: Screen, now: () => number): ProgressLine {
  let began: number | undefined;
  let current: { readonly step: StepDone["step"]; readonly began: number } | undefined;
  let drawn = { at: 0, width: 0 };

  /** A terminal that became narrower has broken the line into several. */
  function clear(): void {
    if (drawn.width === 0) return;
    const rows = Math.ceil(drawn.width / columnsOf(screen));
    const stream = screen as NodeJS.WritableStream;
    if (rows > 1) moveCursor(stream, 0, 1 - rows);
    cursorTo(stream, 0);
    clearScreenDown(stream);
    drawn = { at: drawn.at, width: 0 };
  }

  return {
    show(done) {
      const time = now();
      // A run begins with reading.
      if (began === undefined || (done.step === "read" && done.done === 1)) began = time;
      if (current?.step !== done.step || done.done === 1) current = { step: done.step, began: time };
      if (time - began < SHOWN_AFTER_MS || time - drawn.at < REDRAWN_AFTER_MS) return;
      clear();
      const line = showStep(done, time - current.began, columnsOf(screen) - 1);
      screen.write(line);
      drawn = { at: time, width: line.length };
    },

    erase: clear,
  };
}

const columnsOf = ({ columns = 80 }: Screen): number => Math.max(columns, 1);

/** `posts read  [#####---------------]  400 of 1500  3 s left`: in ASCII, whose width no terminal disputes. */
export function showStep({ step, done, total }: StepDone, elapsed: number, width: number): string {
  const left = elapsed >= TIME_LEFT_AFTER_MS && done > 0 ? Math.ceil((elapsed * (total - done)) / done / 1000) : 0;
  const amount = `${String(done).padStart(String(total).length)} of ${total}`;
  const time = left > 0 ? `${showSeconds(left)} left` : "";
  const filled = Math.round((BAR * done) / total);
  const bar = `[${"#".repeat(filled)}${"-".repeat(BAR - filled)}]`;
  const forms = [[WORDS[step], bar, amount, time], [WORDS[step], amount, time], [WORDS[step], amount], [amount]].map(
    (parts) => parts.filter(Boolean).join("  "),
  );
  return forms.find((form) => form.length <= width) ?? "";
}

const BAR = 20;

const showSeconds = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
