/** A document as pieces: text, and items already encoded in UTF-8, since documents share items. */

export type Piece = string | Uint8Array;

const encoder = new TextEncoder();

export const encoded = (text: string): Uint8Array => encoder.encode(text);

export function bytesOf(pieces: readonly Piece[]): Uint8Array {
  const parts = pieces.map((piece) => (typeof piece === "string" ? encoder.encode(piece) : piece));
  const bytes = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}
