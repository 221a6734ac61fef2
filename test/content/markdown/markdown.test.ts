import fc from "fast-check";
import { Lexer, Marked } from "marked";
import { describe, expect, test } from "vitest";
import { firstHeading, renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { TEXT } from "../../../lib/content/markdown/rules.ts";
import { cpuMs } from "../../support/growth.ts";
import { asMarkedReads } from "./ours.ts";

const render = (markdown: string) => renderMarkdown(markdown).trim();
const plain = new Marked({ gfm: true });

describe("TeX comes out as it was written", () => {
  test.each([
    ["$a_1+b_2$ and $c_1$", "$a_1+b_2$ and $c_1$"],
    ["$c*d*e$", "$c*d*e$"],
    ["$\\{x \\mid x_1 < y\\}$ *b*", "$\\{x \\mid x_1 &lt; y\\}$ <em>b</em>"],
    ["$$a_1 \\\\ b_2$$ inline", "$$a_1 \\\\ b_2$$ inline"],
    ["$`a_1*b*`$", "$a_1*b*$"],
    ["\\\\(a_1*b*c\\\\)", "\\(a_1*b*c\\)"],
    ["\\(\\alpha_1*b*\\)", "\\(\\alpha_1*b*\\)"],
    ["*a $x*y$ b*", "<em>a $x*y$ b</em>"],
    ["**定理 $a_1*b_2$。**后文 _x_", "<strong>定理 $a_1*b_2$。</strong>后文 <em>x</em>"],
    ["价格$a_1$元", "价格$a_1$元"],
    ["$a\n_1 b_$", "$a\n_1 b_$"],
  ])("%j in a line", (markdown, html) => expect(render(markdown)).toBe(`<p>${html}</p>`));

  test.each([
    ["$$\na_1 \\\\ b < c & d\n\ne*f*\n$$", "$$\na_1 \\\\ b &lt; c &amp; d\n\ne*f*\n$$"],
    ["\\\\[\na_1 \\\\ b_2\n\\\\]", "\\[\na_1 \\\\ b_2\n\\]"],
    ["\\[\na_1 \\\\[2pt] \\beta\n\\]", "\\[\na_1 \\\\[2pt] \\beta\n\\]"],
    [
      "\\begin{align*}\na &= b_1 \\\\\n\nc &= *d*\n\\end{align*}",
      "\\begin{align*}\na &amp;= b_1 \\\\\n\nc &amp;= *d*\n\\end{align*}",
    ],
  ])("%j on its own", (markdown, html) => expect(render(markdown)).toBe(`<p>${html}</p>`));

  test("between the lines of a paragraph, in a list, a quotation and a table", () => {
    expect(render("text\n$$\na_1*b*\n$$\nmore")).toBe("<p>text</p>\n<p>$$\na_1*b*\n$$</p>\n<p>more</p>");
    expect(render("- a\n\n  $$\n  a_1*b*\n  $$")).toContain("<p>$$\na_1*b*\n$$</p>");
    expect(render("> $$\n> a_1*b*\n> $$")).toContain("<p>$$\na_1*b*\n$$</p>");
    expect(render("| $a_1*b*$ |\n|---|\n| $c_1*d*$ |")).toMatch(/\$a_1\*b\*\$[\s\S]*\$c_1\*d\*\$/);
  });

  test.each([
    ["costs $5 and *then* $6", "costs $5 and <em>then</em> $6"],
    ["$5 and *then* he paid$", "$5 and <em>then</em> he paid$"],
    ["$ a*b*c $", "$ a<em>b</em>c $"],
    ["$a*b*c$5", "$a<em>b</em>c$5"],
    ["\\$a*b*c$", "$a<em>b</em>c$"],
    ["`$a_1$` $x", "<code>$a_1$</code> $x"],
    ["$[a_1](b) and [c](d)$", '$<a href="b">a_1</a> and <a href="d">c</a>$'],
    ["\\[not a link\\](x) \\(x\\)", "[not a link](x) (x)"],
    ["\\[snake_case\\]", "[snake_case]"],
    ["$$ is *much*, and $$ more", "$$ is <em>much</em>, and $$ more"],
  ])("%j is no formula", (markdown, html) => expect(render(markdown)).toBe(`<p>${html}</p>`));

  test("in code, a dollar is a dollar", () => {
    expect(render("```sh\n$$\nx_1\n$$\n```")).toBe('<pre><code class="language-sh">$$\nx_1\n$$\n</code></pre>');
  });

  test("a text without formulas reads as CommonMark has it, dollars or not", () => {
    const piece = fc.constantFrom("$", " ", "\n", "\n\n", "a", "1", "b c d", "*", "**", "`", "[", "](x)", ".", "- ");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const markdown = pieces.join("");
        fc.pre(!markdown.includes("$$") && !/\$[^$]*[*`[\]][^$]*\$/.test(markdown));
        expect(renderMarkdown(markdown)).toBe(plain.parse(markdown));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("an alert is a quotation that begins with its title", () => {
  test.each([
    ["> [!NOTE]\n> text", "<p><strong>Note</strong></p>\n<p>text</p>"],
    ["> [!tip] My *own* title\n> text\n> more", "<p><strong>My <em>own</em> title</strong></p>\n<p>text\nmore</p>"],
    ["> [!Warning]- Folded\n> x", "<p><strong>Folded</strong></p>\n<p>x</p>"],
    ["> [!question]+\n> - a\n> - b", "<p><strong>Question</strong></p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"],
    ["> [!info|right] 标题\n> 正文", "<p><strong>标题</strong></p>\n<p>正文</p>"],
    ["> [!IMPORTANT]", "<p><strong>Important</strong></p>"],
    [
      "> [!bug]\n> > [!todo] In\n> > it",
      "<p><strong>Bug</strong></p>\n<blockquote>\n<p><strong>In</strong></p>\n<p>it</p>\n</blockquote>",
    ],
  ])("%j", (markdown, html) => expect(render(markdown)).toBe(`<blockquote>\n${html}\n</blockquote>`));

  test.each(
    "note tip important warning caution info danger question example quote success abstract todo bug failure".split(
      " ",
    ),
  )("%s", (kind) => expect(render(`> [!${kind}]\n> x`)).toMatch(new RegExp(`<strong>${kind}</strong>`, "i")));

  test.each(["> [!nonsense] x", "> [x] y", "> text [!NOTE]", "    > [!NOTE]", "`> [!NOTE]`"])(
    "%j is none",
    (markdown) => {
      expect(renderMarkdown(markdown)).toBe(plain.parse(markdown));
    },
  );

  test("what follows it follows it", () => {
    expect(render("> [!NOTE]\n> a\n\nb")).toMatch(/<\/blockquote>\n<p>b<\/p>$/);
    expect(render("> [!NOTE]\nb")).toMatch(/<\/blockquote>\n<p>b<\/p>$/);
  });
});

describe("a destination with spaces", () => {
  test.each([
    ["![图](my photo 1.png)", '<img src="my%20photo%201.png" alt="图">'],
    ["![a](  some where  )", '<img src="some%20where" alt="a">'],
    ["![p](photo (1) x.png)", '<img src="photo%20(1)%20x.png" alt="p">'],
    ["![p](photo (1).png)", '<img src="photo%20(1).png" alt="p">'],
    ['![a](b c.png "T *t*")', '<img src="b%20c.png" alt="a" title="T *t*">'],
    ["[x](my file.pdf)", '<a href="my%20file.pdf">x</a>'],
    ["[*x*](./my file)", '<a href="./my%20file"><em>x</em></a>'],
    ["[x](/my file)", '<a href="/my%20file">x</a>'],
    ["[x](a%20b c.md#d)", '<a href="a%20b%20c.md#d">x</a>'],
    ["[![a](b c.png)](d)", '<a href="d"><img src="b%20c.png" alt="a"></a>'],
  ])("%s is one", (markdown, html) => expect(render(markdown)).toBe(`<p>${html}</p>`));

  test.each([
    "[x](see this)",
    "[x](see this.)",
    "`[x](my file.pdf)`",
    "    ![x](my photo.png)",
    "```\n![x](my photo.png)\n```",
    '[x](y "a title")',
    "[x](<y z>)",
    "[x](y\nz.png)",
    "![x] (y z.png)",
    "\\![x\\](y z.png)",
  ])("%j is what it was", (markdown) => expect(renderMarkdown(markdown)).toBe(plain.parse(markdown)));
});

describe("attribute lists are not text", () => {
  test.each([
    ["## Title {#id}", "<h2>Title</h2>"],
    ["## Title {#标题 .b c=d} ##", "<h2>Title</h2>"],
    ["# Title {: #id}", "<h1>Title</h1>"],
    ["# Title {-}", "<h1>Title</h1>"],
    ["Title {#id}\n===", "<h1>Title</h1>"],
    ["Title {.unnumbered}\n---\n\nx", "<h2>Title</h2>\n<p>x</p>"],
    ['![a](b){: width="9" .c }', '<p><img src="b" alt="a"></p>'],
    ['[a](b){:target="_blank"} *c*', '<p><a href="b">a</a> <em>c</em></p>'],
    ["a\n\n{: .b}\n\nc", "<p>a</p>\n<p>c</p>"],
    ["* TOC\n{:toc}\n\na", "<p>a</p>"],
    ["1. x\n{:toc .b}\na", "<p>a</p>"],
  ])("%j", (markdown, html) => expect(render(markdown)).toBe(html));

  test.each(["a {x} b", "# {x}", "{:ok, value}", "`{:toc}`", "```\n# a {#b}\n```", "# a {b}", "{ .b }", "a {#b}"])(
    "%j is text",
    (markdown) => expect(renderMarkdown(markdown)).toBe(plain.parse(markdown)),
  );

  test("nor part of a title", () => expect(firstHeading("# A *title* {#id}\n")).toBe("A title"));
});

describe("a more mark", () => {
  test("between two rows leaves a table whole", () => {
    const table = "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n";
    const marked = table.replace("2 |\n", "2 |\n<!-- more -->\n");
    expect(renderMarkdown(marked).replace(/\s*<!-- more -->/, "")).toBe(plain.parse(table));
  });

  test("in code is code", () => {
    const markdown = "```\n| a |\n|---|\n| 1 |\n<!-- more -->\n| 2 |\n```\n";
    expect(renderMarkdown(markdown)).toBe(plain.parse(markdown));
  });
});

describe("an address that Chinese follows ends before its punctuation", () => {
  test.each([
    ["见https://a.example/b。谢谢", '见<a href="https://a.example/b">https://a.example/b</a>。谢谢'],
    ["（ www.a.example）", '（ <a href="http://www.a.example">www.a.example</a>）'],
    [
      "「https://a.example/中文?b=1」，",
      '「<a href="https://a.example/%E4%B8%AD%E6%96%87?b=1">https://a.example/中文?b=1</a>」，',
    ],
    ["**https://a.example：**后", '<strong><a href="https://a.example">https://a.example</a>：</strong>后'],
    ["<https://a.example/。>", '<a href="https://a.example/%E3%80%82">https://a.example/。</a>'],
    ["[x](https://a.example/。)", '<a href="https://a.example/%E3%80%82">x</a>'],
  ])("%s", (markdown, html) => expect(render(markdown)).toBe(`<p>${html}</p>`));
});

describe("footnotes", () => {
  test("are numbered as they are referred to, and listed at the end", () => {
    expect(render("One[^b], two[^a], one[^b].\n\n[^a]: A.\n[^b]: B.\n\nEnd.")).toBe(
      '<p>One<sup><a href="#fn1">1</a></sup>, two<sup><a href="#fn2">2</a></sup>, ' +
        'one<sup><a href="#fn1">1</a></sup>.</p>\n<p>End.</p>\n<hr>\n<section>\n\n<ol>\n' +
        '<li>\n<p>B. <a href="#fnref1">↩</a> <a href="#fnref1:1">↩<sup>2</sup></a></p>\n</li>\n' +
        '<li>\n<p>A. <a href="#fnref2">↩</a></p>\n</li>\n</ol>\n</section>',
    );
  });

  test("hold paragraphs, code and other footnotes, however they refer to each other", () => {
    const html = render("x[^1]\n\n[^1]: One\n    line[^2].\n\n        code\n\n    Two[^1].\n[^2]: Lazy\nline.");
    expect(html).toContain("<p>One\nline");
    expect(html).toContain("<pre><code>code\n</code></pre>");
    expect(html).toContain("<p>Lazy\nline.");
    expect(html.match(/<li>/g)).toHaveLength(2);
  });

  test("that nothing refers to are not shown, and references to nothing are text", () => {
    expect(render("a\n\n[^1]: b")).toBe("<p>a</p>");
    expect(render("a[^x]\n\n[^1]: b")).toBe("<p>a[^x]</p>");
    expect(render("`[^1]`\n\n[^1]: b")).toBe("<p><code>[^1]</code></p>");
  });

  test("of a text are its own, even after one that could not be read to its end", () => {
    const markdown = "a[^1]\n\n[^1]: b\n";
    const html = renderMarkdown(markdown);
    expect(() => renderMarkdown(`[^1]: c\n\n${"> ".repeat(50_000)}x[^1]\n`)).toThrow();
    renderMarkdown("![a[^1]](b)\n\n[^1]: c\n");
    expect(renderMarkdown(markdown)).toBe(html);
  });

  test("by the thousand take no longer than their number", () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => `x[^${i}]\n\n[^${i}]: y\n\n`).join("");
    expect(renderMarkdown(many(3000)).match(/<li>/g)).toHaveLength(3000);
  });
});

describe("the rules that replace marked's give the same result", () => {
  test("where plain text ends, in a text without mail addresses", () => {
    const theirs = (Lexer.rules.inline.gfm as { readonly text: RegExp }).text;
    const piece = fc.constantFrom(
      ...["h", "H", "t", "tt", "p", "ps", "s", "http", "https://", "ftp", "ftp://", "FTP://", "f", "w", "www", "www.a"],
      ...[
        ".",
        " ",
        "  ",
        "   ",
        "\n",
        "  \n",
        " \n",
        "\t",
        "a",
        "b1",
        "(",
        "*",
        "_",
        "~",
        "`",
        "``",
        "[",
        "]",
        "!",
        "<",
      ],
      ...["\\", ":", "//", "中", "。", "é", "😀", "\ud83d", "\u00a0", "&#104;", "x", "-", "#"],
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        expect(TEXT.exec(text)?.[0]).toBe(theirs.exec(text)?.[0]);
      }),
      { numRuns: 20_000 },
    );
  });

  test("where lines may be underlined", () => {
    const line = fc.constantFrom(
      ...[
        "---",
        "===",
        "-",
        "=",
        "-- ",
        "==\t",
        "  ---",
        "    ===",
        "- - -",
        "* * *",
        "a -",
        "> ---",
        "- ---",
        "-\n---",
      ],
      ...[
        "a",
        "a",
        "",
        " ",
        "\t",
        "\u00a0",
        "\f",
        "\u2028",
        "> a",
        ">",
        "- a",
        "  b",
        "1. a",
        "# a",
        "```",
        "<b>",
        "<p>",
      ],
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 6 }), fc.constantFrom("\n", "\r\n", "\r"), (lines, end) => {
        const markdown = lines.join(end);
        expect(renderMarkdown(markdown)).toBe(plain.parse(markdown));
      }),
      { numRuns: 3_000 },
    );
  });

  test("whatever the Markdown", () => {
    const piece = fc.constantFrom(
      ...[
        "a",
        "b c",
        "www.example.com",
        "https://e.example/x",
        "a@b.example",
        "mailto:a@b.c",
        "h",
        "w",
        " ",
        "  \n",
        "\n",
      ],
      ...[
        "\n\n",
        "===",
        "---",
        "- ",
        "1. ",
        "> ",
        "    ",
        "#",
        "*",
        "**",
        "`",
        "```",
        "|",
        "[",
        "]",
        "(",
        ")",
        "!",
        "<b>",
      ],
      ...["&amp;", "\\", "~~", "|---|"],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const markdown = asMarkedReads(pieces.join(""));
        fc.pre(!/\]\([^)\n]* |```[ \t]*\[/.test(markdown));
        expect(renderMarkdown(markdown)).toBe(plain.parse(markdown));
      }),
      { numRuns: 3000 },
    );
  });
});

test("no Markdown takes long", () => {
  const started = cpuMs();
  for (const piece of [
    "$",
    "$$",
    "\\(",
    "\\\\[",
    "\\begin{a}\n\n",
    "[^1]: a\n",
    "![a](b ",
    "[a](b c",
    "> [!NOTE]\n",
    "{:",
    "{#",
    "://",
    "*。",
  ]) {
    renderMarkdown(piece.repeat(5_000));
    renderMarkdown(`${piece.repeat(5_000)}$`);
  }
  expect(cpuMs() - started).toBeLessThan(20_000);
});

test("inline code in HTML that is left open ends with its paragraph", () => {
  expect(renderMarkdown("a <code> b\n\nc < d\n")).toBe("<p>a <code> b</p>\n<p>c &lt; d</p>\n");
});

describe("the address of a text that is a link by itself", () => {
  test.each([
    [
      "**http://weir.example/app\\_dev.php/s**",
      '<strong><a href="http://weir.example/app_dev.php/s">http://weir.example/app_dev.php/s</a></strong>',
    ],
    [
      "http://weir.example/?cx=**016** y",
      '<a href="http://weir.example/?cx=">http://weir.example/?cx=</a><strong>016</strong> y',
    ],
    ["www.weir.example/a\\_b_c", '<a href="http://www.weir.example/a_b_c">www.weir.example/a_b_c</a>'],
  ])("has no backslash and no stars: %s", (markdown, html) => {
    expect(renderMarkdown(markdown)).toBe(`<p>${html}</p>\n`);
    const words = "word ".repeat(200);
    expect(renderMarkdown(`${markdown} ${words}`)).toContain(html);
  });
});
