/** Documents that are put together from shared memory are those that are put together from their pieces. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesOf, type Piece } from "../../../lib/formats/pieces.ts";
import { documentsIn, sharedPieces } from "../../../lib/publish/write/pieces.ts";

/** A part of some bytes. */
type Part = readonly [from: number, length: number];

const parts = fc.array(fc.tuple(fc.nat(30), fc.nat(20)), { minLength: 1, maxLength: 5 });
const memories = fc.array(
  fc.record({ isShared: fc.boolean(), bytes: fc.uint8Array({ minLength: 1, maxLength: 50 }), parts }),
  {
    minLength: 1,
    maxLength: 6,
  },
);

function piecesIn(isShared: boolean, bytes: Uint8Array, of: readonly Part[]): readonly Uint8Array[] {
  const memory = isShared ? new Uint8Array(new SharedArrayBuffer(bytes.length)) : bytes.slice();
  memory.set(bytes);
  return of.map(([from, length]) => memory.subarray(from, from + length));
}

test("whatever pieces they share, and wherever these lie", () => {
  const chosen = fc.array(fc.array(fc.oneof(fc.nat(40), fc.string({ unit: "grapheme" })), { maxLength: 12 }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(memories, chosen, (given, wanted) => {
      const all = given.flatMap(({ isShared, bytes, parts }) => piecesIn(isShared, bytes, parts));
      const documents = wanted.map((pieces) =>
        pieces.map((piece): Piece => (typeof piece === "string" ? piece : (all[piece % all.length] ?? ""))),
      );
      const bytesOfDocument = documentsIn(sharedPieces(documents));
      const made = documents.map((_, i) => [...bytesOfDocument(i)]);
      expect(made).toEqual(documents.map((pieces) => [...bytesOf(pieces)]));
    }),
  );
});

test("documents are put together in one memory, which at least doubles where it is too small", () => {
  const pieces = [["long ".repeat(100)], ["short"], ["longer".repeat(100)], ["short"]];
  const bytesOfDocument = documentsIn(sharedPieces(pieces));
  const memories = new Set(pieces.map((_, i) => bytesOfDocument(i).buffer));
  expect([...memories].map(({ byteLength }) => byteLength)).toEqual([500, 1000]);
});
