/** Frames: the lines of a file around the line of a problem. */
import { forEachAtOnce } from "../base/concurrency.ts";
import type { Problem } from "../model.ts";
import { readObject, type Store, StoreError } from "../stores/store.ts";
import { cut, type Paint, visible } from "./text.ts";

/** Lines ready to be shown, by line number from 1. */
export type Frame = ReadonlyMap<number, string>;

/** Longer lines are cut. */
const MAX_COLUMNS = 100;
/** What stands before a line of a frame, but for its number. */
const GUTTER = "    >  | ".length;

/** `width` of the terminal. Reads each file once. A problem without a line, or whose file cannot be read or decoded, has no frame. */
export async function readFrames(
  content: Store,
  problems: readonly Problem[],
  width = Number.POSITIVE_INFINITY,
): Promise<ReadonlyMap<Problem, Frame>> {
  const frames = new Map<Problem, Frame>();
  const placed = problems.flatMap((problem) => (problem.line === undefined ? [] : [{ problem, line: problem.line }]));
  await forEachAtOnce(
    Map.groupBy(placed, ({ problem }) => problem.file),
    async ([file, found]) => {
      const lines = await readLines(content, file);
      for (const { problem, line } of found) {
        const frame = await frameAt(line, lines, width);
        if (frame) frames.set(problem, frame);
      }
    },
  );
  return frames;
}

async function readLines(content: Store, file: string): Promise<readonly string[]> {
  try {
    const object = await readObject(content, file);
    if (!object) return [];
    return new TextDecoder("utf-8", { fatal: true }).decode(object.body).split(/\r\n?|\n/);
  } catch (error) {
    // Not UTF-8, or unreadable: the problem is shown without its lines.
    if (error instanceof TypeError || error instanceof StoreError) return [];
    throw error;
  }
}

/** The line and those of its neighbours that are not blank; nothing where the file has no such line. */
async function frameAt(line: number, lines: readonly string[], width: number): Promise<Frame | undefined> {
  if (lines[line - 1] === undefined) return undefined;
  const shown = Math.max(1, Math.min(MAX_COLUMNS, width - GUTTER - String(line + 1).length));
  const frame = new Map<number, string>();
  for (const number of [line - 1, line, line + 1]) {
    const text = lines[number - 1] ?? "";
    if (number === line || text.trim() !== "") frame.set(number, await cut(visible(text), shown));
  }
  return frame;
}

/** `>` marks the line of the problem. A problem knows no column, so nothing in the line is underlined. */
export function showFrame(frame: Frame, line: number, paint: Paint): readonly string[] {
  const width = Math.max(...[...frame.keys()].map((number) => String(number).length));
  return [...frame].map(([number, text]) => {
    const gutter = `${String(number).padStart(width)} |`;
    const shown = text === "" ? "" : ` ${text}`;
    return number === line
      ? `${paint("red", ">")} ${paint("bold", gutter)}${shown}`
      : `  ${paint("dim", gutter + shown)}`;
  });
}
