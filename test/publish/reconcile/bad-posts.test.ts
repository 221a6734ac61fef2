/** Posts that cannot be read or rendered: a problem each, and their last good entry stays. */
import { describe, expect, test } from "vitest";
import { type Store, StoreUnreadable } from "../../../lib/stores/store.ts";
import { whenRendered } from "../../support/rendering.ts";
import { codes, ids, post, SITE, world } from "../../support/world.ts";

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
    expect(codes(report)).toEqual(["too-slow"]);
    expect(await site.read("rss.xml")).toContain("Good");
  });

  test("that is fixed while its rendering fails is published in its fixed form", async () => {
    const site = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }, "bad\n") });
    const report = await site.publish({
      timeLimit: whenRendered(async ({ html }) => {
        if (!html.includes("bad")) return;
        await site.write("posts/b.md", post({ title: "B" }, "fixed\n"));
        throw new Error("no");
      }),
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

/** Each as a full run sees it, and as one with hints does. */
const TRIGGERS = [{ hints: undefined }, { hints: ["posts/a.md"] }];

describe("a post that was public and breaks", () => {
  const secret = (front: string) => `---\ntitle: Secret\ndate: 2026-01-02T03:04:05Z\n${front}\n---\nSecret words.\n`;

  async function edited(text: string | Uint8Array, hints: readonly string[] | undefined) {
    const site = await world({ "posts/a.md": secret(""), "posts/b.md": post({}) }, `${SITE}tombstones: 0\n`);
    await site.publish();
    const before = await site.dump(site.public);
    const body = typeof text === "string" ? new TextEncoder().encode(text) : text;
    await site.content.put("posts/a.md", body, { contentType: "text/markdown" });
    const report = await site.publish({ hints });
    const after = await site.dump(site.public);
    return { site, report, before, after, isShown: JSON.stringify(after).includes("Secret") };
  }

  describe.each(TRIGGERS)("with hints $hints", ({ hints }) => {
    test.each([
      ["YAML that cannot be read", secret("draft: true\ntags: [a"), "front-matter-yaml"],
      ["TOML that cannot be read", "+++\ntitle = \ndraft = true\n+++\nSecret\n", "front-matter-toml"],
      ["JSON that cannot be read", '{\n  "title": Secret,\n  "draft": true\n}\nSecret\n', "front-matter-json"],
      ["no closing fence", "---\ntitle: Secret\ndraft: true\n\nSecret\n", "front-matter-open"],
      ["no fences", "title: Secret\ndraft: true\n\nSecret\n", "front-matter-missing"],
      [
        "a byte that is no UTF-8",
        new Uint8Array([...new TextEncoder().encode(secret("draft: true")), 0xff]),
        "encoding",
      ],
      ["a date that cannot be read", "---\ntitle: Secret\ndate: soon\ndraft: true\n---\nSecret\n", "date-unreadable"],
      ["a bad permalink", secret("draft: true\npermalink: 'http://['"), "permalink-unusable"],
      ["a password instead of draft", secret("password: x\ntags: [a"), "front-matter-yaml"],
      ["text that cannot be rendered", `${secret("draft: true")}${"> ".repeat(20_000)}deep\n`, undefined],
      ["a template that is not known", `${secret("draft: true")}{% none %}\n`, undefined],
    ])("is in no document when its file says draft beside %s", async (_, text, code) => {
      const { report, isShown } = await edited(text, hints);
      expect(isShown).toBe(false);
      expect(codes(report)).toEqual(code === undefined ? [] : [code]);
      expect(report.records).toMatchObject({ public: 1, hidden: 1, broken: 0 });
    });

    test.each([
      ["is emptied", "", "empty"],
      ["holds white space alone", "\ufeff \r\n\n", "empty"],
      ["is cut in the front matter", "---\ntitle: Secr", "front-matter-open"],
      ["names draft in its text only", `${secret("tags: [a")}draft: true\n`, "front-matter-yaml"],
    ])("keeps its last good entry when its file %s", async (_, text, code) => {
      const { report, before, after } = await edited(text, hints);
      expect(after).toEqual(before);
      expect(codes(report)).toEqual([code]);
    });
  });

  test("keeps its last good entry when a file is emptied whose name gives its date", async () => {
    const site = await world(
      { "_posts/2026-01-05-a.md": "---\ntitle: Good\n---\nGood words.\n" },
      `${SITE}fileDates: true\n`,
    );
    await site.publish();
    const before = await site.dump(site.public);
    await site.write("_posts/2026-01-05-a.md", "");
    expect(codes(await site.publish())).toEqual(["empty"]);
    expect(await site.dump(site.public)).toEqual(before);
  });

  test("is public again, with its id, when it is fixed", async () => {
    const { site, before } = await edited(secret("draft: true\ntags: [a"), undefined);
    await site.write("posts/a.md", secret(""));
    await site.publish();
    expect(ids(await site.read("feed.json"))).toEqual(ids(before["feed.json"] ?? ""));
  });

  test.each([
    ["it expires in the past", "expires: 2026-05-01\ntags: [a", "the expiry 2026-05-01"],
    ["it is dated in the future", "publishDate: 2026-07-01\ntags: [a", "the date 2026-07-01"],
  ])("is in no document when its file says that %s, and its problem says why", async (_, front, why) => {
    const { report, isShown } = await edited(secret(front), undefined);
    expect(isShown).toBe(false);
    expect(report.records).toMatchObject({ public: 1, broken: 1 });
    expect(report.problems[0]?.message).toContain(why);
  });

  test("leaves when the time comes at which its file says that it expires", async () => {
    const { site, isShown, report } = await edited(secret("expires: 2026-06-02\ntags: [a"), undefined);
    expect([isShown, report.due]).toEqual([true, "2026-06-02T00:00:00Z"]);
    await site.publish({ hints: [], now: new Date("2026-06-02T00:00:00Z") });
    expect(JSON.stringify(await site.dump(site.public))).not.toContain("Secret");
  });
});
