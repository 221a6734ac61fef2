import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeFeedSafe } from "../../../lib/content/html/html.ts";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { expandTemplates } from "../../../lib/content/templates/expand.ts";
import type { DialectName } from "../../../lib/model.ts";
import { contextOf, DIALECTS, expand, shown, told } from "./templates.ts";

const asMdx = { isMdx: true };
const everyPost: readonly (readonly [string, DialectName, boolean])[] = [
  ...DIALECTS.map((dialect) => [dialect, dialect, false] as const),
  ["MDX", "astro", true],
];

describe("what a generator takes as text is text", () => {
  test.each(everyPost)("a text without templates is given back as it is: %s", (_name, dialect, isMdx) => {
    const markdown = "# Title\n\nText with *marks*, `code`, 100% and 1 < 2.\n\n- a\n- b\n";
    expect(expand(dialect, markdown, { isMdx })).toEqual({ markdown, warnings: [] });
  });

  test.each([
    ["hugo", "{{ .Site.Title }} and {% raw %} and {{ title }}"],
    ["astro", "{{ x }} {% y %} {{< z >}} {expression} <Component />\n\nimport a from 'b'"],
    ["hexo", "## Heading {#id}\n{: .class}\n\n{{< figure src=x >}}"],
    ["jekyll", "{{< figure src=x >}} {.class} {expression}"],
    ["plain", "{{ title }} {{ user.name }} {expression} <Component />"],
  ] as const)("%s: %s", (dialect, markdown) => {
    expect(expand(dialect, markdown)).toEqual({ markdown, warnings: [] });
  });

  test.each(DIALECTS)("%s: braces that hold no expression", (dialect) => {
    const markdown = 'int[][] d = {{0, 1}, {1, 0}}; String[] s = {{"a", "b"}}; {%}{@} 100 %} }} {{{x}}}';
    expect(expand(dialect, markdown).markdown).toBe(markdown);
  });
});

describe("in code everything is text", () => {
  const TEMPLATES = "{% note %} {{ site.url }} {{< figure >}} {{% x %}} {: .a} <Foo /> {bar} {# c #}";
  const blocks = {
    "fenced code": `\`\`\`\n${TEMPLATES}\n\`\`\``,
    "fenced code with tildes": `~~~ liquid\n${TEMPLATES}\n\n\`\`\`\n${TEMPLATES}\n~~~`,
    "a fence that is not closed": `\`\`\`\n${TEMPLATES}\n\n${TEMPLATES}`,
    "a fence within a longer one": `\`\`\`\`\n\`\`\`\n${TEMPLATES}\n\`\`\`\n${TEMPLATES}\n\`\`\`\``,
    "fenced code in a list": `- item\n\n  \`\`\`\n  ${TEMPLATES}\n  \`\`\`\n`,
    "fenced code in a quote": `> \`\`\`\n> ${TEMPLATES}\n> \`\`\``,
    "a code span": `a \`${TEMPLATES}\` b`,
    "a code span with backticks in it": `a \`\` \` ${TEMPLATES} \`\` b`,
    "a code span over two lines": `a \`b\n${TEMPLATES}\` c`,
    "code in an item after a stray backtick": `- a \` b\n- \`${TEMPLATES}\``,
    pre: `<pre class="x">\n${TEMPLATES}\n\n${TEMPLATES}</pre>`,
    "a code element": `a <code>${TEMPLATES}</code> b`,
    script: `<script>\n${TEMPLATES}\n</script>`,
    "a comment": `<!-- ${TEMPLATES}\n\n${TEMPLATES} -->`,
  };
  const cases = everyPost.flatMap(([name, dialect, isMdx]) =>
    Object.entries(blocks).map(([kind, markdown]) => ({ name, kind, dialect, isMdx, markdown })),
  );
  test.each(cases)("$name: $kind", ({ dialect, isMdx, markdown }) => {
    expect(expand(dialect, markdown, { isMdx })).toEqual({ markdown, warnings: [] });
  });

  test.each(DIALECTS)("%s: indented code", (dialect) => {
    for (const markdown of [
      `text\n\n    ${TEMPLATES}\n\n    ${TEMPLATES}\n`,
      `- a\n\n      ${TEMPLATES}`,
      `\t${TEMPLATES}`,
    ]) {
      expect(expand(dialect, markdown)).toEqual({ markdown, warnings: [] });
    }
  });

  test("what only looks indented is no code", () => {
    expect(shown("hexo", "text\n    {% kbd A %}")).toBe("text\n    <kbd>A</kbd>");
    expect(shown("hexo", "- item\n\n    {% kbd A %}")).toBe("- item\n\n    <kbd>A</kbd>");
    expect(shown("hexo", "[^1]: note\n\n    {% kbd A %}")).toBe("[^1]: note\n\n    <kbd>A</kbd>");
    expect(shown("hexo", "# Title\n{% kbd A %}")).toBe("# Title\n<kbd>A</kbd>");
  });

  test("a backtick alone opens no code", () => {
    expect(shown("hexo", "a ` b {% kbd A %}\n\nc ` d")).toBe("a ` b <kbd>A</kbd>\n\nc ` d");
    expect(shown("hexo", "a \\` {% kbd A %} `")).toBe("a \\` <kbd>A</kbd> `");
  });

  test("code within a construct stays as it is", () => {
    const code = "```js\n{% note %}\n  {{ x }}\n```";
    expect(shown("hexo", `{% note %}\n${code}\n{% endnote %}`)).toBe(`<blockquote>\n\n${code}\n\n</blockquote>`);
    const indented = "    {% x %}\n      b";
    expect(shown("hexo", `{% note %}\n\n${indented}\n\n{% endnote %}`)).toBe(
      `<blockquote>\n\n${indented}\n\n</blockquote>`,
    );
  });
});

describe("what generators read in code too is shown as they show it", () => {
  test.each(["jekyll", "eleventy"] as const)("%s: raw marks go from code, lines of their own with them", (dialect) => {
    expect(shown(dialect, "```liquid\n{% raw %}\n{{ x }}\n{% endraw %}\n```")).toBe("```liquid\n{{ x }}\n```");
    expect(shown(dialect, "`{% raw %}{% if %}{% endraw %}`")).toBe("`{% if %}`");
    expect(shown(dialect, "    {% raw %}{{ x }}{% endraw %}\n")).toBe("    {{ x }}\n");
    expect(shown(dialect, "`{% raw %}` alone")).toBe("`{% raw %}` alone");
  });

  test("Hexo reads its code spans, not its blocks", () => {
    expect(shown("hexo", "`{% raw %}{{ x }}{% endraw %}`")).toBe("`{{ x }}`");
    const markdown = "```\n{% raw %}{{ x }}{% endraw %}\n```";
    expect(shown("hexo", markdown)).toBe(markdown);
  });

  test("Hugo's escapes are taken off in code", () => {
    expect(shown("hugo", "```\n{{</* figure src=x */>}}\n{{%/* note */%}}\n```")).toBe(
      "```\n{{< figure src=x >}}\n{{% note %}}\n```",
    );
    expect(shown("hugo", "`{{</* a */>}}`")).toBe("`{{< a >}}`");
  });
});

describe("what is not known is taken away, and said", () => {
  test("a tag goes; two tags leave what stands between them", () => {
    const { markdown, warnings } = expand("hexo", "a {% foo bar %} b\n{% foo %}c {% kbd K %}{% endfoo %}\n");
    expect(markdown).toBe("a  b\nc <kbd>K</kbd>\n");
    expect(told(warnings)).toEqual(["1: {% foo bar %} is not known to feeds (2 times)"]);
    expect(warnings.map(({ code }) => code)).toEqual(["template-unknown"]);
  });

  test("blocks between its tags stay blocks", () => {
    expect(expand("hugo", "{{< foo >}}\n- a\n\n  b\n{{< /foo >}}\ntext").markdown).toBe("- a\n\n  b\n\ntext");
    expect(expand("astro", "<Foo>\n    **a**\n\n    - b\n</Foo>\n", asMdx).markdown).toBe("**a**\n\n- b\n");
  });

  test("once for each construct of a post, at its first line, with how often it is there", () => {
    const { warnings } = expand("hexo", "{% foo 1 %}{% foo 2 %}{% bar %}\n{% foo 3 %}\n{{ x }}\n{{ x }} {{ y }}");
    expect(told(warnings)).toEqual([
      "1: {% foo 1 %} is not known to feeds (3 times)",
      "1: {% bar %} is not known to feeds",
      "3: {{ x }} is not known to feeds (2 times)",
      "4: {{ y }} is not known to feeds",
    ]);
  });

  test("of one within another of its name the outer is the first", () => {
    expect(told(expand("jekyll", "{% foo 1 %}\n{% foo 2 %}a{% endfoo %}\n{% endfoo %}").warnings)).toEqual([
      "1: {% foo 1 %} is not known to feeds (2 times)",
    ]);
  });

  test("a file is told once, whatever it is given", () => {
    const markdown = '{% include a.md b="1" %}\n{% include c.md %}\n{% include a.md b="2" %}';
    expect(told(expand("jekyll", markdown).warnings)).toEqual([
      '1: {% include a.md b="1" %} names a file that feeds do not read (2 times)',
      "2: {% include c.md %} names a file that feeds do not read",
    ]);
  });

  test("a long one is shortened", () => {
    const { warnings } = expand("hexo", `{% foo ${"long\n".repeat(30)} %}`);
    expect(warnings[0]?.message).toBe(
      "{% foo long long long long long long long long long long lo… is not known to feeds",
    );
  });

  test("an end without a beginning", () => {
    const { markdown, warnings } = expand("jekyll", "a {% endfoo %}b");
    expect(markdown).toBe("a b");
    expect(told(warnings)).toEqual(["1: {% endfoo %} closes nothing"]);
  });

  test("the line is the one on which it stands", () => {
    const { warnings } = expand(
      "hugo",
      "a\n\n{{< details x >}}\nb\n\n{{< foo\n  bar=1\n>}}\n{{< /details >}}\n```\n\n```\n{{< bar >}}",
    );
    expect(told(warnings)).toEqual([
      "6: {{< foo bar=1 >}} is not known to feeds",
      "13: {{< bar >}} is not known to feeds",
    ]);
  });
});

describe("links whose target cannot be told lose it and keep their text", () => {
  test.each([
    ["[text]({% post_url gone %})", "text"],
    ["[*a* `b` [c]]({% post_url gone %}#part)", "*a* `b` [c]"],
    ["[text]({% post_url gone %} 'title') [b](/b)", "text [b](/b)"],
    ["[text](<{% post_url gone %}>)", "text"],
    ["![alt]({% post_url gone %})", "alt"],
    ["[![alt](/a.png)]({% post_url gone %})", "![alt](/a.png)"],
    ["[one][x], [x], [x][] and [y]\n\n[x]: {% post_url gone %}\n[y]: /y", "one, x, x and [y]\n\n\n[y]: /y"],
    ['<a class="b" href="{% post_url gone %}">text</a>', '<a class="b">text</a>'],
    ["<{% post_url gone %}> b", " b"],
  ])("%s", (markdown, text) => {
    const { markdown: written, warnings } = expand("jekyll", markdown);
    expect(written).toBe(text);
    expect(warnings.map(({ code }) => code)).toEqual(["template-link"]);
    expect(warnings[0]?.message).toBe("the target of {% post_url gone %} cannot be told");
  });

  test("nobody can tell without being given the posts", () => {
    const context = contextOf("jekyll");
    const { linkTo: _, ...without } = context;
    expect(expandTemplates("[a]({% post_url 2014-01-05-hello %})", without).markdown).toBe("a");
  });
});

describe("blocks stand where their construct stood", () => {
  const html = (markdown: string) => makeFeedSafe(renderMarkdown(shown("hexo", markdown)), "https://example.org/").html;

  test("apart from the text around them", () => {
    expect(shown("hexo", "before\n{% cq %}\nq\n{% endcq %}\nafter")).toBe(
      "before\n\n<blockquote>\n\nq\n\n</blockquote>\n\nafter",
    );
    expect(shown("hexo", "before {% cq %}q{% endcq %} after")).toBe(
      "before \n\n<blockquote>\n\nq\n\n</blockquote>\n\nafter",
    );
  });

  test("in the list item", () => {
    expect(html("- a\n  {% cq %}\n  q\n\n      code\n  {% endcq %}\n- b")).toBe(
      "<ul>\n<li><p>a</p>\n<blockquote><p>q</p>\n<pre><code>code\n</code></pre>\n</blockquote>\n</li>\n<li><p>b</p>\n</li>\n</ul>",
    );
    expect(shown("hexo", "1. {% cq %}q{% endcq %}\n2. b")).toBe("1. <blockquote>\n\n   q\n\n   </blockquote>\n\n2. b");
  });

  test("in the quote", () => {
    expect(shown("hexo", "> {% cq %}\n> a\n>\n> b\n> {% endcq %}\n> c")).toBe(
      "> <blockquote>\n>\n> a\n>\n> b\n>\n> </blockquote>\n>\n> c",
    );
  });

  test("in the row of a table", () => {
    expect(html("| a |\n| - |\n| {% note %}x{% endnote %} |\n| {% img /b.png %} |\n")).toContain(
      '<td><blockquote> x </blockquote></td>\n</tr>\n<tr>\n<td><img src="https://example.org/b.png" alt=""></td>',
    );
  });

  test("within an HTML block a picture is HTML", () => {
    expect(shown("hexo", "<div>\n{% img /a.png %}\n</div>")).toBe('<div>\n<img src="/a.png" alt="">\n</div>');
  });
});

describe("whatever an author types", () => {
  const piece = fc.constantFrom(
    ...[
      "{%",
      "%}",
      "{% note %}",
      "{% endnote %}",
      "{% raw %}",
      "{% endraw %}",
      "{% if a %}",
      "{% else %}",
      "{% endif %}",
    ],
    ...[
      "{{",
      "}}",
      "{{ site.url }}",
      "{{ x }}",
      "{{<",
      ">}}",
      "{{< tab a >}}",
      "{{< /tab >}}",
      "{{</*",
      "*/>}}",
      "{#",
      "#}",
    ],
    ...[
      "{%- a -%}",
      "{: .a}",
      "{:toc}",
      "{::comment}",
      "{:/}",
      "{.a}",
      "# ",
      "{#id}",
      "{% codeblock %}",
      "{% endcodeblock %}",
    ],
    ...[
      "<Foo",
      "<Foo>",
      "</Foo>",
      "<Tabs>",
      "</Tabs>",
      "<div>",
      "</div>",
      "/>",
      "<>",
      "</>",
      "{x}",
      "{'a'}",
      "{`",
      "{/* a */}",
    ],
    ...["import a from './a.png'\n", "export const b = {\n", "src={a}", "$", "$$", "<!-- tab a -->", "<!--", "-->"],
    ...[
      "`",
      "```\n",
      "~~~\n",
      "<pre>",
      "</pre>",
      "\n",
      "\n\n",
      "    ",
      "- ",
      "> ",
      "| ",
      "[a](",
      "[a]: ",
      "{% post_url x %}",
      ")",
    ],
    ...[":::", ":::note\n", "\n:::\n", "::: {.b}\n", "::::x [a]\n", "][", "[b][c]", "{% include a %}", "https://a.b"],
    ...['"', "'", "\\", "a", "中", "\ufdd0", "[", "]", " ", "=", "\t", "\u0000", "\ud800"],
  );
  const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(""));

  test.each(everyPost)("it is expanded, and no mark of ours is left: %s", (_name, dialect, isMdx) => {
    fc.assert(
      fc.property(text, (markdown) => {
        const { markdown: written, warnings } = expand(dialect, markdown, { isMdx });
        for (const mark of ["\ufdd0", "\ufdd1"]) {
          expect(written.includes(mark) && !markdown.includes(mark)).toBe(false);
        }
        const lines = markdown.split("\n").length;
        for (const { line } of warnings) expect(line >= 1 && line <= lines).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  test.each(everyPost)("text that has nothing of a template is the very same: %s", (_name, dialect, isMdx) => {
    const plain = text.map((markdown) => markdown.replace(/[{}<:]|import|export/g, ""));
    fc.assert(
      fc.property(plain, (markdown) => {
        expect(expand(dialect, markdown, { isMdx }).markdown).toBe(markdown);
      }),
      { numRuns: 300 },
    );
  });

  test.each(everyPost)("what is fenced stays between what is not: %s", (_name, dialect, isMdx) => {
    const code = text.map((markdown) => markdown.replace(/`|~|raw|\/\*/g, "").replace(/\n+/g, "\n"));
    fc.assert(
      fc.property(code, (inner) => {
        const fenced = `\`\`\`\n${inner}\n\`\`\`\n`;
        expect(expand(dialect, `a\n\n${fenced}\nb\n`, { isMdx }).markdown).toBe(`a\n\n${fenced}\nb\n`);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a text made to be slow is not", () => {
  const UNITS = [
    ...["{%", "{% a ", "{% a %}", "{% note %}\n", "> {% note %}\n", "{% raw %}", '{% a "', '{% a "%}" ', "{% link [a"],
    ...[
      "{% endif %}",
      "{% if a %}",
      "{{",
      "{{ a",
      "{{ a }}",
      "{{<",
      "{{< a ",
      "{{< tab >}}\n",
      "{{</*",
      "{#",
      '{: "',
      "{::comment}",
    ],
    ...[
      "<A",
      "<A ",
      "<A>\n",
      "<A {",
      '<A b="',
      "<div>\n",
      "{",
      "{`${",
      "{'",
      "{/*",
      "import {\n\n",
      "$a",
      "`",
      "``` ",
      "`a``b",
    ],
    ...[
      "~~~\n",
      "<!--",
      "<pre>",
      "[a](",
      "[a]({{ x }})",
      "[[{{ x }}",
      "\n[a]: {{ x }}",
      "- ",
      "> ",
      "# {a ",
      ...[":::", ":::a\n", "::: a\n:::\n", ":::::a\n:::\n", "{% include a %}[a][", "{% b\n\n", "{{ a |\n\n", "[a][b]"],
      ...["**<!--", "**<!-- -->**", "{% include a %}[b][]", "{% a https://a.b "],
      "{.a=b",
      "\n{.a.b",
      "<{{ x }}",
    ],
  ];
  test("what is named after itself does not grow without end", () => {
    const growing = [
      `{% assign a = 'ab' %}${"{% assign a = a | append: a %}".repeat(60)}{{ a }}`,
      `{% capture a %}ab{% endcapture %}${"{% capture a %}{{ a }}{{ a }}{% endcapture %}".repeat(60)}{{ a }}`,
      `{% assign a = 'ab' %}${"{% assign a = a | replace: 'a', a %}".repeat(60)}`,
      `{% assign a = "${"a".repeat(20_000)}" %}${"{{ a }}".repeat(20_000)}`,
    ];
    for (const markdown of growing) {
      expect(expand("jekyll", markdown).markdown.length).toBeLessThan(20_000_000);
    }
  });

  test("a gap is gone through once", () => {
    const gap = " ".repeat(200_000);
    const before = performance.now();
    expand(
      "jekyll",
      `|{% note a %}a${gap}b{% endnote %}\n{% assign a = b | c: ${gap} x %}{% img a.png "b${gap}c" %}{{${gap}a }}`,
    );
    expand("hexo", `{% tabs %}\n<!-- tab a${gap}b -->\n{% endtabs %}{% btn https://a.b,a${"ing".repeat(50_000)}! %}`);
    expand("hugo", `{{< figure src="a" alt="b${gap}c" caption="d${gap}e" >}}`);
    expand("astro", `<A b="c${gap}d" e={f${gap}g}>h${gap}</A>`, asMdx);
    expect(performance.now() - before).toBeLessThan(4_000);
  });

  test.each(everyPost)(
    "%s",
    (_name, dialect, isMdx) => {
      for (const unit of UNITS) {
        for (const end of ["", " %} }} >}} } > /> ` --> */ #}"]) {
          const markdown = unit.repeat(50_000 / Math.min(unit.length, 5)) + end;
          const before = performance.now();
          expandTemplates(markdown, contextOf(dialect, { isMdx }));
          expect(performance.now() - before, `${unit}…${end}`).toBeLessThan(4_000);
        }
      }
    },
    120_000,
  );
});
