/** Joins the pieces of a file that are kept: in one copy, since a file may have millions of them. */

export interface KeptPieces {
  add(piece: Uint8Array): void;
  /** All that was added. */
  all(): Uint8Array;
}

export function piecesUpTo(bytes: number): KeptPieces {
  const kept = new Uint8Array(bytes);
  let length = 0;
  return {
    add(piece) {
      kept.set(piece, length);
      length += piece.length;
    },
    all: () => kept.subarray(0, length),
  };
}
