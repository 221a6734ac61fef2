/** Addresses as people type them on a phone. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf } from "../../../lib/write/page/client/base/address.ts";

test.each([
  ["example.org", "https://example.org"],
  [" www.example.org/a?b#c ", "https://www.example.org/a?b#c"],
  ["example.org:8080/a", "https://example.org:8080/a"],
  ["例子。中国/甲", "https://例子。中国/甲"],
  ["https://example.org", "https://example.org"],
  ["HTTP://example.org", "HTTP://example.org"],
  ["mailto:li@example.org", "mailto:li@example.org"],
  ["javascript:alert(1)", "javascript:alert(1)"],
  ["no address", "no address"],
  ["e", "e"],
  ["", ""],
])("%j is %j", (typed, meant) => {
  expect(addressOf(typed)).toBe(meant);
});

test("nothing but the scheme and the space around it is ever changed, and once is enough", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "grapheme" }), fc.webUrl(), fc.domain()), (typed) => {
      const address = addressOf(typed);
      expect([typed.trim(), `https://${typed.trim()}`]).toContain(address);
      expect(addressOf(address)).toBe(address);
    }),
  );
});
