/** Finds closing marks; keeps what it searched for, so that unclosed marks do not make the scan quadratic. */
export interface Finder {
  /** Where `needle` begins at or after `from`, or -1. */
  readonly text: (needle: string, from: number) => number;
  /** The first match of a global pattern at or after `from`, kept by `name`. */
  readonly pattern: (name: string, pattern: () => RegExp, from: number) => Span | undefined;
  /**
   * The first end of that name at or after `from`: of all that a pattern finds, and `namesOf` reads. Names differ without
   * end, so that all are found at once. `from` must not decrease.
   */
  readonly end: (pattern: RegExp, namesOf: NamesOf, name: string, from: number) => Span | undefined;
}

type NamesOf = (match: RegExpExecArray) => readonly string[];

export interface Span {
  readonly start: number;
  readonly end: number;
}

const NOWHERE: Span = { start: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY };

export function makeFinder(source: string): Finder {
  const spans = new Map<string, { readonly from: number; readonly span: Span; readonly pattern: RegExp }>();
  const texts = new Map<string, { readonly from: number; readonly start: number }>();
  const ends = new Map<RegExp, ReadonlyMap<string, Ends>>();
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
    end(pattern, namesOf, name, from) {
      const byName = ends.get(pattern) ?? endsOf(source, pattern, namesOf);
      ends.set(pattern, byName);
      const named = byName.get(name);
      if (!named) return undefined;
      while ((named.spans[named.next]?.start ?? Number.POSITIVE_INFINITY) < from) named.next += 1;
      return named.spans[named.next];
    },
  };
}

interface Ends {
  readonly spans: Span[];
  next: number;
}

function endsOf(source: string, pattern: RegExp, namesOf: NamesOf): ReadonlyMap<string, Ends> {
  const byName = new Map<string, Ends>();
  for (const match of source.matchAll(pattern)) {
    const span = { start: match.index, end: match.index + match[0].length };
    for (const name of namesOf(match)) {
      const named = byName.get(name);
      if (named) named.spans.push(span);
      else byName.set(name, { spans: [span], next: 0 });
    }
  }
  return byName;
}

const finite = (span: Span): Span | undefined => (span === NOWHERE ? undefined : span);
