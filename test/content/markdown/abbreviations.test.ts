/** `*[AB]: what it stands for`. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { cpuMs } from "../../support/growth.ts";

const render = (markdown: string) => renderMarkdown(markdown).trim();
const RB = '<abbr title="river board">RB</abbr>';

describe("an abbreviation has its title wherever it is a word:", () => {
  test.each([
    ["The RB met.\n\n*[RB]: river board", `<p>The ${RB} met.</p>`],
    ["*[RB]: river board\n\nRB, RBs and **RB**", `<p>${RB}, RBs and <strong>${RB}</strong></p>`],
    ["The RB met.\n*[RB]: river board\n*[X]: y", `<p>The ${RB} met.</p>`],
    ["*[low water]: below the weir\n\nAt low water", '<p>At <abbr title="below the weir">low water</abbr></p>'],
    ["*[水位]: 水面的高程\n\n今日水位低", '<p>今日<abbr title="水面的高程">水位</abbr>低</p>'],
    ["*[R]: a\n*[RB]: river board\n\nRB", `<p>${RB}</p>`],
    ['*[A]: "b" & c\n\nA', '<p><abbr title="&quot;b&quot; &amp; c">A</abbr></p>'],
    ["*[A]:\n\nA", "<p><abbr>A</abbr></p>"],
    ["# RB\n\n*[RB]: river board", `<h1>${RB}</h1>`],
  ])("%j", (markdown, html) => expect(render(markdown)).toBe(html));
});

describe("and not", () => {
  test.each([
    ["in code", "`RB`"],
    ["in code in HTML", "<code>RB</code>"],
    ["in a block of code", "```\nRB\n```"],
    ["in an address", "https://weir.example/RB"],
    ["in attributes", '![RB](/RB.png "RB")'],
    ["in words", "RBX xRB RB1 _RB"],
  ])("%s", (_, text) => expect(render(`${text}\n\n*[RB]: river board`)).not.toContain("<abbr"));
});

test("an emphasised link is none", () => {
  expect(render("a\n*[b](/c)*\n\n[x]: /y")).toBe('<p>a\n<em><a href="/c">b</a></em></p>');
});

test("what is not an abbreviation is the same with one beside it", () => {
  const piece = fc.constantFrom("a", "&amp;", "&", " ", "*", "`", "水", "\n", "<b>", "[", "]", "_", "1");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      expect(render(`*[Qq]: r\n\n${text}\n\n[x]: /y`)).toBe(render(`${text}\n\n[x]: /y`));
    }),
  );
});

test.each([["*[A]: b\n"], ["A "], ["水"], ["*["]])("many of %j take time in proportion", (token) => {
  const started = cpuMs();
  renderMarkdown(`*[A]: b\n*[水水]: c\n\n${token.repeat(20_000)}`);
  expect(cpuMs() - started).toBeLessThan(3000);
});
