/** Ids of posts: minted once, and kept when a post is renamed, edited or moved. */
import { describe, expect, test } from "vitest";
import { encodeCatalog } from "../../../lib/state/catalog.ts";
import { shown } from "../../support/author.ts";
import { codes, ids, NOW, post, SITE, type World, world } from "../../support/world.ts";

/** Ids by title. */
const idsByTitle = async (site: World): Promise<{ readonly [title: string]: string }> => {
  const items: { id: string; title: string }[] = JSON.parse(await site.read("feed.json")).items;
  return Object.fromEntries(items.map(({ id, title }) => [title, id]));
};
const FIRST = "tag:example.com,2020:posts/a";

describe("ids", () => {
  test("stay when a post is rewritten, gets other tags or another address, or is removed and written again", async () => {
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

  test("stay when a file is renamed, and a new file under its old name gets another id", async () => {
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
      "tag:example.com,2020:posts/a",
      "tag:example.com,2020:posts/a-2",
      "tag:example.com,2020:posts/b",
    ]);
  });

  test("are taken from front matter where given, byte for byte, in every format", async () => {
    const id = "urn:uuid:1225c695-CFB8-4ebb-aaaa-80da344efa6a?a=1&b=%E6";
    const site = await world({ "posts/a.md": post({ id }), "posts/b.md": post({ guid: "42" }) });
    await site.publish();
    expect(ids(await site.read("feed.json")).toSorted()).toEqual(["tag:example.com,2020:id:42", id]);
    expect(await site.read("atom.xml")).toContain(`<id>${id.replace("&", "&amp;")}</id>`);
    expect(await site.read("rss.xml")).toContain(`<guid isPermaLink="false">${id.replace("&", "&amp;")}</guid>`);
  });

  test("stay when a file is renamed and edited at once, if title and date are the same", async () => {
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

  test("stay when a post is renamed and another takes its key, whichever trigger comes first", async () => {
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
        expect(await idsByTitle(site)).toMatchObject({ Old: FIRST });
        await site.write("posts/a.md", post({ title: "New", date: "2026-05-05" }, "New words\n"));
        await site.publish();
        expect(await idsByTitle(site)).toEqual({ Old: FIRST, New: `${FIRST}-2` });
      }
    }
  });

  test("stay when a post is renamed and a broken file takes its key, whichever trigger comes first", async () => {
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
        expect(await idsByTitle(site)).toEqual({ A: FIRST, Other: `${FIRST}-2` });
      }
    }
  });

  test("are not given to a new post that has the title and the words of one removed long ago", async () => {
    const show = (number: number) =>
      post({ title: "Weekly show", date: `2026-05-0${number}`, audio: `/ep${number}.mp3` });
    const site = await world({ "posts/ep1.md": show(1), "posts/z.md": post({}) });
    await site.publish();
    await site.remove("posts/ep1.md");
    await site.publish();
    await site.write("posts/ep2.md", show(2));
    await site.publish({ now: new Date("2026-06-03T12:00:00Z") });
    expect(await site.read("feed.json")).toContain('"tag:example.com,2020:posts/ep2"');
  });

  test("stay when a post is renamed while it is a draft", async () => {
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

  test("stay when another version renders posts differently, as do dates, and posts that were never rendered are", async () => {
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
    // What another version would have left: other input hashes, and posts read differently.
    const { catalog = "" } = await site.head();
    const older = await site.catalog();
    const records = older.records.map((each) => ({
      ...each,
      ...(each.facts && { facts: { ...each.facts, inputHash: "old" } }),
    }));
    const bytes = encodeCatalog(catalog, { ...older, reader: "old", records });
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

  test("stay when `since` or the domain of site.yaml changes", async () => {
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

  test("do not follow an id that front matter changes after publication, and a warning says so", async () => {
    const site = await world({ "posts/a.md": post({ id: "urn:x:1" }) });
    await site.publish();
    await site.write("posts/a.md", post({ id: "urn:x:2" }));
    expect(codes(await site.publish())).toEqual(["id-changed"]);
    expect(ids(await site.read("feed.json"))).toEqual(["urn:x:1"]);
  });
});
