import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printed } from "../../../lib/content/facts/printed.ts";
import type { DialectName } from "../../../lib/model.ts";
import { parse, postOf, siteOf } from "../helpers.ts";

const post = (dialect: DialectName, front: string, site = {}) =>
  postOf(parse("posts/weir.md", `---\ndate: 2024-01-05\n${front}\n---\nText.\n`, siteOf({ dialect, ...site })));

const PRINTING = ["jekyll", "hexo"] as const;
const ESCAPING = ["plain", "hugo", "zola", "astro", "eleventy"] as const;

describe.each(PRINTING)("%s prints as HTML", (dialect) => {
  test.each([
    ["Weirs &amp; locks", "Weirs & locks"],
    ["The miller&#39;s &#x77;eir &mdash; 1", "The miller's weir — 1"],
    ["<em>Slow</em> water<br>and <code>fast</code>", "Slow water and fast"],
    ['<span class="x">Reed</span> &lt;b&gt;', "Reed <b>"],
    ["&amp;lt;", "&lt;"],
    ["2 < 3 && 5 > 4", "2 < 3 && 5 > 4"],
    ["Map<Weir> &copy 1 &unknown; R&D", "Map<Weir> &copy 1 &unknown; R&D"],
    ["Why <b> is bold", "Why <b> is bold"],
    ["In `<b>code</b>` as typed", "In `<b>code</b>` as typed"],
    ["&#0;&#8;River&nbsp;bank", "\ufffdRiver\u00a0bank"],
  ])("the title %j as %j", (written, title) => {
    expect(post(dialect, `title: ${JSON.stringify(written)}`).title).toBe(title);
  });

  test("names of tags, categories and authors", () => {
    const { tags, categories, authors } = post(
      dialect,
      'tags: ["Weirs &amp; locks", "Weirs & locks"]\ncategories: ["<i>Fields</i> &amp; fens"]\nauthor: O&#39;Reed',
    );
    expect([tags, categories, authors]).toEqual([["Weirs & locks"], [["Fields & fens"]], [{ name: "O'Reed" }]]);
  });

  test("the description, and the subtitle of an episode", () => {
    const front = 'description: "A <b>weir</b> &amp; a **lock** &lt;b&gt;"\nsubtitle: Locks &amp; weirs\nepisode: 1';
    const { description, episode } = post(dialect, `${front}\naudio: { url: https://x.example/a.mp3, length: 1 }`);
    expect([description, episode?.subtitle]).toEqual(["A weir & a lock <b>", "Locks & weirs"]);
  });

  test("a category that means none, which is no channel, and stays in the address", () => {
    const { categories, url } = post(dialect, "categories: Uncategorized", { permalink: "/:categories/:slug/" });
    expect([categories, url]).toEqual([[], "https://example.org/uncategorized/weir/"]);
    expect(post(dialect, "categories: 未分类").categories).toEqual([]);
  });

  test("no address: that has the title and the category as they are written", () => {
    const permalink = "/:categories/:post_title/";
    expect(post(dialect, "title: Weirs &amp; locks\ncategories: [A&amp;B]", { permalink }).url).toBe(
      "https://example.org/a&amp;b/weirs-amp-locks/",
    );
  });

  test("nothing that the owner excludes, by the name as written or as shown", () => {
    for (const tag of ["A &amp; B", "A & B"]) {
      const site = { dialect, exclude: { paths: [], tags: [tag], categories: [] } };
      const { post: found } = parse("posts/a.md", "---\ndate: 2024-01-05\ntags: [A &amp; B]\n---\n", siteOf(site));
      expect(found?.hidden).toBe("excluded");
    }
  });
});

test.each(ESCAPING)("%s shows titles, names and descriptions as they are typed", (dialect) => {
  const front = 'title: "<b>A</b> &amp; B"\ntags: ["A &amp; B"]\nauthor: O&#39;Reed\ndescription: "A &amp; B"';
  const { title, tags, authors, description } = post(dialect, front);
  expect([title, tags, authors, description]).toEqual([
    "<b>A</b> &amp; B",
    ["A &amp; B"],
    [{ name: "O&#39;Reed" }],
    "A &amp; B",
  ]);
});

test("a title that comes from a heading has been read already", () => {
  expect(post("hexo", "").title).toBe("weir");
  const text = "---\ndate: 2024-01-05\n---\n# How `&amp;` is written\n";
  expect(postOf(parse("posts/a.md", text, siteOf({ dialect: "hexo" }))).title).toBe("How &amp; is written");
});

test("a text without & and < is shown as it is, whatever else it holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const plain = text.replace(/[&<]/g, "");
      expect(printed(plain, "jekyll")).toBe(plain);
    }),
  );
});

test("what is shown has no entity that was typed, and takes time in proportion to the text", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("<b>", "</b>", "<br>", "`", "&amp;", "&", "x", "<", " ")), (pieces) => {
      expect(printed(pieces.join(""), "jekyll").length).toBeLessThanOrEqual(pieces.join("").length);
    }),
  );
  for (const piece of ["<b>", "</b>", "<b", "&", "&#", "`", "<b></b>", "<a "]) {
    expect(printed(piece.repeat(100_000 / piece.length), "jekyll").length).toBeLessThanOrEqual(100_000);
  }
});
