/** The line at which a text takes too much work. */
import type { Token } from "marked";
import { TooMuchWork } from "../work.ts";

/** The error with the line, which is looked for only if it is needed and not known. */
export const located = (error: unknown, line: () => number): unknown =>
  error instanceof TooMuchWork && error.line === undefined ? new TooMuchWork(error.grown, line()) : error;

/** Where the words of `part` stand first in a text, after the blocks that were read already; 1 for the first line. */
export function lineOf(text: string, read: readonly Token[], part: string): number {
  const begin = read.reduce((sum, { raw }) => sum + raw.length, 0);
  const [words = ""] = /\S[^\n]*/.exec(part) ?? [];
  const found = text.indexOf(words, begin);
  return lineEnds(text.slice(0, found === -1 ? begin : found)) + 1;
}

export const lineEndsIn = (tokens: readonly Token[]): number => tokens.reduce((sum, { raw }) => sum + lineEnds(raw), 0);

const lineEnds = (text: string): number => text.split("\n").length - 1;
