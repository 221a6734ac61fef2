/** Posts that cannot be read or rendered: a problem each, and their last good entry stays. */
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../../lib/content/entry.ts";
import { type Store, StoreUnreadable } from "../../../lib/stores/store.ts";
import { codes, ids, post, world } from "../../support/world.ts";

/** More posts than are read at once. */
const MANY = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => [`posts/${i}.md`, post({ title: `Post ${i}`, tags: `[t${i}]` }, `${i}\n`)]),
);

describe("a bad post", () => {
  test("is reported as a problem, and other posts are published", async () => {
    const site = await world({ "posts/bad.md": "---\ntitle: [\n---\n", "posts/good.md": post({}) });
    const report = await site.publish();
    expect(report.problems).toMatchObject([{ code: "front-matter-yaml", file: "posts/bad.md", severity: "error" }]);
    expect(report.records).toMatchObject({ public: 1, broken: 1 });
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:posts/good"]);
    expect(codes(await site.publish())).toEqual(["front-matter-yaml"]);
  });

  test("keeps its last good entry, and is published as before when it is fixed", async () => {
    const site = await world({ "posts/a.md": post({ title: "Good", tags: "x" }), "posts/b.md": post({}) });
    await site.publish();
    const good = await site.dump(site.public);
    await site.write("posts/a.md", "---\ntitle: Good\ndate: soon\n---\n");
    const broken = await site.publish();
    expect(codes(broken)).toEqual(["date-unreadable"]);
    expect(broken.records).toMatchObject({ broken: 1 });
    expect(await site.dump(site.public)).toEqual(good);

    await site.write("posts/b.md", post({}, "Other words.\n"));
    expect(codes(await site.publish())).toEqual(["date-unreadable"]);
    expect(await site.read("rss.xml")).toContain("Good");

    await site.write("posts/a.md", post({ title: "Good", tags: "x" }));
    await site.publish();
    expect(await site.read("tags/x/atom.xml")).toEqual(good["tags/x/atom.xml"]);
  });

  test("is in no document when its last good entry was lost, and comes back when it is fixed", async () => {
    const site = await world({ "posts/a.md": post({ title: "Good" }), "posts/b.md": post({}) });
    await site.publish();
    await site.write("posts/a.md", "---\ntitle: Good\ndate: soon\n---\n");
    await site.publish();
    for (const key of Object.keys(await site.dump(site.state))) {
      if (key.startsWith("entries/")) await site.state.delete(key);
    }
    await site.write("posts/b.md", post({}, "Other words.\n"));
    expect(codes(await site.publish())).toEqual(["date-unreadable"]);
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:posts/b"]);
    await site.write("posts/a.md", post({ title: "Good" }));
    await site.publish();
    expect(ids(await site.read("feed.json"))).toContain("tag:example.com,2020:posts/a");
  });

  test("that was a draft before it broke is not published", async () => {
    const site = await world({ "posts/a.md": post({ title: "Secret" }), "posts/b.md": post({}) });
    await site.publish();
    await site.write("posts/a.md", post({ title: "Secret", draft: "true" }));
    await site.publish();
    await site.write("posts/a.md", "---\ntitle: Secret\ndate: soon\n---\n");
    await site.publish({ force: true });
    expect(Object.values(await site.dump(site.public)).join("")).not.toContain("Secret");
  });

  test("that cannot be rendered is a problem, and its last good entry stays", async () => {
    const site = await world({ "posts/a.md": post({ title: "Good" }), "posts/b.md": post({}) });
    await site.publish();
    await site.write("posts/a.md", post({ title: "Deep" }, `${"> ".repeat(20_000)}deep\n`));
    const report = await site.publish();
    expect(codes(report)).toEqual(["unrenderable"]);
    expect(await site.read("rss.xml")).toContain("Good");
  });

  test("that is fixed while its rendering fails is published in its fixed form", async () => {
    const site = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }, "bad\n") });
    const report = await site.publish({
      renderEntry: async (read) => {
        if (!read.markdown.includes("bad")) return renderEntry(read);
        await site.write("posts/b.md", post({ title: "B" }, "fixed\n"));
        throw new Error("no");
      },
    });
    expect(report.problems).toEqual([]);
    expect(await site.read("feed.json")).toContain("fixed");
  });

  test("that is listed but cannot be read is a problem, and its last good entry stays", async () => {
    const site = await world({ "posts/a.md": post({ title: "Good" }) });
    await site.publish();
    await site.write("posts/a.md", post({ title: "Better" }));
    const content: Store = {
      ...site.content,
      get(key, known) {
        if (key.endsWith("a.md")) throw new StoreUnreadable("content", "get", key, "permission denied");
        return site.content.get(key, known);
      },
    };
    const report = await site.publish({ content });
    expect(codes(report)).toEqual(["unreadable"]);
    expect(await site.read("rss.xml")).toContain("Good");
  });

  test("that is a broken symbolic link does not stop the others", async () => {
    const site = await world(MANY);
    const content: typeof site.content = {
      ...site.content,
      async *list(prefix) {
        for await (const info of site.content.list(prefix)) yield info;
        yield { key: "posts/zz.md", etag: "dead", size: 0 };
      },
      get(key, known) {
        if (key === "posts/zz.md") throw new StoreUnreadable("content", "get", key, "a symbolic link leads nowhere");
        return site.content.get(key, known);
      },
    };
    const report = await site.publish({ content });
    expect(report.refused).toBeUndefined();
    expect(report.records).toMatchObject({ public: 40, broken: 1 });
  });
});
