/** Copies of documents under the paths of aliases for which the edge has no room. */
import { describe, expect, test } from "vitest";
import { post, putPaths, SITE, type World, world } from "../../support/world.ts";
import { bytes, CONTENT_TYPE, loseState } from "../load/past.ts";

/** The first ones fill the edge. */
const aliases = (more: { readonly [from: string]: string }) => {
  const fill = Array.from({ length: 150 }, (_, i) => [`a/former/address/${i}.xml`, "rss.xml"]);
  return `aliases: [${JSON.stringify(Object.fromEntries([...fill, ...Object.entries(more)]))}]\n`;
};
const SOME = { "feed/": "atom.xml", "old.json": "feed.json", "tea.xml": "tags/tea/rss.xml", "o.opml": "feeds.opml" };

const siteWith = (more: { readonly [from: string]: string }): Promise<World> =>
  world(
    { "posts/a.md": post({ title: "A", tags: "[tea]" }), "posts/b.md": post({ title: "B" }) },
    SITE + aliases(more),
  );

describe("a copy", () => {
  test("has the bytes of its document, the exact type, and is put with it", async () => {
    const site = await siteWith(SOME);
    await site.publish();
    expect(await site.read("feed/index.html")).toBe(await site.read("atom.xml"));
    expect(await site.read("tea.xml")).toBe(await site.read("tags/tea/rss.xml"));
    const types = await Promise.all(
      ["feed/index.html", "old.json", "tea.xml", "o.opml"].map(async (path) => {
        const object = await site.public.get(path);
        return object === "unchanged" ? undefined : object?.contentType;
      }),
    );
    expect(types).toEqual(
      ["application/atom+xml", "application/feed+json", "application/rss+xml", "text/x-opml"].map(
        (type) => `${type}; charset=utf-8`,
      ),
    );
    expect((await site.publish()).put).toEqual([]);

    await site.write("posts/b.md", post({ title: "Another" }));
    const edited = putPaths(await site.publish({ hints: ["posts/b.md"] }));
    expect(edited).toEqual(expect.arrayContaining(["atom.xml", "feed/index.html", "feed.json", "old.json"]));
    expect(edited).not.toContain("tea.xml");
    expect(await site.read("feed/index.html")).toBe(await site.read("atom.xml"));
  });

  test("goes with its alias or with its channel, and follows the alias to another document", async () => {
    const site = await siteWith(SOME);
    await site.publish();
    await site.write("site.yaml", SITE + aliases({ "feed/": "rss.xml", "tea.xml": "tags/tea/rss.xml" }));
    await site.remove("posts/a.md");
    const report = await site.publish({ force: true, now: new Date("2027-06-01T12:00:00Z") });
    expect(report.removed).toEqual(
      expect.arrayContaining([
        { path: "old.json", reason: "alias gone" },
        { path: "o.opml", reason: "alias gone" },
      ]),
    );
    expect(report.put).toContainEqual({ path: "feed/index.html", reason: "changed" });
    expect(await site.read("feed/index.html")).toBe(await site.read("rss.xml"));
    const later = await site.publish({ force: true, now: new Date("2027-12-01T12:00:00Z") });
    expect(later.removed.length + report.removed.length).toBeGreaterThan(2);
    expect(await site.paths()).not.toContain("tea.xml");
    expect([...report.removed, ...later.removed]).toContainEqual({ path: "tea.xml", reason: "channel gone" });
  });

  test("that was altered or removed is put again", async () => {
    const site = await siteWith(SOME);
    await site.publish();
    await site.public.delete("old.json");
    await site.public.put("feed/index.html", bytes("altered"), CONTENT_TYPE);
    expect(putPaths(await site.publish()).toSorted()).toEqual(["feed/index.html", "old.json"]);
    expect(await site.read("feed/index.html")).toBe(await site.read("atom.xml"));
  });

  test("is refused where another object is, which stays", async () => {
    const site = await siteWith(SOME);
    await site.public.put("feed/index.html", bytes("a page of the owner"), CONTENT_TYPE);
    expect((await site.publish()).refused).toMatchObject({
      code: "not-ours",
      message: expect.stringContaining("feed/index.html"),
    });
    expect(await site.read("feed/index.html")).toBe("a page of the owner");
  });

  test("is known as ours when the ledger is read back from the feeds, also where its document has changed since", async () => {
    const site = await siteWith({ ...SOME, "x/rss.xml": "rss.xml" });
    await site.publish();
    const before = await site.dump(site.public);
    await loseState(site);
    const again = await site.publish({ rebuild: true });
    expect([again.refused, again.put, again.removed]).toEqual([undefined, [], []]);
    expect(again.recovered).toMatchObject({ posts: 2, recognised: 2, minted: 0 });
    expect(await site.dump(site.public)).toEqual(before);

    await site.write("posts/c.md", post({ title: "C" }));
    await loseState(site);
    const changed = await site.publish({ rebuild: true });
    expect(changed.refused).toBeUndefined();
    expect(await site.read("feed/index.html")).toBe(await site.read("atom.xml"));
    expect(await site.read("x/rss.xml")).toContain("<title>C</title>");
    expect(Object.keys((await site.catalog()).channels).toSorted()).toEqual(["site", "tags/tea"]);
  });

  test("is not made of a document that is not there, nor in the place of one", async () => {
    const site = await siteWith({ "nothing.xml": "tags/nothing/rss.xml", "feed.xml": "rss.xml" });
    await site.publish();
    expect(await site.paths()).toContain("feed.xml");
    expect(await site.paths()).not.toContain("nothing.xml");
  });
});

test("a renamed tag is a warning while posts have the old name, or none has the new one", async () => {
  const yaml = `${SITE}renamed: [{ tags: [tea, Tee] }]\n`;
  const site = await world({ "posts/a.md": post({ title: "A", tags: "[Tea]" }) }, yaml);
  const said = async () => (await site.publish({ dryRun: true })).problems.map(({ code, message }) => [code, message]);
  expect(await said()).toEqual([
    ["site-renamed", "renamed: a post still has tea among its tags"],
    ["site-renamed", "renamed: no post is in tags Tee, to which tea leads"],
  ]);
  await site.write("posts/a.md", post({ title: "A", tags: "[Tee]" }));
  expect(await said()).toEqual([]);
  await site.write("site.yaml", `${SITE}channels: [{ path: old }]\nrenamed: [{ channels: [old, new] }]\n`);
  expect(await said()).toEqual([
    ["site-renamed", "renamed: old is still one of channels, and served as such"],
    ["site-renamed", "renamed: no post is in new, to which old leads"],
  ]);
});
