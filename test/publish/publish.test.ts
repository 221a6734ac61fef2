/** One run, and the runs after it: what is written, what is not, and what readers get. */
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../lib/content/entry.ts";
import { encodeCatalog } from "../../lib/state/catalog.ts";
import { type Store, StoreError, StoreUnreadable } from "../../lib/stores/store.ts";
import { codes, ids, NOW, post, putPaths, SITE, siteAndTags, type World, wholeSite, world } from "../support/world.ts";

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

  test("gives documents their type and the site's cache policy", async () => {
    const site = await world({ "posts/a.md": post({}) }, `${SITE}cacheControl: public, max-age=60\n`);
    await site.publish();
    const kinds = await Promise.all(["rss.xml", "atom.xml", "feed.json"].map((path) => site.public.get(path)));
    expect(kinds).toMatchObject([
      { contentType: "application/rss+xml; charset=utf-8", cacheControl: "public, max-age=60" },
      { contentType: "application/xml; charset=utf-8", cacheControl: "public, max-age=60" },
      { contentType: "application/json; charset=utf-8", cacheControl: "public, max-age=60" },
    ]);
  });

  test("ends with a head that names the catalog, no lease, and all that changed in the outbox", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/later.md": post({ date: "2030-01-01T00:00:00Z" }) });
    await site.publish();
    const { lease, catalog, outbox } = await site.head();
    expect(lease).toBeUndefined();
    expect(catalog).toMatch(/^catalogs\/run-\d+\.catalog$/);
    expect({ ...outbox, paths: outbox.paths.toSorted() }).toEqual({ paths: wholeSite(), due: "2030-01-01T00:00:00Z" });
  });

  test("over the same content gives the same bytes, whatever the order of files and the name of the run", async () => {
    const posts = { "posts/a.md": post({ tags: "x" }), "posts/b.md": post({ tags: "x" }), "posts/c.md": post({}) };
    const one = await world(posts);
    const other = await world(Object.fromEntries(Object.entries(posts).reverse()));
    await one.publish();
    await other.publish({ run: "another", clock: { ...one.clock, now: () => new Date("2031-01-01T00:00:00Z") } });
    expect(await one.dump(one.public)).toEqual(await other.dump(other.public));
  });

  test("counts what it asks of each store", async () => {
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
    expect(report.operations.public).toEqual({ list: 1, get: 0, put: 0, delete: 0 }); // has anything drifted?
    expect(report.operations.state).toMatchObject({ put: 0, delete: 0 });
  });

  test("after a touch without a change writes nothing", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    await site.write("posts/a.md", post({}).replaceAll("\n", "\r\n")); // another ETag, the same words
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("after an edit puts exactly the documents that carry the post, and the head", async () => {
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

  test("lets a future post in when its time has come, found by its due time alone", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ date: "2026-06-02T00:00:00Z" }) });
    const first = await site.publish();
    expect(first.records).toMatchObject({ public: 1, future: 1 });
    expect(first.due).toBe("2026-06-02T00:00:00Z");
    const later = await site.publish({ now: new Date("2026-06-02T00:00:00Z"), hints: [] });
    expect(later.records).toMatchObject({ public: 2, future: 0 });
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:posts/b", "tag:example.com,2020:posts/a"]);
  });

  test("notes a post that no document shows yet, so that its time is not forgotten", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    await site.write("posts/b.md", post({ date: "2026-06-02T00:00:00Z" }));
    const noted = await site.publish({ hints: ["posts/b.md"] });
    expect(noted.put).toEqual([]);
    expect(noted.due).toBe("2026-06-02T00:00:00Z");
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
    await site.publish({ now: new Date("2026-06-02T00:00:00Z"), hints: [] });
    expect(ids(await site.read("feed.json"))).toHaveLength(2);
  });

  test("with hints looks at the hinted keys alone", async () => {
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

  test("lists nothing for an edit of words, nor for a post that says who it is", async () => {
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

  test("takes a hint that nobody can read for none, unless it is a post's", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    const report = await site.publish({ hints: ["posts//ghost.md", "../x.md", "posts/./b.md"] });
    expect(report.problems).toEqual([]);
    expect(report.operations.state.put).toBe(0);
    expect((await site.catalog()).records.map(({ key }) => key)).toEqual(["posts/a.md"]);
  });

  test("puts every document again when the site's own words change", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.publish();
    await site.write("site.yaml", SITE.replace("Field notes", "Other notes"));
    expect(putPaths(await site.publish({ hints: ["site.yaml"] }))).toEqual(wholeSite("x"));
    expect(await site.read("rss.xml")).toContain("<title>Other notes</title>");
  });
});

describe("a bad post", () => {
  test("is a problem with its line, and never stops a good one", async () => {
    const site = await world({ "posts/bad.md": "---\ntitle: [\n---\n", "posts/good.md": post({}) });
    const report = await site.publish();
    expect(report.problems).toMatchObject([{ code: "front-matter-yaml", file: "posts/bad.md", severity: "error" }]);
    expect(report.records).toMatchObject({ public: 1, broken: 1 });
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:posts/good"]);
    expect(codes(await site.publish())).toEqual(["front-matter-yaml"]);
  });

  test("never removes its own last good entry, and comes back as what it was", async () => {
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

  test("whose last good entry is lost leaves, and comes back when it is fixed", async () => {
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

  test("that was a draft when it broke stays out", async () => {
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

  test("that is fixed while its rendering fails is published as it is by now", async () => {
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
});

describe("a bad site.yaml", () => {
  test("publishes nothing and says so", async () => {
    const site = await world({ "posts/a.md": post({}) }, "titel: x\n");
    const report = await site.publish();
    expect(report.refused).toMatchObject({ code: "site-unusable" });
    expect(report.problems.length).toBeGreaterThan(2);
    expect(await site.paths()).toEqual([]);
    expect(await site.dump(site.state)).toEqual({});
  });

  test("keeps ids as they are when since or the domain changes", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    await site.write(
      "site.yaml",
      SITE.replace("2020", "2021").replace("url: https://example.com", "url: https://other.org"),
    );
    const report = await site.publish();
    expect(codes(report)).toEqual(["site-since"]);
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:posts/a"]);
    const atom = await site.read("atom.xml");
    expect(atom).toContain("https://other.org/2026/01/02/a/");
    expect(atom).toContain("<id>tag:example.com,2020:feeds:site</id>");
    expect(atom).not.toContain(NOW.toISOString().slice(0, 10)); // nothing was updated today
  });
});

describe("hidden posts", () => {
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

  test("keys that start with _ or . are hidden, and files that are no Markdown are nobody's", async () => {
    const hidden = ["posts/_draft.md", "posts/_drafts/a.md", "posts/.a.md", "posts/a.txt", "notes/a.md", "README.md"];
    const site = await world(Object.fromEntries(hidden.map((key) => [key, post({})])));
    await site.write("_posts/2024-01-05-hello.md", "---\ntitle: Jekyll\n---\nHello.\n");
    const report = await site.publish();
    expect(report.records).toMatchObject({ public: 1, hidden: 3, broken: 0 });
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:_posts/2024-01-05-hello"]);
  });
});

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

  const updatedOf = async (site: Awaited<ReturnType<typeof world>>, path = "feed.json") =>
    JSON.parse(await site.read(path)).items.map(({ date_modified }: { date_modified: string }) => date_modified);

  test("is the post's own date at the first run, and the day of a later first publication", async () => {
    const site = await world({ "posts/a.md": post({ date: "2020-05-05T00:00:00Z" }) });
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2020-05-05T00:00:00Z"]);
    await site.write("posts/b.md", post({ date: "2020-06-06T00:00:00Z" }));
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-06-01T12:00:00Z", "2020-05-05T00:00:00Z"]);
  });

  test("moves when what the author wrote moves, and only then", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    await site.write("posts/a.md", post({ tags: "new", description: "new", slug: "new" }));
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-01-02T03:04:05Z"]);
    await site.write("posts/a.md", post({ tags: "new" }, "Other words.\n"));
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-06-01T12:00:00Z"]);
  });

  test("is the author's where the author gives it", async () => {
    const site = await world({ "posts/a.md": post({ updated: "2026-02-02" }) });
    await site.publish();
    await site.write("posts/a.md", post({ updated: "2026-02-03" }, "Other words.\n"));
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-02-03T00:00:00Z"]);
  });

  test("stays when the same file is only read otherwise than before", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    const { catalog: key = "" } = await site.head();
    const catalog = await site.catalog();
    const records = catalog.records.map((record) => {
      return record.facts ? { ...record, facts: { ...record.facts, sourceDigest: "of another version" } } : record;
    });
    await site.state.put(key, encodeCatalog({ ...catalog, reading: "another version", records }), { contentType: "x" });
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-01-02T03:04:05Z"]);
  });

  test("is never before the date", async () => {
    const site = await world({ "posts/a.md": post({ updated: "2020-01-01" }) });
    await site.publish();
    expect(await updatedOf(site)).toEqual(["2026-01-02T03:04:05Z"]);
  });

  test("of a feed never falls, not even when its latest entry goes", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ date: "2026-05-05T00:00:00Z" }) });
    await site.write("site.yaml", `${SITE}tombstones: 0\n`);
    await site.publish();
    await site.remove("posts/b.md");
    await site.publish();
    expect(await site.read("atom.xml")).toMatch(/^ {4}<updated>2026-05-05T00:00:00Z<\/updated>$/m);
  });
});

describe("ids", () => {
  test("stay when a post is rewritten, retagged, moved to another address, or gone for a while", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/b.md": post({}) });
    await site.publish();
    const before = ids(await site.read("feed.json"));
    await site.write("posts/a.md", post({ title: "Other", slug: "other", tags: "x" }, "Other words.\n"));
    await site.remove("posts/b.md");
    await site.publish();
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:posts/a"]);
    await site.write("posts/b.md", post({}, "Back again.\n"));
    await site.publish();
    expect(ids(await site.read("feed.json"))).toEqual(before);
  });

  test("stay when a file is renamed, and the file that takes its old name gets another", async () => {
    const site = await world({ "posts/a.md": post({}, "First.\n"), "posts/b.md": post({}) });
    await site.publish();
    await site.remove("posts/a.md");
    await site.write("posts/renamed.md", post({}, "First.\n"));
    await site.publish();
    expect(ids(await site.read("feed.json")).toSorted()).toEqual([
      "tag:example.com,2020:posts/a",
      "tag:example.com,2020:posts/b",
    ]);
    await site.write("posts/a.md", post({}, "Another.\n"));
    await site.publish();
    expect(ids(await site.read("feed.json")).toSorted()).toEqual([
      ...["tag:example.com,2020:posts/a", "tag:example.com,2020:posts/a-2", "tag:example.com,2020:posts/b"],
    ]);
  });

  test("are the author's where given, byte for byte, in every format", async () => {
    const id = "urn:uuid:1225c695-CFB8-4ebb-aaaa-80da344efa6a?a=1&b=%E6";
    const site = await world({ "posts/a.md": post({ id }), "posts/b.md": post({ guid: "42" }) });
    await site.publish();
    expect(ids(await site.read("feed.json")).toSorted()).toEqual(["tag:example.com,2020:id:42", id]);
    expect(await site.read("atom.xml")).toContain(`<id>${id.replace("&", "&amp;")}</id>`);
    expect(await site.read("rss.xml")).toContain(`<guid isPermaLink="false">${id.replace("&", "&amp;")}</guid>`);
  });

  test("stay when a file is renamed and its text fixed at once, since title and date are the same", async () => {
    const text = (words: string) => post({ title: "A long walk", date: "2026-01-02 10:11:12" }, words);
    for (const hints of [undefined, ["posts/b.md"], ["posts/a.md"]]) {
      const site = await world({ "posts/a.md": text("Some words.\n"), "posts/c.md": post({ title: "Other" }) });
      await site.publish();
      await site.remove("posts/a.md");
      await site.write("posts/b.md", text("Some better words.\n"));
      await site.publish({ hints });
      await site.publish();
      expect(ids(await site.read("feed.json"))).toContain("tag:example.com,2020:posts/a");
      expect(ids(await site.read("feed.json"))).toHaveLength(2);
    }
  });

  /** By title. */
  const idOf = async (site: World): Promise<{ readonly [title: string]: string }> => {
    const items: { id: string; title: string }[] = JSON.parse(await site.read("feed.json")).items;
    return Object.fromEntries(items.map(({ id, title }) => [title, id]));
  };
  const FIRST = "tag:example.com,2020:posts/a";

  test("stay when another post takes a renamed one's place, whichever trigger rings first", async () => {
    for (const triggers of [
      ["posts/a.md"],
      ["posts/b.md"],
      ["posts/a.md", "posts/b.md"],
      ["posts/b.md", "posts/a.md"],
    ]) {
      for (const front of [{ date: "2026-05-05" }, { date: "2026-05-05", draft: "true" }]) {
        const site = await world({ "posts/a.md": post({ title: "Old" }, "Old words\n") });
        await site.publish();
        await site.write("posts/b.md", post({ title: "Old" }, "Old words\n"));
        await site.write("posts/a.md", post({ title: "New", ...front }, "New words\n"));
        for (const trigger of triggers) await site.publish({ hints: [trigger] });
        expect(await idOf(site)).toMatchObject({ Old: FIRST });
        await site.write("posts/a.md", post({ title: "New", date: "2026-05-05" }, "New words\n"));
        await site.publish();
        expect(await idOf(site)).toEqual({ Old: FIRST, New: `${FIRST}-2` });
      }
    }
  });

  test("stay when a broken file takes a renamed one's place, whichever trigger rings first", async () => {
    const broken = ["---\ntitle: [broken\n---\n\nx\n", "---\ndraft: true\n---\nx\n"];
    for (const triggers of [
      [undefined],
      [["posts/a.md"], ["posts/b.md"]],
      [["posts/b.md"]],
      [["posts/a.md"], undefined],
    ]) {
      for (const [i, text] of broken.entries()) {
        const site = await world({ "posts/a.md": post({ title: "A" }, "words of a\n") });
        await site.publish();
        await site.write("posts/b.md", post({ title: "A" }, i === 0 ? "words of a\n" : "fixed words\n"));
        await site.write("posts/a.md", text);
        for (const hints of triggers) await site.publish({ hints });
        expect(ids(await site.read("feed.json"))).toEqual([FIRST]);
        await site.write("posts/a.md", post({ title: "Other", url: "/other/" }, "quite others\n"));
        await site.publish();
        expect(await idOf(site)).toEqual({ A: FIRST, Other: `${FIRST}-2` });
      }
    }
  });

  test("stay with a broken file while another only asks for its address or id", async () => {
    const site = await world({ "posts/a.md": post({ title: "A", id: "urn:x:1", url: "/a/" }, "words of a\n") });
    await site.publish();
    await site.write("posts/a.md", "---\ntitle: [broken\n---\n\nx\n");
    await site.write("posts/b.md", post({ title: "B", id: "urn:x:1" }, "words of b\n"));
    await site.write("posts/c.md", post({ title: "C", url: "/a/" }, "words of c\n"));
    expect((await site.publish()).records).toMatchObject({ broken: 1, conflicting: 2 });
    await site.write("posts/a.md", post({ title: "A", id: "urn:x:1", url: "/a/" }, "fixed\n"));
    await site.publish();
    expect(await idOf(site)).toEqual({ A: "urn:x:1" });
  });

  test("do not follow an id that is changed later: a warning says so", async () => {
    const site = await world({ "posts/a.md": post({ id: "urn:x:1" }) });
    await site.publish();
    await site.write("posts/a.md", post({ id: "urn:x:2" }));
    expect(codes(await site.publish())).toEqual(["id-changed"]);
    expect(ids(await site.read("feed.json"))).toEqual(["urn:x:1"]);
  });

  test("and addresses are one post's, also of two that come at once: the earlier date keeps them", async () => {
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

  test("and addresses are one post's: the older keeps them, the newer waits until it goes", async () => {
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
});

describe("the guard", () => {
  test("never replaces the site's feed by an empty one without being told to", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.publish();
    const before = await site.dump(site.public);
    await site.remove("posts/a.md");
    const refused = await site.publish();
    expect(refused.refused).toMatchObject({ code: "empty-site" });
    expect(await site.dump(site.public)).toEqual(before);
    const forced = await site.publish({ force: true });
    expect(forced.refused).toBeUndefined();
    expect(await site.paths()).toEqual(wholeSite("x"));
    expect(ids(await site.read("feed.json"))).toEqual([]);
    expect((await site.publish()).put).toEqual([]);
  });

  test("leaves what is not ours, unless it is meant", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.public.put("rss.xml", new TextEncoder().encode("<rss/>"), { contentType: "text/xml" });
    const report = await site.publish();
    expect(report.refused).toMatchObject({ code: "not-ours" });
    expect(report.refused?.message).toContain("rss.xml");
    expect(await site.paths()).toEqual(["rss.xml"]);
    expect(await site.dump(site.state)).toEqual({});
    const forced = await site.publish({ force: true });
    expect(forced.put.map(({ path, reason }) => `${path} ${reason}`)).toContain("rss.xml forced");
    expect(await site.read("rss.xml")).toContain("<channel>");
  });

  test("takes back documents that are the very same when only the state was lost", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.publish();
    const empty = await world();
    expect((await site.publish({ state: empty.state })).refused).toMatchObject({ code: "state-lost" });
    const report = await site.publish({ state: empty.state, rebuild: true });
    expect(report.refused).toBeUndefined();
    expect(report.put).toEqual([]);
    expect(report.operations.public).toMatchObject({ delete: 0 });
    expect((await site.publish({ state: empty.state })).operations.state).toMatchObject({ put: 0 });
  });
});

describe("a document that somebody altered or removed", () => {
  test("is put again by the next full run, and nothing else is", async () => {
    const site = await world({ "posts/a.md": post({ tags: "[x, y]" }) });
    await site.publish();
    const good = await site.dump(site.public);
    await site.public.delete("tags/x/rss.xml");
    await site.public.put("atom.xml", new TextEncoder().encode("altered"), { contentType: "text/xml" });
    await site.public.put("theirs.html", new TextEncoder().encode("not ours"), { contentType: "text/html" });
    expect((await site.publish({ hints: [] })).put).toEqual([]); // a hint says nothing of documents
    const report = await site.publish();
    expect(report.put).toEqual([
      { path: "atom.xml", reason: "drifted" },
      { path: "tags/x/rss.xml", reason: "drifted" },
    ]);
    expect(await site.dump(site.public)).toEqual({ ...good, "theirs.html": "not ours" });
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("comes back even when all are gone", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    for (const path of await site.paths()) await site.public.delete(path);
    expect(putPaths(await site.publish())).toEqual(wholeSite());
    expect(await site.paths()).toEqual(wholeSite());
  });

  test("is left alone when only its ETag moved, and the next commit notes it", async () => {
    const site = await world({ "posts/a.md": post({ tags: "[x]" }), "posts/b.md": post({ tags: "[y]" }) });
    await site.publish();
    const moved: Store = {
      ...site.public,
      async *list(prefix) {
        for await (const info of site.public.list(prefix)) yield { ...info, etag: `${info.etag}-moved` };
      },
    };
    const report = await site.publish({ public: moved });
    expect(report.put).toEqual([]);
    expect(report.operations.state).toMatchObject({ put: 0 });
    await site.write("posts/a.md", post({ tags: "[x]" }, "Other words.\n"));
    expect(putPaths(await site.publish({ public: moved }))).toEqual(siteAndTags("x"));
  });
});

describe("a dry run", () => {
  test("over documents that are there already says so", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.publish();
    const { state } = await world();
    expect((await site.publish({ state, dryRun: true })).put).toEqual([]);
    await site.public.put("rss.xml", new TextEncoder().encode("altered"), { contentType: "text/xml" });
    expect((await site.publish({ state, dryRun: true, force: true })).put).toEqual([
      { path: "rss.xml", reason: "forced" },
    ]);
  });

  test("says what would be done and writes nothing", async () => {
    const site = await world({ "posts/a.md": post({}) });
    const report = await site.publish({ dryRun: true });
    expect(report).toMatchObject({ dryRun: true });
    expect(putPaths(report)).toEqual(wholeSite());
    expect(await site.paths()).toEqual([]);
    expect(await site.dump(site.state)).toEqual({});
  });
});

describe("when a store fails", () => {
  test("in the middle of the puts, the error is told and the next run completes at once", async () => {
    const site = await world({ "posts/a.md": post({ tags: "[x, y]" }) });
    let puts = 0;
    const failing: Store = {
      ...site.public,
      put(key, body, options) {
        puts += 1;
        if (puts > 4) throw new StoreError("public", "put", key, "the disk is full");
        return site.public.put(key, body, options);
      },
    };
    await expect(site.publish({ public: failing })).rejects.toThrow(/disk is full/);
    expect((await site.paths()).length).toBe(4);
    const report = await site.publish();
    expect(report.refused).toBeUndefined();
    expect(site.clock.now()).toEqual(NOW); // nobody waited
    expect(await site.paths()).toEqual(wholeSite("x", "y"));
    expect(new Set(report.put.map(({ reason }) => reason))).toEqual(new Set(["inherited"]));
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("while the content is read, nothing is published", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/b.md": post({}) });
    const content: Store = {
      ...site.content,
      async *list(prefix) {
        for await (const info of site.content.list(prefix)) {
          yield info;
          throw new StoreError("content", "list", prefix, "the server ended the listing early");
        }
      },
    };
    await expect(site.publish({ content })).rejects.toThrow(/ended the listing early/);
    expect(await site.paths()).toEqual([]);
  });
});
