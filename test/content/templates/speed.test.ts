import { describe, expect, test } from "vitest";
import { expandTemplates } from "../../../lib/content/templates/expand.ts";
import { cpuMs } from "../../support/growth.ts";
import { contextOf, everyPost, expand } from "./posts.ts";

const asMdx = { isMdx: true };

describe("a text made to be slow is expanded in time", () => {
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
      ...[
        ":::",
        ":::a\n",
        "::: a\n:::\n",
        ":::::a\n:::\n",
        "::a{b}\n---\nc: d",
        "::a\n",
        " :a[",
        " :a{",
        "> :::a\n\n",
        "- :::a\n  ",
        "{% include a %}[a][",
        "{% b\n\n",
        "{{ a |\n\n",
        "[a][b]",
      ],
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
    const before = cpuMs();
    expand(
      "jekyll",
      `|{% note a %}a${gap}b{% endnote %}\n{% assign a = b | c: ${gap} x %}{% img a.png "b${gap}c" %}{{${gap}a }}`,
    );
    expand("hexo", `{% tabs %}\n<!-- tab a${gap}b -->\n{% endtabs %}{% btn https://a.b,a${"ing".repeat(50_000)}! %}`);
    expand("hugo", `{{< figure src="a" alt="b${gap}c" caption="d${gap}e" >}}`);
    expand("astro", `<A b="c${gap}d" e={f${gap}g}>h${gap}</A>`, asMdx);
    expect(cpuMs() - before).toBeLessThan(4_000);
  });

  test.each(everyPost)(
    "%s",
    (_name, dialect, isMdx) => {
      for (const unit of UNITS) {
        for (const end of ["", " %} }} >}} } > /> ` --> */ #}"]) {
          const markdown = unit.repeat(50_000 / Math.min(unit.length, 5)) + end;
          const before = cpuMs();
          expandTemplates(markdown, contextOf(dialect, { isMdx }));
          expect(cpuMs() - before, `${unit}…${end}`).toBeLessThan(4_000);
        }
      }
    },
    120_000,
  );
});
