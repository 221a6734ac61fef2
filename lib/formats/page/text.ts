/** Text of authors on a page: shortened, and measured, so that no page outgrows its limit. */
import { type Html, sourceOf } from "../../base/html.ts";
import { escapeText, graphemesOf, oneLine } from "../../base/text.ts";

/** Bytes of one UTF-16 code unit at most: `&amp;`. */
const MAX_UNIT_BYTES = 5;

/** In characters. */
const LONG_WORD = 20;

export const sizeOf = (markup: Html): number => Buffer.byteLength(sourceOf(markup));

/**
 * At most so many grapheme clusters. A cluster has no maximal size (a family of emoji has 25 bytes), so bytes are
 * limited too.
 */
export function shorten(text: string, characters: number): string {
  const line = oneLine(text);
  if (line.length <= characters) return line;
  let left = characters * MAX_UNIT_BYTES;
  let count = 0;
  let end = 0;
  for (const { segment, index } of graphemesOf(line)) {
    count += 1;
    left -= Buffer.byteLength(escapeText(segment));
    if (count > characters || left < 0) break;
    end = index + segment.length;
  }
  return end === line.length ? line : `${line.slice(0, wordEnd(line, end)).trimEnd()}…`;
}

/** Cuts after the last whole word, unless the cut word is long, or the script has no spaces. */
function wordEnd(line: string, end: number): number {
  const space = line.lastIndexOf(" ", end);
  return space > 0 && line[end] !== " " && end - space <= LONG_WORD ? space : end;
}

/** Those of the pieces that fit into so many bytes together, in order. One that is too long is skipped. */
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
