import { describe, expect, test } from "vitest";
import type { DialectName } from "../../../../../lib/model.ts";
import { expand, shown } from "../../posts.ts";

const variables = { "author.name": "Ann", url: "https://own.example", "data.x.y": "4", "params.tw": "t", title: "T" };
const own = (dialect: DialectName, text: string) => shown(dialect, text, { variables });

describe("values of the site are the owner's", () => {
  test.each([
    ["jekyll", "{{ site.author.name }} {{ site.data.x.y }}", "Ann 4"],
    ["jekyll", "{{ site.Author.Name | upcase }}", "ANN"],
    ["jekyll", "{{ site.url }}/a", "https://own.example/a"],
    ["hexo", "{{ config.author.name }} {{ author.name }}", "Ann Ann"],
    ["eleventy", "{{ author.name }} {{ title }}", "Ann A title"],
    ["plain", "{{ site.author.name }} {{ site.none }}", "Ann {{ site.none }}"],
    ["hugo", "{{ .Site.Params.author.name }} {{ site.Params.tw }}", "Ann t"],
    ["hugo", '{{< param "author.name" >}} {{< param tw >}} {{< param title >}}', "Ann t A title"],
    ["hugo", "{{ .Site.Params.none }} `{{ .Site.Params.tw }}`", "{{ .Site.Params.none }} `{{ .Site.Params.tw }}`"],
    ["jekyll", "{% img {{ site.url }}/a.png %}{% note %}{{ site.url }}{% endnote %}", "https://own.example"],
  ] as const)("%s: %s", (dialect, text, written) => expect(own(dialect, text)).toContain(written));

  test("one that is not known is a warning with the lines to add", () => {
    const fixes = (dialect: DialectName, text: string) =>
      expand(dialect, text, { variables }).warnings.map(({ message, fix }) => `${message}: ${fix}`);
    expect(fixes("jekyll", "{{ site.a.b.c | upcase }}")).toEqual([
      "{{ site.a.b.c | upcase }} is not known to feeds: under `variables:` in site.yaml, add `a: { b: { c: … } }` with its value; or write the value itself",
    ]);
    expect(fixes("hugo", "{{< param nope >}}")).toEqual([
      "{{< param nope >}} is not known to feeds: under `variables:` in site.yaml, add `nope: …` with its value; or write the value itself",
    ]);
    expect(expand("jekyll", "{{ other.a }}", { variables }).warnings[0]).not.toHaveProperty("fix");
    expect(expand("jekyll", "{{ site.__proto__ }}{{ site.constructor }}", { variables }).warnings).toHaveLength(2);
  });
});

test("what is made of Markdown beside HTML is read as Markdown", () => {
  const text =
    "{% capture a %}\n#### b\n\n* c\n{% endcapture %}\n\n<div>{{ a | markdownify }}</div>\n\n{{ a | markdownify }}";
  expect(shown("jekyll", text)).toContain("<div>\n\n#### b\n\n* c\n\n</div>\n\n#### b\n\n* c");
});
