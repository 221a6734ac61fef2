/** Templates of any size: what expanding them costs, and what is kept of them. */
import { describe, expect, test } from "vitest";
import { ownerTemplates } from "../../../lib/content/templates/meaning/owner.ts";
import type { DialectName } from "../../../lib/model.ts";
import { expectLinear } from "../../support/growth.ts";
import { expand, shown } from "./posts.ts";

const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length));
const asMdx = { isMdx: true };

describe("twice the text takes about twice the work, where it is", () => {
  test.each<readonly [string, DialectName, (length: number) => string]>([
    ["shortcodes of many names that are not closed", "hugo", (n) => counted((i) => `{{< a${i}.inline >}}`, n)],
    [
      "tags of many spellings that are not closed",
      "jekyll",
      (n) => counted((i) => `{% c${"-".repeat(i % 100)}ode %}`, n),
    ],
    ["a gap in a shortcode", "hugo", (n) => `{{<${" ".repeat(n)}`],
    ["a gap in the title of a container", "plain", (n) => `::: note a${" ".repeat(n)}b\nx\n:::`],
    ["colons in the title of a container", "plain", (n) => `::: note a${":".repeat(n)}b\nx\n:::`],
    ["addresses of the site beside each other", "jekyll", (n) => fill("{{site.url}}", n)],
    ["a name in a list of friends", "hexo", (n) => `{% flink %}\n${fill("name:", n)}\n{% endflink %}`],
    [
      "the text of a link that is not defined",
      "jekyll",
      (n) => `{% include a %}${"[".repeat(n / 4)}${"a".repeat(n / 2)}${fill("][]", n / 4)}`,
    ],
    [
      "the text of a link whose target is lost",
      "jekyll",
      (n) => `[a]: {{ x }}\n${"[".repeat(n / 4)}${"a".repeat(n / 2)}${fill("]\n", n / 4)}`,
    ],
    [
      "filters of a long value",
      "jekyll",
      (n) => `{% assign a = "${"a".repeat(15_000)}" %}${fill("{{ a | upcase | upcase | upcase }}", n)}`,
    ],
    ["a rule that is none", "jekyll", (n) => `{% x %}\n${fill("- ", n)}x`],
    ["expressions that are none", "jekyll", (n) => fill(`${fill("{{--", 400)}}}`, n)],
  ])("%s", (_, dialect, make) => {
    expectLinear((size) => {
      const markdown = make(size);
      return () => expand(dialect, markdown);
    }, 16_000);
  });

  test.each<readonly [string, (length: number) => string]>([
    ["a text in quotes that is not closed", (n) => `{"${fill('\\"', n)}`],
    ["expressions that are not known, each another", (n) => counted((i) => `{{ a${i} }}`, n)],
    ["statements below blank lines", (n) => `${"\n".repeat(n / 2)}a\n${fill("import a from './b'\n", n / 2)}`],
    ["statements that are not closed", (n) => fill("export {(\n\n", n)],
  ])("%s", (_, make) => {
    expectLinear((size) => {
      const markdown = make(size);
      return () => expand("astro", markdown, asMdx);
    }, 16_000);
  });

  function counted(make: (i: number) => string, length: number): string {
    let text = "";
    for (let i = 0; text.length < length; i += 1) text += make(i);
    return text;
  }
});

test("in MDX, statements that are not closed take no text with them", () => {
  const { markdown } = expand(
    "astro",
    `${"export {(\n\nwords\n\n".repeat(1_000)}import a from "b"\n\nlast words`,
    asMdx,
  );
  expect(markdown.match(/^words$/gm)).toHaveLength(1_000);
  expect(markdown).toMatch(/last words$/);
});

test("what filters may be applied to is counted", () => {
  const long = `{% assign a = "${"a".repeat(15_000)}" %}`;
  expect(shown("jekyll", `${long}{{ a | upcase }}`)).toBe("A".repeat(15_000));
  const { markdown, warnings } = expand(
    "jekyll",
    `${long}${"{% assign b = a | upcase %}".repeat(500)}{{ b }} last words`,
  );
  expect(markdown).toBe(" last words");
  expect(warnings.map(({ message }) => message)).toEqual(["{{ b }} is not known to feeds"]);
});

test("a title of a container is what stands before its attributes or colons", () => {
  expect(shown("plain", "::: note A  title {.x} ::\nx\n:::")).toContain("<strong>A  title</strong>");
  expect(shown("plain", "::: note [A title]{.x}\nx\n:::")).toContain("<strong>A title</strong>");
  expect(shown("plain", "::: note A: title : ::::\nx\n:::")).toContain("<strong>A: title :</strong>");
  expect(shown("plain", "::: note A {b} title\nx\n:::")).toContain("<strong>A {b} title</strong>");
});

test("a tag is closed where its name ends, in whatever case", () => {
  expect(shown("jekyll", "{% raw %}{{ a }}{% endraw-%} b")).toBe("{{ a }} b");
  expect(shown("jekyll", "{% RAW %}{{ a }}{%- EndRaw %} b")).toBe("{{ a }} b");
  expect(expand("hugo", "{{< a.inline >}}{{ b }}{{< /a.inline >}}c").markdown).toBe("c");
  expect(shown("hugo", "{{< code >}}{{< x >}}{{</ code >}}")).toBe("```\n{{< x >}}\n```");
});

test("templates that show too much are left out, which is told", () => {
  const long = `{% capture a %}${"a".repeat(15_000)}{% endcapture %}`;
  const { markdown, warnings } = expand("jekyll", `${long}${"{{ a }}\n".repeat(1_000)}last words`);
  expect(markdown.length).toBeLessThan(3_000_000);
  expect(markdown).toMatch(/last words$/);
  expect(warnings).toEqual([
    expect.objectContaining({ code: "template-unknown", message: expect.stringContaining("left out") }),
  ]);
});

test("an owner's template that has the content twice does not grow without end where it is nested", () => {
  const templates = ownerTemplates({
    note: '<abbr title="{content}">{content}</abbr>',
    long: "<i>{0}</i>".repeat(5_000),
  });
  const nested = `${"{% note %}".repeat(24)}${"words ".repeat(30)}last${"{% endnote %}".repeat(24)}`;
  const repeated = `{% long "${"a".repeat(15_000)}" %}`.repeat(10);
  for (const text of [nested, repeated]) {
    const { markdown, warnings } = expand("jekyll", `${text}\n\nend`, { templates });
    expect(markdown.length).toBeLessThan(10_000_000);
    expect(markdown).toMatch(/end$/);
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining("show many times the text")]);
  }
  expect(expand("jekyll", nested, { templates }).markdown).toContain("words last");
});
