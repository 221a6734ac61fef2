import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { summarise } from "../../lib/content/summary.ts";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

describe("a summary", () => {
  test.each([
    ["Short.", "Short."],
    [" Two\n\tlines  of it ", "Two lines of it"],
    ["　　第一段。　", "第一段。"],
    ["a\u0008b", "ab"],
    ["河水漫过堤坝，\n稻田\n  都绿了。", "河水漫过堤坝，稻田都绿了。"],
    ["堤坝\r\n在 weir\n旁边", "堤坝在 weir 旁边"],
    ["川の\nほとりに\nカモが\n「いる」。", "川のほとりにカモが「いる」。"],
    ["他说\n“好”\n就走", "他说“好”就走"],
    ["ㄏㄜ\nㄕㄨㄟ", "ㄏㄜㄕㄨㄟ"],
    ["𠮷\n𠮷", "𠮷𠮷"],
    ["강물이\n흐른다", "강물이 흐른다"],
    ["河。\n\n岸", "河。 岸"],
    ["河 岸", "河 岸"],
    ["the “weir”\n“gate”", "the “weir” “gate”"],
    ["x".repeat(280), "x".repeat(280)],
    ["字".repeat(140), "字".repeat(140)],
  ])("of short text is the text: %j", (text, summary) => expect(summarise(text)).toBe(summary));

  test.each(["", "  \n", "　"])("of nothing (%j) is none", (text) => expect(summarise(text)).toBeUndefined());

  test("holds whole sentences if they fit", () => {
    const sentence = `Some ${"word ".repeat(23)}end. `;
    expect(summarise(sentence.repeat(4))).toBe(sentence.repeat(2).trim());
    const han = `${"字".repeat(49)}。`;
    expect(summarise(han.repeat(5))).toBe(han.repeat(2));
  });

  test("is cut where no sentence ends in its second half", () => {
    expect(summarise(`Hi. ${"X".repeat(400)}`)).toBe(`Hi. ${"X".repeat(276)}…`);
  });

  test("ends with a sentence in Chinese, with all that closes it", () => {
    const sentence = `${"字".repeat(40)}，他说：「${"话".repeat(20)}！」`;
    expect(summarise(`${sentence}${"后".repeat(200)}`)).toBe(`${sentence}${"后".repeat(140 - sentence.length)}…`);
    const longer = `${"字".repeat(60)}，他说：「${"话".repeat(20)}！」`;
    expect(summarise(`${longer}${"后".repeat(200)}`)).toBe(longer);
    expect(summarise(`${"问".repeat(90)}？${"答".repeat(90)}。`)).toBe(`${"问".repeat(90)}？`);
  });

  test("of one endless word is its beginning", () => {
    expect(summarise(`https://example.org/${"a".repeat(10_000)}`)).toMatch(/^https:\/\/example\.org\/a{260}…$/);
    expect(summarise("a\u0301".repeat(100_000))).toBe(`${"a\u0301".repeat(280)}…`);
  });

  test("from right to left is cut where it is read last", () => {
    const summary = summarise("مرحبا بالعالم ".repeat(60)) ?? "";
    expect(summary.startsWith("مرحبا")).toBe(true);
    expect(summary.endsWith("…")).toBe(true);
    expect(summary.length).toBeLessThanOrEqual(281);
  });

  test("counts a full-width character as two", () => {
    expect(summarise("字".repeat(200))).toBe(`${"字".repeat(140)}…`);
    expect(summarise("x".repeat(281))).toBe(`${"x".repeat(280)}…`);
    expect(summarise("한".repeat(200))).toBe(`${"한".repeat(140)}…`);
    expect(summarise("𠮷".repeat(200))).toBe(`${"𠮷".repeat(140)}…`);
    expect(summarise("👩‍👩‍👧‍👦".repeat(200))).toBe(`${"👩‍👩‍👧‍👦".repeat(140)}…`);
    expect(summarise("❤️".repeat(200))).toBe(`${"❤️".repeat(140)}…`);
  });

  test.each(["👩‍🌾", "🇫🇷", "👍🏽", "e\u0301", "नि", "각"])("never holds half of %s", (character) => {
    for (const before of ["", "x", "xx", "xxx"]) {
      const cut = summarise(before + character.repeat(300)) ?? "";
      expect(cut.endsWith("…")).toBe(true);
      expect((cut.length - 1 - before.length) % character.length).toBe(0);
    }
  });

  test("is the beginning of the text, in whole graphemes and at most 280 columns", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 100, maxLength: 600 }), (text) => {
        const summary = summarise(text);
        if (summary === undefined) return;
        expect(summary.trim()).toBe(summary);
        const line = text.replace(/[ \t\r\n]+/g, " ").trim();
        const kept = line.startsWith(summary) ? summary : summary.replace(/…$/, "");
        expect(line.startsWith(kept)).toBe(true);
        expect([...graphemes.segment(kept)].length).toBeLessThanOrEqual(280);
        const ends = new Set([...graphemes.segment(line)].map(({ segment, index }) => index + segment.length));
        expect(kept === "" || ends.has(kept.length)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
