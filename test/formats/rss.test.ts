/** RSS 2.0: the elements of a channel and of an item. */
import { parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import type { Site } from "../../lib/site/types.ts";
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

  test("has no element without a value", () => {
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

  test("has its `ttl` and its update period", () => {
    const feed = parseRssFeed(rssOf({ site: { ttl: 90, updates: { period: "weekly", frequency: 2 } } }));
    expect(feed.ttl).toBe(90);
    expect(feed.sy).toEqual({ updatePeriod: "weekly", updateFrequency: 2 });
  });

  test("has the site's image, with the channel's title and the website", () => {
    const site = { image: "https://example.com/i.png?a&b" };
    const { image } = parseRssFeed(rssOf({ site, channel: { title: "Tea & more" } }));
    expect(image).toEqual({ title: "Tea & more", link: "https://example.com/", url: site.image });
    expect(parseRssFeed(rssOf({ site: { icon: "https://example.com/i" } })).image?.url).toBe("https://example.com/i");
  });

  test("has its copyright, and as editor the site's only author if that author has an e-mail address", () => {
    const { copyright, managingEditor } = parseRssFeed(
      rssOf({ site: { rights: "© Ada & Co", authors: { ada: { name: "Ada", email: "ada@example.com" } } } }),
    );
    expect(copyright).toBe("© Ada & Co");
    expect(managingEditor).toEqual({ email: "ada@example.com", name: "Ada" });
    expect(rssOf({ site: { authors: { ada: { name: "Ada" } } } })).not.toContain("managingEditor");
    const two = { ada: { name: "Ada", email: "ada@example.com" }, bo: { name: "Bo" } };
    expect(rssOf({ site: { authors: two } })).not.toContain("managingEditor");
  });

  test("names the website, and links to itself and to hubs but to no other form of itself", () => {
    const xml = rssOf({ site: { hubs: ["https://hub.example/?a&b"] } });
    expect(parseRssFeed(xml).link).toBe("https://example.com/");
    expect(attributesOf(xml, "atom:link")).toEqual([
      { rel: "self", href: "https://feeds.example.com/self", type: "application/rss+xml" },
      { rel: "hub", href: "https://hub.example/?a&b" },
    ]);
  });

  test("has the site's cover, icon and accent colour as Feedly reads them, those that there are", () => {
    const namesOf = (site: Partial<Site>) =>
      elementsOf(rssOf({ site })).flatMap(({ name, uri, text, attributes }) =>
        uri === "http://webfeeds.org/rss/1.0" ? [[name, attributes["image"] ?? text]] : [],
      );
    const site = { image: "https://example.com/i.png?a&b", favicon: "https://example.com/f.ico", accent: "#2a9d83" };
    expect(namesOf(site)).toEqual([
      ["webfeeds:cover", site.image],
      ["webfeeds:icon", site.favicon],
      ["webfeeds:accentColor", "2a9d83"],
    ]);
    expect(namesOf({ ...site, icon: "https://example.com/s.svg" })[1]).toEqual([
      "webfeeds:icon",
      "https://example.com/s.svg",
    ]);
    expect(rssOf()).not.toContain("webfeeds");
  });

  test("has its title as the description if it has no other, since RSS demands one", () => {
    expect(parseRssFeed(rssOf({ channel: { title: "Tea", description: "" } })).description).toBe("Tea");
  });
});

describe("an item in RSS", () => {
  test("has its elements in the order that validators recommend", () => {
    const names = elementsOf(rssOf())
      .filter(({ parent }) => parent === "item")
      .map(({ name }) => name);
    expect(names).toEqual(["title", "link", "guid", "pubDate", "description", "content:encoded", "dc:language"]);
  });

  test("has no title if the post has none, and then always a description", () => {
    const bare = { title: "", summary: "" };
    const entries = [{ title: "" }, bare, { ...bare, html: "" }];
    const xml = rssOf({ items: entries.map((entry) => ({ entry })) });
    expect(elementsOf(xml, "title").filter(({ parent }) => parent === "item")).toEqual([]);
    const described = elementsOf(xml, "description").filter(({ parent }) => parent === "item");
    expect(described.map(({ text }) => text)).toEqual(["Words.", "<p>Words.</p>", "https://example.com/a/"]);
  });

  test("never has the full text in a channel of summaries", () => {
    const xml = rssOf({ items: [{ content: "summary", entry: { title: "", html: "<p>Secret.</p>" } }] });
    expect(xml).not.toContain("Secret");
    const silent = { title: "", html: "<p>Secret.</p>", summary: "" };
    expect(rssOf({ items: [{ content: "summary", entry: silent }] })).not.toContain("Secret");
  });

  test("of a link post names what it is about, and links to it where there is only a summary", () => {
    const external = "https://other.example/?a&b";
    const xml = (content: "full" | "summary", summary: string) =>
      rssOf({ items: [{ content, entry: { external, summary } }] });
    const descriptionOf = (text: string) => parseRssFeed(text).items?.[0]?.description;
    expect(attributesOf(xml("full", "Words."), "atom:link").at(-1)).toEqual({ rel: "related", href: external });
    expect(descriptionOf(xml("full", "Words."))).toBe("Words.");
    const line = '<p><a href="https://other.example/?a&amp;b">other.example</a></p>';
    expect(descriptionOf(xml("summary", "Words & more."))).toBe(`<p>Words &amp; more.</p>\n${line}`);
    expect(descriptionOf(xml("summary", ""))).toBe(line);
  });

  test("has no empty elements", () => {
    const entry = { summary: "", html: "", markdown: "", authors: [] };
    const xml = rssOf({ items: [{ entry }] });
    const items = elementsOf(xml).filter(({ parent }) => parent === "item");
    expect(items.filter(({ text }) => text === "")).toEqual([]);
  });

  test("names every author, without e-mail addresses", () => {
    const authors = [{ name: "Ada", email: "ada@example.com" }, { name: "波" }];
    const xml = rssOf({ items: [{ entry: { authors } }] });
    expect(textsOf(xml, "dc:creator")).toEqual(["Ada", "波"]);
    expect(xml).not.toContain("ada@example.com");
  });

  test("has its tags and the levels of its categories, each name once, with the domain of its kind", () => {
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
