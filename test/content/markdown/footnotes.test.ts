import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainText } from "../../../lib/content/html/reading.ts";
import { titleIn } from "../../../lib/content/html/titles.ts";
import { firstHeading, renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import type { DialectName } from "../../../lib/model.ts";

const NOTES = "Sluice[^Lock], field[^1], sluice[^lock].\n\n[^1]: Wet.\n[^Lock]: Shut.\n";

const linksOf = (dialect: DialectName) =>
  [...renderMarkdown(NOTES, { dialect }).matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);

describe("notes lead to the anchors that the page has", () => {
  test.each<[DialectName, readonly string[]]>([
    ["plain", ["fn1", "fn2", "fn1", "fnref1", "fnref1:1", "fnref2"]],
    ["eleventy", ["fn1", "fn2", "fn1", "fnref1", "fnref1:1", "fnref2"]],
    ["jekyll", ["fn:Lock", "fn:1", "fn:Lock", "fnref:Lock", "fnref:Lock:1", "fnref:1"]],
    ["hexo", ["fn:Lock", "fn:1", "fn:Lock", "fnref:Lock", "fnref:Lock:1", "fnref:1"]],
    ["hugo", ["fn:1", "fn:2", "fn:1", "fnref:1", "fnref1:1", "fnref:2"]],
    [
      "astro",
      [
        ...["user-content-fn-lock", "user-content-fn-1", "user-content-fn-lock"],
        ...["user-content-fnref-lock", "user-content-fnref-lock-2", "user-content-fnref-1"],
      ],
    ],
    ["zola", ["Lock", "1", "Lock", "fr-Lock-1", "fr-Lock-2", "fr-1-1"]],
  ])("of %s", (dialect, ids) => expect(linksOf(dialect)).toEqual(ids));
});

describe("notes within a line", () => {
  test("are numbered and listed with the others", () => {
    const html = renderMarkdown("Weir^[Built *late*, see [the map](/m).] and field[^a].\n\n[^a]: Wet.\n");
    expect(html).toContain('<p>Weir<sup><a href="#fn1">1</a></sup> and field<sup><a href="#fn2">2</a></sup>.</p>');
    expect(html).toContain('<p>Built <em>late</em>, see <a href="/m">the map</a>. <a href="#fnref1">↩</a></p>');
  });

  test.each(["`^[a b]`", "^[a-z]+", "^[a](b)", "^[ ]", "^[a b", "^[]"])("%j is none", (markdown) =>
    expect(renderMarkdown(markdown)).not.toContain("<sup>"),
  );

  test.each<DialectName>(["hugo", "jekyll", "astro", "hexo", "zola"])("are text in %s", (dialect) =>
    expect(renderMarkdown("Weir^[a b].", { dialect })).toBe("<p>Weir^[a b].</p>\n"),
  );

  test("of any form are listed as often as they are numbered", () => {
    const piece = fc.constantFrom("^[", "[", "]", "\\", "a", " ", "(", ")", "`", "*", "\n", "[^1]", "\n\n[^1]: b\n");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const html = renderMarkdown(pieces.join(""));
        const numbers = new Set([...html.matchAll(/<sup><a href="#fn(\d+)">/g)].map(([, number]) => number));
        expect((html.match(/ <a href="#fnref\d+">↩/g) ?? []).length).toBe(numbers.size);
      }),
    );
  });
});

describe("the number of a note is no word", () => {
  const at = (sup: string) => `<p>Built in 1954${sup}.</p>`;

  test.each([
    '<sup><a href="https://example.org/#fn:1">2</a></sup>',
    ' <sup><a href="https://example.org/#fn1">[2]</a></sup>',
    '<sup><a href="https://example.org/#fn1">[1:1]</a></sup>',
    '<a href="https://example.org/#fn1"><sup>2</sup></a>',
    ' <a href="https://example.org/#fnref1">↩</a>',
    ' <a href="https://example.org/#fnref1">↩<sup>2</sup></a>',
  ])("in text: %s", (sup) => expect(plainText(at(sup))).toBe("Built in 1954."));

  test.each([
    ["<sup>2</sup>", "Built in 19542."],
    ['<sup><a href="https://example.org/a">2</a></sup>', "Built in 19542."],
    ['<sup><a href="https://example.org/#a">th</a></sup>', "Built in 1954th."],
    [' ↩ <a href="https://example.org/#a">2</a>', "Built in 1954 ↩ 2."],
  ])("but %s is", (sup, text) => expect(plainText(at(sup))).toBe(text));

  test("in a title that is made from a heading", () => {
    expect(firstHeading("# The weir[^1]\n\n[^1]: Old.\n")).toBe("The weir");
    expect(firstHeading("# The weir^[Old one.]\n")).toBe("The weir");
    expect(firstHeading("# The weir[^1]\n")).toBe("The weir[^1]");
    expect(titleIn('<h1>The weir<sup><a href="#fn1">1</a></sup> of 3 m<sup>2</sup></h1>')).toBe("The weir of 3 m2");
  });
});

describe("a note directly below a paragraph", () => {
  const markdown = "The weir holds.[^w]\n[^w]: Since 1911.\n3. It is measured.";

  test.each(["hugo", "eleventy", "astro", "plain"] as const)("ends it, to %s", (dialect) => {
    const html = renderMarkdown(markdown, { dialect });
    expect(html).toContain("<p>The weir holds.<sup>");
    expect(html).toContain('<ol start="3">');
    expect(html).toContain("Since 1911.");
    expect(html).not.toContain("[^w]");
  });

  test("is text of it, to kramdown", () =>
    expect(renderMarkdown(markdown, { dialect: "jekyll" })).toContain("[^w]: Since 1911."));
});
