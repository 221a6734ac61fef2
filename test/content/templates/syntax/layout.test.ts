import { describe, expect, test } from "vitest";
import { makeFeedSafe } from "../../../../lib/content/html/html.ts";
import { renderMarkdown } from "../../../../lib/content/markdown/markdown.ts";
import { shown } from "../posts.ts";

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
      '<td><blockquote> x </blockquote></td>\n</tr>\n<tr>\n<td><img src="https://example.org/blog/b.png" alt=""></td>',
    );
  });

  test("within an HTML block a picture is HTML", () => {
    expect(shown("hexo", "<div>\n{% img /a.png %}\n</div>")).toBe('<div>\n<img src="/blog/a.png" alt="">\n</div>');
  });
});
