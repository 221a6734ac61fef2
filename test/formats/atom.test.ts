/** Atom 1.0: the elements of a feed and of an entry. */
import { parseAtomFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import { atomOf, attributesOf, elementsOf, textsOf } from "./documents.ts";

const linksOf = (xml: string, parent: string) =>
  elementsOf(xml, "link")
    .filter((link) => link.parent === parent)
    .map(({ attributes }) => attributes);

describe("a feed in Atom", () => {
  test("has no element without a value, and declares only the namespace of Atom", () => {
    const xml = atomOf({ items: [], channel: { description: "" } });
    expect(elementsOf(xml).map(({ name }) => name)).toEqual([
      "feed",
      "id",
      "title",
      "updated",
      "generator",
      "author",
      "name",
      "uri",
      "link",
      "link",
    ]);
    expect(attributesOf(xml, "feed")).toEqual([{ xmlns: "http://www.w3.org/2005/Atom", "xml:lang": "en" }]);
  });

  test("has its logo, icon and rights", () => {
    const site = { image: "https://example.com/i?a&b", icon: "https://example.com/s", rights: "© <Ada> & Co" };
    const feed = parseAtomFeed(atomOf({ site: { ...site, favicon: "https://example.com/f" } }));
    expect(feed).toMatchObject({ logo: site.image, icon: site.icon, rights: { value: site.rights } });
    expect(parseAtomFeed(atomOf({ site: { favicon: "https://example.com/f" } })).icon).toBe("https://example.com/f");
  });

  test("has one alternate, the website, and links to itself and to hubs", () => {
    expect(linksOf(atomOf({ site: { hubs: ["https://hub.example/"] } }), "feed")).toEqual([
      { rel: "alternate", type: "text/html", href: "https://example.com/" },
      { rel: "self", href: "https://feeds.example.com/self" },
      { rel: "hub", href: "https://hub.example/" },
    ]);
  });

  test("has a tombstone for each post that left", () => {
    const deleted = [{ id: "tag:example.com,2020:posts/b&c", when: "2021-01-01T00:00:00Z" }];
    expect(elementsOf(atomOf({ deleted }), "at:deleted-entry")).toMatchObject([
      {
        attributes: { ref: "tag:example.com,2020:posts/b&c", when: "2021-01-01T00:00:00Z" },
        uri: "http://purl.org/atompub/tombstones/1.0",
        parent: "feed",
      },
    ]);
  });
});

describe("an entry in Atom", () => {
  test("has an empty title if the post has none, since Atom demands one", () => {
    const titles = elementsOf(atomOf({ items: [{ entry: { title: "" } }] }), "title");
    expect(titles.filter(({ parent }) => parent === "entry")).toMatchObject([{ text: "", attributes: {} }]);
  });

  test("names every author", () => {
    const authors = [
      { name: "Ada", email: "ada@example.com" },
      { name: "Bo", url: "https://bo.example/" },
    ];
    expect(parseAtomFeed(atomOf({ items: [{ entry: { authors } }] })).entries?.[0]?.authors).toEqual([
      { name: "Ada", email: "ada@example.com" },
      { name: "Bo", uri: "https://bo.example/" },
    ]);
  });

  test("has tags and categories with their schemes, categories with their parents", () => {
    const facts = { tags: ["Tea", "green"], categories: [["Drinks", "Tea"], ["Drinks"]] };
    const scheme = { tags: "https://feeds.example.com/tags/", categories: "https://feeds.example.com/categories/" };
    expect(attributesOf(atomOf({ items: [{ facts }] }), "category")).toEqual([
      { term: "Drinks", label: "Drinks", scheme: scheme.categories },
      { term: "Drinks/Tea", label: "Tea", scheme: scheme.categories },
      { term: "green", label: "green", scheme: scheme.tags },
    ]);
  });

  test("has content only if it has a text, and its page always", () => {
    const xml = atomOf({ items: [{ entry: { html: "", summary: "" } }, {}] });
    expect(textsOf(xml, "content")).toEqual(["<p>Words.</p>"]);
    expect(linksOf(xml, "entry").filter(({ rel }) => rel === "alternate")).toHaveLength(2);
  });

  test("links to its external URL", () => {
    const xml = atomOf({ items: [{ entry: { external: "https://other.example/?a&b" } }] });
    expect(linksOf(xml, "entry")).toEqual([
      { rel: "alternate", type: "text/html", href: "https://example.com/a/" },
      { rel: "related", href: "https://other.example/?a&b" },
    ]);
  });
});
