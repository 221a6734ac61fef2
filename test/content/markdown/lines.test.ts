/** Within a line, twice the text takes about twice the work, and the quick ways give what marked gives. */
import fc from "fast-check";
import { Marked } from "marked";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { expectLinear } from "../../support/growth.ts";
import { asMarkedReads } from "./ours.ts";

const plain = new Marked({ gfm: true });
const plainly = (markdown: string) => plain.parse(markdown) as string;

/** The unit as often as it has room. */
const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length));
const each = (length: number, unit: (n: number) => string) =>
  Array.from({ length: Math.ceil(length / unit(length).length) }, (_, n) => unit(n)).join("");

describe("four times the text takes about four times the work, where it is", () => {
  test.each<readonly [string, (length: number) => string]>([
    ["marks that close nothing", (n) => `${fill("_中_文 ", n)}a_`],
    ["deletions that are never closed", (n) => `${fill("a~~b ", n)}c ~~`],
    ["Chinese punctuation beside marks", (n) => `${fill("*重", n / 2)}x${fill("。*", n / 2)}`],
    ["emphasis in many levels", (n) => `${fill("**a ", 200)}${fill("*b* _c_ ", n)}${fill(" a**", 200)}`],
    ["links that are never closed", (n) => `)${fill("[a](b (", n)}`],
    ["links without spaces", (n) => fill("![a](b){", n)],
    ["spaces in a destination", (n) => `[a](${fill(" ", n)}x`],
    ["labels that hold backticks", (n) => `${fill("[`[`", n)}](b`],
    ["code of many lengths", (n) => each(n, (i) => `${"`".repeat(Math.sqrt(i))} a `)],
    ["comments that are closed only in code", (n) => `${fill("<!-- > *", n)}\`-->\``],
    ["parentheses after an address", (n) => fill("www.a.com/(", n)],
    ["punctuation after an address", (n) => `www.a.com/${fill("&a;?!", n)}`],
    ["letters before an at sign", (n) => `${fill("a_", n)}@`],
    ["spaces between words", (n) => `a${fill(" ", n)}b`],
    ["line breaks before ideographic spaces", (n) => `a${fill("  \n\u3000", n)}b`],
    ["escaped dollar signs", (n) => fill("$\\", n)],
    ["brackets of formulas", (n) => `${fill("\\[", n)}\\]`],
    ["environments of many names", (n) => each(n, (i) => `\\begin{${"a".repeat(i % 500)}}\n`)],
    ["formulas that only begin within paragraphs", (n) => fill("a\n\\[b\n# c\n", n)],
    ["references to no footnote", (n) => `${fill("[^", n)}]\n\n[^a]: b`],
    ["many footnotes", (n) => `${each(n / 2, (i) => `[^${i}] `)}\n\n${each(n / 2, (i) => `[^${i}]: b\n`)}`],
    ["attribute lists of titles", (n) => fill("a {: .b}\n===\n", n)],
  ])("%s", (_, make) => {
    expectLinear((size) => {
      const markdown = make(size);
      return () => void renderMarkdown(markdown);
    }, 16_000);
  });
});

const PIECES = [
  ...["a", "b ", " ", "*", "**", "_", "__", "~", "~~", "`", "``", "[", "](", ")", "![", "(", "<", ">", "<!--", "-->"],
  ...["\\", "?", "&a;", "a@b.co", "www.a.b", "http://a.b/", "@", "mailto:", ".", "é", "  \n", '"c"', "😀"],
];

/** Where we read more than marked does: destinations with spaces, and formulas. */
const OURS = /\]\([^)\n]*\s|\\[[(]/;

describe("in a long line", () => {
  const LONG = "a ".repeat(500);
  test("all is read as marked reads it", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), (pieces) => {
        const markdown = asMarkedReads(LONG + pieces.join(""));
        fc.pre(!OURS.test(markdown));
        expect(renderMarkdown(markdown)).toBe(plainly(markdown));
      }),
      { numRuns: 2_000 },
    );
  });

  test("many marks in one paragraph are paired as marked pairs a few", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { minLength: 20, maxLength: 60 }), (words) => {
        const markdown = `${words.join(" ")} ${"*a* ".repeat(1_000)}`;
        expect(renderMarkdown(markdown)).toBe(plainly(markdown));
      }),
      { numRuns: 100 },
    );
  });
});

/** Words of a text by a river, with marks that mean emphasis, and with marks that mean none. */
const WORDS = [
  ...[
    "*weir*",
    "**lock**",
    "***mill***",
    "_ford_",
    "__pool__",
    "~~dam~~",
    "~bank~",
    "**a *gate* here**",
    "*a **gate** here*",
  ],
  ...[
    "2*3*4",
    "flow_per_second",
    "2 * 3",
    "`*`",
    "\\*",
    "w*e*ir",
    "**(ford)**",
    "_(ford)_",
    "~5 km",
    "a __ b",
    "**mill**s",
  ],
];
