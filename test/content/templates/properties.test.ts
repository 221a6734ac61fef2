import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everyPost, expand } from "./posts.ts";

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
    ...["::", "::a\n", "\n::\n", "::b[c]{d=e}\n", "#f\n", "\n---\na: b\n---\n", " :i{j=k}", " :l[m]"],
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

  test.each(everyPost)("files in it and the owner's words leave no mark of ours: %s", (_name, dialect, isMdx) => {
    const templates = new Map([
      ...[
        ["note", "<b>{content}</b>{0}"],
        ["tab", "drop"],
        ["foo", "> {content}"],
        ["a", "[{0}]({1})"],
      ],
      ["tabs", "content"],
    ] as const);
    const given = fc.array(
      text.map((markdown) => markdown.replaceAll("\ufdd0", "")),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(text, given, (markdown, files) => {
        let read = 0;
        const include = () => {
          read += 1;
          return { key: `${read % files.length}.html`, text: files[read % files.length] ?? "" };
        };
        const variables = { url: "/a", "x.y": "b" };
        const { markdown: written, warnings } = expand(dialect, markdown, { isMdx, templates, include, variables });
        expect(written.includes("\ufdd1")).toBe(false);
        if (!markdown.includes("\ufdd0")) expect(written.includes("\ufdd0")).toBe(false);
        const lines = markdown.split("\n").length;
        for (const { line } of warnings) expect(line >= 1 && line <= lines).toBe(true);
      }),
      { numRuns: 500 },
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
