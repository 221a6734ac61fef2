import { describe, expect, test } from "vitest";
import { DIALECTS, everyPost, expand, shown } from "../posts.ts";

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

  test.each([
    ["```yaml\na: |\n      ```b\n      ```\n```", "four columns or more close no fence"],
    ["~~~\n    ~~~\n~~~", "tildes"],
    ["````\n     ````\n```\n````", "a longer fence"],
    ["> ```\n>      ```\n> ```", "within a quotation"],
    ["- a\n\n  ```\n      ```\n  ```", "within an item"],
    ["10. a\n\n       ```\n           ```\n       ```", "within an item that begins further in"],
  ])("a line that is indented by four columns closes no fence: %j (%s)", (code) => {
    const inner = (text: string) => text.replace(/(?<=\n)([> ]{0,7})(?=\S*$)/, "$1{% kbd A %}\n$1");
    expect(shown("hexo", `${inner(code)}\n\n{% kbd B %}`)).toBe(`${inner(code)}\n\n<kbd>B</kbd>`);
    expect(shown("eleventy", `${code}\n\n{% raw %}{{ c }}{% endraw %}`)).toBe(`${code}\n\n{{ c }}`);
  });

  test("a line that is indented by three closes one, and so does any where a fence may begin as far", () => {
    expect(shown("hexo", "```\na\n   ```\n\n{% kbd B %}")).toBe("```\na\n   ```\n\n<kbd>B</kbd>");
    expect(shown("hexo", "- a\n\n  ```\n  b\n     ```\n\n{% kbd B %}")).toBe(
      "- a\n\n  ```\n  b\n     ```\n\n<kbd>B</kbd>",
    );
    expect(shown("astro", "    ```\n    a\n    ```\n\n{'b'}", { isMdx: true })).toBe("    ```\n    a\n    ```\n\nb");
  });
});

test("a tag that is itself between raw tags is shown in code", () => {
  expect(shown("jekyll", "`{% raw %}{% raw %}{% endraw %}` keeps a sign")).toBe("`{% raw %}` keeps a sign");
  expect(shown("jekyll", "```\n{% raw %}\n{% raw %}\n{{ a }}\n{% endraw %}\n```")).toBe("```\n{% raw %}\n{{ a }}\n```");
  expect(shown("jekyll", "`{%- raw -%}{{ a }}{%- endraw -%}{% raw %}b{% endraw %}`")).toBe("`{{ a }}b`");
});
