/** Text of authors on a page: cut to a length, escaped, and measured, so that no page outgrows its limit. */
import { graphemesOf, oneLine } from "../../base/text.ts";
import { xmlText } from "../form.ts";

/** What one UTF-16 unit takes at most: `&amp;`. */
const MOST_BYTES = 5;

const LONG_WORD = 20;

export const sizeOf = (markup: string): number => Buffer.byteLength(markup);

/** At most so many characters, and never half of one. A family of emoji is one character of 25 bytes: bytes count too. */
export function shorten(text: string, characters: number): string {
  const line = oneLine(text);
  if (line.length <= characters) return line;
  let left = characters * MOST_BYTES;
  let count = 0;
  let end = 0;
  for (const { segment, index } of graphemesOf(line)) {
    count += 1;
    left -= sizeOf(xmlText(segment));
    if (count > characters || left < 0) break;
    end = index + segment.length;
  }
  return end === line.length ? line : `${line.slice(0, wordEnd(line, end)).trimEnd()}…`;
}

/** Where a script has spaces between words a cut goes back to the last, unless that is far. */
function wordEnd(line: string, end: number): number {
  const space = line.lastIndexOf(" ", end);
  return space > 0 && line[end] !== " " && end - space <= LONG_WORD ? space : end;
}

/** Those that fit into so many bytes, in order; one that is too long for the rest gives way to those after it. */
export function fitting<Piece>(
  pieces: readonly Piece[],
  bytes: number,
  size: (piece: Piece) => number,
): readonly Piece[] {
  let left = bytes;
  return pieces.filter((piece) => {
    const needed = size(piece);
    if (needed > left) return false;
    left -= needed;
    return true;
  });
}
