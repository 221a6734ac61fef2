/** When `updated` of a post and of a feed moves. */
import { describe, expect, test } from "vitest";
import { encodeCatalog } from "../../../lib/state/catalog.ts";
import { post, SITE, world } from "../../support/world.ts";

const updatedOf = async (site: Awaited<ReturnType<typeof world>>, path = "feed.json") =>
  JSON.parse(await site.read(path)).items.map(({ date_modified }: { date_modified: string }) => date_modified);

describe("updated", () => {
  test("stays when the author says that an edit is minor", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    await site.write("posts/a.md", post({ minor: "true" }, "Some word.\n"));
    await site.publish();
    expect(await site.read("feed.json")).toContain("Some word.");
    expect(await updatedOf(site)).toEqual(["2026-01-02T03:04:05Z"]);
    await site.write("posts/a.md", post({}, "Some word.\n"));
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-01-02T03:04:05Z"]);
  });

  test("is the post's date in the first run, and `now` for a post that is first published later", async () => {
    const site = await world({ "posts/a.md": post({ date: "2020-05-05T00:00:00Z" }) });
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2020-05-05T00:00:00Z"]);
    await site.write("posts/b.md", post({ date: "2020-06-06T00:00:00Z" }));
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-06-01T12:00:00Z", "2020-05-05T00:00:00Z"]);
  });

  test("moves when the text changes, and not when tags, description or slug do", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    await site.write("posts/a.md", post({ tags: "new", description: "new", slug: "new" }));
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-01-02T03:04:05Z"]);
    await site.write("posts/a.md", post({ tags: "new" }, "Other words.\n"));
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-06-01T12:00:00Z"]);
  });

  test("is taken from front matter where it is given", async () => {
    const site = await world({ "posts/a.md": post({ updated: "2026-02-02" }) });
    await site.publish();
    await site.write("posts/a.md", post({ updated: "2026-02-03" }, "Other words.\n"));
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-02-03T00:00:00Z"]);
  });

  test("that is still to come takes no last good entry away", async () => {
    const site = await world({ "posts/a.md": post({ updated: "2026-06-02" }) });
    await site.publish();
    await site.write("posts/a.md", post({ updated: "2026-06-02", tags: "[x" }));
    await site.publish({ now: new Date("2026-06-03T00:00:00Z") });
    expect(await updatedOf(site)).toHaveLength(1);
  });

  test("is not taken from front matter while that is still to come: the feed's would never fall again", async () => {
    const site = await world({ "posts/a.md": post({ updated: "9999-12-31" }) });
    const { problems } = await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-01-02T03:04:05Z"]);
    expect(await site.read("atom.xml")).not.toContain("9999");
    expect(problems).toMatchObject([{ code: "updated-future", file: "posts/a.md", line: 4 }]);
    await site.write("posts/a.md", post({ updated: "2026-06-02" }, "Other words.\n"));
    const { due } = await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-06-01T12:00:00Z"]);
    expect(due).toBe("2026-06-02T00:00:00Z");
    expect((await site.publish({ now: new Date(due ?? "") })).problems).toEqual([]);
    expect(await updatedOf(site)).toEqual(["2026-06-02T00:00:00Z"]);
  });

  test("stays when another version of Dripfeed reads the same file differently", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    const { catalog: key = "" } = await site.head();
    const catalog = await site.catalog();
    const records = catalog.records.map((record) => {
      return record.facts ? { ...record, facts: { ...record.facts, sourceDigest: "of another version" } } : record;
    });
    const bytes = encodeCatalog(key, { ...catalog, reader: "another version", records });
    await site.state.put(key, bytes, { contentType: "x" });
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-01-02T03:04:05Z"]);
  });

  test("is never before the post's date", async () => {
    const site = await world({ "posts/a.md": post({ updated: "2020-01-01" }) });
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-01-02T03:04:05Z"]);
  });

  test("of a feed never goes back, not even when its latest entry is removed", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ date: "2026-05-05T00:00:00Z" }) });
    await site.write("site.yaml", `${SITE}tombstones: 0\n`);
    await site.publish();
    await site.remove("posts/b.md");
    await site.publish();
    expect(await site.read("atom.xml")).toMatch(/^ {4}<updated>2026-05-05T00:00:00Z<\/updated>$/m);
  });
});
