/** Blank lines above a text. A text may have any number of them, and a repeated group would take stack for each. */

/** The offset of the first line that holds more than spaces and tabs, or of the last line. */
export function afterBlankLines(text: string): number {
  const first = text.search(/[^ \t\n]/);
  return text.lastIndexOf("\n", (first < 0 ? text.length : first) - 1) + 1;
}
