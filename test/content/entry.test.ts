import { describe, expect, test } from "vitest";
import { renderEntry } from "../../lib/content/entry.ts";
import { renderMarkdown } from "../../lib/content/markdown/markdown.ts";
import { postWith, siteOf } from "./helpers.ts";

const POST = postWith("");
const htmlOf = (markdown: string) => renderEntry({ ...POST, markdown }).html;
const summaryOf = (markdown: string) => renderEntry({ ...POST, markdown }).summary;

describe("an entry", () => {
  test("has the facts of its post", () => {
    const post = postWith("author: Eve\nlang: fr\ndescription: Short.", { body: "# T\n\nLong.\n" });
    expect(renderEntry(post)).toEqual({
      title: "Hello",
      language: "fr",
      authors: [{ name: "Eve" }],
      html: "<h1>T</h1>\n<p>Long.</p>",
      summary: "Short.",
    });
  });

  test("is summarised by its first paragraph, without markup", () => {
    expect(summaryOf("# T\n\n![x](a.png)\n\nOne **two** [three](b) `a < b`.\n\nFour.\n")).toBe("One two three a < b.");
  });

  test("without text has no summary", () => {
    expect(renderEntry({ ...POST, markdown: "![x](a.png)\n" })).not.toHaveProperty("summary");
    expect(renderEntry({ ...POST, markdown: "" })).toMatchObject({ html: "" });
  });

  test("keeps Hexo's full-width indents", () => {
    expect(htmlOf("　　第一段。\n\n　　第二段。\n")).toBe("<p>　　第一段。</p>\n<p>　　第二段。</p>");
  });

  test("has its links and images absolute", () => {
    expect(htmlOf("![a](a.png) [b](/b) [c](#c) <https://d.example>\n")).toBe(
      '<p><img src="https://example.org/2024/10/15/hello/a.png" alt="a"> <a href="https://example.org/b">b</a> ' +
        '<a href="https://example.org/2024/10/15/hello/#c">c</a> <a href="https://d.example/">https://d.example</a></p>',
    );
  });

  test("marked keeps javascript: links and raw scripts: they are gone", () => {
    expect(
      htmlOf("[x](javascript:alert(1)) <javascript:alert(1)>\n\n<script>alert(1)</script>\n\n<b onclick=x>y</b>\n"),
    ).not.toMatch(/href|<script|onclick/);
    expect(htmlOf("[x]( java\tscript:alert(1) ) ![x](vbscript:y)\n")).not.toMatch(/href|src/);
  });

  test("shows task lists as boxes", () => {
    expect(htmlOf("- [x] done\n- [ ] open\n")).toBe("<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>");
  });

  test("has its footnotes, linked to the page, and no heading for screen readers", () => {
    const html = htmlOf("One[^1].\n\n[^1]: The note.\n");
    expect(html).toContain('<sup><a href="https://example.org/2024/10/15/hello/#fn1">1</a></sup>');
    expect(html).toContain("The note.");
    expect(html).not.toContain("Footnotes");
  });

  test("leads to its footnotes as the pages of its generator call them", () => {
    const post = postWith("", { body: "One[^sluice].\n\n[^sluice]: Shut.\n", site: siteOf({ dialect: "jekyll" }) });
    expect(renderEntry(post).html).toContain("#fn:sluice");
    expect(post.inputHash).not.toBe(postWith("", { body: post.markdown }).inputHash);
    const [hugo, plain] = (["hugo", "plain"] as const).map((dialect) =>
      postWith("", { body: "One.\n", site: siteOf({ dialect }) }),
    );
    expect(hugo).not.toHaveProperty("notes");
    expect(plain).not.toHaveProperty("notes");
  });

  test("has no numbers of notes in its summary and its description", () => {
    expect(summaryOf("The weir[^1] broke in 1954 [^two]. E=mc<sup>2</sup>.\n\n[^1]: a\n[^two]: b\n")).toBe(
      "The weir broke in 1954. E=mc2.",
    );
    const described = (description: string) => renderEntry(postWith(`description: '${description}'`)).summary;
    expect(described("Built in 1954[^2], in `[^1]`, not [^a-z].")).toBe("Built in 1954, in [^1], not [^a-z].");
    expect(described('Built in 1954<sup><a href="#fn1">2</a></sup>, 3 m<sup>2</sup>')).toBe("Built in 1954, 3 m2");
  });

  test("numbers its footnotes by itself, whatever was rendered before", () => {
    const markdown = "One[^a] two[^b].\n\n[^a]: A.\n[^b]: B.\n";
    const first = renderMarkdown(markdown);
    renderMarkdown("Other[^z].\n\n[^z]: Z.\n");
    expect(renderMarkdown("Plain.\n")).toBe("<p>Plain.</p>\n");
    expect(renderMarkdown(markdown)).toBe(first);
  });

  test("has tables", () => {
    expect(htmlOf("| a | b |\n|---|--:|\n| 1 | 2 |\n")).toBe(
      '<table>\n<thead>\n<tr>\n<th>a</th>\n<th align="right">b</th>\n</tr>\n</thead>\n<tbody><tr>\n<td>1</td>\n' +
        '<td align="right">2</td>\n</tr>\n</tbody></table>',
    );
  });

  test("keeps the lines of code, and its ]]> harmless", () => {
    expect(htmlOf('```c++\n  a[b[0]]>c\n\n  <d> & "e"\n```\n')).toBe(
      '<pre><code class="language-c++">  a[b[0]]&gt;c\n\n  &lt;d&gt; &amp; "e"\n</code></pre>',
    );
  });

  test("is closed where raw HTML is cut off in the middle of a tag", () => {
    expect(htmlOf('<div>\n<b>a</b>\n<a href="x\n')).toBe("<div>\n<b>a</b>\n</div>");
  });

  test("loses the characters that XML cannot hold", () => {
    expect(htmlOf("a\u0008b `c\u0000d` e\ufffff\n")).toMatch(/^<p>ab <code>c\ufffd?d<\/code> ef<\/p>$/);
  });
});
