/** Offsets in a text → lines. */
/** The line of an offset, 1 for the first. The text is searched once, when it is first asked. */
export function lineFinder(text: string): (at: number) => number {
  let ends: number[] | undefined;
  return (at) => {
    ends ??= [...text.matchAll(/\n/g)].map(({ index }) => index);
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

/** The offset of the first line that holds more than spaces and tabs, or of the last line: a text may have any number of blank ones above it. */
export function afterBlankLines(text: string): number {
  const first = text.search(/[^ \t\n]/);
  return text.lastIndexOf("\n", (first < 0 ? text.length : first) - 1) + 1;
}
