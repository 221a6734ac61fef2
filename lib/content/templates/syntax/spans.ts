/** Where code spans end: a run of backticks is closed by the next of the same length in its paragraph. */
import type { Finder } from "./finder.ts";

/** The end of a paragraph, beyond which no code span goes on. */
const PARAGRAPH_END = /\n(?=[ \t>]{0,40}(?:\n|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|```|~~~|\||$))/g;

interface SpanEnd {
  /** The end of the code span, or of the backticks that open none. */
  readonly at: number;
  readonly isCode: boolean;
}

export function makeSpans(source: string, find: Finder): { readonly endOf: (start: number) => SpanEnd } {
  let paragraphEnd = -1;
  let runs = new Map<number, { readonly starts: number[]; next: number }>();
  return { endOf };

  function endOf(start: number): SpanEnd {
    if (start >= paragraphEnd) enterParagraph(start);
    let end = start;
    while (source[end] === "`") end += 1;
    const length = end - start;
    const same = runs.get(length);
    if (!same) return { at: end, isCode: false };
    while ((same.starts[same.next] ?? Number.POSITIVE_INFINITY) < end) same.next += 1;
    const close = same.starts[same.next];
    return close === undefined ? { at: end, isCode: false } : { at: close + length, isCode: true };
  }

  function enterParagraph(start: number): void {
    paragraphEnd = find.pattern("paragraph", () => new RegExp(PARAGRAPH_END), start)?.start ?? source.length;
    runs = new Map();
    for (const { 0: run, index } of source.slice(start, paragraphEnd).matchAll(/`+/g)) {
      const same = runs.get(run.length);
      if (same) same.starts.push(start + index);
      else runs.set(run.length, { starts: [start + index], next: 0 });
    }
  }
}
