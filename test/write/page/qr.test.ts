/** The QR code of a link with a code, by a reader of QR codes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { codeOf } from "../../../lib/write/page/client/views/qr.ts";
import { readCode } from "../../support/qr.ts";

const QUIET = 4;
const SCALE = 3;

function read(address: string): string | undefined {
  const code = codeOf(address);
  if (!code) return undefined;
  const side = (code.size + 2 * QUIET) * SCALE;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [column, row] = [Math.floor(x / SCALE) - QUIET, Math.floor(y / SCALE) - QUIET];
      if (code.isDark(column, row)) pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  return readCode(pixels, side, side)?.data;
}

test("is read as the address that it was made of, whatever that is", () => {
  expect(read("https://feeds.example.com/write/#code=7Z3KD-99QWE-R5TYP-M4NBV")).toBe(
    "https://feeds.example.com/write/#code=7Z3KD-99QWE-R5TYP-M4NBV",
  );
  const address = fc.string({ minLength: 1, maxLength: 106, unit: "grapheme-ascii" });
  fc.assert(
    fc.property(address, (text) => {
      expect(read(text)).toBe(text);
    }),
    { numRuns: 60 },
  );
});

test("is none for an address that it cannot hold", () => {
  expect(codeOf("x".repeat(106))?.size).toBe(37);
  expect(codeOf("x".repeat(107))).toBeUndefined();
});
