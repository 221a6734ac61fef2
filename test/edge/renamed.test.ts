/** Renamed channels: their former addresses lead to those of now, by a permanent redirect. */
import { describe, expect, test } from "vitest";
import { decide } from "../../lib/edge/decide.ts";
import { answer, edge, PERSON, request } from "./edges.ts";

const on = edge(`renamed:
  - tags: [绘画, 书法 与 画]
  - tags: [C++, Rust]
  - categories: [Drinks/Tea, Tea]
  - categories: [[Food, "A/B"], [Food, Both]]
  - authors: [Ann, Ann Lee]
    sections: [notes, essays]
  - languages: [zh, zh-Hant]
  - channels: [old/path, rural/video]
`);

describe("a renamed channel", () => {
  test.each([
    ["/feeds/tags/%E7%BB%98%E7%94%BB/rss.xml", "/feeds/tags/%E4%B9%A6%E6%B3%95-%E4%B8%8E-%E7%94%BB/rss.xml"],
    ["/feeds/authors/ann/atom.xml", "/feeds/authors/ann-lee/atom.xml"],
    ["/feeds/sections/notes/feed.json", "/feeds/sections/essays/feed.json"],
    ["/feeds/languages/zh/rss.xml", "/feeds/languages/zh-Hant/rss.xml"],
    ["/feeds/old/path/feed.json", "/feeds/rural/video/feed.json"],
    ["/feeds/old/path/", "/feeds/rural/video/"],
    ["/feeds/categories/drinks/tea/rss.xml", "/feeds/categories/tea/rss.xml"],
    ["/feeds/categories/drinks/tea/green/oolong/atom.xml", "/feeds/categories/tea/green/oolong/atom.xml"],
    ["/feeds/authors/ann/", "/feeds/authors/ann-lee/"],
    ["/feeds/authors/ann", "/feeds/authors/ann-lee/"],
    ["/feeds/authors/ann/index.html", "/feeds/authors/ann-lee/"],
    ["/feeds/authors/ann/rss.xml?raw", "/feeds/authors/ann-lee/rss.xml?raw"],
  ])("answers %s with a permanent redirect to %s, to people and to readers", (address, location) => {
    for (const headers of [{}, PERSON]) {
      expect(decide(request(address, headers), on)).toMatchObject({
        kind: "redirect",
        status: 301,
        headers: { location, "cache-control": "public, max-age=300" },
      });
    }
  });

  test("takes nothing else with it: other channels, other files, what is below a tag", () => {
    expect(answer("/feeds/tags/other/rss.xml", on)).toBe("tags/other/rss.xml");
    expect(answer("/feeds/categories/drinks/rss.xml", on)).toBe("categories/drinks/rss.xml");
    expect(answer("/feeds/categories/drinks/teapots/rss.xml", on)).toBe("categories/drinks/teapots/rss.xml");
    expect(answer("/feeds/authors/ann/logo.png", on)).toBe("authors/ann/logo.png");
    expect(answer("/feeds/authors/ann/more/rss.xml", on)).toBe("authors/ann/more/rss.xml");
    expect(answer("/authors/ann/rss.xml", on)).toBe("404");
  });

  test("is found in one step after several names, and the names between lead there too", () => {
    const chain = edge(
      "renamed: [{ tags: [a, b] }, { tags: [b, c] }, { categories: [X/Y, Z] }, { categories: [Z, W] }]\n",
    );
    expect(answer("/feeds/tags/a/rss.xml", chain)).toBe("→ /feeds/tags/c/rss.xml");
    expect(answer("/feeds/tags/b/rss.xml", chain)).toBe("→ /feeds/tags/c/rss.xml");
    expect(answer("/feeds/categories/x/y/k/rss.xml", chain)).toBe("→ /feeds/categories/w/k/rss.xml");
  });

  test("a renamed part of a category counts before its parent", () => {
    const both = edge("renamed: [{ categories: [Drinks, Beverages] }, { categories: [Drinks/Tea, Tea] }]\n");
    expect(answer("/feeds/categories/drinks/tea/green/rss.xml", both)).toBe("→ /feeds/categories/tea/green/rss.xml");
    expect(answer("/feeds/categories/drinks/juice/rss.xml", both)).toBe("→ /feeds/categories/beverages/juice/rss.xml");
  });

  test("is what an alias or a retired address of the old name leads to", () => {
    const old = edge(
      "renamed: [{ tags: [old, new] }]\naliases: [wordpress, { o.xml: tags/old/atom.xml }]\nretired: { r.xml: tags/old/rss.xml }\n",
    );
    expect(answer("/tag/old/feed/", old)).toBe("tags/new/rss.xml");
    expect(answer("/o.xml", old)).toBe("tags/new/atom.xml");
    expect(answer("/r.xml", old)).toBe("→ /feeds/tags/new/rss.xml");
  });

  test("never hides a channel that the owner names, nor an alias for the very address", () => {
    const named = edge(
      "renamed: [{ channels: [rural/video, feed] }, { tags: [a, b] }]\naliases: [{ tags/a/rss.xml: rss.xml }]\n",
    );
    expect(answer("/feeds/rural/video/feed.json", named)).toBe("rural/video/feed.json");
    expect(answer("/feeds/tags/a/rss.xml", named)).toBe("rss.xml");
    expect(answer("/feeds/tags/a/atom.xml", named)).toBe("→ /feeds/tags/b/atom.xml");
  });
});
