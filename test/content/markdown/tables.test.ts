import { expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";

const short = "Gates:\n\n| gate | opens |\n|---|---|---|\n| north | 6:00 | Lin |\n\nAfter it.";

test("to Hugo a head with fewer cells than the line below it is filled up", () => {
  const html = renderMarkdown(short, { dialect: "hugo" });
  expect(html.match(/<th>/g)).toHaveLength(3);
  expect(html).toContain("<td>Lin</td>");
  expect(html).toContain("<p>After it.</p>");
});

test.each(["hexo", "eleventy", "plain"] as const)("to %s it is text, as in GFM §4.10", (dialect) =>
  expect(renderMarkdown(short, { dialect })).not.toContain("<table>"),
);

test.each([
  "| a | b |\n|---|---|\n| 1 | 2 |",
  "a \\| b | c\n---|---\n1 | 2",
  "| a | b | c |\n|---|---|\n| 1 | 2 | 3 |",
  "a | b\n\nc | d",
])("any other table is the same to Hugo: %j", (markdown) =>
  expect(renderMarkdown(markdown, { dialect: "hugo" })).toBe(renderMarkdown(markdown)),
);

test("the text behind it is not lost, nor what its head holds", () => {
  const html = renderMarkdown("`a|b` | **c** |\n:--|:-:|--:\n1|2|3\n\n- x", { dialect: "hugo" });
  expect(html).toContain("<strong>c</strong>");
  expect(html).toContain("<li>x</li>");
});
