import { describe, expect, test } from "vitest";
import { DIALECTS, everyPost, expand } from "./posts.ts";

describe("what a generator takes as text is text", () => {
  test.each(everyPost)("a text without templates is given back as it is: %s", (_name, dialect, isMdx) => {
    const markdown = "# Title\n\nText with *marks*, `code`, 100% and 1 < 2.\n\n- a\n- b\n";
    expect(expand(dialect, markdown, { isMdx })).toEqual({ markdown, warnings: [] });
  });

  test.each([
    ["hugo", "{{ .Site.Title }} and {% raw %} and {{ title }}"],
    ["astro", "{{ x }} {% y %} {{< z >}} {expression} <component />\n\nimport a from 'b'"],
    ["hexo", "## Heading {#id}\n{: .class}\n\n{{< figure src=x >}}"],
    ["jekyll", "{{< figure src=x >}} {.class} {expression}"],
    ["plain", "{{ title }} {{ user.name }} {expression} <component />"],
  ] as const)("%s: %s", (dialect, markdown) => {
    expect(expand(dialect, markdown)).toEqual({ markdown, warnings: [] });
  });

  test.each(DIALECTS)("%s: braces that hold no expression", (dialect) => {
    const markdown = 'int[][] d = {{0, 1}, {1, 0}}; String[] s = {{"a", "b"}}; {%}{@} 100 %} }} {{{x}}}';
    expect(expand(dialect, markdown).markdown).toBe(markdown);
  });
});
