/** Whether a field has a text is known without making the text. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { given, hasText, textOf } from "../../../lib/content/frontmatter/values.ts";

const character = fc.oneof(
  fc.constantFrom(..." \t\n\r\0\u0007\u007f\u0085\u00a0\u3000\u200b\ufeff\ufffe\uffff\ud800\udc00a中-"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);
const text = fc.array(character, { maxLength: 4 }).map((all) => all.join(""));
const field = fc.record({
  value: fc.oneof(text, fc.constant(null), fc.constant([])),
  source: text,
  line: fc.constant(1),
});

test("a field has a text exactly where one can be made of it", () => {
  fc.assert(
    fc.property(field, (each) => {
      expect(hasText(each)).toBe(textOf(each) !== undefined);
    }),
    { numRuns: 1000 },
  );
});

test("the first key with a text counts", () => {
  fc.assert(
    fc.property(field, field, (a, b) => {
      const fields = new Map([
        ["a", a],
        ["b", b],
      ]);
      expect(given(fields, "none", "a", "b")).toBe([a, b].find((each) => textOf(each) !== undefined));
    }),
  );
});
