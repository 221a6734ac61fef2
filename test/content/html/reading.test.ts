/** What is read first of a post: the text before its more mark, the first paragraph, and its summary. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../../lib/content/entry.ts";
import { makeFeedSafe, throughTree } from "../../../lib/content/html/html.ts";
import { plainText } from "../../../lib/content/html/reading.ts";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { postWith } from "../helpers.ts";

const BASE = "https://example.org/2024/post/";
const leadOf = (html: string) => makeFeedSafe(html, BASE).lead;
const partOf = (html: string) => makeFeedSafe(html, BASE).beforeMore;
const beforeMore = (html: string) => {
  const part = partOf(html);
  return part === undefined ? undefined : plainText(part);
};
const POST = postWith("");

describe("the lead is the first paragraph to be read", () => {
  test("as the text that people read, in one line", () => {
    expect(
      leadOf("<h1>T</h1><p> <img src=a></p><p>One <b>two</b>\n &amp;<script>x</script><br>three</p><p>Four</p>"),
    ).toBe("One two & three");
  });

  test("without the line breaks within Chinese; lines of its own keep a space, but after full-width punctuation", () => {
    expect(leadOf("<p>河水\n<b>漫过</b>\n堤坝。</p>")).toBe("河水漫过堤坝。");
    expect(leadOf("<p>河水漫过堤坝，<br>\n稻田绿了<br>\n又黄</p>")).toBe("河水漫过堤坝，稻田绿了 又黄");
    expect(beforeMore("<p>河\n水</p>\n<p>堤坝</p>\n<!--more-->")).toBe("河水 堤坝");
  });

  test.each([
    "<blockquote><p>a</p></blockquote>",
    "<ul><li><p>a</p></li></ul>",
    "<table><tr><td><p>a</p></td></tr></table>",
    "<figure><figcaption><p>a</p></figcaption></figure>",
    "<details><p>a</p></details>",
    "<footer><p>a</p></footer>",
    "<aside><p>a</p></aside>",
    "<dl><dd><p>a</p></dd></dl>",
  ])("not one of %s, unless there is no other", (html) => {
    expect(leadOf(`${html}<p>Own.</p>`)).toBe("Own.");
    expect(leadOf(html)).toBe("a");
  });

  test.each([
    '<p><img src="a.png" alt="x"></p>',
    '<p><a href="/"><img src="a.png" alt="x"></a> \n</p>',
    '<p><iframe src="https://frames.example/" title="x"></iframe></p>',
    '<iframe src="https://frames.example/" title="x"></iframe>',
    '<p><a href="https://youtu.be/dQw4w9WgXcQ">A video</a></p>',
    "<p>[TOC]</p>",
    "<p>  </p>",
    "<p>　</p>",
    "<h2>T</h2><pre>x</pre>",
  ])("not %s at all", (html) => {
    expect(leadOf(`${html}<p>Own.</p>`)).toBe("Own.");
    expect(leadOf(html)).toBe("");
  });

  test("one that also holds a picture or a link", () => {
    expect(leadOf('<p><img src="a.png"> See <a href="https://youtu.be/dQw4w9WgXcQ">this</a>.</p>')).toBe("See this.");
    expect(leadOf('<p><a href="https://a.example/">this</a></p>')).toBe("this");
  });

  test("and none of a note at the end", () => {
    const { html, lead } = makeFeedSafe(renderMarkdown("> q[^1]\n\n[^1]: Note.\n"), BASE);
    expect(html).toContain("Note.");
    expect(lead).toBe("q");
  });

  test("within divisions and sections too", () => {
    expect(leadOf('<div class="post"><section><p>a</p></section></div>')).toBe("a");
  });
});

describe("a mark for a table of contents alone in its paragraph is gone", () => {
  test.each([
    "[TOC]",
    "[toc]",
    "[[toc]]",
    "[[_TOC_]]",
    "@[toc]",
    "{:toc}",
    "$".concat("{toc}"),
    " [TOC]\n",
    "&#91;TOC]",
  ])("%j", (mark) => {
    const { html, lead } = makeFeedSafe(`<p>${mark}</p>\n<p>a</p>`, BASE);
    expect(html.trim()).toBe("<p>a</p>");
    expect(lead).toBe("a");
  });

  test.each(["a [TOC]", "[TOC] a", "<b>[TOC]</b>", "[tic]"])("%j is a paragraph", (text) => {
    expect(makeFeedSafe(`<p>${text}</p>`, BASE).html).toBe(`<p>${text}</p>`);
  });

  test("in Markdown", () => {
    for (const mark of ["[TOC]", "[[toc]]", "* TOC\n{:toc}", "{:toc}"]) {
      expect(renderEntry({ ...POST, markdown: `${mark}\n\n# T\n\nText.\n` })).toMatchObject({
        html: "<h1>T</h1>\n<p>Text.</p>",
        summary: "Text.",
      });
    }
  });
});

describe("the text before a more mark", () => {
  test.each([
    ...["<!-- more -->", "<!--more-->", "<!-- MORE -->", "<!--- more --->", "<!--more Read on-->", "<!-- excerpt -->"],
    ...["<!-- truncate -->", "<!-- readmore -->", "<!-- read-more -->", "<!--  end excerpt -->", "<!-- endexcerpt -->"],
    ...["<!-- excerpt-end -->", "<!-- TEASER_END -->", "<!-- PELICAN_END_SUMMARY -->"],
    ...['<a id="more"></a>', '<span id="more"></span>', '<p><span id="more-12"></span></p>', "<p><!-- more --></p>"],
  ])("%s", (mark) => {
    const safe = makeFeedSafe(`<h2>T</h2><p>a<br>b</p><ul><li>c</li><li>d</li></ul>\n${mark}\n<p>e</p>`, BASE);
    expect(plainText(safe.beforeMore ?? "")).toBe("T a b c d");
    expect(safe.html).toBe("<h2>T</h2><p>a<br>b</p><ul><li>c</li><li>d</li></ul>\n\n<p>e</p>");
    expect(safe.lead).toBe("a b");
  });

  test.each([
    "<!-- more examples needed -->",
    "<!-- no more -->",
    "<!-- excerpt of -->",
    "<!-- -->",
    '<h2 id="more">a</h2>',
  ])("%s is none", (html) => expect(beforeMore(`<p>a</p>${html}`)).toBeUndefined());

  test("is of the first mark, and empty where nothing is before it", () => {
    expect(beforeMore("<p>a</p><!-- more --><p>b</p><!-- more -->")).toBe("a");
    expect(beforeMore("<!-- more --><p>a</p>")).toBe("");
    expect(beforeMore('<img src="a.png"><script>x</script><!-- more --><p>a</p>')).toBe("");
    expect(beforeMore("<p>a &lt; b<!-- more --> c</p>")).toBe("a < b");
  });

  test("is none in code", () => {
    const html = renderMarkdown("`<!-- more -->`\n\n```html\n<!-- more -->\n```\n");
    expect(beforeMore(html)).toBeUndefined();
    expect(makeFeedSafe(html, BASE).html.match(/&lt;!-- more --&gt;/g)).toHaveLength(2);
    expect(beforeMore("<pre>a<!-- more -->b</pre>")).toBeUndefined();
  });

  test.each([
    ["- a\n<!-- more -->\n- b", "<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>"],
    ["1. a\n2. b\n<!-- more -->\n3. c", "<ol>\n<li>a</li>\n<li>b</li>\n\n<li>c</li>\n</ol>"],
    ["3. a\n<!-- more -->\n4. b", '<ol start="3">\n<li>a</li>\n\n<li>b</li>\n</ol>'],
  ])("splits no list: %j", (markdown, html) => {
    const safe = makeFeedSafe(renderMarkdown(markdown), BASE);
    expect(safe.html).toBe(html);
    expect(plainText(safe.beforeMore ?? "")).toMatch(/^a(?: b)?$/);
  });

  test("joins no lists that were two", () => {
    expect(makeFeedSafe(renderMarkdown("1. a\n\n<!-- more -->\n\n1. b"), BASE).html.match(/<ol>/g)).toHaveLength(2);
    expect(makeFeedSafe(renderMarkdown("- a\n\n<!-- more -->\n\n1. b"), BASE).html).toMatch(/<ul>[\s\S]*<ol>/);
    expect(makeFeedSafe(renderMarkdown("- a\n\n<!-- x -->\n\n- b"), BASE).html.match(/<ul>/g)).toHaveLength(2);
  });

  test("splits no table", () => {
    const { html, beforeMore: text } = makeFeedSafe(
      renderMarkdown("| a |\n|---|\n| b |\n<!-- more -->\n| c |\n"),
      BASE,
    );
    expect(html.match(/<table>/g)).toHaveLength(1);
    expect(html).toContain("<td>c</td>");
    expect(plainText(text ?? "")).toBe("a b");
  });
});

describe("an entry is summarised by", () => {
  const summaryOf = (markdown: string, description?: string) =>
    renderEntry({ ...POST, markdown, ...(description !== undefined && { description }) }).summary;

  test("its description, the text before its more mark, or its lead", () => {
    expect(summaryOf("One.\n\nTwo.\n\n<!-- more -->\n\nThree.", "Zero.")).toBe("Zero.");
    expect(summaryOf("One.\n\nTwo.\n\n<!-- more -->\n\nThree.")).toBe("One. Two.");
    expect(summaryOf("<!-- more -->\n\nThree.")).toBe("Three.");
    expect(summaryOf("> Quoted.\n\nOne.\n\nTwo.")).toBe("One.");
  });
});

describe("the part before a more mark is HTML", () => {
  test.each([
    ["<p>a <b>b</b></p><!-- more --><p>c</p>", "<p>a <b>b</b></p>"],
    ["<p>a <b>b<!-- more -->c</b></p>", "<p>a <b>b</b></p>"],
    ["<div><p>a</p><p><!-- more -->b</p></div>", "<div><p>a</p></div>"],
    ["<ul><li>a</li><li>b<!-- more --></li><li>c</li></ul>", "<ul><li>a</li><li>b</li></ul>"],
    ["<ul><li><!-- more -->b</li></ul>", ""],
    ['<p><img src="/a.png"></p><!-- more -->', '<p><img src="https://example.org/a.png"></p>'],
    ["<table><tr><td>a<!-- more --></td><td>b</td></tr></table>", "<table><tr><td>a</td></tr></table>"],
  ])("with every element closed that holds something: %s", (html, part) => expect(partOf(html)).toBe(part));

  test("that is feed-safe, and the beginning of the whole", () => {
    const piece = fc.constantFrom(
      "<p>",
      "</p>",
      "<ul>",
      "<li>",
      "</ul>",
      "<b>",
      "</b>",
      "a",
      "\n",
      "<!--more-->",
      "<hr>",
      "<td>",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const { html, beforeMore: part = "" } = makeFeedSafe(pieces.join(""), BASE);
        const letters = (text: string) => text.replace(/<[^<>]*>|\s/g, "");
        expect(letters(html).startsWith(letters(part))).toBe(true);
        expect(throughTree(part, BASE).html.match(/<\/?\w+>/g)).toEqual(part.match(/<\/?\w+>/g));
      }),
    );
  });
});
