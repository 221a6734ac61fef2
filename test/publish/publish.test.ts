/** One run and the runs after it: what is written, what is not, and what is reported. */
import { describe, expect, test } from "vitest";
import { ids, post, putPaths, SITE, siteAndTags, wholeSite, world } from "../support/world.ts";

describe("a run", () => {
  test("puts three documents for the site and three for each tag, each as new", async () => {
    const site = await world({ "posts/a.md": post({ tags: "[扶贫, 短视频]" }), "posts/b.md": post({}) });
    const report = await site.publish();
    expect(putPaths(report)).toEqual(wholeSite("扶贫", "短视频"));
    expect(new Set(report.put.map(({ reason }) => reason))).toEqual(new Set(["new"]));
    expect(await site.paths()).toEqual(wholeSite("扶贫", "短视频"));
    expect(report.records).toMatchObject({ public: 2 });
    expect(report.problems).toEqual([]);
  });

  test("publishes an empty site as three empty feeds", async () => {
    const site = await world();
    expect(putPaths(await site.publish())).toEqual(wholeSite());
    expect(ids(await site.read("feed.json"))).toEqual([]);
    expect(await site.read("atom.xml")).toContain("<updated>2020-01-01T00:00:00Z</updated>");
  });

  test("puts documents with their content type and the site's cache policy", async () => {
    const site = await world({ "posts/a.md": post({}) }, `${SITE}cacheControl: public, max-age=60\n`);
    await site.publish();
    const kinds = await Promise.all(["rss.xml", "atom.xml", "feed.json"].map((path) => site.public.get(path)));
    expect(kinds).toMatchObject([
      { contentType: "application/rss+xml; charset=utf-8", cacheControl: "public, max-age=60" },
      { contentType: "application/xml; charset=utf-8", cacheControl: "public, max-age=60" },
      { contentType: "application/json; charset=utf-8", cacheControl: "public, max-age=60" },
    ]);
  });

  test("leaves a head that names the catalog, has no lease, and lists every changed path in the outbox", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/later.md": post({ date: "2030-01-01T00:00:00Z" }) });
    await site.publish();
    const { lease, catalog, outbox } = await site.head();
    expect(lease).toBeUndefined();
    expect(catalog).toMatch(/^catalogs\/run-\d+\.catalog$/);
    expect({ ...outbox, paths: outbox.paths.toSorted() }).toEqual({ paths: wholeSite(), due: "2030-01-01T00:00:00Z" });
  });

  test("over the same content gives the same bytes, whatever the order of files and the id of the run", async () => {
    const posts = { "posts/a.md": post({ tags: "x" }), "posts/b.md": post({ tags: "x" }), "posts/c.md": post({}) };
    const one = await world(posts);
    const other = await world(Object.fromEntries(Object.entries(posts).reverse()));
    await one.publish();
    await other.publish({ run: "another", clock: { ...one.clock, now: () => new Date("2031-01-01T00:00:00Z") } });
    expect(await one.dump(one.public)).toEqual(await other.dump(other.public));
  });

  test("counts its operations on each store", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    const { operations } = await site.publish();
    expect(operations.content).toMatchObject({ list: 1, put: 0, delete: 0 });
    expect(operations.public).toMatchObject({ put: 9, delete: 0 });
    // an intent, the lease, an entry, the catalog, the commit
    expect(operations.state).toMatchObject({ put: 5, delete: 0 });
  });
});

describe("a second run", () => {
  test("over unchanged content writes nothing, in any store", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }), "posts/draft.md": post({ draft: "true" }) });
    await site.publish();
    const before = [await site.dump(site.public), await site.dump(site.state)];
    const report = await site.publish({ now: new Date("2026-07-01T00:00:00Z") });
    expect([await site.dump(site.public), await site.dump(site.state)]).toEqual(before);
    expect(report.put).toEqual([]);
    expect(report.unchanged).toBe(9);
    expect(report.operations.public).toEqual({ list: 1, get: 0, put: 0, delete: 0 }); // the listing that finds drift
    expect(report.operations.state).toMatchObject({ put: 0, delete: 0 });
  });

  test("writes nothing when a file has another ETag and the same text", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    await site.write("posts/a.md", post({}).replaceAll("\n", "\r\n")); // another ETag, the same text
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("after an edit puts exactly the documents that carry the post, and replaces the head", async () => {
    const site = await world({
      "posts/a.md": post({ tags: "[x, y]" }),
      "posts/b.md": post({ tags: "[y]" }),
      "posts/c.md": post({ tags: "[z]" }),
    });
    await site.publish();
    const before = await site.dump(site.state);
    await site.write("posts/a.md", post({ tags: "[x, y]" }, "Other words.\n"));
    const report = await site.publish();
    expect(putPaths(report)).toEqual(siteAndTags("x", "y"));
    expect(new Set(report.put.map(({ reason }) => reason))).toEqual(new Set(["changed"]));
    expect(report.operations.public).toMatchObject({ put: 9, delete: 0 });
    const after = await site.dump(site.state);
    const moved = Object.keys(before).filter((key) => after[key] !== before[key]);
    expect(moved).toEqual(["head.json"]);
    expect(report.entries).toEqual({ rendered: 1, cached: 2 });
  });

  test("removes the documents of a tag that no post has any more", async () => {
    const site = await world({ "posts/a.md": post({ tags: "[x, y]" }) });
    await site.publish();
    await site.write("posts/a.md", post({ tags: "[x]" }));
    const report = await site.publish();
    expect(report.removed.map(({ path, reason }) => [path, reason])).toEqual(
      ["tags/y/atom.xml", "tags/y/feed.json", "tags/y/rss.xml"].map((path) => [path, "channel gone"]),
    );
    expect(await site.paths()).toEqual(wholeSite("x"));
  });

  test("puts every document again when the site's title changes", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.publish();
    await site.write("site.yaml", SITE.replace("Field notes", "Other notes"));
    expect(putPaths(await site.publish({ hints: ["site.yaml"] }))).toEqual(wholeSite("x"));
    expect(await site.read("rss.xml")).toContain("<title>Other notes</title>");
  });
});

describe("a site.yaml with errors", () => {
  test("publishes nothing, and the report says why", async () => {
    const site = await world({ "posts/a.md": post({}) }, "titel: x\n");
    const report = await site.publish();
    expect(report.refused).toMatchObject({ code: "site-unusable" });
    expect(report.problems.length).toBeGreaterThan(2);
    expect(await site.paths()).toEqual([]);
    expect(await site.dump(site.state)).toEqual({});
  });

  test("delays edits until it is fixed, and then they are published", async () => {
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
});

describe("a dry run", () => {
  test("reports what would be put and writes nothing", async () => {
    const site = await world({ "posts/a.md": post({}) });
    const report = await site.publish({ dryRun: true });
    expect(report).toMatchObject({ dryRun: true });
    expect(putPaths(report)).toEqual(wholeSite());
    expect(await site.paths()).toEqual([]);
    expect(await site.dump(site.state)).toEqual({});
  });

  test("without state reports the documents that differ from those in the public store", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.publish();
    const { state } = await world();
    expect((await site.publish({ state, dryRun: true })).put).toEqual([]);
    await site.public.put("rss.xml", new TextEncoder().encode("altered"), { contentType: "text/xml" });
    expect((await site.publish({ state, dryRun: true, force: true })).put).toEqual([
      { path: "rss.xml", reason: "forced" },
    ]);
  });
});
