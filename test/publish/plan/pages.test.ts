/** When the HTML pages are put. */
import { describe, expect, test } from "vitest";
import { post, putPaths, SITE, world } from "../../support/world.ts";

const WITH_PAGES = SITE.replace("pages: false", "pages: true");

describe("pages", () => {
  test("are put when an entry of their channel changes, or a count on the site's page", async () => {
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

  test("show the status of a stream at `now`", async () => {
    const live = '{ start: 2026-06-01T11:00:00Z, end: 2026-06-01T13:00:00Z, url: "https://live.example.org/x" }';
    const site = await world({ "posts/a.md": post({ live }) }, WITH_PAGES);
    const { due } = await site.publish();
    expect(due).toBe("2026-06-01T13:00:00Z");
    // JSON Feed has no field for a stream.
    const put = putPaths(await site.publish({ now: new Date(due ?? ""), hints: [] }));
    expect(put).toEqual(["atom.xml", "index.html", "rss.xml"]);
  });
});
