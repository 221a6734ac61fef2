/** Ids and addresses that several posts claim: the older post holds them. */
import { describe, expect, test } from "vitest";
import { codes, post, SITE, type World, world } from "../../support/world.ts";

/** Ids by title. */
const idsByTitle = async (site: World): Promise<{ readonly [title: string]: string }> => {
  const items: { id: string; title: string }[] = JSON.parse(await site.read("feed.json")).items;
  return Object.fromEntries(items.map(({ id, title }) => [title, id]));
};

describe("an id or address", () => {
  test("that two new posts claim goes to the one with the earlier date", async () => {
    const site = await world({
      "posts/a.md": post({ slug: "same", date: "2026-01-02T02:00:00Z" }),
      "posts/b.md": post({ slug: "same", date: "2026-01-02T01:00:00Z" }),
      "posts/c.md": post({ id: "urn:x:1" }),
      "posts/d.md": post({ id: "urn:x:1" }),
    });
    const report = await site.publish();
    expect(report.problems.map(({ code, file, line, message }) => [code, `${file}:${line}`, message])).toEqual([
      ["url-taken", "posts/a.md:4", "the address https://example.com/2026/01/02/same/ is that of posts/b.md"],
      ["id-taken", "posts/d.md:4", "the id urn:x:1 is that of posts/c.md"],
    ]);
    expect(report.records).toMatchObject({ public: 2, conflicting: 2 });
  });

  test("stays with the older post, and the newer one waits until that is removed", async () => {
    const site = await world({ "posts/old.md": post({ title: "Old", slug: "same" }) });
    await site.publish();
    await site.write("posts/new.md", post({ title: "New", slug: "same" }, "New words.\n"));
    const report = await site.publish({ hints: ["posts/new.md"] });
    expect(report.records).toMatchObject({ public: 1, conflicting: 1 });
    expect(report.problems).toMatchObject([{ code: "url-taken", file: "posts/new.md" }]);
    expect(report.problems[0]?.message).toContain("posts/old.md");
    await site.remove("posts/old.md");
    await site.publish({ hints: ["posts/old.md"] });
    expect(JSON.parse(await site.read("feed.json")).items).toMatchObject([{ title: "New" }]);
  });

  test("stays with a post whose file is broken while others claim it", async () => {
    const site = await world({ "posts/a.md": post({ title: "A", id: "urn:x:1", url: "/a/" }, "words of a\n") });
    await site.publish();
    await site.write("posts/a.md", "---\ntitle: [broken\n---\n\nx\n");
    await site.write("posts/b.md", post({ title: "B", id: "urn:x:1" }, "words of b\n"));
    await site.write("posts/c.md", post({ title: "C", url: "/a/" }, "words of c\n"));
    expect((await site.publish()).records).toMatchObject({ broken: 1, conflicting: 2 });
    await site.write("posts/a.md", post({ title: "A", id: "urn:x:1", url: "/a/" }, "fixed\n"));
    await site.publish();
    expect(await idsByTitle(site)).toEqual({ A: "urn:x:1" });
  });

  test("that is taken makes the edited post a problem, whose last good entry stays", async () => {
    const site = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }) });
    await site.publish();
    await site.write("posts/b.md", post({ title: "B", slug: "a" }));
    expect(codes(await site.publish())).toEqual(["url-taken"]);
    expect(JSON.parse(await site.read("feed.json")).items).toHaveLength(2);
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("stays with the post that has it when an older post that claims it is read again", async () => {
    const twin = post({ title: "D", slug: "a" });
    const site = await world({ "posts/a.md": post({}), "posts/twin.md": twin }, `${SITE}tombstones: 0\n`);
    await site.publish();
    await site.remove("posts/a.md");
    await site.write("posts/c.md", post({}));
    await site.publish();
    await site.remove("posts/c.md");
    await site.write("posts/a.md", post({}));
    await site.publish();
    const before = await site.read("feed.json");
    await site.write("posts/twin.md", `${twin}\n\n`);
    await site.publish();
    await site.write("site.yaml", `${SITE}tombstones: 0\ntimezone: Asia/Shanghai\n`);
    await site.publish();
    expect(JSON.parse(await site.read("feed.json")).items).toEqual(JSON.parse(before).items);
  });
});
