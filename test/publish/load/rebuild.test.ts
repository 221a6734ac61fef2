/** The ledger lost or damaged: what is refused, and what comes back from the documents that were published. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPublished } from "../../../lib/recover/feeds.ts";
import { recoverLedger } from "../../../lib/recover/ledger.ts";
import { parseSite } from "../../../lib/site/site.ts";
import { writeAdopted } from "../../../lib/state/adopted.ts";
import { catalogKey } from "../../../lib/state/catalog.ts";
import { readHead } from "../../../lib/state/head.ts";
import { memoryStore } from "../../../lib/stores/memory.ts";
import { EXAMPLE_NOW, richDocuments } from "../../support/documents.ts";
import { anyText, fileOf } from "../../support/nasty.ts";
import { ids, post, putPaths, SITE, WHOLE_SITE, type World, world } from "../../support/world.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const CONTENT_TYPE = { contentType: "text/plain" };

/** Everything that Dripfeed remembers goes. */
async function loseState(site: World): Promise<void> {
  for (const key of Object.keys(await site.dump(site.state))) await site.state.delete(key);
}

function siteOf(content: { readonly [key: string]: string }) {
  const parsed = parseSite(bytes(content["site.yaml"] ?? ""), "content", 2026);
  if (!parsed.ok) throw new Error("site.yaml is unusable");
  return parsed.site;
}

const DAY = 86_400_000;
const day = (n: number) => new Date(Date.parse("2026-06-01T12:00:00Z") + n * DAY);

const FILES = { rss: "rss.xml", atom: "atom.xml", json: "feed.json" } as const;

/** A site with a past: renamed and edited posts, one that is gone, ids of the author's, several languages. */
async function eventful(site = WHOLE_SITE): Promise<World> {
  const past = await world(
    {
      "posts/plain.md": post({ title: "Plain", tags: "[x, y]", categories: "Field" }, "Plain words\n"),
      "posts/old-name.md": post({ title: "Renamed", tags: "[x]", date: "2026-02-02" }, "Words of one renamed\n"),
      "posts/edited.md": post({ title: "Edited", date: "2026-03-03", author: "ada" }, "First words\n"),
      "posts/chosen.md": post({ title: "Chosen", id: "urn:uuid:1-2-3", date: "2026-05-30" }, "Chosen id\n"),
      "posts/going.md": post({ title: "Going", tags: "[y]", date: "2026-05-20" }, "It will go\n"),
      "posts/leaving.md": post({ title: "Leaving", tags: "[y]", date: "2026-04-20" }, "It will be a draft\n"),
      "posts/two.en.md": post({ title: "Two", date: "2026-05-10" }, "In English\n"),
      "posts/two.zh.md": post({ title: "二", date: "2026-05-10" }, "中文\n"),
      "posts/untitled.md": "---\ndate: 2026-05-11\n---\nNo title & <b>markup</b>\n",
      "posts/草稿.md": post({ title: "稿", date: "2026-05-12", tags: "[乡村]" }, "字\n"),
    },
    site.includes("languages:") ? site : `${site}languages: [en, zh]\n`,
  );
  await past.publish();
  await past.remove("posts/old-name.md");
  await past.write(
    "posts/new-name.md",
    post({ title: "Renamed", tags: "[x]", date: "2026-02-02" }, "Words of one renamed\n"),
  );
  await past.write("posts/edited.md", post({ title: "Edited", date: "2026-03-03", author: "ada" }, "Other words\n"));
  await past.publish({ now: day(1) });
  // The old name is somebody else's now, whose id must be another.
  await past.write("posts/old-name.md", post({ title: "Newcomer", date: "2026-05-31" }, "New at an old key\n"));
  await past.remove("posts/going.md");
  await past.write(
    "posts/leaving.md",
    post({ title: "Leaving", tags: "[y]", date: "2026-04-20", draft: "true" }, "It will be a draft\n"),
  );
  await past.publish({ now: day(2) });
  return past;
}

describe("a ledger that is lost", () => {
  test("is refused with every way to go on, and nothing is published", async () => {
    const site = await eventful();
    const before = await site.dump(site.public);
    await loseState(site);
    const { refused } = await site.publish({ now: day(3) });
    expect(refused).toMatchObject({ code: "state-lost", fix: expect.stringContaining("--rebuild") });
    expect(await site.dump(site.public)).toEqual(before);
    expect(await site.dump(site.state)).toEqual({});
  });

  test("is not assumed where the documents are not ours", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.public.put("rss.xml", bytes("<rss/>"), CONTENT_TYPE);
    await site.public.put("feeds.json", bytes('{"generator": "Another"}'), CONTENT_TYPE);
    expect((await site.publish()).refused).toMatchObject({ code: "not-ours" });
    expect((await site.publish({ rebuild: true })).refused).toMatchObject({ code: "nothing-to-rebuild" });
  });

  test("is not assumed where a first run was interrupted", async () => {
    const site = await world({ "posts/a.md": post({}) });
    const failing: World["state"] = {
      ...site.state,
      put: async (key, ...rest) => {
        if (key.startsWith("catalogs/")) throw new Error("crashed");
        return site.state.put(key, ...rest);
      },
    };
    await site.publish({ state: failing }).catch(() => undefined);
    expect(await site.paths()).toContain("feeds.json");
    expect((await site.publish()).refused).toBeUndefined();
  });

  test("is recovered from the feeds: no id, no date and no byte changes", async () => {
    const site = await eventful();
    const before = await site.dump(site.public);
    const known = await site.catalog();
    await loseState(site);
    const dry = await site.publish({ now: day(3), rebuild: true, dryRun: true });
    expect([dry.refused, dry.put, dry.removed]).toEqual([undefined, [], []]);
    expect(await site.dump(site.state)).toEqual({});

    const report = await site.publish({ now: day(3), rebuild: true });
    expect([report.refused, report.put, report.removed]).toEqual([undefined, [], []]);
    expect(report.recovered).toMatchObject({ posts: 9, tombstones: 2, minted: 0 });
    expect(await site.dump(site.public)).toEqual(before);
    const catalog = await site.catalog();
    const summaries = (records: typeof catalog.records) =>
      records.map(({ key, state, facts }) => [key, state, facts?.id, state === "public" && facts?.updated]);
    expect(summaries(catalog.records)).toEqual(summaries(known.records));
    expect(catalog.channels).toEqual(known.channels);
    const again = await site.publish({ now: day(3) });
    expect([again.put, again.operations.state.put, again.operations.public.put]).toEqual([[], 0, 0]);
  });

  test("is recovered even if files were renamed meanwhile", async () => {
    const site = await eventful();
    const before = ids(await site.read("feed.json"));
    await loseState(site);
    const files = await site.dump(site.content);
    for (const [key, text] of Object.entries(files)) {
      if (key === "site.yaml" || /two|草稿|untitled/.test(key)) continue;
      await site.remove(key);
      await site.write(key.replace("posts/", "posts/moved-"), text);
    }
    const report = await site.publish({ now: day(3), rebuild: true });
    expect(report.refused).toBeUndefined();
    expect(report.recovered).toMatchObject({ minted: 0 });
    expect(ids(await site.read("feed.json"))).toEqual(before);
  });

  test("is recovered even if the domain changed too", async () => {
    const site = await eventful();
    const entriesOf = (json: string) =>
      JSON.parse(json).items.map((item: { [name: string]: string }) => [
        item["id"],
        item["date_published"],
        item["date_modified"],
      ]);
    const before = entriesOf(await site.read("feed.json"));
    await loseState(site);
    const yaml = (await site.dump(site.content))["site.yaml"] ?? "";
    await site.write("site.yaml", yaml.replaceAll("example.com", "elsewhere.example"));
    const report = await site.publish({ now: day(3), rebuild: true });
    expect(report.refused).toBeUndefined();
    expect(report.recovered).toMatchObject({ minted: 0 });
    expect(entriesOf(await site.read("feed.json"))).toEqual(before);
    expect(await site.read("atom.xml")).toContain("<id>tag:example.com,2020:feeds:site</id>");
    expect((await site.publish({ now: day(3) })).put).toEqual([]);
  });

  test.each(["rss", "atom", "json"] as const)("is recovered from %s alone", async (format) => {
    const site = await eventful(
      WHOLE_SITE.replace("since: 2020", `since: 2020\nformats: [${format}]\nlanguages: [en, zh]`),
    );
    const before = await site.dump(site.public);
    await loseState(site);
    const report = await site.publish({ now: day(3), rebuild: true });
    expect(report.refused).toBeUndefined();
    expect(report.recovered).toMatchObject({ posts: 9, minted: 0 });
    // An archive of which nothing is left but tombstones is known by Atom alone.
    const { [`archive/2026-04/${FILES[format]}`]: _, ...others } = before;
    const after = await site.dump(site.public);
    if (format === "atom") expect(after).toEqual(before);
    else expect(Object.keys(after)).toEqual(Object.keys(others));
    expect(after[FILES[format]]).toBe(before[FILES[format]]);
    expect((await site.publish({ now: day(3) })).operations.state).toMatchObject({ put: 0 });
  });

  test("is recovered as far as documents go back if a site has no archives", async () => {
    const posts = Object.fromEntries(
      Array.from({ length: 9 }, (_, i) => [`posts/${i}.md`, post({ title: `No ${i}`, date: `2026-01-0${i + 1}` })]),
    );
    const site = await world(posts, `${SITE}limit: 3\n`);
    await site.publish();
    const before = await site.dump(site.public);
    await loseState(site);
    const report = await site.publish({ now: day(3), rebuild: true });
    expect(report.recovered).toMatchObject({ posts: 3, recognised: 3, minted: 6 });
    expect(report.put).toEqual([]);
    // A post in no document is dated by its front matter.
    await site.remove("posts/8.md");
    await site.publish({ now: day(4) });
    expect(JSON.parse(await site.read("feed.json")).items.at(-1)).toMatchObject({
      id: "tag:example.com,2020:posts/5",
      date_modified: "2026-01-06T00:00:00Z",
    });
    expect(before["feed.json"]).toContain("posts/6");
  });

  test("is recovered without feeds.json, from what each feed says of itself", async () => {
    const site = await eventful(`${SITE}languages: [en, zh]\n`);
    const before = ids(await site.read("feed.json"));
    await loseState(site);
    for (const path of ["feeds.json", "feeds.opml", "autodiscovery.html"]) await site.public.delete(path);
    const report = await site.publish({ now: day(3), rebuild: true });
    expect(report.refused).toBeUndefined();
    expect(putPaths(report)).toEqual(["autodiscovery.html", "feeds.json", "feeds.opml"]);
    expect(ids(await site.read("feed.json"))).toEqual(before);
  });

  test("is recovered over documents of ours that differ, and refuses others", async () => {
    const site = await eventful();
    await loseState(site);
    await site.public.put("archive/2026-01/rss.xml", bytes("<rss><channel/></rss>"), CONTENT_TYPE);
    await site.write("posts/plain.md", post({ title: "Plain", tags: "[x, y, z]", categories: "Field" }, "New words\n"));
    const refused = await site.publish({ now: day(3), rebuild: true });
    expect(refused.refused).toMatchObject({ code: "not-ours", message: expect.stringContaining("archive/2026-01") });
    expect(await site.dump(site.state)).toEqual({});
    await site.public.delete("archive/2026-01/rss.xml");
    const report = await site.publish({ now: day(3), rebuild: true });
    expect(report.refused).toBeUndefined();
    expect(await site.read("tags/x/rss.xml")).toContain("New words");
    expect(await site.paths()).toContain("tags/z/rss.xml");
  });

  test("gives a tombstone to a post that the content no longer has", async () => {
    const site = await eventful();
    await loseState(site);
    await site.remove("posts/plain.md");
    const report = await site.publish({ now: day(3), rebuild: true });
    expect(report.refused).toBeUndefined();
    for (const path of ["atom.xml", "tags/x/atom.xml", "categories/field/atom.xml"]) {
      expect(await site.read(path)).toContain('ref="tag:example.com,2020:posts/plain" when="2026-06-04T12:00:00Z"');
    }
  });

  test("is not recovered while unreadable files may be the missing posts", async () => {
    const site = await eventful();
    const before = await site.dump(site.public);
    await loseState(site);
    await site.write("posts/plain.md", "---\ntitle: [\n---\n");
    const { refused } = await site.publish({ now: day(3), rebuild: true });
    expect(refused).toMatchObject({ code: "rebuild-unclear", message: expect.stringContaining("posts/plain.md") });
    expect(await site.dump(site.public)).toEqual(before);
    expect(await site.dump(site.state)).toEqual({});
  });

  test("keeps the guid of the podcast, even if the address of the feed has changed", async () => {
    const site = await world(
      { "posts/a.md": post({}) },
      `${SITE}podcast: { categories: [Technology], explicit: false }\n`,
    );
    await site.publish();
    const { podcast } = await site.catalog();
    await loseState(site);
    await site.write(
      "site.yaml",
      ((await site.dump(site.content))["site.yaml"] ?? "").replace("feeds.example", "x.example"),
    );
    await site.publish({ rebuild: true });
    expect((await site.catalog()).podcast).toBe(podcast);
    expect(podcast).toBeTruthy();
  });

  test("is recovered for the example site, which uses every feature", async () => {
    const files = readdirSync("content", { recursive: true, encoding: "utf8" }).filter((name) => /\.\w+$/.test(name));
    const site = await world();
    for (const name of files) await site.content.put(name, readFileSync(join("content", name)), CONTENT_TYPE);
    await site.publish({ now: EXAMPLE_NOW });
    const before = await site.dump(site.public);
    await loseState(site);
    const report = await site.publish({ now: EXAMPLE_NOW, rebuild: true });
    expect([report.refused, report.put, report.removed]).toEqual([undefined, [], []]);
    expect(report.recovered).toMatchObject({ minted: 0 });
    expect(await site.dump(site.public)).toEqual(before);
    expect((await site.publish({ now: EXAMPLE_NOW })).operations.state).toMatchObject({ put: 0 });
  });
});

describe("a published feed", () => {
  const rich = [...richDocuments()].filter(([path]) => /\/(?:rss\.xml|atom\.xml|feed\.json)$/.test(path));
  const formatOf = (path: string) => (path.endsWith("rss.xml") ? "rss" : path.endsWith("atom.xml") ? "atom" : "json");

  test("is read back, whatever extensions it has", () => {
    const folders = Map.groupBy(rich, ([path]) => path.replace(/[^/]*$/, ""));
    expect(folders.size).toBeGreaterThan(10);
    for (const documents of folders.values()) {
      const read = documents.map(([path, text]) => readPublished(formatOf(path), text));
      const facts = read.map((feed) =>
        feed?.entries.map(({ id, title, url, published }) => [id, title, url, published]),
      );
      for (const each of facts) expect(each).toEqual(facts[0]);
    }
    const site = readPublished("atom", rich.find(([path]) => path === "rich/atom.xml")?.[1] ?? "");
    expect(site).toMatchObject({ isMarked: true, id: "tag:example.com,2020:feeds:site", isComplete: false });
    expect(site?.deleted).toEqual([{ id: "tag:example.com,2020:posts/lost", when: "2026-11-20T00:00:00Z" }]);
    expect(site?.entries.find(({ id }) => id.endsWith("/all"))).toMatchObject({
      ...{ authors: ["Ada & Co", "林小满"], language: "zh-CN", categories: [["Field", "Melons & more"]] },
      ...{ url: "https://example.com/all/?a=1&b=2", tags: ["video", "C++"] },
    });
    const podcast = readPublished("rss", rich.find(([path]) => path === "rich/rss.xml")?.[1] ?? "");
    expect(podcast?.podcastGuid).toBe("9b024349-ccf0-5f69-a609-6b82873eab3c");
  });

  test("that is not a feed, or half of one, has no entries and never throws", () => {
    for (const format of ["rss", "atom", "json"] as const) {
      for (const text of [
        "",
        "{}",
        "[]",
        "null",
        "<html/>",
        '{"version":"https://jsonfeed.org/version/1.1","items":[1,{}]}',
      ]) {
        expect(readPublished(format, text)?.entries ?? []).toEqual([]);
      }
    }
    fc.assert(
      fc.property(fc.constantFrom(...rich), fc.double({ min: 0, max: 1, noNaN: true }), ([path, text], part) => {
        readPublished(formatOf(path), text.slice(0, Math.floor(text.length * part)));
      }),
      { numRuns: 200 },
    );
  });

  test("is read back with any text that authors type", async () => {
    const posts = fc.sample(
      fc.record({
        ...{ title: anyText, tag: anyText, author: anyText, noise: anyText },
        code: anyText.map((text) => text.replace(/[\r\n`\0]/g, "")),
      }),
      60,
    );
    const site = await world(
      Object.fromEntries(posts.map((one, i) => [`posts/${i}.md`, fileOf(one)])),
      "title: Nasty\nurl: https://example.com/\nsince: 2020\nlimit: 1000\n",
    );
    await site.publish();
    const before = await site.dump(site.public);
    await loseState(site);
    const report = await site.publish({ rebuild: true });
    expect([report.refused, report.put, report.removed]).toEqual([undefined, [], []]);
    expect(report.recovered).toMatchObject({ posts: 60, recognised: 60, minted: 0 });
    expect(await site.dump(site.public)).toEqual(before);
  });
});

describe("a rebuild", () => {
  test("knows the id that each format gave a post", async () => {
    const site = await world({
      "posts/a.md": post({ title: "A" }),
      "posts/b.md": post({ title: "B", date: "2026-02-02" }),
    });
    await site.publish();
    await loseState(site);
    const id = "tag:example.com,2020:posts/a";
    const rss = await site.read("rss.xml");
    const foreign = '<guid isPermaLink="true">https://old.example/?p=1</guid>';
    await site.public.put(
      "rss.xml",
      bytes(rss.replace(`<guid isPermaLink="false">${id}</guid>`, foreign)),
      CONTENT_TYPE,
    );
    const catalog = await recoverLedger({
      ...{ public: site.public, site: siteOf(await site.dump(site.content)), now: "2026-06-04T12:00:00Z", run: "p" },
    });
    const found = catalog?.records.map(({ facts }) => [facts?.id, facts?.ids]);
    expect(found).toContainEqual([id, { rss: "https://old.example/?p=1", isPermaLink: true, atom: id, json: id }]);
    expect(found).toContainEqual(["tag:example.com,2020:posts/b", undefined]);
  });

  test("is refused where nothing was lost, unless forced", async () => {
    const site = await eventful();
    const before = await site.dump(site.public);
    const state = await site.dump(site.state);
    expect((await site.publish({ now: day(3), rebuild: true })).refused).toMatchObject({ code: "not-lost" });
    expect(await site.dump(site.state)).toEqual(state);
    const report = await site.publish({ now: day(3), rebuild: true, force: true });
    expect([report.refused, report.put]).toEqual([undefined, []]);
    expect(await site.dump(site.public)).toEqual(before);
  });

  test("at the same time as another ends as if one had run", async () => {
    const site = await eventful();
    const before = await site.dump(site.public);
    await loseState(site);
    const clock = { now: () => day(3), wait: () => new Promise<void>((done) => setTimeout(done, 1)) };
    const options = { now: day(3), rebuild: true, clock };
    const reports = await Promise.all([site.publish(options), site.publish(options), site.publish({ ...options })]);
    expect(reports.map(({ refused }) => refused)).toEqual([undefined, undefined, undefined]);
    expect(await site.dump(site.public)).toEqual(before);
    expect((await site.publish({ now: day(3) })).operations.state).toMatchObject({ put: 0 });
  });

  test("that crashed is finished by any run, with every id", async () => {
    const lost = await eventful();
    const before = ids(await lost.read("feed.json"));
    for (let n = 0; n < 40; n++) {
      const site = await world();
      for (const name of ["content", "public"] as const) {
        for (const [key, text] of Object.entries(await lost.dump(lost[name]))) {
          await site[name].put(key, bytes(text), CONTENT_TYPE);
        }
      }
      await site.write("posts/plain.md", post({ title: "Plain", tags: "[z]" }, "Plain words\n"));
      await site.remove("posts/new-name.md");
      await site.write("posts/newer-name.md", post({ title: "Renamed", date: "2026-02-02" }, "Words of one renamed\n"));
      let left = n;
      const dying = (store: World["state"]): World["state"] => ({
        ...store,
        async put(...args) {
          if (left-- <= 0) throw new Error("crashed");
          return store.put(...args);
        },
      });
      const died = await site
        .publish({ now: day(3), rebuild: true, state: dying(site.state), public: dying(site.public) })
        .then(
          () => false,
          () => true,
        );
      const next = await site.publish({ now: day(4) });
      // Before anything was saved the ledger is as lost as it was.
      if (next.refused) expect(next.refused.code).toBe("state-lost");
      if (next.refused) await site.publish({ now: day(4), rebuild: true });
      expect(ids(await site.read("feed.json"))).toEqual(before);
      expect((await site.publish({ now: day(4) })).put).toEqual([]);
      if (!died) return;
    }
    throw new Error("it never ended");
  });
});

describe("a ledger that is damaged", () => {
  const damage: readonly (readonly [what: string, (site: World) => Promise<unknown>])[] = [
    ["head", (site) => site.state.put("head.json", bytes("{ half"), CONTENT_TYPE)],
    ["catalog", async (site) => site.state.put((await site.head()).catalog ?? "", bytes("no catalog"), CONTENT_TYPE)],
    ["lost catalog", async (site) => site.state.delete((await site.head()).catalog ?? "")],
  ];

  test.each(damage)("(%s) is refused with every way to go on, and replaced by a rebuild", async (_, spoil) => {
    const site = await eventful();
    const before = await site.dump(site.public);
    await spoil(site);
    const spoilt = await site.dump(site.state);
    await expect(site.publish({ now: day(3) })).rejects.toThrow(/--rebuild.*dripfeed rollback --to run-\d+/);
    const report = await site.publish({ now: day(3), rebuild: true });
    expect([report.refused, report.put]).toEqual([undefined, []]);
    expect(await site.dump(site.public)).toEqual(before);
    for (const key of Object.keys(spoilt))
      if (key !== "head.json") expect(await site.dump(site.state)).toHaveProperty([key]);
    expect((await site.publish({ now: day(3) })).operations.state).toMatchObject({ put: 0 });
  });

  test("only in the intent of a run loses nothing", async () => {
    const site = await eventful();
    const known = await site.catalog();
    await site.write("posts/plain.md", post({ title: "Plain", tags: "[fresh]", categories: "Field" }, "Plain words\n"));
    let left = 9;
    const dying: World["public"] = {
      ...site.public,
      async put(...args) {
        if (left-- <= 0) throw new Error("crashed");
        return site.public.put(...args);
      },
    };
    await expect(site.publish({ now: day(3), public: dying })).rejects.toThrow("crashed");
    await site.state.delete((await site.head()).lease?.intent ?? "");
    await expect(site.publish({ now: day(4) })).rejects.toThrow(/--rebuild/);
    const report = await site.publish({ now: day(4), rebuild: true });
    expect([report.refused, report.recovered]).toEqual([undefined, undefined]);
    expect((await site.catalog()).former[0]).toBe(catalogKey(known.run));
    expect(await site.paths()).toContain("tags/fresh/atom.xml");
    expect((await site.publish({ now: day(4) })).operations.state).toMatchObject({ put: 0 });
  });

  test("gives no two posts one key, though files are numbered and ids are of others", async () => {
    const number = (i: number) =>
      post({ title: `T${i}`, date: `2026-01-0${i}`, ...(i % 2 ? { id: `urn:x-old:${i}` } : {}) }, `words ${i}\n`);
    const numbers = [1, 2, 3, 4, 5, 6];
    const site = await world(
      Object.fromEntries(numbers.map((i) => [`${i}.md`, number(i)])),
      `${SITE}posts: ["*.md"]\n`,
    );
    await site.publish();
    const before = ids(await site.read("feed.json"));
    for (const key of Object.keys(await site.dump(site.state))) await site.state.delete(key);
    for (const i of numbers) {
      await site.remove(`${i}.md`);
      await site.write(`n${i}.md`, number(i));
    }
    expect((await site.publish({ rebuild: true, force: true })).refused).toBeUndefined();
    expect(ids(await site.read("feed.json"))).toEqual(before);
  });

  test("only in adopted ids that no run has used loses only these", async () => {
    const site = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B", draft: "true" }) });
    const ledger = new Map([["posts/b.md", { key: "posts/b.md", ids: { rss: "1" } }]]);
    await writeAdopted(site.state, await readHead(site.state), ledger, "former");
    await site.publish();
    const { adopted = "" } = await site.catalog();
    await site.state.delete(adopted);
    await site.write("posts/c.md", post({ title: "C" }));
    await expect(site.publish()).rejects.toThrow(/adopted\/former\.jsonl is gone; .*publish --rebuild/);
    expect((await site.publish({ rebuild: true })).refused).toBeUndefined();
    expect(await site.read("feed.json")).toContain('"C"');
    expect((await site.catalog()).adopted).toBeUndefined();
    expect((await site.publish({ rebuild: true })).refused?.code).toBe("not-lost");
  });

  test("in the intent of a run keeps adopted ids that no run has used", async () => {
    const site = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B", draft: "true" }) });
    const id = "https://old.example/?p=2";
    const ledger = new Map([["posts/b.md", { key: "posts/b.md", ids: { rss: id, atom: id, json: id } }]]);
    await writeAdopted(site.state, await readHead(site.state), ledger, "former");
    await site.publish();
    const lease = { run: "dead", until: "2020-01-01T00:00:00Z", intent: "intents/lost.json" };
    const head = new TextEncoder().encode(JSON.stringify({ ...(await site.head()), lease }));
    await site.state.put("head.json", head, { contentType: "application/json" });
    expect((await site.publish({ rebuild: true })).refused).toBeUndefined();
    await site.write("posts/b.md", post({ title: "B" }));
    await site.publish();
    expect(ids(await site.read("feed.json"))).toContain(id);
  });

  test("only by being of a newer Dripfeed is not replaced", async () => {
    const site = await eventful();
    await site.state.put("head.json", bytes('{"format": 999}'), CONTENT_TYPE);
    await expect(site.publish({ rebuild: true })).rejects.toThrow(/newer Dripfeed/);
    await expect(site.publish({ rollback: "" })).rejects.toThrow(/newer Dripfeed/);
  });
});

/** One tombstone is also in the full window of a tag, the other in that of the site alone. */
const FILLED_WINDOW = [
  { what: "write", at: 0, to: 0, tag: 0 },
  { what: "write", at: 0, to: 0, tag: 0 },
  { what: "write", at: 3, to: 0, tag: 0 },
  { what: "write", at: 2, to: 0, tag: 1 },
  { what: "remove", at: 2, to: 0, tag: 0 },
  { what: "rename", at: 0, to: 3, tag: 0 },
  { what: "write", at: 0, to: 0, tag: 0 },
] as const;

test("whatever an author did before the loss, no id and no date changes", { timeout: 60_000 }, async () => {
  const keys = ["a", "b", "c", "d"];
  const step = fc.record({
    what: fc.constantFrom("write", "edit", "retag", "hide", "remove", "rename"),
    at: fc.nat(3),
    to: fc.nat(3),
    tag: fc.nat(2),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      // Without archives only what the limit spares is in some document.
      fc.constantFrom(["month", 1], ["month", 2], ["year", 1], ["year", 20], ["false", 20]),
      async (steps, [archives, limit]) => {
        const site = await world({}, `${SITE.replace("archives: false", `archives: ${archives}`)}limit: ${limit}\n`);
        const files = new Map<string, { uid: number; words: number; tag: number; draft: boolean }>();
        let uid = 0;
        for (const [n, { what, at, to, tag }] of steps.entries()) {
          const key = keys[at] ?? "";
          const file = files.get(key);
          if (what === "write" || !file) files.set(key, { uid: ++uid, words: 0, tag, draft: false });
          else if (what === "edit") files.set(key, { ...file, words: file.words + 1 });
          else if (what === "retag") files.set(key, { ...file, tag });
          else if (what === "hide") files.set(key, { ...file, draft: !file.draft });
          else files.delete(key);
          if (what === "rename" && file) files.set(keys[to] ?? "", file);
          for (const name of keys) {
            const wanted = files.get(name);
            if (!wanted) await site.remove(`posts/${name}.md`);
            else {
              const front = {
                ...{
                  title: `Post ${wanted.uid}`,
                  date: `2026-0${1 + (wanted.uid % 5)}-1${wanted.uid % 10}`,
                  tags: `[t${wanted.tag}]`,
                },
                ...(wanted.draft && { draft: "true" }),
              };
              await site.write(`posts/${name}.md`, post(front, `uid${wanted.uid} words${wanted.words}\n`));
            }
          }
          await site.publish({ now: day(n), force: true });
        }
        const now = day(steps.length);
        await site.publish({ now, force: true });
        const before = await site.dump(site.public);
        const state = memoryStore("state");
        const report = await site.publish({ now, state, rebuild: true });
        expect(report.refused).toBeUndefined();
        expect(await site.dump(site.public)).toEqual(before);
        expect((await site.publish({ now, state })).operations.state).toMatchObject({ put: 0 });
      },
    ),
    { numRuns: 100, examples: [[[...FILLED_WINDOW], ["year", 1]]] },
  );
});

test("the catalog of a rebuild is kept beside the next", async () => {
  const site = await eventful();
  await loseState(site);
  await site.publish({ now: day(3), rebuild: true });
  const { former } = await site.catalog();
  expect(await site.dump(site.state)).toHaveProperty([former[0] ?? ""]);
});
