/** `feeds.opml`: every channel once, as readers import it. */
import fc from "fast-check";
import { parseOpml } from "feedsmith";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { oneLine } from "../../lib/base/text.ts";
import type { CountedListing } from "../../lib/formats/directory.ts";
import { renderOpml } from "../../lib/formats/opml.ts";
import type { Site } from "../../lib/site/types.ts";
import { anyText } from "../support/nasty.ts";
import { post, SITE, world } from "../support/world.ts";
import { FEEDS, sampleList, sampleListing } from "./samples.ts";

const opmlOf = (listings: readonly CountedListing[], site: Partial<Site> = {}) =>
  parseOpml(renderOpml(sampleList("opml", listings, site)));
const bodyOf = (listings: readonly CountedListing[], site?: Partial<Site>) =>
  opmlOf(listings, site).body?.outlines ?? [];

describe("feeds.opml", () => {
  test("has the site's feed first, then a group for each kind", () => {
    const keys = ["site", "authors/Ada", "categories/a", "categories/a/b", "tags/water"];
    const body = bodyOf(keys.map((key) => sampleListing(key)));
    expect(body.map(({ text, outlines = [] }) => [text, outlines.map((outline) => outline.text)])).toEqual([
      ["Field notes", []],
      ["Categories", ["Field notes: a", "Field notes: a / b"]],
      ["Tags", ["Field notes: water"]],
      ["Authors", ["Field notes: Ada"]],
    ]);
  });

  test("names its groups in the site's language", () => {
    const [tags] = bodyOf([sampleListing("tags/滴灌")], { language: "zh-CN" });
    expect(tags?.text).toBe("标签");
  });

  test("has the title, description, language and URL of each feed, and the website", () => {
    const [tags] = bodyOf([sampleListing("tags/water", 1, { language: "de", description: "About water" })]);
    expect(tags?.outlines).toEqual([
      {
        type: "rss",
        text: "Field notes: water",
        title: "Field notes: water",
        description: "About water",
        xmlUrl: `${FEEDS}tags/water/rss.xml`,
        htmlUrl: "https://example.com/",
        language: "de",
        version: "RSS",
      },
    ]);
  });

  test("describes a channel only where its description is not the site's", () => {
    const listings = [sampleListing("site"), sampleListing("tags/a"), sampleListing("tags/b", 1, { description: "B" })];
    const [site, tags] = bodyOf(listings);
    expect(site?.description).toBe("Notes from a field");
    expect(tags?.outlines?.map(({ description }) => description)).toEqual([undefined, "B"]);
  });

  test("has the RSS feed of a channel, else Atom, else JSON, and a version only for RSS", () => {
    const given = [["json", "atom", "rss"], ["json", "atom"], ["json"]] as const;
    const [tags] = bodyOf(given.map((formats, i) => sampleListing(`tags/${i}`, 1, { formats })));
    expect(tags?.outlines?.map(({ xmlUrl, version }) => [xmlUrl?.split("/").at(-1), version])).toEqual([
      ["rss.xml", "RSS"],
      ["atom.xml", undefined],
      ["feed.json", undefined],
    ]);
  });

  test("names the owner if the site has one author", () => {
    const [ada, lin] = [{ name: "Ada" }, { name: "Lin" }];
    expect(opmlOf([], { authors: { ada } }).head).toEqual({ title: "Field notes", ownerName: "Ada", docs: DOCS });
    expect(opmlOf([], { authors: { ada, lin } }).head).toEqual({ title: "Field notes", docs: DOCS });
  });

  test("does not depend on the number of posts", () => {
    const rendered = (total: number) => renderOpml(sampleList("opml", [sampleListing("tags/a", total)]));
    expect(rendered(1)).toBe(rendered(2));
  });

  test("lists published documents only, and one of every channel", async () => {
    const site = await world(
      { "posts/a.md": post({ tags: "[滴灌, C++]", categories: "[[a, b]]", author: "Ada" }) },
      SITE,
    );
    await site.publish();
    const body = parseOpml(await site.read("feeds.opml")).body?.outlines ?? [];
    const urls = body.flatMap(({ xmlUrl, outlines = [] }) => [xmlUrl, ...outlines.map((outline) => outline.xmlUrl)]);
    const named = urls.flatMap((url) =>
      url === undefined ? [] : [decodeURI(url).replace("https://feeds.example.com/", "")],
    );
    const published = (await site.paths()).filter((path) => path.endsWith("rss.xml") && !path.startsWith("archive/"));
    expect([...named].sort()).toEqual([...published].sort());
  });

  test("is well-formed, and any text reads back as it was written", () => {
    fc.assert(
      fc.property(anyText, anyText, (title, description) => {
        const sample = sampleListing("tags/a", 1, {
          title: oneLine(`t${title}`),
          description: oneLine(`d${description}`),
        });
        const found: string[] = [];
        const parser = new SaxesParser({ xmlns: false });
        parser.on("error", (error) => {
          throw error;
        });
        parser.on("opentag", ({ attributes: { text = "", description = "" } }) => found.push(text, description));
        parser.write(renderOpml(sampleList("opml", [sample]))).close();
        expect(found).toEqual(
          expect.arrayContaining([sample.listing.channel.title, sample.listing.channel.description]),
        );
      }),
    );
  });
});

const DOCS = "http://opml.org/spec2.opml";
