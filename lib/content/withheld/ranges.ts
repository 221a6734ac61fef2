/** Leaves parts out of a text, and knows the line of the whole on which a line of the rest stands. */
import { indexFrom } from "../markdown/reading.ts";

/** From the first character to that behind the last one. */
export interface WithheldPart {
  readonly start: number;
  readonly end: number;
}

export interface Rest {
  readonly text: string;
  /** 1 for the first. */
  readonly lineOf: (line: number) => number;
}

/** What may be left of a line that says nothing: marks of a quotation, or of an item. */
const NOTHING_LEFT = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]*)?$/;

/** The parts are in their order, and apart from each other. */
export function withoutParts(text: string, parts: readonly WithheldPart[]): Rest {
  if (parts.length === 0) return { text, lineOf: (line) => line };
  const kept: string[] = [];
  /** From which lines of the rest on more lines are missing, and how many are by then. */
  const from: number[] = [];
  const missing: number[] = [0];
  const joined = withoutBlanksBetween(text, parts);
  let at = 0;
  let line = 1;
  for (const [i, { start, end }] of joined.entries()) {
    const before = text.slice(at, start);
    const after = text.slice(end, joined[i + 1]?.start);
    const isLast = i === joined.length - 1;
    const left = before.slice(before.lastIndexOf("\n") + 1);
    const begins = left.length < before.length || at === 0 || text.charAt(at - 1) === "\n";
    const lineEnd = after.indexOf("\n");
    const ends = lineEnd >= 0 ? after.slice(0, lineEnd).trim() === "" : isLast && after.trim() === "";
    const isLine = begins && ends && NOTHING_LEFT.test(left);
    const isBetween = !isLine && /[ \t]$/.test(before) && /^(?:[ \t\n]|$)/.test(after);
    const keptTo = start - (isLine ? left.length : isBetween ? 1 : 0);
    const next = end + (isLine ? (lineEnd < 0 ? after.length : lineEnd + 1) : 0);
    const piece = text.slice(at, keptTo);
    kept.push(piece);
    line += lineEnds(piece);
    const lines = lineEnds(text.slice(keptTo, next));
    if (lines > 0) {
      from.push(isLine ? line : line + 1);
      missing.push((missing.at(-1) ?? 0) + lines);
    }
    at = next;
  }
  kept.push(text.slice(at));
  return {
    text: kept.join(""),
    lineOf: (asked) => asked + (missing[indexFrom(from, asked + 1)] ?? 0),
  };
}

/** Two parts with nothing but blanks between them are one. */
function withoutBlanksBetween(text: string, parts: readonly WithheldPart[]): readonly WithheldPart[] {
  const joined: { readonly start: number; end: number }[] = [];
  for (const { start, end } of parts) {
    const last = joined.at(-1);
    if (last && /^[ \t]*$/.test(text.slice(last.end, start))) last.end = end;
    else joined.push({ start, end });
  }
  return joined;
}

function lineEnds(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
