/** Finds the end of a construct between braces. */
import type { Construct } from "../../types.ts";
import type { Finder } from "../finder.ts";
import type { Position } from "../reader.ts";

export const BLANK_LINE = /\n[ \t]*\n/;

/** The most characters that a quoted value or an expression may have. */
export const LONGEST = 500;

/** The most characters that a construct may have; blank lines do not end it, as generators expand before Markdown. */
export const FARTHEST = 20_000;

/** Where `ending` stands before the next construct begins: outside quoted values, or else anywhere. */
export function endOf({ source, find }: Position, from: number, ending: string, beginning: string): number | undefined {
  const first = find.text(ending, from);
  if (first < 0 || first > from + FARTHEST) return undefined;
  const next = find.text(beginning, from);
  if (next >= 0 && next < first && blankFrom(find, "before", from) < first) return undefined;
  const quote = find.pattern("quotation mark", () => /["'`]/g, from);
  if (!quote || quote.start > first) return first;
  const limit = Math.min(first + LONGEST, blankFrom(find, "after", first));
  for (let at = from; at < limit; at += 1) {
    if (source.startsWith(ending, at)) return at;
    const isQuote = /["'`]/.test(source[at] ?? "") && /[\s=,:(|[{]/.test(source[at - 1] ?? "");
    if (isQuote) at = closingQuote(source, at) ?? at;
  }
  return first;
}

const blankFrom = (find: Finder, name: string, start: number): number =>
  find.pattern(`blank line ${name}`, () => new RegExp(BLANK_LINE, "g"), start)?.start ?? Number.POSITIVE_INFINITY;

/** What begins a construct that is longer than those that are read: it stays as it is written, which is told. */
export function tooLong(position: Position, from: number, ending: string, beginning: string): Construct | undefined {
  const { source, at, find } = position;
  const first = find.text(ending, from);
  if (first <= from + FARTHEST) return undefined;
  const next = find.text(beginning, from);
  // Else it is text, of which this mark is part.
  if ((next >= 0 && next < first) || blankFrom(find, "before", from) < first) return undefined;
  const rest = source.slice(at, from);
  return { family: "unread", role: "whole", name: "", rest, start: at, end: from };
}

function closingQuote(source: string, open: number): number | undefined {
  for (let at = open + 1; at < source.length && source[at] !== "\n"; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === source[open]) return at;
  }
  return undefined;
}
