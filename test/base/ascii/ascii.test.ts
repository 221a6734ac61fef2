import fc from "fast-check";
import { expect, test } from "vitest";
import { asciiOf } from "../../../lib/base/ascii/ascii.ts";

test.each([
  ["Plain_text 1.", "Plain_text 1."],
  ["héhé Ærø ß", "hehe aero ss"],
  ["Привет, Ёж", "privet, iozh"],
  ["Ελλάδα", "ellada"],
  ["日本 a", "ri-ben- a"],
  ["九点半", "jiu-dian-ban-"],
  ["ガイド", "gaido"],
  ["한국어", "hangugeo"],
  ["ﬁ ａ", "fi a"],
  ["𝒳", "-"],
])("%s is %s", (text, ascii) => expect(asciiOf(text)).toBe(ascii));

test("whatever is written, the result is ASCII", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect([...asciiOf(text)].every((character) => character < "\x80")).toBe(true);
    }),
  );
});
