/** The parts of the state room by themselves: who is who, what makes a document stale, what damage does. */
import { describe, expect, test } from "vitest";
import type { KnownPost } from "../../lib/publish/reconcile/recognise.ts";
import { recognisePosts } from "../../lib/publish/reconcile/recognise.ts";
import type { PostHead } from "../../lib/publish/scan/findings.ts";
import { StoreUnreadable } from "../../lib/stores/store.ts";
import { post, putPaths, SITE, siteAndTags, world } from "../support/world.ts";

const AUTHORITY = { authority: "example.com", since: 2020 };

function headOf(key: string, front: Partial<PostHead> = {}): PostHead {
  return {
    ...{ key, title: key, published: "2026-01-01T00:00:00Z", url: `https://example.com/${key}`, language: "en" },
    ...{ authors: [], tags: [], categories: [], sourceDigest: `words of ${key}`, inputHash: key, lines: {} },
    ...{ media: [], deps: [], size: 100 },
    ...front,
  };
}

function knownOf(key: string, facts: Partial<KnownPost["facts"]> = {}): KnownPost {
  const { lines: _, media: __, deps: ___, live: ____, ...head } = headOf(key);
  return {
    ...{ key, state: "removed" },
    facts: { ...head, id: `tag:example.com,2020:${key}`, updated: head.published, authors: [], ...facts },
  };
}

const recognised = (posts: readonly PostHead[], known: readonly KnownPost[]) =>
  Object.fromEntries([...recognisePosts(posts, known, AUTHORITY)].map(([key, { key: former }]) => [key, former]));

describe("a post is known again", () => {
  test("by the id it gives, before all else", () => {
    const known = [knownOf("a", { id: "urn:x" }), knownOf("b")];
    expect(recognised([headOf("b", { id: "urn:x" })], known)).toEqual({ b: "a" });
  });

  test("by its words, before its key", () => {
    const swapped = [headOf("a", { sourceDigest: "words of b" }), headOf("b", { sourceDigest: "words of a" })];
    expect(recognised(swapped, [knownOf("a"), knownOf("b")])).toEqual({ a: "b", b: "a" });
  });

  test("by its title and date, before its key: what is numbered anew and fixed at once stays what it was", () => {
    const at = (key: string, title: string) => headOf(key, { title, sourceDigest: `fixed words of ${title}` });
    const known = ["01", "02", "03"].map((key) => knownOf(key));
    const posts = [at("02", "01"), at("03", "02"), at("04", "03")];
    expect(recognised(posts, known)).toEqual({ "02": "01", "03": "02", "04": "03" });
    expect(recognised([at("01", "A first one"), ...posts], known)).toEqual({ "02": "01", "03": "02", "04": "03" });
  });

  test("by its key, before the date that it shares with others that have no title either", () => {
    const untitled = { title: "", published: "2026-01-02T00:00:00Z" };
    const post = headOf("a", { ...untitled, sourceDigest: "new words" });
    expect(recognised([post], [knownOf("a"), knownOf("b", untitled)])).toEqual({ a: "a" });
  });

  test("by its key, before the title and date of one in another language", () => {
    const translated = { title: "Hello", language: "fr" };
    const post = headOf("a", { title: "Hello", sourceDigest: "new words" });
    expect(recognised([post], [knownOf("a"), knownOf("b", translated)])).toEqual({ a: "a" });
  });

  test("by its key, before its address", () => {
    const post = headOf("a", { sourceDigest: "new words", url: "https://example.com/b" });
    expect(recognised([post], [knownOf("a"), knownOf("b")])).toEqual({ a: "a" });
  });

  test("by its key, though another that is gone was once at it", () => {
    const former = { ...knownOf("a", { id: "urn:now" }), state: "public" as const };
    const gone = knownOf("a", { id: "urn:gone", sourceDigest: "words of long ago" });
    const [post] = [
      ...recognisePosts([headOf("a", { sourceDigest: "new words" })], [gone, former], AUTHORITY).values(),
    ];
    expect(post?.facts.id).toBe("urn:now");
  });

  test("by its address, when nothing else is left", () => {
    const post = headOf("c", { sourceDigest: "new words", url: "https://example.com/b" });
    expect(recognised([post], [knownOf("a"), knownOf("b")])).toEqual({ c: "b" });
  });

  test("not by what two have in common", () => {
    const same = { sourceDigest: "same words" };
    expect(recognised([headOf("c", same)], [knownOf("a", same), knownOf("b", same)])).toEqual({});
    expect(recognised([headOf("c", same), headOf("d", same)], [knownOf("a", same)])).toEqual({});
  });
});

describe("a document is stale", () => {
  test.each([
    ["cacheControl", `${SITE}cacheControl: no-cache\n`],
    ["an author's address", SITE.replace("since", "authors: { ada: { name: Ada, url: https://ada.example/ } }\nsince")],
    ["a hub", `${SITE}hubs: [https://hub.example/]\n`],
    ["the feeds' address", SITE.replace("feeds.example.com", "other.example.com")],
    ["the description", SITE.replace("Notes from a field", "Other words")],
    ["the language", `${SITE}language: fr\n`],
  ])("when %s of the site changes", async (_, siteYaml) => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.publish();
    await site.write("site.yaml", siteYaml);
    expect(putPaths(await site.publish())).toEqual(expect.arrayContaining([...siteAndTags("x")]));
  });

  test("and another is not, when the limit leaves its entries as they are", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.publish();
    await site.write("site.yaml", `${SITE}limit: 5\n`);
    expect((await site.publish()).put).toEqual([]);
  });
});

describe("many posts at once", () => {
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`posts/${i}.md`, post({ title: `Post ${i}`, tags: `[t${i}]` }, `${i}\n`)]),
  );

  test("of which one moves between scan and lease are planned again", async () => {
    const site = await world(many, `${SITE}limit: 100\n`);
    let moved = false;
    const state: typeof site.state = {
      ...site.state,
      async put(key, body, options) {
        if (key === "head.json" && !moved) {
          moved = true;
          await site.write("posts/7.md", post({ title: "Moved", tags: "[t7]" }, "7\n"));
        }
        return site.state.put(key, body, options);
      },
    };
    await site.publish({ state });
    expect(await site.read("tags/t7/rss.xml")).toContain("<title>Moved</title>");
  });

  test("are published though one of them is a link that leads nowhere", async () => {
    const site = await world(many);
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

  test("of a site that comes to be read otherwise are read anew once, not for ever", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    await site.write("site.yaml", `${SITE}timezone: Europe/Berlin\n`);
    await site.publish();
    expect((await site.publish({ hints: [] })).operations.content).toEqual({ list: 0, get: 1, put: 0, delete: 0 });
  });

  test("do not overwrite what is somebody's among their many documents", async () => {
    const site = await world(many);
    await site.public.put("tags/t7/rss.xml", new TextEncoder().encode("somebody's"), { contentType: "text/xml" });
    expect((await site.publish()).refused?.message).toContain("tags/t7/rss.xml");
    expect(await site.paths()).toEqual(["tags/t7/rss.xml"]);
  });
});

describe("damage", () => {
  const garbage = new TextEncoder().encode("garbage");
  const JSON_TYPE = { contentType: "application/json" };

  test("of a cached entry is rendered over", async () => {
    const site = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }) });
    await site.publish();
    for (const key of Object.keys(await site.dump(site.state))) {
      if (key.startsWith("entries/")) await site.state.put(key, garbage, JSON_TYPE);
    }
    await site.write("posts/a.md", post({ title: "Edited" }));
    const report = await site.publish();
    expect(report.problems).toEqual([]);
    expect(await site.read("rss.xml")).toMatch(/<title>Edited<[\s\S]*<title>B<|<title>B<[\s\S]*<title>Edited</);
  });

  test.each(["head.json", "catalogs/"])("of %s is an error that says so, and nothing is written", async (what) => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    const key = Object.keys(await site.dump(site.state)).find((each) => each.startsWith(what)) ?? "";
    await site.state.put(key, garbage, JSON_TYPE);
    const before = [await site.dump(site.public), await site.dump(site.state)];
    await expect(site.publish()).rejects.toThrow(/is damaged: .*; bring back a copy/);
    expect([await site.dump(site.public), await site.dump(site.state)]).toEqual(before);
  });

  test.each([garbage, new TextEncoder().encode('{"format":1}')])(
    "of the intent that an expired lease names is an error that says so",
    async (damaged) => {
      const site = await world({ "posts/a.md": post({}) });
      await site.publish();
      const lease = { run: "dead", until: "2020-01-01T00:00:00Z", intent: "intents/dead.json" };
      const head = new TextEncoder().encode(JSON.stringify({ ...(await site.head()), lease }));
      await site.state.put("head.json", head, JSON_TYPE);
      await site.state.put("intents/dead.json", damaged, JSON_TYPE);
      await expect(site.publish()).rejects.toThrow(/intents\/dead\.json is damaged/);
    },
  );

  test("of a head that says nothing of what is to be told is an error that says so", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.state.put("head.json", new TextEncoder().encode('{"format":1}'), JSON_TYPE);
    await expect(site.publish()).rejects.toThrow(/head\.json is damaged: it has no outbox/);
    expect(await site.paths()).toEqual([]);
  });

  test("of a catalog that is gone is an error that says so", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    await site.state.delete((await site.head()).catalog ?? "");
    await expect(site.publish()).rejects.toThrow(/^catalogs\/.* is gone; bring back/);
  });
});

test("a post keeps the address it has, though an older one that wants it is read again beside it", async () => {
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
