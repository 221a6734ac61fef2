/** Finds closing marks; remembers what it searched for, so that unclosed marks do not make the scan quadratic. */

export interface Finder {
  /** Where `needle` begins at or after `from`, or -1. */
  readonly text: (needle: string, from: number) => number;
  /** The first match of a global pattern at or after `from`, remembered by `name`. */
  readonly pattern: (name: string, pattern: () => RegExp, from: number) => Span | undefined;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

const NOWHERE: Span = { start: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY };

export function makeFinder(source: string): Finder {
  const spans = new Map<string, { readonly from: number; readonly span: Span; readonly pattern: RegExp }>();
  const texts = new Map<string, { readonly from: number; readonly start: number }>();
  return {
    text(needle, from) {
      const known = texts.get(needle);
      if (known && known.from <= from && (known.start >= from || known.start === -1)) return known.start;
      const start = source.indexOf(needle, from);
      texts.set(needle, { from, start });
      return start;
    },
    pattern(name, make, from) {
      const known = spans.get(name);
      if (known && known.from <= from && known.span.start >= from) return finite(known.span);
      const pattern = known?.pattern ?? make();
      pattern.lastIndex = from;
      const match = pattern.exec(source);
      const span = match ? { start: match.index, end: match.index + match[0].length } : NOWHERE;
      spans.set(name, { from, span, pattern });
      return finite(span);
    },
  };
}

const finite = (span: Span): Span | undefined => (span === NOWHERE ? undefined : span);
