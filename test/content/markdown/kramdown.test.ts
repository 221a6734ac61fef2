import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";

const render = (markdown: string) => renderMarkdown(markdown, { dialect: "jekyll" }).trim();

describe("emphasis of kramdown begins and ends beside any character but white space", () => {
  test.each([
    ["**Which weir?**If it", "<strong>Which weir?</strong>If it"],
    ["*[Who?](/u)*Later", '<em><a href="/u">Who?</a></em>Later'],
    ["**开闸(open)**之后", "<strong>开闸(open)</strong>之后"],
    ["**`V`**可以", "<strong><code>V</code></strong>可以"],
    ['a**"b"**c', "a<strong>&quot;b&quot;</strong>c"],
    ["在**.NET 4**上及**.NET 5**版", "在<strong>.NET 4</strong>上及<strong>.NET 5</strong>版"],
    ["**河**、***水坝**、**闸门**等", "<strong>河</strong>、*<strong>水坝</strong>、<strong>闸门</strong>等"],
    ["the (\\__field__) of", "the (__field__) of"],
    ["~~old.~~new", "<del>old.</del>new"],
    ["_a_b_ c", "<em>a_b</em> c"],
  ])("%s", (markdown, html) => expect(render(markdown)).toBe(`<p>${html}</p>`));

  test.each(["2 * 3 * 4", "a **b", "gate_of_weir", "1~2 3~4", "~a~", "should *never *again"])(
    "%s is text",
    (markdown) => expect(render(markdown)).toBe(`<p>${markdown}</p>`),
  );

  test("other generators ask for white space or punctuation on the outer side", () => {
    expect(renderMarkdown("**Which weir?**If it")).toBe("<p>**Which weir?**If it</p>\n");
  });

  test("whatever a process has read before for another generator", () => {
    const both = "在**.NET 4**上及**.NET 5**版, **Which weir?**If it";
    const asOthers = renderMarkdown(both);
    const asKramdown = render(both);
    expect(asKramdown).toContain("<strong>Which weir?</strong>If it");
    expect(renderMarkdown(both)).toBe(asOthers);
    expect(render(both)).toBe(asKramdown);
  });

  const piece = fc.constantFrom(
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "~",
    "a",
    "中",
    ".",
    "?",
    " ",
    "(",
    "`x`",
    "[a](/b)",
  );
  test("whatever marks there are, nothing but marks is lost", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const words = (text: string) => text.replace(/<[^>]*>|[*_~`\s]/g, "");
        const written = pieces.join("").replaceAll("[a](/b)", "a");
        expect(words(render(`x${pieces.join("")}x`))).toBe(words(`x${written}x`));
      }),
    );
  });
});
