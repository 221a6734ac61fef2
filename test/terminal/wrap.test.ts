/** Lines that are longer than a terminal is wide. */
import { styleText } from "node:util";
import { describe, expect, test } from "vitest";
import { wrap } from "../../lib/terminal/wrap.ts";

const LINE = "  fix: correct the names that it selects by, or match";

describe("a line that is longer than the terminal is wide", () => {
  test("goes on at a word, further in than it began", async () => {
    expect(await wrap(`short\n${LINE}`, 30)).toBe("short\n  fix: correct the names that\n    it selects by, or match");
  });

  test("stays whole where nobody looks", async () => {
    expect(await wrap(LINE, undefined)).toBe(LINE);
  });

  test("keeps together what is to be typed, and what is longer than a line", async () => {
    expect(await wrap("add `templates: { strange: drop }` to it", 20)).toBe(
      "add\n  `templates: { strange: drop }`\n  to it",
    );
    expect(await wrap("next: dripfeed publish --content blog, then look", 20)).toBe(
      "next:\n  dripfeed publish --content blog,\n  then look",
    );
    expect(await wrap("see https://example.com/a/very/long/address now", 20)).toBe(
      "see\n  https://example.com/a/very/long/address\n  now",
    );
  });

  test("is measured as it is seen: colours take no room, Chinese takes two columns a character", async () => {
    const red = styleText("red", "error", { validateStream: false });
    expect(await wrap(`a.md: ${red}: no date`, 20)).toBe(`a.md: ${red}: no date`);
    expect(await wrap("水从高处 流到低处 去", 18)).toBe("水从高处 流到低处\n  去");
  });
});
