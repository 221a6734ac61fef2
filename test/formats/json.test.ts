/** JSON Feed 1.1: the fields of a feed and of an item. */
import { parseJsonFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import { jsonOf } from "./documents.ts";

describe("a feed in JSON", () => {
  test("has no field without a value", () => {
    expect(Object.keys(jsonOf({ channel: { description: "" } }))).toEqual([
      "version",
      "title",
      "home_page_url",
      "feed_url",
      "user_comment",
      "authors",
      "language",
      "items",
    ]);
  });

  test("has an icon, a favicon, and a comment for people who open it", () => {
    const site = { icon: "https://example.com/icon", favicon: "https://example.com/f", image: "https://example.com/i" };
    expect(jsonOf({ site })).toMatchObject({
      icon: site.icon,
      favicon: site.favicon,
      user_comment: "To follow Notes, give this address to a feed reader: https://feeds.example.com/self",
    });
  });

  test("has the site as its author, or the site's only author", () => {
    expect(jsonOf().authors).toEqual([{ name: "Notes", url: "https://example.com/" }]);
    expect(jsonOf({ site: { authors: { ada: { name: "Ada", email: "a@example.com" } } } }).authors).toEqual([
      { name: "Ada" },
    ]);
  });
});

describe("an item in JSON", () => {
  test("has no title if the post has none", () => {
    expect(jsonOf({ items: [{ entry: { title: "" } }] }).items[0]).not.toHaveProperty("title");
  });

  test("has its image, its external URL, and each tag and category name once", () => {
    const entry = { image: "https://example.com/i.png", external: "https://other.example/" };
    const facts = { tags: ["Tea"], categories: [["Drinks", "Tea"], ["Drinks"]] };
    const [item] = parseJsonFeed(jsonOf({ items: [{ entry, facts }] })).items ?? [];
    expect(item).toMatchObject({ image: entry.image, external_url: entry.external, tags: ["Drinks", "Tea"] });
  });
});
