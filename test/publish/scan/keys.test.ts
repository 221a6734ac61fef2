/** Which keys a run reads: the hinted ones, or all whose ETag changed. */
import { describe, expect, test } from "vitest";
import { post, putPaths, SITE, siteAndTags, world } from "../../support/world.ts";

describe("a run", () => {
  test("with hints reads only the hinted keys", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/b.md": post({}), "posts/c.md": post({}) });
    await site.publish();
    await site.write("posts/b.md", post({}, "Other words.\n"));
    const idle = await site.publish({ hints: ["posts/a.md", "media/x.jpg"] });
    expect(idle.put).toEqual([]);
    expect(idle.operations.content).toEqual({ list: 0, get: 2, put: 0, delete: 0 }); // site.yaml and the hinted post
    const report = await site.publish({ hints: ["posts/b.md"] });
    expect(putPaths(report)).toEqual(siteAndTags());
    expect(report.operations.content.list).toBe(0);
  });

  test("lists nothing when only the text of a post changed, or when its front matter gives its id", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ id: "urn:x:1" }) });
    await site.publish();
    const edit = async (key: string, text: string) => {
      await site.write(key, text);
      return (await site.publish({ hints: [key] })).operations.content.list;
    };
    expect(await edit("posts/a.md", post({}, "Other words.\n"))).toBe(0);
    expect(await edit("posts/b.md", post({ id: "urn:x:1", title: "Another" }, "Other words.\n"))).toBe(0);
    expect(await edit("posts/a.md", post({ title: "Another" }, "Quite others.\n"))).toBe(1);
  });

  test("ignores hints that are no valid keys", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    const report = await site.publish({ hints: ["posts//ghost.md", "../x.md", "posts/./b.md"] });
    expect(report.problems).toEqual([]);
    expect(report.operations.state.put).toBe(0);
    expect((await site.catalog()).records.map(({ key }) => key)).toEqual(["posts/a.md"]);
  });

  test("takes nothing that npm or Bundler installed for a post, whatever the globs", async () => {
    const site = await world({
      "site.yaml": `${SITE}posts: ["**"]\n`,
      "a.md": post({}),
      "node_modules/some/README.md": "Not dated.\n",
      "vendor/bundle/ruby/3.1.0/gems/some/_posts/2020-01-01-a.md": post({}),
    });
    const report = await site.publish();
    expect(report.problems).toEqual([]);
    expect((await site.catalog()).records.map(({ key }) => key)).toEqual(["a.md"]);
  });

  test("does not publish a key that the globs of site.yaml exclude, hinted or not", async () => {
    const site = await world({ "posts/a.md": post({ title: "A" }), "posts/old/b.md": post({ title: "B" }) });
    const siteYaml = "title: T\nurl: https://example.com/\nsince: 2020\nposts: ['posts/*']\n";
    await site.publish();
    await site.write("site.yaml", siteYaml);
    await site.publish();
    await site.write("posts/old/b.md", post({ title: "B, edited" }));
    await site.publish({ hints: ["posts/old/b.md"] });
    expect(await site.read("rss.xml")).not.toContain("<title>B");
  });

  test("reads every post again when the time zone or the globs of site.yaml change", async () => {
    const site = await world({
      "posts/a.md": post({}),
      "posts/b.md": post({}),
      "posts/c.md": post({ date: "2026-01-02 10:00" }),
    });
    await site.publish();
    await site.write("site.yaml", `${SITE}timezone: Asia/Shanghai\n`);
    await site.publish({ hints: ["site.yaml"] });
    const item = JSON.parse(await site.read("feed.json")).items.find(({ id }: { id: string }) => id.endsWith("/c"));
    expect(item).toMatchObject({ date_published: "2026-01-02T02:00:00Z", date_modified: "2026-01-02T10:00:00Z" });
    await site.write("site.yaml", `${SITE}posts: [posts/a.md]\n`);
    await site.publish();
    expect(JSON.parse(await site.read("feed.json")).items).toHaveLength(1);
  });

  test("reads posts again once after a change of the time zone, not in every run", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    await site.write("site.yaml", `${SITE}timezone: Europe/Berlin\n`);
    await site.publish();
    expect((await site.publish({ hints: [] })).operations.content).toEqual({ list: 0, get: 1, put: 0, delete: 0 });
  });
});
