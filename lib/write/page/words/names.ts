/** Names of a letter or two for the words: in a page of 60 KB their own would take as much room as many of them. */

/** `a` to `z`, then `ba`, `bb` … */
export function shortName(i: number): string {
  const letter = String.fromCharCode(97 + (i % 26));
  return i < 26 ? letter : shortName(Math.floor(i / 26)) + letter;
}
