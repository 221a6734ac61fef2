/** Texts in quotes, scanned by index: a text may be of any length, and a repeated group would take stack for each character. */
/** The offset behind the quote that closes the one at `start`, or of the line end at which the text breaks off. */
export function endOfQuoted(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === "\n") return at;
    if (character === quote) return at + 1;
    if (character === "\\" && text[at + 1] !== "\n") at += 1;
  }
  return text.length;
}

/** Whether a text as `endOfQuoted` delimits it is closed. */
export function isClosed(quoted: string): boolean {
  if (quoted.length < 2 || !quoted.endsWith(quoted[0] ?? "")) return false;
  let escapes = 0;
  while (quoted[quoted.length - 2 - escapes] === "\\") escapes += 1;
  return escapes % 2 === 0;
}
