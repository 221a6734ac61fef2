/** Frames: the lines of a file around the line that a problem is about. */

import { forEachAtOnce } from "../base/concurrency.ts";
import type { Problem } from "../model.ts";
import { readObject, type Store, StoreError } from "../stores/store.ts";
import { cut, type Paint, visible } from "./text.ts";

/** Lines as they are shown, by number; the first of a file is 1. */
export type Frame = ReadonlyMap<number, string>;

/** Of one line. */
const COLUMNS = 100;

/** Reads each file once. A problem without a line, or whose file cannot be read or decoded, has no frame. */
export async function readFrames(content: Store, problems: readonly Problem[]): Promise<ReadonlyMap<Problem, Frame>> {
  const frames = new Map<Problem, Frame>();
  const placed = problems.flatMap((problem) => (problem.line === undefined ? [] : [{ problem, line: problem.line }]));
  await forEachAtOnce(
    Map.groupBy(placed, ({ problem }) => problem.file),
    async ([file, found]) => {
      const lines = await readLines(content, file);
      for (const { problem, line } of found) {
        const frame = frameAt(line, lines);
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
    // Not UTF-8, or not to be read now: the problem itself can be told all the same.
    if (error instanceof TypeError || error instanceof StoreError) return [];
    throw error;
  }
}

/** The line and its neighbours, unless these are blank; nothing where the file has no such line. */
function frameAt(line: number, lines: readonly string[]): Frame | undefined {
  if (lines[line - 1] === undefined) return undefined;
  const frame = new Map<number, string>();
  for (const number of [line - 1, line, line + 1]) {
    const text = lines[number - 1] ?? "";
    if (number === line || text.trim() !== "") frame.set(number, cut(visible(text), COLUMNS));
  }
  return frame;
}

/** With `>` before the line that is meant. Columns are not known, so nothing in it is underlined. */
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
