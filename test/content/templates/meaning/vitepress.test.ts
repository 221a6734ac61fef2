/** What VitePress and VuePress have in their Markdown: snippets of code, values of the page, blocks of code in a group. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../../../lib/content/entry.ts";
import { parsePost } from "../../../../lib/content/post.ts";
import { bytesOf, othersOf, postOf, siteOf } from "../../helpers.ts";
import { expand, messagesOf, shown } from "../posts.ts";

const FILES = {
  "snippets/weir.js": "// #region gate\nconst gate = 1;\n// #endregion gate\nconst open = '{{ x }}';\n",
  "posts/depth.rb": "puts 1\n",
  "posts/held.md": "---\ndraft: true\n---\nHidden.\n",
  "private/key.txt": "secret",
};

const page = (body: string) => {
  const text = bytesOf(`---\ntitle: River\ndate: 2024-10-15\n---\n${body}`);
  const result = parsePost("posts/a.md", text, siteOf(), { others: othersOf(FILES) });
  return { html: renderEntry(postOf(result)).html, problems: result.problems.map(({ message }) => message) };
};

describe("a snippet", () => {
  test.each([
    [
      "<<< @/snippets/weir.js{2}",
      "language-js",
      "// #region gate\nconst gate = 1;\n// #endregion gate\nconst open = '{{ x }}';",
    ],
    ["<<< @/snippets/weir.js#gate", "language-js", "const gate = 1;"],
    ["<<< ./depth.rb{1,3 sh:line-numbers} [a label]", "language-sh", "puts 1"],
    ["<<<./depth.rb", "language-rb", "puts 1"],
  ])("is the code of a file: %s", (body, language, code) =>
    expect(page(body)).toEqual({ html: `<pre><code class="${language}">${code}\n</code></pre>`, problems: [] }),
  );

  test.each([
    ["<<< @/snippets/none.js{2}", "names a file that the content does not have: snippets/none.js"],
    ["<<< @/snippets/weir.js#none", "names a part that snippets/weir.js does not have"],
    ["<<< ./held.md", "names another post: posts/held.md"],
    ["<<< @/private/key.txt", "names a file that is none to include"],
    ["<<< ../.env", "names a file that is none to include"],
    ["<<< ../../../etc/hosts.conf", "names a file that is none to include"],
  ])("that cannot be shown is taken out, and said: %s", (body, flaw) =>
    expect(page(`a\n\n${body}\n\nb`)).toEqual({ html: "<p>a</p>\n<p>b</p>", problems: [`${body} ${flaw}`] }),
  );

  test("is no heredoc, nor code", () => {
    for (const text of ["<<EOF", "<<< words", "a <<< ./b.js", "`<<< ./b.js`", "```\n<<< ./b.js\n```"])
      expect(shown("plain", text)).toBe(text);
    expect(shown("hugo", "<<< ./b.js")).toBe("<<< ./b.js");
  });
});

describe("values", () => {
  test("of the front matter are shown, others of such a page are taken out, and said", () => {
    const { markdown, warnings } = expand(
      "plain",
      "{{ $frontmatter.title }} {{frontmatter.title}} {{ $page.title }} {{ rate }} {{ f(1) }} `{{ rate }}`",
    );
    expect(markdown).toBe("A title A title A title   `{{ rate }}`");
    expect(messagesOf(warnings)).toEqual([
      "1: {{ rate }} is not known to feeds",
      "1: {{ f(1) }} is not known to feeds",
    ]);
  });

  test.each(["{{ rate }} and $" + "{{ secrets.weir }}", "<span v-pre>{{ rate }}</span> {{ $t('a') }}"])(
    "of other pages are text: %s",
    (text) => expect(shown("plain", text)).toBe(text),
  );
});

test("blocks of code in a group have their names", () => {
  const { html, problems } = page(
    "::: code-group\n\n```js [gate_a.js]\na\n```\n\n~~~ts {1} [weir.ts]\nb [c]\n~~~\n\n<<< ./depth.rb [depth]\n\n:::\n",
  );
  expect(problems).toEqual([]);
  expect(html.match(/<strong>[^<]*|language-\w+/g)).toEqual([
    "<strong>gate_a.js",
    "language-js",
    "<strong>weir.ts",
    "language-ts",
    "<strong>depth",
    "language-rb",
  ]);
});

test("whatever an author writes is read", () => {
  const pieces = fc.constantFrom("<<<", " @/", "a.js", "#", "{", "}", "[", "]", "\n", "{{", "$frontmatter.", "}}", "`");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (written) => {
      expect(typeof page(written.join("")).html).toBe("string");
    }),
  );
});

test("`::: v-pre` is its content, as it is", () => {
  expect(shown("plain", "::: v-pre\nThe {{ rate }} *is*\n:::\n").trim()).toBe("The {{ rate }} *is*");
});
