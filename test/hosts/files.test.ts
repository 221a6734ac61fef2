/** A host that does nothing but serve files: what is published for former addresses, and what is told to be lost. */
import { describe, expect, test } from "vitest";
import { hostWarnings } from "../../lib/hosts/hosts.ts";
import { post, SITE, WHOLE_SITE, type World, world } from "../support/world.ts";
import { SITES } from "./questions.ts";
import { HEAD, siteFrom } from "./sites.ts";

const FILES = `${SITE}host: files\n`;

/** Every path that holds the same as a document. */
async function sameAs(site: World, path: string): Promise<readonly string[]> {
  const all = await site.dump(site.public);
  return Object.keys(all).filter((each) => each !== path && all[each] === all[path]);
}

const published = async (more: string, base = FILES) => {
  const site = await world({ "posts/a.md": post({ tags: "[weirs, 短视频]", categories: "[Tea]" }) }, base + more);
  const report = await site.publish();
  expect(report.refused).toBeUndefined();
  return { site, report };
};

describe("an alias", () => {
  test("is a copy of its document, in a folder where its address has no extension", async () => {
    const { site } = await published("aliases: [{ feed/: rss.xml, old/atom.php: atom.xml, 旧.xml: atom.xml }]\n");
    expect(await sameAs(site, "rss.xml")).toEqual(["feed/index.html"]);
    expect(await sameAs(site, "atom.xml")).toEqual(["old/atom.php", "旧.xml"]);
  });

  test("with * is a copy for each channel that exists, and goes with it", async () => {
    const { site } = await published(
      'aliases: [{ "topics/*/rss": tags/*/rss.xml, "by_tag/*.xml": tags/*/atom.xml }]\n',
    );
    expect(await sameAs(site, "tags/weirs/rss.xml")).toEqual(["topics/weirs/rss/index.html"]);
    expect(await sameAs(site, "tags/短视频/atom.xml")).toEqual(["by_tag/短视频.xml"]);
    expect((await site.publish()).put).toEqual([]);
    await site.write("posts/b.md", post({ title: "Another", tags: "[eels]" }));
    const { put } = await site.publish();
    expect(put).toContainEqual({ path: "by_tag/eels.xml", reason: "new" });
    await site.write("site.yaml", `${FILES}kinds: { tags: false }\n`.replace(/^kinds: \{ cat.*\n/m, ""));
    const { removed } = await site.publish();
    expect(removed).toContainEqual({ path: "by_tag/eels.xml", reason: "channel gone" });
  });

  test("that the site no longer has is removed as such", async () => {
    const { site } = await published("aliases: [{ old.xml: rss.xml }]\n");
    await site.write("site.yaml", FILES);
    expect((await site.publish()).removed).toEqual([{ path: "old.xml", reason: "alias gone" }]);
  });

  test("of every system has a copy of the right document", async () => {
    const { site } = await published("aliases: [hexo, jekyll, hugo, wordpress, ghost]\n", `${WHOLE_SITE}host: files\n`);
    expect(await sameAs(site, "rss.xml")).toEqual(expect.arrayContaining(["rss2.xml", "index.xml", "feed/index.html"]));
    const paths = await site.paths();
    expect(paths).toEqual(
      expect.arrayContaining([
        "tag/weirs/feed/index.html",
        "tags/weirs/index.xml",
        "feed/by_tag/weirs.xml",
        "category/tea/feed/index.html",
      ]),
    );
  });

  test("never hides a document", async () => {
    const { site } = await published(
      'aliases: [{ atom.xml: rss.xml, tags/weirs/atom.xml: rss.xml, "*.xml": "*.xml" }]\n',
    );
    expect(await site.read("atom.xml")).toContain("<feed");
    expect(await site.read("tags/weirs/atom.xml")).toContain("<feed");
  });
});

test("a feed that has moved, and a renamed tag, are copies of where they lead", async () => {
  const { site } = await published(
    'retired: { older.xml: rss.xml, "label/*.xml": tags/*/rss.xml }\nrenamed: [{ tags: [old name, weirs] }]\n',
  );
  expect(await sameAs(site, "rss.xml")).toEqual(["older.xml"]);
  expect(await sameAs(site, "tags/weirs/rss.xml")).toEqual([
    "label/old-name.xml",
    "label/weirs.xml",
    "tags/old-name/rss.xml",
  ]);
  expect(await sameAs(site, "tags/weirs/atom.xml")).toEqual(["tags/old-name/atom.xml"]);
});

test.each(Object.entries(SITES))("one copy at most is at an address: %s", async (_, { site: yaml, posts }) => {
  const site = await world(posts, `${yaml}host: files\n`);
  expect((await site.publish()).refused).toBeUndefined();
  expect((await site.publish()).put).toEqual([]);
});

test("the page of a renamed category comes before an alias with *, as at the edge", async () => {
  const yaml = `aliases: [wordpress]
renamed: [{ categories: [Drinks, Tea] }]
kinds: { categories: { path: "category/{slug}/feed/" } }
`;
  const { site } = await published(yaml, `${WHOLE_SITE}host: files\n`);
  expect(await site.read("category/drinks/feed/index.html")).toBe(await site.read("category/tea/feed/index.html"));
  expect(await site.read("category/drinks/feed/atom/index.html")).toBe(await site.read("category/tea/feed/atom.xml"));
});

test("what such a host cannot do is told, and check ends with it", async () => {
  const { report } = await published(
    'aliases: [{ "?feed=rss2": rss.xml, "all/*": rss.xml }]\nretired: { a.xml: gone, b.xml: "https://example.org/", c.xml: rss.xml }\n',
  );
  expect(report.problems.map(({ code, severity, message }) => [code, severity, message])).toEqual([
    ["site-host", "warning", "host: a host of files knows no query, so nothing answers at: ?feed=rss2"],
    ["site-host", "warning", "host: a host of files cannot answer 410, but 404, at: a.xml"],
    ["site-host", "warning", "host: a host of files cannot redirect to another, so nothing answers at: b.xml"],
    ["site-host", "warning", "host: a host of files cannot redirect, so these are copies of where they lead: c.xml"],
    ["site-host", "warning", "host: no copy can be at: all/*"],
  ]);
});

test("that copies are below the feeds' address alone is told where the site's is another", () => {
  const site = siteFrom(`${HEAD}host: files\naliases: [hexo]\n`);
  expect(hostWarnings(site, ["rss.xml", "atom.xml"]).map(({ message }) => message)).toEqual([
    "host: copies are below https://example.com/feeds/ alone, not below https://example.com/: aliases",
  ]);
});

test("nothing is lost, and nothing told, of aliases that are copies", () => {
  const site = siteFrom(
    "title: T\nurl: https://example.com/\nsince: 2020\nhost: files\naliases: [hexo, jekyll, hugo]\n",
  );
  expect(hostWarnings(site, ["rss.xml", "atom.xml"])).toEqual([]);
});

test("documents are stored with the type that the edge would give them, and put again when the host changes", async () => {
  const types = new Map<string, string>();
  const site = await world({ "posts/a.md": post({}) }, SITE);
  const real = site.public;
  const watched = {
    ...real,
    put: (...[key, body, options]: Parameters<typeof real.put>) => {
      types.set(key, options.contentType);
      return real.put(key, body, options);
    },
  };
  await site.publish({ public: watched });
  expect(types.get("atom.xml")).toBe("application/xml; charset=utf-8");
  await site.write("site.yaml", FILES);
  await site.publish({ public: watched });
  expect(types.get("atom.xml")).toBe("application/atom+xml; charset=utf-8");
  expect(types.get("feed.json")).toBe("application/feed+json; charset=utf-8");
});

test.each(["files", "netlify", "nginx", "caddy"])(
  "what is published for %s is known as ours when the ledger is lost",
  async (host) => {
    const lines = `host: ${host}\naliases: [wordpress]\nrenamed: [{ tags: [old name, weirs] }]\n`;
    const { site } = await published(lines, WHOLE_SITE);
    const before = await site.dump(site.public);
    for (const key of Object.keys(await site.dump(site.state))) await site.state.delete(key);
    const rebuilt = await site.publish({ rebuild: true });
    expect(rebuilt.refused).toBeUndefined();
    expect(Object.keys(await site.dump(site.public))).toEqual(Object.keys(before));
    await site.write("site.yaml", WHOLE_SITE);
    await site.publish();
    expect((await site.paths()).filter((path) => /^(?:_|dripfeed|feed\/|tags\/old|tag\/)/.test(path))).toEqual([]);
  },
);
