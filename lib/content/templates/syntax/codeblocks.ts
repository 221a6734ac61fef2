/** Finds the end of a code block from the line on which it begins. */
/** The first place after spaces and tabs; a tab stop is every four columns (CommonMark 2.2). */
export function pastSpaces(source: string, from: number, fromColumn: number): [at: number, column: number] {
  let at = from;
  let column = fromColumn;
  for (; source[at] === " " || source[at] === "\t"; at += 1) column += source[at] === "\t" ? 4 - (column % 4) : 1;
  return [at, column];
}

interface Opening {
  readonly at: number;
  readonly column: number;
  /** In how many quotes the line stands, counted up to the depth of the code block. */
  readonly depth: number;
  /** The column at which what is quoted begins. */
  readonly base: number;
  readonly isBlank: boolean;
}

function openingOf(source: string, start: number, quotes: number): Opening {
  let [at, column] = pastSpaces(source, start, 0);
  let depth = 0;
  let base = 0;
  while (depth < quotes && source[at] === ">") {
    depth += 1;
    base = column + (source[at + 1] === " " ? 2 : 1);
    [at, column] = pastSpaces(source, at + 1, column + 1);
  }
  return { at, column, depth, base, isBlank: at >= source.length || source[at] === "\n" };
}

function pastLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end + 1;
}

/** Blank lines after the last line of code are not part of it. */
export function indentedEnd(source: string, start: number, quotes: number, limit: number): number {
  let end = pastLine(source, start);
  for (let next = end; next < source.length; ) {
    const { at, column, depth, isBlank } = openingOf(source, next, quotes);
    if (depth < quotes || (!isBlank && column - limit < 4)) break;
    next = pastLine(source, at);
    if (!isBlank) end = next;
  }
  return end;
}

const CLOSING_FENCE = /(?:`{3,}|~{3,})(?=[ \t]*(?:\n|$))/y;

/**
 * A fence that is not closed ends with its quote, its list item or the text. A line that is indented by four columns or more
 * does not close it (CommonMark 4.5), unless `isFar`: where it may begin as far itself.
 */
export function fencedEnd(
  source: string,
  start: number,
  fence: string,
  { quotes, level, isFar }: { readonly quotes: number; readonly level: number; readonly isFar: boolean },
): number {
  for (let next = pastLine(source, start); next < source.length; ) {
    const { at, column, depth, base, isBlank } = openingOf(source, next, quotes);
    if (depth < quotes || (!isBlank && column < level)) return next;
    CLOSING_FENCE.lastIndex = at;
    const run = CLOSING_FENCE.exec(source)?.[0] ?? "";
    next = pastLine(source, at);
    const isNear = isFar || column - Math.max(base, level) < 4;
    if (isNear && run[0] === fence[0] && run.length >= fence.length) return next;
  }
  return source.length;
}
