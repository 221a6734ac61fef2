/** What blocks of Markdown cost, and where it is refused to go on. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstHeading, renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { DEEPEST, LONGEST, TooMuchWork, workTaken } from "../../../lib/content/work.ts";
import { syntheticPosts } from "../../bench/posts.ts";
import { expectLinear } from "../../support/growth.ts";

const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** What has grown, and the line at which it has. */
function refused(markdown: string): readonly [string, number | undefined] | undefined {
  try {
    renderMarkdown(markdown);
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    return [error.grown, error.line];
  }
  return undefined;
}

describe("four times the text takes about four times the work, where there are", () => {
  test.each<readonly [string, (length: number) => string]>([
    ["lines that go on after a definition", (n) => `T\n: d\n${fill("e\n", n)}`],
    ["long lines that go on after a definition", (n) => `T\n: d\n${fill("a line of a log, sixty characters\n", n)}`],
    ["lines above a definition, in a list", (n) => `- x\n${fill("  e\n", n)}\n\nT\n: d\n`],
    ["definitions", (n) => fill("T\n: d\n\n", n)],
    ["lines in a list that no underline follows", (n) => `- a\n${fill("  b\n", n)}\n\nx\n-\n`],
    ["lines in a list that may not be plain, and no underline", (n) => `- a\n${fill("  =b\n", n / 8)}\n\nx\n==\n`],
    ["heads of tables with a column more than the line above", (n) => fill("a\n|-|-|\n", n / 2)],
    ["heads of tables with a column less than the line above", (n) => fill("a|b\n-|\n\n", n)],
    ["tables with a more mark and no blank line after it", (n) => fill("|a|\n|-|\n|b|\n<!-- more -->\n|c|\n# x\n", n)],
    ["blank lines in an item", (n) => `- a\n${"\n".repeat(n)}  b`],
    ["items with several paragraphs", (n) => fill("- a\n  b\n\n  c\n", n)],
    ["items with a blank line after each", (n) => fill("1. a\n\n", n)],
    ["alerts", (n) => fill("> [!NOTE]\n> a\n\n", n)],
    ["lines below an item with a separator of lines in each", (n) => `* a\n${fill("a\u2028b\n", 2 * n)}`],
    ["levels of items", (n) => Array.from({ length: Math.sqrt(n) }, (_, i) => `${"  ".repeat(i)}- a`).join("\n")],
  ])("%s", (_, make) => {
    expectLinear((size) => {
      const markdown = make(size);
      return () => void refused(markdown);
    }, 24_000);
  });
});

describe("the line is told at which a text grows beyond reason", () => {
  const above = "One.\n\n- two\n- three\n\n";
  test.each<readonly [string, string, readonly [string, number | undefined]]>([
    ["of quotations", `${above}${"> ".repeat(200)}x\n\nafter\n`, ["nesting", 6]],
    ["of quotations without spaces", `${above}${">".repeat(20_000)}`, ["nesting", 6]],
    ["of items", `${above}${"- ".repeat(200)}x\n`, ["nesting", 6]],
    ["of numbered items", `${above}${"1. ".repeat(200)}x\n`, ["nesting", 6]],
    ["of an alert", `${above}${"> ".repeat(200)}[!NOTE]\n`, ["nesting", 6]],
    ["of items within a list", `${above}- a\n- b\n- ${"> - ".repeat(99)}x\n`, ["nesting", 8]],
    [
      "of items that are indented",
      Array.from({ length: 150 }, (_, i) => `${"  ".repeat(i)}- a${i}`).join("\n"),
      ["nesting", 101],
    ],
    ["of marks", `${above}a\nb ${"*a _b ".repeat(200)}${"c_ d* ".repeat(200)}\n`, ["nesting", 7]],
    [
      "by cells that are not written",
      `${above}|${"a|".repeat(900)}\n|${"-|".repeat(900)}\n${"|\n".repeat(900)}`,
      ["work", 6],
    ],
    ["by lines that an item has without indentation", `${above}x\n\n- a\n${"b\n".repeat(150_000)}`, ["work", 8]],
    ["by a quotation with and without its mark", `${above}${"> a\nb\n".repeat(20_000)}`, ["work", 6]],
    ["by a link around backticks", `${above}One\n[${"`".repeat(60_000)}x\`](a)`, ["work", 7]],
    ["as a whole", "a\n\n".repeat(LONGEST / 2), ["size", undefined]],
    ["by blank lines within it", `a${"\n".repeat(12_000_000)}b`, ["size", undefined]],
  ])("%s", (_, markdown, expected) => expect(refused(markdown)).toEqual(expected));

  test("nesting up to the limit is rendered", () => {
    for (const mark of ["> ", "- ", "1. "]) {
      const html = renderMarkdown(`${mark.repeat(DEEPEST)}x`);
      expect(html).toContain("x");
    }
    expect(refused(`${"> ".repeat(DEEPEST + 1)}x`)).toEqual(["nesting", 1]);
  });

  test("blank lines around a text do not count", () => {
    expect(renderMarkdown(`${"\n".repeat(12_000_000)}x${"\n".repeat(1_000_000)}`)).toBe("<p>x</p>\n");
  });

  test("the same text is refused after any other", () => {
    const text = `a\n\n- a\n${"b\n".repeat(150_000)}`;
    expect([refused(text), refused("x"), refused(text)]).toEqual([["work", 3], undefined, ["work", 3]]);
  });
});

describe("a text that people write takes a small part of the work that is allowed", () => {
  test("as a post", () => {
    for (const { text } of syntheticPosts(60)) {
      renderMarkdown(text);
      expect(workTaken()).toBeLessThan(0.02);
    }
  });

  const rows = (count: number, row: string) => row.repeat(count);
  test.each([
    ["a table of 5,000 rows", `|a|b|c|d|\n|-|-|-|-|\n${rows(5_000, "| one | *two* | three | 4 |\n")}`],
    ["10,000 notes", Array.from({ length: 10_000 }, (_, i) => `text[^${i}]\n\n[^${i}]: note\n\n`).join("")],
    ["a list of 10,000 items", rows(10_000, "- an item with *some* `words` and [a link](/a)\n  - and another\n")],
    ["code of a megabyte", `\`\`\`\n${rows(50_000, "const a_b = [c](d);\n")}\`\`\`\n`],
    ["a paragraph of 10,000 lines", rows(10_000, "2024-01-05 [x] some_long_name GET /a?b=c&d=e * 2\n")],
  ])("as %s", (_, markdown) => {
    renderMarkdown(markdown);
    expect(workTaken()).toBeLessThan(0.3);
  });
});

describe("the first heading", () => {
  test.each([
    ["below other blocks", "a\n\n```\n# no\n```\n\n> # no\n\n# *Yes*\n\n# Later\n", "Yes"],
    ["that is underlined", "a\n\nYes\n===\n", "Yes"],
    ["that refers to a link defined below", "# a [b][c] d\n\n[c]: /e\n", "a b d"],
    ["that refers to nothing", "# a [b][c] d\n", "a [b][c] d"],
    ["with Chinese emphasis", "# **重点：**后文\n", "重点：后文"],
    ["with attributes", "# a {#b}\n", "a"],
    ["above a text that takes too much work", `# Yes\n\n${"> ".repeat(500)}x`, "Yes"],
    ["of a text without any", "a - b\n=c\n", undefined],
  ])("%s", (_, markdown, expected) => expect(firstHeading(markdown)).toBe(expected));

  test("below a text that takes too much work is not known", () => {
    expect(() => firstHeading(`${"> ".repeat(500)}x\n\n# No\n`)).toThrow(TooMuchWork);
  });
});

test("any blocks are rendered, or refused because they grew", () => {
  const mark = fc.constantFrom(
    ..."> |- |* |1. |    |  |\t|: |# |a|b c|\n|\n\n|```\n|~~~|| a | b |\n|\n|-|-|\n|[^1]: |[a]: /b\n|[!NOTE]|<div>|</div>|<!--|-->|===\n|---\n|$$|*|_|[|](".split(
      "|",
    ),
    "|",
    "|a|b|\n|-|-|\n",
  );
  const piece = fc.tuple(fc.array(mark, { minLength: 1, maxLength: 6 }), fc.constantFrom(1, 2, 30, 2_000));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      refused(pieces.map(([marks, times]) => marks.join("").repeat(times)).join(""));
    }),
    { numRuns: 60 },
  );
});
