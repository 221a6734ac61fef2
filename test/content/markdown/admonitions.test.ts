/** `!!! note "Title"` with an indented text. */
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { cpuMs } from "../../support/growth.ts";

const render = (markdown: string) => renderMarkdown(markdown).replace(/\s*\n\s*/g, "");
const quoted = (title: string, html: string) =>
  `<blockquote>${title && `<p><strong>${title}</strong></p>`}${html}</blockquote>`;

describe("an admonition is a quotation with its title:", () => {
  test.each([
    ['!!! note "The weir"\n    It is *closed*.', quoted("The weir", "<p>It is <em>closed</em>.</p>")],
    ['!!! note ""\n    a', quoted("", "<p>a</p>")],
    ["??? tip\n    a", quoted("Tip", "<p>a</p>")],
    ["???+ warning\n    a", quoted("Warning", "<p>a</p>")],
    ["!!! note inline end\n    a", quoted("Note", "<p>a</p>")],
    ["!!! note 水位\n    低", quoted("水位", "<p>低</p>")],
    ["!!! field-note\n\ta\n\n\t- b", quoted("Field-note", "<p>a</p><ul><li>b</li></ul>")],
    ["!!! tip\n\n    a\n\n    b\n\nc", `${quoted("Tip", "<p>a</p><p>b</p>")}<p>c</p>`],
    ["!!! tip\n    ```js\n    a\n    ```", quoted("Tip", '<pre><code class="language-js">a</code></pre>')],
    ["!!! tip\n    a\n\n    !!! note\n        b", quoted("Tip", `<p>a</p>${quoted("Note", "<p>b</p>")}`)],
    ["a\n!!! tip\n    b\nc", `<p>a</p>${quoted("Tip", "<p>b</p>")}<p>c</p>`],
    ["- a\n\n    !!! tip\n        b", `<ul><li><p>a</p>${quoted("Tip", "<p>b</p>")}</li></ul>`],
    ["> !!! tip\n>     b", `<blockquote>${quoted("Tip", "<p>b</p>")}</blockquote>`],
  ])("%j", (markdown, html) => expect(render(markdown)).toBe(html));
});

describe("a tab of MkDocs is its title and its content:", () => {
  test.each([
    [
      '=== "River"\n\n    a *b*\n\n    - c\n\nd',
      "<p><strong>River</strong></p><p>a <em>b</em></p><ul><li>c</li></ul><p>d</p>",
    ],
    ['===! "A"\n    b\n===+ "C"\n    d', "<p><strong>A</strong></p><p>b</p><p><strong>C</strong></p><p>d</p>"],
    ['!!! tip\n    === "A"\n        b', quoted("Tip", "<p><strong>A</strong></p><p>b</p>")],
    ['a\n=== "B"\n    c', "<p>a</p><p><strong>B</strong></p><p>c</p>"],
    ['=== "A"\n\nb', "<p>=== &quot;A&quot;</p><p>b</p>"],
    ["a\n===\n\n    b", "<h1>a</h1><pre><code>b</code></pre>"],
    ["=== a\n    b", "<p>=== ab</p>"],
  ])("%j", (markdown, html) => expect(render(markdown)).toBe(html));
});

test.each([
  "!!! note\na",
  "!!! note",
  "Wow !!! note\n    a",
  "!!!\n    a",
  "??? what\nb",
  "`!!! note`\n    a",
  "    !!! note\n        a",
])("without an indented text it is text: %j", (markdown) => {
  expect(render(markdown)).toContain(
    markdown
      .trim()
      .split(/\n| (?=!)/)[0]
      ?.replaceAll("`", ""),
  );
  expect(render(markdown)).not.toContain("<blockquote>");
});

test.each(["!!! note\n", "!!! note\n    a\n", "!!! a\n\n\n", "    !!! a\n", "\n\n!!! "])(
  "many of %j take time in proportion",
  (token) => {
    const started = cpuMs();
    renderMarkdown(token.repeat(20_000));
    expect(cpuMs() - started).toBeLessThan(3000);
  },
);
