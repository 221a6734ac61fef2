/** Texts in one piece. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { flat } from "../../lib/base/flat.ts";

test("a text in one piece is the same text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
      expect(flat(a + b)).toBe(a + b);
    }),
  );
});
