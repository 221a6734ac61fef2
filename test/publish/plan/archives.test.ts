/** Archives: when they close, and what changes them. */
import { describe, expect, test } from "vitest";
import { ids, post, putPaths, SITE, wholeSite, world } from "../../support/world.ts";

const ARCHIVED = `${SITE.replace("archives: false", "archives: month")}limit: 2\n`;
/** Paths of the three feeds in each folder. */
const feedsIn = (...folders: string[]) =>
  folders.flatMap((folder) => ["atom.xml", "feed.json", "rss.xml"].map((file) => folder + file)).sort();

const POSTS = {
  "posts/june.md": post({ date: "2026-06-01T00:00:00Z" }),
  "posts/may.md": post({ date: "2026-05-20T00:00:00Z" }),
  "posts/april.md": post({ date: "2026-04-20T00:00:00Z" }),
  "posts/march.md": post({ date: "2026-03-20T00:00:00Z" }),
};

describe("an archive", () => {
  test("is put when an old post in it is edited, and nothing else is", async () => {
    const site = await world(POSTS, ARCHIVED);
    await site.publish();
    await site.write("posts/march.md", post({ date: "2026-03-20T00:00:00Z", title: "Edited" }));
    for (const hints of [["posts/march.md"], undefined]) {
      const report = await site.publish({ hints });
      expect(putPaths(report)).toEqual(hints ? feedsIn("archive/2026-03/") : []);
    }
    expect(await site.read("archive/2026-03/atom.xml")).toContain("<title>Edited</title>");
  });

  test("is made when its month is over, without an edit", async () => {
    const site = await world(POSTS, ARCHIVED);
    const { due } = await site.publish();
    expect(due).toBe("2026-07-01T00:00:00Z");
    expect((await site.publish({ now: new Date("2026-06-30T23:59:59Z") })).put).toEqual([]);
    const closed = await site.publish({ now: new Date(due ?? ""), hints: [] });
    // A JSON feed does not name the one after it.
    const paths = feedsIn("", "archive/2026-05/", "archive/2026-06/");
    expect(putPaths(closed)).toEqual(paths.filter((path) => path !== "archive/2026-05/feed.json"));
    expect(closed.due).toBeUndefined();
    expect(ids(await site.read("feed.json"))).toHaveLength(2);
    expect(ids(await site.read("archive/2026-06/feed.json"))).toEqual(["tag:example.com,2020:posts/june"]);
  });

  test("of tombstones alone is made when its month is over", async () => {
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

  test("does not change when a stream in it begins or ends", async () => {
    const live = '{ start: 2026-06-02T11:00:00Z, url: "https://live.example.org/x.m3u8" }';
    const site = await world({ "posts/a.md": post({ date: "2026-03-01T00:00:00Z", live }), ...POSTS }, ARCHIVED);
    const { due } = await site.publish();
    expect(await site.read("archive/2026-03/rss.xml")).not.toContain("liveItem");
    const put = putPaths(await site.publish({ now: new Date(due ?? ""), hints: [] }));
    expect(put.filter((path) => path.startsWith("archive/"))).toEqual([]);
  });

  test("loses a post whose date moves to another month, and `updated` of the post stays", async () => {
    const site = await world(POSTS, ARCHIVED);
    await site.publish();
    await site.write("posts/march.md", post({ date: "2026-04-02T00:00:00Z" }));
    await site.publish();
    expect(await site.paths()).not.toContain("archive/2026-03/rss.xml");
    const [, moved] = JSON.parse(await site.read("archive/2026-04/feed.json")).items;
    expect(moved).toMatchObject({ id: "tag:example.com,2020:posts/march", date_modified: "2026-03-20T00:00:00Z" });
  });

  test("is removed when site.yaml chooses another period or none", async () => {
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
