/** A document in pieces has the same bytes as the document as one text. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fill, fillAround, formOf } from "../../lib/formats/form.ts";
import { bytesOf, encoded } from "../../lib/formats/pieces.ts";

const text = fc.string({ unit: "grapheme" });

test("pieces have the bytes of their text, whether they are encoded already or not", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.boolean())), (given) => {
      const pieces = given.map(([piece, isEncoded]) => (isEncoded ? encoded(piece) : piece));
      const whole = given.map(([piece]) => piece).join("");
      expect(Buffer.from(bytesOf(pieces)).equals(Buffer.from(whole))).toBe(true);
    }),
  );
});

test("what is before and after a blank, with a value between, is the form filled in", () => {
  const form = formOf("<a>%title%</a>%items%<b>%title%</b>");
  fc.assert(
    fc.property(text, text, (title, items) => {
      const [before, after] = fillAround("items", form, { title });
      expect(before + items + after).toBe(fill(form, { title, items }));
    }),
  );
  expect(() => fillAround("entries", form, { title: "" })).toThrow("the form has no blank entries");
});
