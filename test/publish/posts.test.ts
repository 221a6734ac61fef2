/** What a post says of itself, and what that does: kept back, translated, in full or in short, dated by its file. */
import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderStore } from "../../lib/stores/folder.ts";
import type { Store } from "../../lib/stores/store.ts";
import { ids, memoryStores, post, putPaths, SITE, siteAndTags, wholeSite, world } from "../support/world.ts";

/** Nothing is told of posts that are gone. */
const QUIET = `${SITE}tombstones: 0\n`;

describe("posts that are kept back", () => {
  test("are counted, each with its reason", async () => {
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

  test("by a new rule of the site leave every document, and come back as what they were", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }), "posts/b.md": post({}) }, QUIET);
    await site.publish();
    const before = await site.dump(site.public);
    await site.write("site.yaml", `${QUIET}exclude: { paths: ["posts/a.md"] }\n`);
    await site.publish();
    expect(await site.paths()).toEqual(wholeSite());
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:posts/b"]);
    await site.write("site.yaml", QUIET);
    await site.publish();
    expect(await site.dump(site.public)).toEqual(before);
  });
});

describe("translations of a post", () => {
  const LANGUAGES = `${SITE}languages: [en, zh]\n`;

  test("count once in a window: the one in the site's language, else the first that was published", async () => {
    const site = await world(
      {
        "posts/hello.md": post({ title: "Hello" }),
        "posts/hello.zh.md": post({ title: "你好", tags: "短视频" }),
        "posts/a.md": post({ lang: "zh", translationKey: "two" }),
        "posts/b.md": post({ translationKey: "two" }),
        "posts/zh/only.md": post({ date: "2026-01-01", tags: "短视频" }),
      },
      LANGUAGES,
    );
    const report = await site.publish();
    expect(report.problems).toEqual([]);
    expect(report.records.public).toBe(5);
    expect(ids(await site.read("feed.json"))).toEqual(
      ["b", "hello", "zh/only"].map((key) => `tag:example.com,2020:posts/${key}`),
    );
    expect(ids(await site.read("tags/短视频/feed.json"))).toEqual(
      ["hello.zh", "zh/only"].map((key) => `tag:example.com,2020:posts/${key}`),
    );
  });

  test("stand in for one that is not there", async () => {
    const site = await world({ "posts/hello.md": post({}), "posts/hello.zh.md": post({}) }, LANGUAGES);
    await site.publish();
    await site.remove("posts/hello.md");
    await site.publish();
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:posts/hello.zh"]);
  });
});

describe("the content of a feed", () => {
  const jsonOf = async (site: Awaited<ReturnType<typeof world>>, path: string) =>
    JSON.parse(await site.read(path)).items;
  const body = "First words.\n\nAnd the rest.\n";

  test("is the whole text, or the summary where site, channel or post say so; the post has the last word", async () => {
    const posts = {
      "posts/a.md": post({ tags: "x" }, body),
      "posts/b.md": post({ tags: "x", content: "full", date: "2026-01-01" }, body),
      "posts/c.md": post({ tags: "x", content: "summary", date: "2025-01-01" }, body),
    };
    const site = await world(posts);
    const shown = async (path: string) =>
      (await jsonOf(site, path)).map((item: object) => ("content_html" in item ? "full" : "summary"));
    await site.publish();
    expect(await shown("feed.json")).toEqual(["full", "full", "summary"]);
    await site.write("site.yaml", SITE.replace("kinds: {", "kinds: { tags: { content: summary },"));
    const report = await site.publish();
    expect(putPaths(report)).toEqual(siteAndTags("x").filter((path) => path.startsWith("tags/")));
    expect(await shown("feed.json")).toEqual(["full", "full", "summary"]);
    expect(await shown("tags/x/feed.json")).toEqual(["summary", "full", "summary"]);
    await site.write("site.yaml", `${SITE.replace("kinds: {", "kinds: { tags: { content: full },")}content: summary\n`);
    await site.publish();
    expect(await shown("feed.json")).toEqual(["summary", "full", "summary"]);
    expect(await shown("tags/x/feed.json")).toEqual(["full", "full", "summary"]);
  });

  test("as a summary is in every format what the post says of itself, and no more", async () => {
    const site = await world({ "posts/a.md": post({}, body) }, `${SITE}content: summary\n`);
    await site.publish();
    const documents = await site.dump(site.public);
    for (const [path, text] of Object.entries(documents)) {
      if (siteAndTags().includes(path)) expect(text).toContain("First words.");
      expect(text).not.toContain("And the rest.");
    }
    expect(documents["atom.xml"]).not.toContain("<content");
    expect(documents["rss.xml"]).not.toContain("<content:encoded");
    expect((await jsonOf(site, "feed.json"))[0]).toMatchObject({ content_text: "First words." });
  });

  test("of a link post names the page it is about, beside its own address", async () => {
    const site = await world({ "posts/a.md": post({ external_url: "https://other.example/a?b=1&c=2" }) });
    await site.publish();
    expect((await jsonOf(site, "feed.json"))[0]).toMatchObject({
      url: "https://example.com/2026/01/02/a/",
      external_url: "https://other.example/a?b=1&c=2",
    });
    expect(await site.read("atom.xml")).toContain('<link rel="related" href="https://other.example/a?b=1&amp;c=2"/>');
  });
});

describe("a post that is dated by its file", () => {
  test("keeps that date when the file is renamed, and what takes its place has one of its own", async () => {
    const stores = memoryStores();
    const times = new Map<string, string>();
    const content: Store = {
      ...stores.content,
      async get(key, known) {
        const object = await stores.content.get(key, known);
        return typeof object === "object" ? { ...object, modified: times.get(key) ?? "2020-01-01T00:00:00Z" } : object;
      },
    };
    for (const permalink of ["/:title/", "/:year/:month/:title/"]) {
      for (const hints of [undefined, ["posts/b.md"], ["posts/a.md"]]) {
        const site = await world({}, `${SITE}fileDates: true\npermalink: ${permalink}\n`, {
          ...memoryStores(),
          content,
        });
        const write = async (key: string, text: string, modified: string) => {
          times.set(key, modified);
          await site.write(key, text);
        };
        await write("posts/a.md", "---\ntitle: A\n---\n\nwords\n", "2026-02-02T00:00:00Z");
        await site.remove("posts/b.md");
        await site.publish();
        const items = async (): Promise<readonly { id: string; title: string; date_published: string }[]> =>
          JSON.parse(await site.read("feed.json")).items;
        const dates = async () => (await items()).map(({ id, title, date_published }) => [title, id, date_published]);
        const [before] = await dates();
        await write("posts/a.md", "---\ntitle: New\n---\n\nothers\n", "2026-05-30T00:00:00Z");
        await write("posts/b.md", "---\ntitle: A\n---\n\nwords\n", "2026-05-31T00:00:00Z");
        await site.publish({ hints });
        const after = [["New", "tag:example.com,2020:posts/a-2", "2026-05-30T00:00:00Z"], before];
        expect(await dates()).toEqual(after);
        await site.write("site.yaml", `${SITE}fileDates: true\nlanguage: fr\npermalink: ${permalink}\n`);
        await site.publish(); // reads every post anew
        expect(await dates()).toEqual(after);
      }
    }
  });

  test("keeps that date when the file is written again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "dripfeed-"));
    try {
      const site = await world({}, `${SITE}fileDates: true\n`);
      const content = folderStore(folder);
      const write = (key: string, text: string) =>
        content.put(key, new TextEncoder().encode(text), { contentType: "text/plain" });
      await write("site.yaml", `${SITE}fileDates: true\n`);
      await write("posts/a.md", "---\ntags: []\n---\n# Hello\n");
      await utimes(join(folder, "posts/a.md"), new Date("2024-05-06T07:08:09Z"), new Date("2024-05-06T07:08:09Z"));
      await site.publish({ content });
      const shown = async () => JSON.parse(await site.read("feed.json")).items[0];
      const first = { url: "https://example.com/2024/05/06/a/", date_published: "2024-05-06T07:08:09Z" };
      expect(await shown()).toMatchObject(first);
      await write("posts/a.md", "---\ntags: []\n---\n# Hello\n\nagain\n");
      await site.publish({ content });
      expect(await shown()).toMatchObject({ ...first, content_html: expect.stringContaining("again") });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
