/** JSON Feed 1.1: what a feed and an item say. */
import { parseJsonFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import { jsonOf } from "./documents.ts";

describe("a feed in JSON", () => {
  test("says no more than it knows", () => {
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

  test("has an icon, a favicon, and tells a person who opens it what it is for", () => {
    const site = { icon: "https://example.com/icon", favicon: "https://example.com/f", image: "https://example.com/i" };
    expect(jsonOf({ site })).toMatchObject({
      icon: site.icon,
      favicon: site.favicon,
      user_comment: "To follow Notes, give this address to a feed reader: https://feeds.example.com/self",
    });
  });

  test("is by the site, or by its one author", () => {
    expect(jsonOf().authors).toEqual([{ name: "Notes", url: "https://example.com/" }]);
    expect(jsonOf({ site: { authors: { ada: { name: "Ada", email: "a@example.com" } } } }).authors).toEqual([
      { name: "Ada" },
    ]);
  });
});

describe("an item in JSON", () => {
  test("has no title where the author wants none", () => {
    expect(jsonOf({ items: [{ entry: { title: "" } }] }).items[0]).not.toHaveProperty("title");
  });

  test("has a picture, the page that it is about, and each name that it is filed under once", () => {
    const entry = { image: "https://example.com/i.png", external: "https://other.example/" };
    const facts = { tags: ["Tea"], categories: [["Drinks", "Tea"], ["Drinks"]] };
    const [item] = parseJsonFeed(jsonOf({ items: [{ entry, facts }] })).items ?? [];
    expect(item).toMatchObject({ image: entry.image, external_url: entry.external, tags: ["Drinks", "Tea"] });
  });
});
