/** Whatever an author does and whatever time does, in any order: cases that once went wrong. */
import { expect, test } from "vitest";
import { encodeCatalog } from "../../lib/state/catalog.ts";
import { shown } from "../support/author.ts";
import { codes, post, world } from "../support/world.ts";

test("drafts are in no document, though the trigger be late and an older entry move up", async () => {
  const many = Array.from({ length: 21 }, (_, i) => String(i + 10));
  const site = await world(
    Object.fromEntries(
      many.map((n) => [`posts/${n}.md`, post({ title: `Post ${n}`, date: `2026-01-01 00:${n}` }, `${n}\n`)]),
    ),
  );
  await site.publish();
  await site.write("posts/10.md", post({ title: "Post 10", date: "2026-01-01 00:10", draft: "true" }, "10\n"));
  await site.remove("posts/30.md");
  await site.publish({ hints: ["posts/30.md"] });
  expect(await shown(site)).toHaveLength(19);
  expect(await site.read("rss.xml")).not.toContain("Post 10");
});

test("a post that is renamed while it is a draft comes back under the id that readers know", async () => {
  const site = await world({ "posts/a.md": post({ title: "A" }, "words\n"), "posts/z.md": post({}) });
  await site.publish();
  const before = await shown(site);
  await site.write("posts/a.md", post({ title: "A", draft: "true" }, "words\n"));
  await site.publish();
  await site.remove("posts/a.md");
  await site.write("posts/b.md", post({ title: "A", draft: "true" }, "words\n"));
  await site.publish();
  await site.write("posts/b.md", post({ title: "A" }, "other words\n"));
  await site.publish();
  expect((await shown(site)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
});

test("a new renderer keeps every id and every date, and renders what was never rendered", async () => {
  const site = await world(
    {
      "posts/1.md": post({}, "1\n"),
      "posts/2.md": post({ date: "2026-01-03" }, "2\n"),
      "posts/3.md": post({ date: "2026-01-04" }, "3\n"),
    },
    "title: T\nurl: https://example.com/\nsince: 2020\nlimit: 2\n",
  );
  await site.publish();
  const before = await site.read("feed.json");
  // What an older renderer left: other input hashes, and another reading.
  const { catalog = "" } = await site.head();
  const older = await site.catalog();
  const records = older.records.map((each) => ({
    ...each,
    ...(each.facts && { facts: { ...each.facts, inputHash: "old" } }),
  }));
  const bytes = encodeCatalog({ ...older, reading: "old", records });
  await site.state.put(catalog, bytes, { contentType: "application/gzip" });
  await site.publish();
  expect(await site.read("feed.json")).toBe(before);
  await site.remove("posts/3.md");
  await site.publish();
  expect(JSON.parse(await site.read("feed.json")).items).toMatchObject([
    { id: "tag:example.com,2020:posts/2", date_modified: "2026-01-03T00:00:00Z" },
    { id: "tag:example.com,2020:posts/1", date_modified: "2026-01-02T03:04:05Z" },
  ]);
});

test("expired posts leave when their time has come, without an edit", async () => {
  const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ expiryDate: "2026-06-02T00:00:00Z" }) });
  expect((await site.publish()).due).toBe("2026-06-02T00:00:00Z");
  const report = await site.publish({ now: new Date("2026-06-02T00:00:00Z"), hints: [] });
  expect(report.records).toMatchObject({ public: 1, expired: 1 });
  expect(JSON.parse(await site.read("feed.json")).items).toHaveLength(1);
});

test("a broken post expires all the same", async () => {
  const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ title: "B", expires: "2026-07-01" }) });
  await site.publish();
  await site.write("posts/b.md", "---\ntitle: [\n---\n");
  expect((await site.publish()).due).toBe("2026-07-01T00:00:00Z");
  expect(await site.read("rss.xml")).toContain("<title>B<");
  await site.publish({ now: new Date("2026-07-01T00:00:00Z"), hints: [] });
  expect(await site.read("rss.xml")).not.toContain("<title>B<");
  const again = await site.publish({ now: new Date("2026-07-02T00:00:00Z") });
  expect(again.operations.state).toMatchObject({ put: 0 });
});

test("a run for a later moment can be taken back", async () => {
  const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ date: "2027-03-01" }) });
  await site.publish();
  await site.publish({ now: new Date("2028-01-01T00:00:00Z") });
  expect(await shown(site)).toHaveLength(2);
  await site.publish();
  expect(await shown(site)).toHaveLength(1);
});

test("a key that the globs exclude is no post's, hinted or not", async () => {
  const site = await world({ "posts/a.md": post({ title: "A" }), "posts/old/b.md": post({ title: "B" }) });
  const siteYaml = "title: T\nurl: https://example.com/\nsince: 2020\nposts: ['posts/*']\n";
  await site.publish();
  await site.write("site.yaml", siteYaml);
  await site.publish();
  await site.write("posts/old/b.md", post({ title: "B, edited" }));
  await site.publish({ hints: ["posts/old/b.md"] });
  expect(await site.read("rss.xml")).not.toContain("<title>B");
});

test("a post whose address comes to clash with another's keeps its last good entry", async () => {
  const site = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }) });
  await site.publish();
  await site.write("posts/b.md", post({ title: "B", slug: "a" }));
  expect(codes(await site.publish())).toEqual(["url-taken"]);
  expect(JSON.parse(await site.read("feed.json")).items).toHaveLength(2);
  expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
});

test("edits that came while site.yaml could not be read are seen when it is fixed", async () => {
  const site = await world({ "posts/a.md": post({ title: "A" }) });
  await site.publish();
  const good = await site.dump(site.content);
  await site.write("site.yaml", "title: [\n");
  await site.write("posts/a.md", post({ title: "Edited" }));
  expect((await site.publish({ hints: ["posts/a.md"] })).refused).toMatchObject({ code: "site-unusable" });
  await site.write("site.yaml", good["site.yaml"] ?? "");
  await site.publish({ hints: ["site.yaml"] });
  expect(await site.read("rss.xml")).toContain("<title>Edited</title>");
});
