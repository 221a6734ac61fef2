/** Tombstones: how Atom feeds say that a post was removed (RFC 6721). */
import { describe, expect, test } from "vitest";
import { ids, post, putPaths, SITE, WHOLE_SITE, wholeSite, world } from "../../support/world.ts";

const tombstone = (id: string, when = "2026-06-01T12:00:00Z") =>
  `<at:deleted-entry ref="tag:example.com,2020:posts/${id}" when="${when}"/>`;

describe("a post that is removed", () => {
  test("leaves every document, and the Atom feeds that carried it have a tombstone for thirty days", async () => {
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

  test("gets a tombstone beyond the limit while it is in no archive, and then one in the archive", async () => {
    const days = ["28", "29", "30"].map((day) => [`posts/${day}.md`, post({ date: `2026-05-${day}` })] as const);
    const site = await world(Object.fromEntries(days), `${WHOLE_SITE}limit: 2\n`);
    const now = new Date("2026-05-31T12:00:00Z");
    await site.publish({ now });
    await site.write("posts/31.md", post({ date: "2026-05-31" }));
    await site.remove("posts/28.md");
    await site.remove("posts/30.md");
    await site.publish({ now });
    await site.write("posts/31b.md", post({ date: "2026-05-31T06:00:00Z" }));
    await site.publish({ now });
    const [inPart, open] = ["28", "30"].map((day) => tombstone(day, "2026-05-31T12:00:00Z"));
    expect(await site.read("archive/2026-05/atom.xml")).toContain(inPart);
    expect(await site.read("atom.xml")).not.toContain(inPart);
    expect(await site.read("atom.xml")).toContain(open);
    await site.publish();
    expect(await site.read("atom.xml")).not.toContain(open);
    expect(await site.read("archive/2026-05/2/atom.xml")).toContain(open);
  });

  test("and written again has no tombstone any more", async () => {
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

  test("beside its translation gets a tombstone only in the feeds that carried it", async () => {
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

  test("makes only the Atom document be put when its tombstone expires", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/b.md": post({}) });
    await site.publish();
    await site.remove("posts/a.md");
    const { due } = await site.publish();
    expect(putPaths(await site.publish({ now: new Date(due ?? ""), hints: [] }))).toEqual(["atom.xml"]);
  });

  test("without having been public gets no tombstone", async () => {
    const site = await world({ "posts/a.md": post({ draft: "true" }), "posts/b.md": post({}) });
    await site.publish();
    await site.remove("posts/a.md");
    await site.publish();
    expect(await site.read("atom.xml")).not.toContain("deleted-entry");
  });
});

describe("a post that is not public any more", () => {
  test.each([
    ["is made a draft", { draft: "true" }],
    ["is given a later date", { date: "2026-09-01T00:00:00Z" }],
    ["expires", { expires: "2026-05-01T00:00:00Z" }],
  ])("because it %s gets a tombstone as well, whose time never changes", async (_, front) => {
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

  test("keeps its tombstone when its file breaks, and gets one when it expires while broken", async () => {
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
});

describe("no tombstone", () => {
  test("is made for a post whose file is broken", async () => {
    const site = await world({ "posts/a.md": post({ title: "Good" }) });
    await site.publish();
    await site.write("posts/a.md", "---\ntitle: [\n---\n");
    expect((await site.publish()).put).toEqual([]);
    expect(await site.read("atom.xml")).toContain("<title>Good</title>");
    expect(await site.read("atom.xml")).not.toContain("deleted-entry");
  });

  test("is made for a post that is renamed", async () => {
    const site = await world({ "posts/a.md": post({ slug: "a" }) });
    await site.publish();
    await site.remove("posts/a.md");
    await site.write("posts/b.md", post({ slug: "a" }));
    await site.publish();
    expect(await site.read("atom.xml")).not.toContain("deleted-entry");
  });
});
