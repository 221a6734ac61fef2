import { describe, expect, test } from "vitest";
import { shown } from "../posts.ts";

describe("an emphasis around a comment alone", () => {
  test.each([
    ["a**<!--b-->**c", "ac"],
    ["- **<!--b-->** c _<!-- d -->_", "-  c "],
    ["- **<!--b-->****重点：**后", "- **重点：**后"],
    ["**<!--a-->b**", "**<!--a-->b**"],
    ["**<!--a-->***", "**<!--a-->***"],
    ["**<!--a-->__", "**<!--a-->__"],
    ["**<!--a-->*", "**<!--a-->*"],
    ["`**<!--a-->**`", "`**<!--a-->**`"],
  ])("goes: %s", (markdown, text) => expect(shown("jekyll", markdown)).toBe(text));

  test("is left to CommonMark elsewhere", () => {
    expect(shown("hexo", "**<!--a-->** {% kbd B %}")).toBe("**<!--a-->** <kbd>B</kbd>");
  });
});
