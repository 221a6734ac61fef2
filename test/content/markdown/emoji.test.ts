import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../../lib/content/entry.ts";
import { firstHeading, renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { cpuMs } from "../../support/growth.ts";
import { postWith, siteOf } from "../helpers.ts";

describe("names of emoji in a text are emoji", () => {
  test.each([
    ["The weir is open :tada:", "<p>The weir is open 🎉</p>"],
    ["开闸了:tada:真好", "<p>开闸了🎉真好</p>"],
    [":+1: and :-1:", "<p>👍 and 👎</p>"],
    [":tada::ocean:", "<p>🎉🌊</p>"],
    ["**:white_check_mark:** _:ocean:_", "<p><strong>✅</strong> <em>🌊</em></p>"],
    ["[:ocean: river](/r)", '<p><a href="/r">🌊 river</a></p>'],
    ["# Open :tada:", "<h1>Open 🎉</h1>"],
    [
      "| a |\n| - |\n| :ocean: |",
      "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody><tr>\n<td>🌊</td>\n</tr>\n</tbody></table>",
    ],
    ["- :ocean: x", "<ul>\n<li>🌊 x</li>\n</ul>"],
  ])("%s", (markdown, html) => expect(renderMarkdown(markdown).trim()).toBe(html));

  test.each([
    "10:30:45",
    "a:b:c",
    "a:ocean:b",
    "1:100:1",
    ":river_of_mine:",
    ":constructor:",
    ":Ocean:",
    ": ocean :",
    "`:ocean:`",
    "``` x\n:ocean:\n```",
    "    :ocean:",
    "<code>:ocean:</code>",
    '<b title=":ocean:">x</b>',
    "[x](/a:ocean:)",
    "<https://example.org/:ocean:/>",
    "https://example.org/:ocean:/",
    "\\:ocean:",
  ])("%s stays as it is", (markdown) => {
    expect(renderMarkdown(markdown)).toBe(renderMarkdown(markdown, { emoji: false }));
    expect(renderMarkdown(markdown)).not.toContain("🌊");
  });

  test("in the summary, and in a title that is the text's heading, too; the front matter's stays as typed", () => {
    const post = postWith('description: "River :tada:"', { body: "# H\n\nOpen :tada:\n" });
    expect(post.description).toBe("River :tada:");
    expect(renderEntry({ ...post, title: "Weir :tada:", description: "" })).toMatchObject({ title: "Weir :tada:" });
    expect(renderEntry(postWith("", { body: "# H\n\nOpen :tada:\n" }))).toMatchObject({ summary: "Open 🎉" });
    expect(firstHeading("# Open :tada:")).toBe("Open 🎉");
  });

  test("not on a site that has them as typed, of which an entry is another one", () => {
    const source = { body: "# H\n\nOpen :tada:\n" };
    const post = postWith("", { ...source, site: siteOf({ emoji: false }) });
    expect(renderEntry(post).summary).toBe("Open :tada:");
    expect(post.inputHash).not.toBe(postWith("", source).inputHash);
    expect(firstHeading("# Open :tada:", { emoji: false })).toBe("Open :tada:");
  });

  test("a text without them reads as before, however many colons it has", () => {
    const pieces = [":", "k", ":k", "1:", "::", ":x_y:", "`", " ", "\n", "*", "[", "](", ")", "中", "<b>"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 20 }), (some) => {
        const markdown = some.join("").replace(/:1:/g, ":");
        expect(renderMarkdown(markdown)).toBe(renderMarkdown(markdown, { emoji: false }));
      }),
    );
  });

  test("a hundred thousand colons cost no more than their number", () => {
    for (const piece of [":", ":a", ":tada:", " :a"]) {
      const start = cpuMs();
      renderMarkdown(piece.repeat(100_000 / piece.length));
      expect(cpuMs() - start, piece).toBeLessThan(3000);
    }
  });
});
