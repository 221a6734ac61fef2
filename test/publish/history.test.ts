/** What time and change do to the documents: archives close, streams begin and end, posts go. */
import { describe, expect, test } from "vitest";
import { ids, post, putPaths, SITE, WHOLE_SITE, wholeSite, world } from "../support/world.ts";

const ARCHIVED = `${SITE.replace("archives: false", "archives: month")}limit: 2\n`;
const feedsIn = (...folders: string[]) =>
  folders.flatMap((folder) => ["atom.xml", "feed.json", "rss.xml"].map((file) => folder + file)).sort();

const POSTS = {
  "posts/june.md": post({ date: "2026-06-01T00:00:00Z" }),
  "posts/may.md": post({ date: "2026-05-20T00:00:00Z" }),
  "posts/april.md": post({ date: "2026-04-20T00:00:00Z" }),
  "posts/march.md": post({ date: "2026-03-20T00:00:00Z" }),
};

describe("archives", () => {
  test("one old post edited changes its archive and nothing else", async () => {
    const site = await world(POSTS, ARCHIVED);
    await site.publish();
    await site.write("posts/march.md", post({ date: "2026-03-20T00:00:00Z", title: "Mended" }));
    for (const hints of [["posts/march.md"], undefined]) {
      const report = await site.publish({ hints });
      expect(putPaths(report)).toEqual(hints ? feedsIn("archive/2026-03/") : []);
    }
    expect(await site.read("archive/2026-03/atom.xml")).toContain("<title>Mended</title>");
  });

  test("a month closes when its time has come, without any edit", async () => {
    const site = await world(POSTS, ARCHIVED);
    const { due } = await site.publish();
    expect(due).toBe("2026-07-01T00:00:00Z");
    expect((await site.publish({ now: new Date("2026-06-30T23:59:59Z") })).put).toEqual([]);
    const closed = await site.publish({ now: new Date(due ?? ""), hints: [] });
    expect(putPaths(closed)).toEqual(feedsIn("", "archive/2026-05/", "archive/2026-06/"));
    expect(closed.due).toBeUndefined();
    expect(ids(await site.read("feed.json"))).toHaveLength(2);
    expect(ids(await site.read("archive/2026-06/feed.json"))).toEqual(["tag:example.com,2020:posts/june"]);
  });

  test("that only tell of posts that are gone come when their due says so", async () => {
    const site = await world(
      { "posts/a.md": post({ date: "2026-06-01T00:00:00Z" }), "posts/b.md": post({}) },
      ARCHIVED,
    );
    await site.publish();
    await site.remove("posts/a.md");
    const { due } = await site.publish({ now: new Date("2026-06-15T00:00:00Z") });
    expect(due).toBe("2026-07-01T00:00:00Z");
    await site.publish({ now: new Date(due ?? ""), hints: [] });
    expect(await site.read("archive/2026-06/atom.xml")).toContain("deleted-entry");
  });

  test("stand still, whatever becomes of a stream in them", async () => {
    const live = '{ start: 2026-06-02T11:00:00Z, url: "https://live.example.org/x.m3u8" }';
    const site = await world({ "posts/a.md": post({ date: "2026-03-01T00:00:00Z", live }), ...POSTS }, ARCHIVED);
    const { due } = await site.publish();
    expect(await site.read("archive/2026-03/rss.xml")).not.toContain("liveItem");
    const put = putPaths(await site.publish({ now: new Date(due ?? ""), hints: [] }));
    expect(put.filter((path) => path.startsWith("archive/"))).toEqual([]);
  });

  test("a post whose date moves goes from one archive to another, and its updated stays", async () => {
    const site = await world(POSTS, ARCHIVED);
    await site.publish();
    await site.write("posts/march.md", post({ date: "2026-04-02T00:00:00Z" }));
    await site.publish();
    expect(await site.paths()).not.toContain("archive/2026-03/rss.xml");
    const [, moved] = JSON.parse(await site.read("archive/2026-04/feed.json")).items;
    expect(moved).toMatchObject({ id: "tag:example.com,2020:posts/march", date_modified: "2026-03-20T00:00:00Z" });
  });

  test("are cut anew when the site chooses another length, and go when it wants none", async () => {
    const site = await world(POSTS, ARCHIVED);
    await site.publish();
    await site.write("site.yaml", ARCHIVED.replace("month", "year").replace("limit: 2", "limit: 20"));
    await site.publish();
    expect((await site.paths()).filter((path) => path.startsWith("archive/"))).toEqual([]);
    await site.write("site.yaml", ARCHIVED.replace("archives: month", "archives: false"));
    await site.publish();
    expect(await site.paths()).toEqual(wholeSite());
  });
});

describe("a post that goes", () => {
  const tombstone = (id: string, when = "2026-06-01T12:00:00Z") =>
    `<at:deleted-entry ref="tag:example.com,2020:posts/${id}" when="${when}"/>`;

  test("leaves every document, and Atom tells so where it was, for thirty days", async () => {
    const site = await world({ "posts/a.md": post({ tags: "[x, y]" }), "posts/b.md": post({ tags: "[x]" }) });
    await site.publish();
    await site.remove("posts/a.md");
    const { due } = await site.publish();
    expect(due).toBe("2026-07-01T12:00:00Z");
    for (const path of ["atom.xml", "tags/x/atom.xml", "tags/y/atom.xml"]) {
      expect(await site.read(path)).toContain(tombstone("a"));
    }
    expect(await site.read("rss.xml")).not.toContain("posts/a<");
    expect(ids(await site.read("tags/y/feed.json"))).toEqual([]);
    expect(await site.read("atom.xml")).toMatch(/^ {4}<updated>2026-06-01T12:00:00Z<\/updated>$/m);

    await site.publish({ now: new Date(due ?? ""), hints: [] });
    expect(await site.paths()).toEqual(wholeSite("x"));
    expect(await site.read("feeds.opml")).not.toContain("tags/y/");
    expect(await site.read("atom.xml")).not.toContain("deleted-entry");
  });

  test("is told of though it was the oldest of a month that is not over, and the limit is long past", async () => {
    const days = ["29", "30", "31"].map((day) => [`posts/${day}.md`, post({ date: `2026-05-${day}` })] as const);
    const site = await world(Object.fromEntries(days), `${WHOLE_SITE}limit: 1\n`);
    const now = new Date("2026-05-31T12:00:00Z");
    await site.write("posts/old.md", post({ date: "2026-01-01" }));
    await site.publish({ now });
    await site.remove("posts/29.md");
    await site.publish({ now });
    expect(await site.read("atom.xml")).toContain(tombstone("29", "2026-05-31T12:00:00Z"));
    await site.publish();
    expect(await site.read("atom.xml")).not.toContain(tombstone("29", "2026-05-31T12:00:00Z"));
    expect(await site.read("archive/2026-05/atom.xml")).toContain(tombstone("29", "2026-05-31T12:00:00Z"));
  });

  test("and comes back is told of no more", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.write("posts/b.md", post({}));
    await site.publish();
    const text = post({ tags: "x" });
    await site.remove("posts/a.md");
    await site.publish();
    await site.write("posts/a.md", text);
    await site.publish();
    expect(await site.read("tags/x/atom.xml")).not.toContain("deleted-entry");
    expect(ids(await site.read("tags/x/feed.json"))).toEqual(["tag:example.com,2020:posts/a"]);
  });

  test.each([
    ["is made a draft", { draft: "true" }],
    ["is given a later date", { date: "2026-09-01T00:00:00Z" }],
    ["expires", { expires: "2026-05-01T00:00:00Z" }],
  ])("because it %s is told of as well, once and for all the same moment", async (_, front) => {
    const site = await world({ "posts/a.md": post({}), "posts/b.md": post({}) });
    await site.publish();
    await site.write("posts/a.md", post(front));
    await site.publish();
    expect(await site.read("atom.xml")).toContain(tombstone("a"));
    await site.write("posts/a.md", post(front, "Other words.\n"));
    await site.publish({ now: new Date("2026-06-05T00:00:00Z") });
    await site.remove("posts/a.md");
    await site.publish({ now: new Date("2026-06-06T00:00:00Z") });
    expect(await site.read("atom.xml")).toContain(tombstone("a"));
  });

  test("was never public is not told of", async () => {
    const site = await world({ "posts/a.md": post({ draft: "true" }), "posts/b.md": post({}) });
    await site.publish();
    await site.remove("posts/a.md");
    await site.publish();
    expect(await site.read("atom.xml")).not.toContain("deleted-entry");
  });

  test("is told of on and on though its file breaks, or has expired while it was broken", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ expires: "2026-06-02T00:00:00Z" }) });
    await site.write("posts/c.md", post({}));
    await site.publish();
    await site.write("posts/a.md", post({ draft: "true" }));
    await site.publish();
    for (const key of ["posts/a.md", "posts/b.md"]) await site.write(key, "---\ntitle: [\n---\n");
    await site.publish();
    await site.publish({ now: new Date("2026-06-02T00:00:00Z"), hints: [] });
    const atom = await site.read("atom.xml");
    expect(atom).toContain(tombstone("a"));
    expect(atom).toContain(tombstone("b", "2026-06-02T00:00:00Z"));
  });

  test("beside a translation that stands for it is told of where it was, and nowhere else", async () => {
    const site = await world(
      { "posts/a.md": post({}), "posts/a.zh.md": post({}) },
      SITE.replace("languages: false, ", ""),
    );
    await site.publish();
    await site.remove("posts/a.zh.md");
    await site.publish();
    expect(await site.read("atom.xml")).not.toContain("deleted-entry");
    const chinese = await site.read("languages/zh/atom.xml");
    expect(chinese).toContain(tombstone("a.zh"));
    expect(chinese).toContain('xml:lang="zh"');
  });

  test("makes Atom alone be put when it is told of no more", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/b.md": post({}) });
    await site.publish();
    await site.remove("posts/a.md");
    const { due } = await site.publish();
    expect(putPaths(await site.publish({ now: new Date(due ?? ""), hints: [] }))).toEqual(["atom.xml"]);
  });

  test("is merely broken is not deleted", async () => {
    const site = await world({ "posts/a.md": post({ title: "Good" }) });
    await site.publish();
    await site.write("posts/a.md", "---\ntitle: [\n---\n");
    expect((await site.publish()).put).toEqual([]);
    expect(await site.read("atom.xml")).toContain("<title>Good</title>");
    expect(await site.read("atom.xml")).not.toContain("deleted-entry");
  });

  test("is renamed is not deleted", async () => {
    const site = await world({ "posts/a.md": post({ slug: "a" }) });
    await site.publish();
    await site.remove("posts/a.md");
    await site.write("posts/b.md", post({ slug: "a" }));
    await site.publish();
    expect(await site.read("atom.xml")).not.toContain("deleted-entry");
  });
});

describe("pages", () => {
  const WITH_PAGES = SITE.replace("pages: false", "pages: true");

  test("are put when what they show changes: an entry in its channel's, a count in the site's", async () => {
    const old = { "posts/old.md": post({ date: "2020-01-01", tags: "[x]" }) };
    const newer = Array.from({ length: 12 }, (_, i) => [`posts/${i}.md`, post({ tags: "[y]" })] as const);
    const site = await world({ ...old, ...Object.fromEntries(newer) }, WITH_PAGES);
    await site.publish();
    await site.write("posts/old.md", post({ date: "2020-01-01", tags: "[x, z]" }));
    const put = putPaths(await site.publish()).filter((path) => path.endsWith("index.html"));
    expect(put).toEqual(["index.html", "tags/x/index.html", "tags/z/index.html"]);
    await site.write("posts/older.md", post({ date: "2019-01-01", tags: "[y]" }));
    const counted = putPaths(await site.publish()).filter((path) => path.endsWith("index.html"));
    expect(counted).toEqual(["index.html", "tags/y/index.html"]);
  });

  test("show what a stream is, at the moment for which is published", async () => {
    const live = '{ start: 2026-06-01T11:00:00Z, end: 2026-06-01T13:00:00Z, url: "https://live.example.org/x" }';
    const site = await world({ "posts/a.md": post({ live }) }, WITH_PAGES);
    const { due } = await site.publish();
    expect(due).toBe("2026-06-01T13:00:00Z");
    // JSON Feed has no words for a stream.
    const put = putPaths(await site.publish({ now: new Date(due ?? ""), hints: [] }));
    expect(put).toEqual(["atom.xml", "index.html", "rss.xml"]);
  });
});
