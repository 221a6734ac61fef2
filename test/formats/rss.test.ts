/** RSS 2.0: what a channel and an item say. */
import { parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import type { Alternate } from "../../lib/model.ts";
import { attributesOf, elementsOf, rssOf, textsOf } from "./documents.ts";

const PLAIN_NAMESPACES = ["xmlns:atom", "xmlns:content", "xmlns:dc"];
const namespacesOf = (xml: string) =>
  Object.keys(attributesOf(xml, "rss")[0] ?? {}).filter((name) => name.startsWith("xmlns:"));

describe("a channel in RSS", () => {
  test("declares no namespace that it does not use", () => {
    expect(namespacesOf(rssOf())).toEqual(PLAIN_NAMESPACES);
    expect(namespacesOf(rssOf({ items: [] }))).toEqual(PLAIN_NAMESPACES);
    const used = rssOf({
      items: [{}, { entry: { image: "https://example.com/a.png" } }, { entry: { markdown: "*a*" } }],
      isComplete: true,
    });
    expect(namespacesOf(used)).toEqual([...PLAIN_NAMESPACES, "xmlns:fh", "xmlns:media", "xmlns:source"]);
  });

  test("says no more than it knows", () => {
    const names = elementsOf(rssOf({ items: [] })).map(({ name }) => name);
    expect(names).toEqual([
      "rss",
      "channel",
      "title",
      "link",
      "description",
      "lastBuildDate",
      "docs",
      "generator",
      "language",
      "atom:link",
    ]);
  });

  test("says how long it may be kept and how often it is worth asking for", () => {
    const feed = parseRssFeed(rssOf({ site: { ttl: 90, updates: { period: "weekly", frequency: 2 } } }));
    expect(feed.ttl).toBe(90);
    expect(feed.sy).toEqual({ updatePeriod: "weekly", updateFrequency: 2 });
  });

  test("has the site's picture, under its own title and address", () => {
    const words = { title: "Tea & more", home: "https://example.com/tea/" };
    const { image } = parseRssFeed(rssOf({ site: { image: "https://example.com/i.png?a&b" }, channel: words }));
    expect(image).toEqual({ title: "Tea & more", link: words.home, url: "https://example.com/i.png?a&b" });
    expect(parseRssFeed(rssOf({ site: { icon: "https://example.com/i" } })).image?.url).toBe("https://example.com/i");
  });

  test("names its rights, and as editor the one author if there is an address", () => {
    const { copyright, managingEditor } = parseRssFeed(
      rssOf({ site: { rights: "© Ada & Co", authors: { ada: { name: "Ada", email: "ada@example.com" } } } }),
    );
    expect(copyright).toBe("© Ada & Co");
    expect(managingEditor).toEqual({ email: "ada@example.com", name: "Ada" });
    expect(rssOf({ site: { authors: { ada: { name: "Ada" } } } })).not.toContain("managingEditor");
    const two = { ada: { name: "Ada", email: "ada@example.com" }, bo: { name: "Bo" } };
    expect(rssOf({ site: { authors: two } })).not.toContain("managingEditor");
  });

  test("links to its other formats, its page, other languages and hubs, itself first", () => {
    const alternates: readonly Alternate[] = [
      { format: "atom", url: "https://feeds.example.com/atom.xml", title: "Notes" },
      { format: "json", url: "https://feeds.example.com/feed.json", title: "Notes" },
      { format: "page", url: "https://feeds.example.com/", title: "Notes" },
      { format: "rss", url: "https://feeds.example.com/languages/zh/rss.xml", title: "中文", language: "zh" },
    ];
    expect(attributesOf(rssOf({ alternates, site: { hubs: ["https://hub.example/?a&b"] } }), "atom:link")).toEqual([
      { rel: "self", href: "https://feeds.example.com/self", type: "application/rss+xml" },
      { rel: "hub", href: "https://hub.example/?a&b" },
      { rel: "alternate", href: "https://feeds.example.com/atom.xml", type: "application/atom+xml" },
      { rel: "alternate", href: "https://feeds.example.com/feed.json", type: "application/feed+json" },
      { rel: "alternate", href: "https://feeds.example.com/", type: "text/html" },
      {
        rel: "alternate",
        href: "https://feeds.example.com/languages/zh/rss.xml",
        type: "application/rss+xml",
        hreflang: "zh",
        title: "中文",
      },
    ]);
  });

  test("has a description even of a channel that nobody described", () => {
    expect(parseRssFeed(rssOf({ channel: { title: "Tea", description: "" } })).description).toBe("Tea");
  });
});

describe("an item in RSS", () => {
  test("says in order what validators want in order", () => {
    const names = elementsOf(rssOf())
      .filter(({ parent }) => parent === "item")
      .map(({ name }) => name);
    expect(names).toEqual(["title", "link", "guid", "pubDate", "description", "content:encoded", "dc:language"]);
  });

  test("has no title where the author wants none, and a description in any case", () => {
    const bare = { title: "", summary: "" };
    const entries = [{ title: "" }, bare, { ...bare, html: "" }];
    const xml = rssOf({ items: entries.map((entry) => ({ entry })) });
    expect(elementsOf(xml, "title").filter(({ parent }) => parent === "item")).toEqual([]);
    const described = elementsOf(xml, "description").filter(({ parent }) => parent === "item");
    expect(described.map(({ text }) => text)).toEqual(["Words.", "<p>Words.</p>", "https://example.com/a/"]);
  });

  test("is never told in full where its channel carries summaries", () => {
    const xml = rssOf({ items: [{ content: "summary", entry: { title: "", html: "<p>Secret.</p>" } }] });
    expect(xml).not.toContain("Secret");
    const silent = { title: "", html: "<p>Secret.</p>", summary: "" };
    expect(rssOf({ items: [{ content: "summary", entry: silent }] })).not.toContain("Secret");
  });

  test("has no empty elements", () => {
    const entry = { summary: "", html: "", markdown: "", authors: [] };
    const xml = rssOf({ items: [{ entry }] });
    const items = elementsOf(xml).filter(({ parent }) => parent === "item");
    expect(items.filter(({ text }) => text === "")).toEqual([]);
  });

  test("names every author, and gives nobody's e-mail away", () => {
    const authors = [{ name: "Ada", email: "ada@example.com" }, { name: "波" }];
    const xml = rssOf({ items: [{ entry: { authors } }] });
    expect(textsOf(xml, "dc:creator")).toEqual(["Ada", "波"]);
    expect(xml).not.toContain("ada@example.com");
  });

  test("is filed under tags and the parts of its categories, each name once, of a kind that is told", () => {
    const facts = {
      tags: ["green", "Tea", "扶贫"],
      categories: [
        ["Drinks", "Tea"],
        ["Food", "Tea"],
      ],
    };
    expect(parseRssFeed(rssOf({ items: [{ facts }] })).items?.[0]?.categories).toEqual([
      { name: "Drinks", domain: "https://feeds.example.com/categories/" },
      { name: "Tea", domain: "https://feeds.example.com/categories/" },
      { name: "Food", domain: "https://feeds.example.com/categories/" },
      { name: "green", domain: "https://feeds.example.com/tags/" },
      { name: "扶贫", domain: "https://feeds.example.com/tags/" },
    ]);
  });

  test("carries its Markdown as it was written", () => {
    const markdown = "# A & B\n\n<b>x</b> ]]> &amp; `%title%`\n\n    code\n";
    const xml = rssOf({ items: [{ entry: { markdown } }] });
    expect(elementsOf(xml, "source:markdown")).toMatchObject([{ text: markdown, uri: "http://source.scripting.com/" }]);
  });
});
