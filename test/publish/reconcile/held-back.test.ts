/** Posts that are held back: drafts, hidden, protected and future posts, and what site.yaml excludes. */
import { describe, expect, test } from "vitest";
import { shown } from "../../support/author.ts";
import { ids, post, SITE, wholeSite, world } from "../../support/world.ts";

/** Without tombstones a post that is held back leaves no trace in documents. */
const WITHOUT_TOMBSTONES = `${SITE}tombstones: 0\n`;

describe("held-back posts", () => {
  test.each([
    ["a draft", post({ title: "Secret", tags: "secret", draft: "true" })],
    ["an unpublished post", post({ title: "Secret", tags: "secret", published: "false" })],
    ["a hidden post", post({ title: "Secret", tags: "secret", hidden: "true" })],
    ["a locked post", post({ title: "Secret", tags: "secret", password: "1234" })],
    ["a future post", post({ title: "Secret", tags: "secret", date: "2026-06-01T12:00:01Z" })],
  ])("%s is in no document", async (_, text) => {
    const site = await world({ "posts/secret.md": text, "posts/b.md": post({}) });
    await site.publish();
    expect(await site.paths()).toEqual(wholeSite());
    expect(JSON.stringify(await site.dump(site.public))).not.toMatch(/secret/i);
  });

  test("files whose name or folder starts with _ or . are hidden, and files that are not Markdown are ignored", async () => {
    const hidden = ["posts/_draft.md", "posts/_drafts/a.md", "posts/.a.md", "posts/a.txt", "notes/a.md", "README.md"];
    const site = await world(Object.fromEntries(hidden.map((key) => [key, post({})])));
    await site.write("_posts/2024-01-05-hello.md", "---\ntitle: Jekyll\n---\nHello.\n");
    const report = await site.publish();
    expect(report.records).toMatchObject({ public: 1, hidden: 3, broken: 0 });
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:_posts/2024-01-05-hello"]);
  });

  test("are counted by their reason", async () => {
    const site = await world(
      {
        "posts/a.md": post({}),
        "posts/b.md": post({ draft: "true" }),
        "posts/c.md": "---\ntitle: Not yet dated\ndraft: true\n---\n",
        "posts/d.md": post({ password: "x" }),
        "posts/e.md": post({ tags: "private" }),
        "posts/f.md": post({ unlisted: "true" }),
        "posts/_drafts/g.md": "not even front matter",
        "posts/h.md": post({ date: "2027-01-01" }),
        "posts/i.md": post({ expiryDate: "2026-02-01" }),
      },
      `${SITE}exclude: { tags: [private] }\n`,
    );
    const report = await site.publish();
    expect(report.records).toMatchObject({ public: 1, hidden: 6, future: 1, expired: 1, broken: 0 });
    expect(report.heldBack).toEqual({ draft: 3, password: 1, excluded: 1, hidden: 1 });
    expect(report.problems).toEqual([]);
  });

  test("by a new rule in site.yaml leave every document, and come back unchanged when it is removed", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }), "posts/b.md": post({}) }, WITHOUT_TOMBSTONES);
    await site.publish();
    const before = await site.dump(site.public);
    await site.write("site.yaml", `${WITHOUT_TOMBSTONES}exclude: { paths: ["posts/a.md"] }\n`);
    await site.publish();
    expect(await site.paths()).toEqual(wholeSite());
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:posts/b"]);
    await site.write("site.yaml", WITHOUT_TOMBSTONES);
    await site.publish();
    expect(await site.dump(site.public)).toEqual(before);
  });

  test("are in no document, even if the trigger is late and the post would move up into the window", async () => {
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
});
