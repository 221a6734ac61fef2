/** Letters are composed as Unicode composes them (NFC), or stay as they were. */
import { expect, test } from "vitest";
import { compose } from "../../lib/edge/compose.ts";

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));

test("no letter with a mark becomes another than Unicode's", () => {
  const kana = range(0x3041, 0x30fe).filter((letter) => letter.normalize("NFD") === letter);
  const letters = [...range(0x61, 0x17f), ...range(0x430, 0x45f), ...kana];
  const marks = [...range(0x300, 0x30c), ...range(0x323, 0x328), "\u3099", "\u309a"];
  // A space composes with nothing: all pairs of a mark are one text.
  for (const mark of marks) {
    const pairs = letters.map((letter) => letter + mark);
    const composed = compose(pairs.join(" ")).split(" ");
    expect(composed.filter((each, i) => each !== pairs[i] && each !== pairs[i]?.normalize("NFC"))).toEqual([]);
  }
});

test("every syllable of Hangul and every voiced kana is composed", () => {
  const kana = [...range(0x304b, 0x307d), ...range(0x30a6, 0x30dd), "ヴ", "ゔ"];
  const all = [...range(0xac00, 0xd7a3), ...kana].join(" ");
  expect(compose(all.normalize("NFD"))).toBe(all);
});
