/** A site whose documents and folders have names of the owner's: the whole journey, and what a change of names does. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slugOf } from "../../lib/channels/slug.ts";
import { decide } from "../../lib/edge/decide.ts";
import { EDGE_BYTES, edgeOf } from "../../lib/edge/edge.ts";
import { parseSite } from "../../lib/site/site.ts";
import type { Site } from "../../lib/site/types.ts";
import { answer, PERSON, request } from "../edge/edges.ts";
import { codes, DISCOVERY, ids, NOW, post, putPaths, SITE, WHOLE_SITE, type World, world } from "../support/world.ts";
import { day, loseState, siteWithHistory } from "./load/past.ts";

const NAMES = `files: { rss: index.xml, atom: feed.xml, json: index.json, page: feeds.html }
kinds:
  tags: { path: "tag/{slug}/" }
  categories: { path: "category/{slug}/feed/" }
  authors: { path: "people/{slug}/" }
  languages: { path: "in/{slug}/" }
  sections: { path: "{slug}/" }
`;
const NAMED = `${WHOLE_SITE}${NAMES}`;
const OURS = /(?:^|\/)(?:rss\.xml|atom\.xml|feed\.json|index\.html)$|^(?:tags|categories|authors|languages|sections)\//;

function siteOf(yaml: string): Site {
  const read = parseSite(new TextEncoder().encode(yaml), "content", 2026);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.site;
}

/** The first part of an address that a page shows, besides the link to it. */
const SHOWN = /<span class="start">[^<]*<\/span>/g;

/** Every address of the site's feeds in its documents, as a path. */
async function linkedPaths(site: World): Promise<ReadonlySet<string>> {
  const texts = Object.values(await site.dump(site.public)).map((text) => text.replace(SHOWN, ""));
  const urls = texts.flatMap((text) => text.match(/https:\/\/feeds\.example\.com\/[^"<>\s\\]*/g) ?? []);
  return new Set(urls.map((url) => decodeURIComponent(new URL(url).pathname).slice(1)));
}

describe("a site with names of the owner's", () => {
  test("publishes under them alone, and every link in its documents leads to one", async () => {
    const site = await siteWithHistory(NAMED);
    const paths = await site.paths();
    expect(paths).toEqual(
      expect.arrayContaining([
        ...["index.xml", "feed.xml", "index.json", "feeds.html", "feeds.json", "feeds.opml"],
        ...["tag/x/index.xml", "tag/乡村/feed.xml", "category/field/feed/index.json", "people/ada/feeds.html"],
        ...["in/zh/index.xml", "archive/2026-01/index.xml"],
      ]),
    );
    expect(paths.filter((path) => OURS.test(path))).toEqual([]);
    // The scheme of a term names the vocabulary, and is no address.
    const linked = [...(await linkedPaths(site))].filter((path) => !["", "tags/", "categories/"].includes(path));
    expect(linked.length).toBeGreaterThan(20);
    expect(linked.filter((path) => !paths.includes(path))).toEqual([]);
    expect(await site.read("feeds.html")).toContain('href="tag/x/feeds.html"');
    expect(await site.read("category/field/feed/feeds.html")).toContain('href="../../../feeds.html"');
  });

  test("writes nothing in a second run", async () => {
    const site = await siteWithHistory(NAMED);
    const before = await Promise.all([site.dump(site.public), site.dump(site.state)]);
    expect((await site.publish({ now: day(2) })).put).toEqual([]);
    expect(await Promise.all([site.dump(site.public), site.dump(site.state)])).toEqual(before);
  });

  test("is read back from its feeds when the ledger is lost, though site.yaml has other names since", async () => {
    const site = await siteWithHistory(NAMED);
    const before = ids(await site.read("index.json"));
    const published = await site.dump(site.public);
    await loseState(site);
    const same = await site.publish({ now: day(2), rebuild: true });
    expect(same.refused).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(published);

    await loseState(site);
    await site.write("site.yaml", `${WHOLE_SITE}languages: [en, zh]\n`);
    expect((await site.publish({ now: day(2), rebuild: true })).refused).toBeUndefined();
    expect(ids(await site.read("feed.json"))).toEqual(before);
    expect((await site.paths()).filter((path) => /index\.(?:xml|json)$|feeds?\.(?:xml|html)$/.test(path))).toEqual([]);
  });

  test("is read back without feeds.json, by what its folders are called", async () => {
    const site = await siteWithHistory(NAMED);
    const published = await site.dump(site.public);
    const { channels } = await site.catalog();
    await loseState(site);
    for (const path of DISCOVERY) await site.public.delete(path);
    const report = await site.publish({ now: day(2), rebuild: true });
    expect(report.refused).toBeUndefined();
    expect(putPaths(report)).toEqual(DISCOVERY);
    expect(await site.dump(site.public)).toEqual(published);
    expect(Object.keys((await site.catalog()).channels).sort()).toEqual(Object.keys(channels).sort());
  });

  test("is served at the edge as it is published, to readers and to people", async () => {
    const site = await siteWithHistory(NAMED);
    const edge = edgeOf(siteOf(`${NAMED}languages: [en, zh]\n`));
    for (const path of await site.paths()) {
      expect(answer(`/${path.split("/").map(encodeURIComponent).join("/")}`, edge)).toBe(path);
    }
    expect(answer("/tag/x/index.xml", edge, PERSON)).toBe("tag/x/feeds.html");
    expect(answer("/", edge)).toBe("feeds.html");
    expect(answer("/tag/x", edge)).toBe("→ /tag/x/");
    expect(answer("/tag/x/", edge)).toBe("tag/x/feeds.html");
    expect(decide(request("/tag/x/feed.xml"), edge)).toMatchObject({
      headers: {
        "content-type": "application/atom+xml; charset=utf-8",
        link: '<https://feeds.example.com/tag/x/feed.xml>; rel="self"',
      },
    });
    expect(decide(request("/feeds.html"), edge).headers["link"]).toContain(
      '<https://feeds.example.com/index.json>; rel="alternate"; type="application/feed+json"',
    );
  });

  test("leads from renamed channels to the new ones, from a category with all below it", () => {
    const edge = edgeOf(siteOf(`${NAMED}renamed: [{ tags: [old, new], categories: [Drinks/Tea, Water] }]\n`));
    expect(answer("/tag/old/feed.xml", edge)).toBe("→ /tag/new/feed.xml");
    expect(answer("/category/drinks/tea/feed/index.xml", edge)).toBe("→ /category/water/feed/index.xml");
    expect(answer("/category/drinks/tea/green/feed/", edge)).toBe("→ /category/water/green/feed/");
    expect(answer("/category/drinks/feed/index.xml", edge)).toBe("category/drinks/feed/index.xml");
  });

  test("leaves room for aliases at the edge", () => {
    const own = Array.from({ length: 20 }, (_, i) => `"former/${i}.xml": tags/${i}/rss.xml`).join(", ");
    const edge = edgeOf(siteOf(`${NAMED}aliases: [hugo, wordpress, { ${own} }]\n`));
    expect(new TextEncoder().encode(JSON.stringify(edge)).length).toBeLessThanOrEqual(EDGE_BYTES);
    expect(answer("/former/7.xml", edge)).toBe("tag/7/index.xml");
  });
});

describe("when names change", () => {
  const PODCAST = "podcast: { channel: tags/x, categories: [Technology] }\n";
  const audio = '{ url: "https://cdn.example.org/1.mp3", length: 5 }';

  test("the documents move, and no id moves with them: of posts, of channels, or of the podcast", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x", categories: "a", audio }) }, WHOLE_SITE + PODCAST);
    await site.publish();
    const idsIn = async (rss: string, atom: string) => ({
      guid: /<podcast:guid>[^<]*/.exec(await site.read(rss))?.[0],
      atom: (await site.read(atom)).match(/<id>[^<]*/g),
      updated: (await site.read(atom)).match(/<updated>[^<]*/g),
    });
    const before = await idsIn("tags/x/rss.xml", "tags/x/atom.xml");
    expect(before.guid).toBeDefined();
    const paths = await site.paths();
    await site.write("site.yaml", NAMED + PODCAST);
    const report = await site.publish();
    expect(report.refused).toBeUndefined();
    expect(report.removed).toContainEqual({ path: "rss.xml", reason: "name gone" });
    expect(report.removed.map(({ path }) => path).sort()).toEqual(paths.filter((path) => OURS.test(path)).toSorted());
    expect(await idsIn("tag/x/index.xml", "tag/x/feed.xml")).toEqual(before);
    expect((await site.publish()).put).toEqual([]);
  });

  test("documents that link to the changed name are put, and no others", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) }, SITE.replace("pages: false", "pages: true"));
    await site.publish();
    await site.write("site.yaml", `${SITE.replace("pages: false", "pages: true")}files: { json: news.json }\n`);
    const pages = ["index.html", "tags/x/index.html"];
    expect(putPaths(await site.publish())).toEqual(
      [...["autodiscovery.html", "feeds.json", "feeds.opml"], ...["news.json", "tags/x/news.json"], ...pages].sort(),
    );
  });

  test("two formats may change places", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.publish();
    await site.write("site.yaml", `${SITE}files: { rss: atom.xml, atom: rss.xml }\n`);
    await site.publish();
    expect(await site.read("rss.xml")).toContain("<feed ");
    expect(await site.read("tags/x/atom.xml")).toContain("<rss ");
    expect((await site.publish()).put).toEqual([]);
  });
});

describe("two channels of one folder", () => {
  const ROOT = `${WHOLE_SITE}kinds: { sections: { path: "{slug}/" }, categories: { path: "in/{slug}/" }, tags: { path: "in/all/{slug}/" } }\n`;

  test("are never in each other's way: the owner's own is published, and a warning names the other", async () => {
    const files = {
      "posts/notes/a.md": post({ title: "In the section" }),
      "posts/media/b.md": post({ title: "In another section" }),
      "posts/c.md": post({ title: "In the channel", tags: "[x]" }),
    };
    const site = await world(files, `${ROOT}channels: [{ path: notes, tags: [x] }]\n`);
    const report = await site.publish();
    expect(report.refused).toBeUndefined();
    expect(report.problems.map(({ code, message }) => `${code}: ${message}`).sort()).toEqual([
      "site-channel: kinds: sections/media is not published, since its folder media/ is that of media/",
      "site-channel: kinds: sections/notes is not published, since its folder notes/ is that of channels/notes",
    ]);
    const items = JSON.parse(await site.read("notes/feed.json")).items;
    expect(items.map(({ title }: { title: string }) => title)).toEqual(["In the channel"]);
    expect((await site.publish()).put).toEqual([]);
  });

  test("of two kinds the one that was there stays", async () => {
    const site = await world({ "posts/a.md": post({ title: "Of the tag", tags: "[tea]" }) }, ROOT);
    await site.publish();
    const before = await site.read("in/all/tea/rss.xml");
    await site.write("posts/b.md", post({ title: "Of the category", categories: "[[all, tea]]", date: "2026-01-01" }));
    const report = await site.publish();
    expect(codes(report)).toEqual(["site-channel"]);
    expect(await site.read("in/all/tea/rss.xml")).toBe(before);
    expect(await site.read("in/all/rss.xml")).toContain("Of the category");
  });
});

const part = fc.constantFrom("a", "B", "tag", "标签", "in", "feed");
const folder = fc.tuple(fc.array(part, { maxLength: 2 }), fc.array(part, { maxLength: 1 }));
const name = (...extensions: string[]) =>
  fc
    .tuple(fc.constantFrom("index", "feed", "a.b", "新", "RSS"), fc.constantFrom(...extensions))
    .map((both) => both.join(""));
const terms = fc.uniqueArray(fc.constantFrom("a", "B", "tag", "in", "feed", "index.xml", "C++", "标签", "2026-01"), {
  maxLength: 4,
});

test("whatever names and folders are allowed, each document has a path of its own, which the edge serves", async () => {
  const files = fc.record(
    { rss: name(".xml", ".rss"), atom: name(".xml", ".atom"), json: name(".json"), page: name(".html") },
    { requiredKeys: [] },
  );
  const kinds = fc.dictionary(fc.constantFrom("tags", "categories", "authors", "languages", "sections"), folder);
  let published = 0;
  await fc.assert(
    fc.asyncProperty(files, kinds, terms, fc.array(terms, { maxLength: 2 }), async (files, kinds, tags, categories) => {
      const patterns = Object.entries(kinds).map(([kind, [before, after]]) => [
        kind,
        { path: [...before, "{slug}", ...after].join("/") },
      ]);
      const kindsGiven = JSON.stringify(Object.fromEntries(patterns));
      const yaml = `${WHOLE_SITE}files: ${JSON.stringify(files)}\nkinds: ${kindsGiven}\n`;
      const read = parseSite(new TextEncoder().encode(yaml), "content", 2026);
      fc.pre(read.ok);
      const front = { tags: JSON.stringify(tags), categories: JSON.stringify(categories), author: "in" };
      const site = await world({ "posts/feed/1.md": post(front), "posts/a/2.md": post({ title: "2" }) }, yaml);
      const report = await site.publish();
      expect(report.refused).toBeUndefined();
      const paths = await site.paths();
      expect(report.put.map(({ path }) => path).sort()).toEqual(paths.toSorted());
      expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
      const left = report.problems.filter(({ code }) => code === "site-channel").length;
      const listed: readonly { key: string }[] = JSON.parse(await site.read("feeds.json")).channels;
      const wanted = new Set(tags.map((tag) => `tags/${slugOf(tag)}`));
      const there = listed.filter(({ key }) => wanted.has(key));
      expect(there.length).toBeGreaterThanOrEqual(wanted.size - left);
      const on = read.ok ? edgeOf(read.site) : undefined;
      for (const path of paths) {
        expect(answer(`/${path.split("/").map(encodeURIComponent).join("/")}`, on)).toBe(path);
      }
      expect((await site.publish({ now: NOW })).put).toEqual([]);
      published += 1;
    }),
    { numRuns: 60 },
  );
  expect(published).toBeGreaterThan(20);
}, 60_000);
