/** HTML of any size and depth: what it costs, and what is kept of it. */
import { describe, expect, test } from "vitest";
import { makeFeedSafe, throughTree } from "../../../lib/content/html/html.ts";
import { isPlaceholder } from "../../../lib/content/html/lazy.ts";
import { withTarget } from "../../../lib/content/target.ts";
import { expectLinear } from "../../support/growth.ts";

const BASE = "https://example.org/2024/post/";
const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length));
const numbered = (make: (i: number) => string, length: number) => {
  const pieces: string[] = [];
  for (let i = 0, size = 0; size < length; i += 1) size += pieces.push(make(i)) && (pieces.at(-1) ?? "").length;
  return pieces.join("");
};

describe("twice the HTML takes about twice the work, where it is", () => {
  test.each<readonly [string, (length: number) => string]>([
    ["elements in elements", (n) => fill("<b>", n)],
    ["elements in elements that are removed", (n) => fill("<x-y>", n)],
    ["ends of nothing", (n) => fill("<b>", n / 2) + fill("</i>", n / 2)],
    ["ends of paragraphs within elements", (n) => fill("<div>", n / 2) + fill("</p>", n / 2)],
    ["tables in tables", (n) => fill("<table><tr><td>", n)],
    ["headings in headings", (n) => fill("<h2><div>", 2_000) + fill("<b>x</b>", n)],
    ["roots of a formula in each other", (n) => `<math>${fill("<msqrt>", n / 2)}${"x".repeat(n / 2)}</math>`],
    ["numbers of lines in a row", (n) => `<table><tr>${fill('<td class="lntd">1</td>', n)}`],
    ["code in an element with many classes", (n) => `<div class="${fill("a ", n / 2)}">${fill("<pre>x</pre>", n / 2)}`],
    ["noscript beside a picture", (n) => `<img src=a>${fill(" <noscript><img src=a></noscript>", n)}`],
    [
      "noscript beside many pictures",
      (n) => `<p>${numbered((i) => `<img src=${i}>`, n / 2)}</p>${fill("<noscript><img src=0></noscript>", n / 2)}`,
    ],
    [
      "pictures beside those of a noscript",
      (n) => `<p>${numbered((i) => `<img src=${i}>`, n / 2)}</p><noscript>${numbered((i) => `<img src=a${i}>`, n / 2)}`,
    ],
    [
      "formulas and then their TeX",
      (n) => fill('<i class="MathJax">x</i> ', n / 2) + fill('<script type="math/tex">x</script>', n / 2),
    ],
    [
      "formulas without text",
      (n) => `<i class="katex">${fill(" <wbr>", n / 2)}${fill('<i class="katex-html"></i>', n / 2)}`,
    ],
    ["a gap in TeX", (n) => `<script type="math/tex">${" ".repeat(n)}x</script>`],
    ["paragraphs of pictures", (n) => fill('<p><img src="https://a.org/b.png" alt=""></p>', n)],
    ["more marks above lists", (n) => fill("<!-- more --><ul><li>x</li></ul>", n)],
    ["words for loading in a class", (n) => `<img class="${fill("lazy-", n)}!" src=a>`],
    ["words for loading in an address", (n) => `<img src="/${fill("loading-", n)}" data-src=b>`],
    ["signs that encode nothing", (n) => `<p><a href="${"%".repeat(n)}">x</a></p>`],
    ["a frame of a long name", (n) => `<iframe src="https://a.org/${"a".repeat(n)}"></iframe>`],
    ["a frame of many names", (n) => `<iframe src="https://a.org/@${fill("a.", n)}"></iframe>`],
    ["candidates of a picture", (n) => `<img src=a srcset="${numbered((i) => `a${i}.png ${i + 1}w, `, n)}">`],
    ["attributes", (n) => `<p ${numbered((i) => `a${i}=b `, n)}>`],
    ["starts of comments", (n) => fill("<!--", n)],
    ["entities", (n) => fill("&#", n) + fill("&a", n)],
  ])("%s", (_, make) => {
    expectLinear((size) => {
      const html = make(size);
      return () => makeFeedSafe(html, BASE);
    }, 16_000);
  });

  test("slashes in the address of a link that may be the target", () => {
    expectLinear((size) => {
      const html = `<p><a href="https://a.org${"/".repeat(size)}b">x</a></p>`;
      return () => withTarget(html, "https://b.org/", { language: "en" });
    });
  });
});

describe("of elements in elements, deeper than anyone nests them,", () => {
  const DEEP = 100_000;

  test("the text stays where none is closed", () => {
    const { html } = makeFeedSafe(`<p>one ${"<b>".repeat(DEEP)}two<p>three`, BASE);
    expect(html.replace(/<[^<>]*>/g, "")).toBe("one twothree");
  });

  test("all are closed where their author closes them", () => {
    const bold = `${"<b>".repeat(DEEP)}one${"</b>".repeat(DEEP)}`;
    expect(makeFeedSafe(`${bold}<i>two</i>`, BASE).html).toMatch(/one(?:<\/b>)+<i>two<\/i>$/);
  });

  test("scripts are removed with their content", () => {
    const { html } = makeFeedSafe(`${"<div>".repeat(DEEP)}one<script>two</script>three`, BASE);
    expect(html.replace(/<[^<>]*>/g, "")).toBe("onethree");
  });

  test.each(["<svg>", "<math>", "<form>", "<template>", "<blockquote><p>", "<ul><li>"])(
    "of %s none overflows",
    (tag) => {
      expect(() => throughTree(`${tag.repeat(DEEP)}x`, BASE)).not.toThrow();
    },
  );
});

test("an address or a title is read to its end, however long", () => {
  const long = "a".repeat(12_000_000);
  const link = `<p><a href="https://example.com/${long}" title="${long}">x</a></p>`;
  expect(makeFeedSafe(link, BASE).html).toBe(link);
});

test.each([
  ["/img/loading.gif", true],
  ["/img/loading-1.gif", true],
  ["/img/lazy_loader-1x1.png?v=1", true],
  ["/loading/loading-image.svg#a", true],
  ["/a-1-spacer.webp", true],
  ["/loading.loading.gif", true],
  ["/loading-a.gif", false],
  ["/loading/a.gif", false],
  ["/unloading.gif", false],
  ["/loading.gif.html", false],
])("%s is the address of a placeholder: %s", (address, expected) => {
  expect(isPlaceholder(address)).toBe(expected);
});
