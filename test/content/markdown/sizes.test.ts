/** Sizes of pictures, and attributes behind them, which a feed does not show. */
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";

const render = (markdown: string) => renderMarkdown(markdown).trim();

describe("the size of a picture is no part of its address or its text:", () => {
  test.each([
    ["![a](/b.png =600x400)", '<img src="/b.png" alt="a">'],
    ["![a](/b.png =600x)", '<img src="/b.png" alt="a">'],
    ["![a](/b.png#c =x200)", '<img src="/b.png#c" alt="a">'],
    ['![堰](/b.png "题" =50%x)', '<img src="/b.png" alt="堰" title="题">'],
    ['![a](/b.png =100x100 "t")', '<img src="/b.png" alt="a" title="t">'],
    ["![a](the weir.png =20x30)", '<img src="the%20weir.png" alt="a">'],
    ["![a](</the weir.png> =20x30)", '<img src="/the%20weir.png" alt="a">'],
    ['![a](<b c.png> "t" =20x)', '<img src="b%20c.png" alt="a" title="t">'],
    ["![a](/b.png =300)", '<img src="/b.png" alt="a">'],
    ["![a](/b.png =300*200)", '<img src="/b.png" alt="a">'],
    ["![a|300](/b.png)", '<img src="/b.png" alt="a">'],
    ["![a|300x200](the weir.png)", '<img src="the%20weir.png" alt="a">'],
    ["![a](/b.png){width=50%}", '<img src="/b.png" alt="a">'],
    ['![a](/b.png){ .wide width="9" } c', '<img src="/b.png" alt="a"> c'],
    ["[a](/b){ target=_blank }", '<a href="/b">a</a>'],
    ["`a`{.js} **b**{#c}", "<code>a</code> <strong>b</strong>"],
  ])("%s", (markdown, html) => expect(render(markdown)).toBe(`<p>${html}</p>`));

  test("in a table", () => {
    expect(render("| a |\n|---|\n| ![b\\|30](/c.png) |")).toContain('<img src="/c.png" alt="b">');
  });
});

describe("other words stay:", () => {
  test.each([
    ["![a](a =1x1.png)", '<img src="a%20=1x1.png" alt="a">'],
    ["![a](<b c.png>)", '<img src="b%20c.png" alt="a">'],
    ["![a|b](/c.png)", '<img src="/c.png" alt="a|b">'],
    ["[a|300](/c.png)", '<a href="/c.png">a|300</a>'],
    ["a =1x2 {width=50%}", "a =1x2 {width=50%}"],
    ["[a](/b){not a list}", '<a href="/b">a</a>{not a list}'],
  ])("%s", (markdown, html) => expect(render(markdown)).toBe(`<p>${html}</p>`));
});

describe("a destination that people can read is one:", () => {
  test.each([
    ['[a](http://w.example/ "The "old" weir")', '<a href="http://w.example/" title="The &quot;old&quot; weir">a</a>'],
    ["[a](http://w.example/the weir)", '<a href="http://w.example/the%20weir">a</a>'],
    ['[a](it\'s b.md "t")', '<a href="it&#39;s%20b.md" title="t">a</a>'],
    ["[a](http://w.example/b_(c\\)) d", '<a href="http://w.example/b_(c)">a</a> d'],
    ["[a](/b_(c\\)))", '<a href="/b_(c))">a</a>'],
    ["[a](b c)", "[a](b c)"],
  ])("%s", (markdown, html) => expect(render(markdown)).toBe(`<p>${html}</p>`));
});
