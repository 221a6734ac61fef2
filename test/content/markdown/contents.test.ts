/** Marks for a table of contents. */
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";

const render = (markdown: string) => renderMarkdown(markdown).trim();

describe("a mark for a table of contents is not shown:", () => {
  test.each([
    "@[TOC](目录)",
    "@[toc]()",
    "@[TOC](the weir and its fields)",
    "@[TOC]",
    "[TOC]",
    "[toc]",
    "[ TOC ]",
    "[[toc]]",
    "[[_TOC_]]",
    "[[ _toc_ ]]",
    "$\u007btoc}",
    "{{toc}}",
  ])("%s", (mark) => {
    expect(render(`${mark}\n\nA weir.`)).toBe("<p>A weir.</p>");
    expect(render(`${mark}\nA weir.`)).toBe("<p>A weir.</p>");
    expect(render(`A weir.\n\n${mark}\n\nA field.`)).toBe("<p>A weir.</p>\n<p>A field.</p>");
    expect(render(`- a\n\n  ${mark}\n`)).not.toMatch(/toc/i);
  });
});

describe("what only looks like one stays:", () => {
  test.each([
    ["`[TOC]`", "<code>[TOC]</code>"],
    ["    @[TOC](a)", "@[TOC](a)"],
    ["```\n[[_TOC_]]\n```", "[[_TOC_]]"],
    ["[TOC]\n\n[toc]: /list", '<a href="/list">TOC</a>'],
    ["See @[TOC](/list)", '@<a href="/list">TOC</a>'],
    ["[TOC](/list)", '<a href="/list">TOC</a>'],
  ])("%j", (markdown, html) => expect(render(markdown)).toContain(html));
});
