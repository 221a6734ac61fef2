/** Fenced code: its language, and marks of its lines. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { cpuMs } from "../../support/growth.ts";

const render = (markdown: string) => renderMarkdown(markdown).trim();

describe("the language of code is a name:", () => {
  test.each([
    ["{.python .numberLines}", "python"],
    ["{.numberLines .go startFrom=3}", "go"],
    ["{#weir .go}", "go"],
    ["{ .python }", "python"],
    ["{python}", "python"],
    ["{r, echo=FALSE}", "r"],
    ["{r chunk-name, echo=FALSE}", "r"],
    ["language-css", "css"],
    ["lang-css", "css"],
    ["lang:php decode:true", "php"],
    ["brush: php", "php"],
    ["brush:js; toolbar: false", "js"],
    ["{.brush: .bash}", "bash"],
    ["[bash]", "bash"],
    ["src/weir.rs", "rs"],
    ["./gate.js {1,2}", "js"],
    ["12:15:src/gate.ts", "ts"],
    ["text/x-java", "java"],
    ["text/html", "html"],
    ["application/json", "json"],
    ["river/weir", "river/weir"],
    ["Python", "Python"],
    ["c#", "c#"],
    ["c++", "c++"],
    ["html+erb", "html+erb"],
    ["diff-js", "diff-js"],
    ["langium", "langium"],
  ])("%s", (written, name) => {
    expect(render(`\`\`\`${written}\na\n\`\`\``)).toBe(`<pre><code class="language-${name}">a\n</code></pre>`);
  });

  test.each(["{}", "{1,3}", "{linenos=true}", "{numberLines: true}", "{=html}"])("%s is none", (written) => {
    expect(render(`~~~ ${written}\na\n~~~`)).toBe("<pre><code>a\n</code></pre>");
  });
});

const codeOf = (code: string, language = "js") =>
  /<code[^>]*>([\s\S]*?)\n?<\/code>/.exec(render(`\`\`\`${language}\n${code}\n\`\`\``))?.[1];

describe("marks of lines are not shown:", () => {
  test.each([
    ["a // [!code focus]", "a"],
    ["a // [!code ++]\nb // [!code --]", "a\nb"],
    ["a # [!code highlight:3]\nb", "a\nb"],
    ["a /* [!code hl] */", "a"],
    ["a // [!code --] // [!code focus]", "a"],
    ["a // [!code word:b] [!code error]", "a"],
    ["// [!code word:b]\na b", "a b"],
    ["  {/* [!code warning] */}\n  a", "  a"],
    ["a\n// highlight-next-line\nb", "a\nb"],
    ["# highlight-start\na\n# highlight-end", "a"],
    ["/* highlight-next-line */\na", "a"],
    ["  {/* highlight-start */}\n  a\n  {/* highlight-end */}", "  a"],
    ["a // highlight-line\n\nb", "a\n\nb"],
    ["-- highlight-next-line\na", "a"],
  ])("%j", (code, expected) => expect(codeOf(code)).toBe(expected));

  test.each(["<!-- [!code --] -->", "<!-- highlight-start -->"])("%s", (mark) => {
    expect(codeOf(`${mark}\na`, "html")).toBe("a");
  });

  test("where no language is named", () => expect(codeOf("a // [!code focus]", "")).toBe("a"));
});

describe("other code stays:", () => {
  test.each([
    ["a = ([!code focus])", "js"],
    ["a [!code focus]", "js"],
    [".highlight-start a", "css"],
    ["// the highlight-start of a field", "js"],
    ["// highlight-next-line", "md"],
    ["a // [!code focus]", "md"],
    ["// highlight-next-line", ""],
    ["a\n\nb // c", "js"],
  ])("%j in %s", (code, language) => expect(codeOf(code, language)).toBe(code));

  test("outside of fences", () => {
    expect(render("`// [!code focus]`")).toContain("[!code focus]");
    expect(render("    // highlight-start\n    a")).toContain("highlight-start");
  });
});

test("only marks, and lines with nothing else, are removed", () => {
  const piece = fc.constantFrom(
    "Q",
    " ",
    "//",
    "#",
    "[!code ",
    "++]",
    "highlight-start",
    "/*",
    "*/",
    "\n",
    "<!--",
    "-->",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const code = `b${pieces.join("")}b`;
      expect(codeOf(code)?.split("Q").length).toBe(code.split("Q").length);
    }),
  );
});

test.each(["// [!code ++]", "[!code a] ", "// highlight-line ", "# ", "```{.a\n```\n", "// [!code ++]\n"])(
  "many of %j take time in proportion",
  (token) => {
    const started = cpuMs();
    renderMarkdown(`\`\`\`js\n${token.repeat(50_000)}`);
    expect(cpuMs() - started).toBeLessThan(2000);
  },
);
