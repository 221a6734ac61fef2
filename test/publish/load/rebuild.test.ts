/** The ledger lost: what is refused, and what is read back from the published documents. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recoverCatalog } from "../../../lib/recover/catalog.ts";
import { parseSite } from "../../../lib/site/site.ts";
import { writeAdopted } from "../../../lib/state/adopted.ts";
import { readHead } from "../../../lib/state/head.ts";
import { EXAMPLE_NOW } from "../../support/documents.ts";
import { ids, post, putPaths, SITE, WHOLE_SITE, type World, world } from "../../support/world.ts";
import { bytes, CONTENT_TYPE, day, loseState, siteWithHistory } from "./past.ts";

const FILES = { rss: "rss.xml", atom: "atom.xml", json: "feed.json" } as const;

function siteOf(content: { readonly [key: string]: string }) {
  const parsed = parseSite(bytes(content["site.yaml"] ?? ""), "content", 2026);
  if (!parsed.ok) throw new Error("site.yaml is unusable");
  return parsed.site;
}

describe("a lost ledger", () => {
  test("is refused with what to do, and nothing is published", async () => {
    const site = await siteWithHistory();
    const before = await site.dump(site.public);
    await loseState(site);
    const { refused } = await site.publish({ now: day(3) });
    expect(refused).toMatchObject({ code: "state-lost", fix: expect.stringContaining("--rebuild") });
    expect(await site.dump(site.public)).toEqual(before);
    expect(await site.dump(site.state)).toEqual({});
  });

  test("is not assumed when the documents are not ours", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.public.put("rss.xml", bytes("<rss/>"), CONTENT_TYPE);
    await site.public.put("feeds.json", bytes('{"generator": "Another"}'), CONTENT_TYPE);
    expect((await site.publish()).refused).toMatchObject({ code: "not-ours" });
    expect((await site.publish({ rebuild: true })).refused).toMatchObject({ code: "nothing-to-rebuild" });
  });

  test("is not assumed when a first run did not end", async () => {
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

  test("is read back from the feeds: no id, date or byte changes", async () => {
    const site = await siteWithHistory();
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
    const summaryOf = (records: typeof catalog.records) =>
      records.map(({ key, state, facts }) => [key, state, facts?.id, state === "public" && facts?.updated]);
    expect(summaryOf(catalog.records)).toEqual(summaryOf(known.records));
    expect(catalog.channels).toEqual(known.channels);
    const again = await site.publish({ now: day(3) });
    expect([again.put, again.operations.state.put, again.operations.public.put]).toEqual([[], 0, 0]);
  });

  test("is read back although files were renamed meanwhile", async () => {
    const site = await siteWithHistory();
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

  test("is read back although the domain changed meanwhile", async () => {
    const site = await siteWithHistory();
    const idsAndDates = (json: string) =>
      JSON.parse(json).items.map((item: { [name: string]: string }) => [
        item["id"],
        item["date_published"],
        item["date_modified"],
      ]);
    const before = idsAndDates(await site.read("feed.json"));
    await loseState(site);
    const yaml = (await site.dump(site.content))["site.yaml"] ?? "";
    await site.write("site.yaml", yaml.replaceAll("example.com", "elsewhere.example"));
    const report = await site.publish({ now: day(3), rebuild: true });
    expect(report.refused).toBeUndefined();
    expect(report.recovered).toMatchObject({ minted: 0 });
    expect(idsAndDates(await site.read("feed.json"))).toEqual(before);
    expect(await site.read("atom.xml")).toContain("<id>tag:example.com,2020:feeds:site</id>");
    expect((await site.publish({ now: day(3) })).put).toEqual([]);
  });

  test.each(["rss", "atom", "json"] as const)("is read back from %s alone", async (format) => {
    const site = await siteWithHistory(
      WHOLE_SITE.replace("since: 2020", `since: 2020\nformats: [${format}]\nlanguages: [en, zh]`),
    );
    const before = await site.dump(site.public);
    await loseState(site);
    const report = await site.publish({ now: day(3), rebuild: true });
    expect(report.refused).toBeUndefined();
    expect(report.recovered).toMatchObject({ posts: 9, minted: 0 });
    // Only Atom has tombstones, so an archive of tombstones alone is read back from Atom only.
    const { [`archive/2026-04/${FILES[format]}`]: _, ...others } = before;
    const after = await site.dump(site.public);
    if (format === "atom") expect(after).toEqual(before);
    else expect(Object.keys(after)).toEqual(Object.keys(others));
    expect(after[FILES[format]]).toBe(before[FILES[format]]);
    expect((await site.publish({ now: day(3) })).operations.state).toMatchObject({ put: 0 });
  });

  test("is read back as far as the documents reach on a site without archives", async () => {
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
    // A post that was in no document gets its own date as `updated`.
    await site.remove("posts/8.md");
    await site.publish({ now: day(4) });
    expect(JSON.parse(await site.read("feed.json")).items.at(-1)).toMatchObject({
      id: "tag:example.com,2020:posts/5",
      date_modified: "2026-01-06T00:00:00Z",
    });
    expect(before["feed.json"]).toContain("posts/6");
  });

  test("is read back without feeds.json, from marks in the feeds", async () => {
    const site = await siteWithHistory(`${SITE}languages: [en, zh]\n`);
    const before = ids(await site.read("feed.json"));
    await loseState(site);
    for (const path of ["feeds.json", "feeds.opml", "autodiscovery.html"]) await site.public.delete(path);
    const report = await site.publish({ now: day(3), rebuild: true });
    expect(report.refused).toBeUndefined();
    expect(putPaths(report)).toEqual(["autodiscovery.html", "feeds.json", "feeds.opml"]);
    expect(ids(await site.read("feed.json"))).toEqual(before);
  });

  test("is read back when our documents changed, and refused when one is not ours", async () => {
    const site = await siteWithHistory();
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

  test("gives a tombstone to a published post that the content lacks", async () => {
    const site = await siteWithHistory();
    await loseState(site);
    await site.remove("posts/plain.md");
    const report = await site.publish({ now: day(3), rebuild: true });
    expect(report.refused).toBeUndefined();
    for (const path of ["atom.xml", "tags/x/atom.xml", "categories/field/atom.xml"]) {
      expect(await site.read(path)).toContain('ref="tag:example.com,2020:posts/plain" when="2026-06-04T12:00:00Z"');
    }
  });

  test("is not read back while files cannot be read that may be the missing posts", async () => {
    const site = await siteWithHistory();
    const before = await site.dump(site.public);
    await loseState(site);
    await site.write("posts/plain.md", "---\ntitle: [\n---\n");
    const { refused } = await site.publish({ now: day(3), rebuild: true });
    expect(refused).toMatchObject({ code: "rebuild-unclear", message: expect.stringContaining("posts/plain.md") });
    expect(await site.dump(site.public)).toEqual(before);
    expect(await site.dump(site.state)).toEqual({});
  });

  test("gives back the podcast's guid, whatever the feed's address is now", async () => {
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

  test("of the example site, which has every kind of document, is read back", async () => {
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

describe("a rebuild", () => {
  test("reads the id that each format gave a post", async () => {
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
    const catalog = await recoverCatalog({
      public: site.public,
      site: siteOf(await site.dump(site.content)),
      now: "2026-06-04T12:00:00Z",
      run: "p",
    });
    const found = catalog?.records.map(({ facts }) => [facts?.id, facts?.ids]);
    expect(found).toContainEqual([id, { rss: "https://old.example/?p=1", isPermaLink: true, atom: id, json: id }]);
    expect(found).toContainEqual(["tag:example.com,2020:posts/b", undefined]);
  });

  test("that has a former catalog knows a post by its ids of a former system: no tombstone, and an edit or a removal since", async () => {
    const id = "https://old.example/?p=";
    const ledger = ["a", "b", "c"].map((n) => [`posts/${n}.md`, { rss: id + n, atom: id + n, json: id + n }] as const);
    const dated = (n: string) => post({ title: n, date: "2026-02-01" }, `The words of ${n}\n`);
    const site = await world({ "posts/a.md": dated("a"), "posts/b.md": dated("b"), "posts/c.md": dated("c") });
    const adopted = new Map(ledger.map(([key, ids]) => [key, { key, ids }]));
    await writeAdopted(site.state, await readHead(site.state), adopted, "adopted");
    await site.publish({ run: "kept" });
    await site.write("posts/b.md", post({ title: "b", date: "2026-02-01" }, "Other words of b\n"));
    await site.remove("posts/c.md");
    await site.publish({ run: "lost", now: day(1) });
    const before = await site.dump(site.public);
    await site.state.delete("head.json");
    await site.state.delete("catalogs/lost.catalog");
    expect((await site.publish({ now: day(2), rebuild: true })).refused).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(before);
    const { records, gone } = await site.catalog();
    expect([...records, ...gone].map(({ key, facts }) => [key, facts?.ids])).toEqual(ledger);
  });

  test("is refused where nothing was lost, unless forced", async () => {
    const site = await siteWithHistory();
    const before = await site.dump(site.public);
    const state = await site.dump(site.state);
    expect((await site.publish({ now: day(3), rebuild: true })).refused).toMatchObject({ code: "not-lost" });
    expect(await site.dump(site.state)).toEqual(state);
    const report = await site.publish({ now: day(3), rebuild: true, force: true });
    expect([report.refused, report.put]).toEqual([undefined, []]);
    expect(await site.dump(site.public)).toEqual(before);
  });

  test("at the same time as others ends as if one had run", async () => {
    const site = await siteWithHistory();
    const before = await site.dump(site.public);
    await loseState(site);
    const clock = { now: () => day(3), wait: () => new Promise<void>((done) => setTimeout(done, 1)) };
    const options = { now: day(3), rebuild: true, clock };
    const reports = await Promise.all([site.publish(options), site.publish(options), site.publish({ ...options })]);
    expect(reports.map(({ refused }) => refused)).toEqual([undefined, undefined, undefined]);
    expect(await site.dump(site.public)).toEqual(before);
    expect((await site.publish({ now: day(3) })).operations.state).toMatchObject({ put: 0 });
  });

  test("that crashed is completed by any run, with every id", async () => {
    const lost = await siteWithHistory();
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
      let putsLeft = n;
      const crashing = (store: World["state"]): World["state"] => ({
        ...store,
        async put(...args) {
          if (putsLeft-- <= 0) throw new Error("crashed");
          return store.put(...args);
        },
      });
      const hasCrashed = await site
        .publish({ now: day(3), rebuild: true, state: crashing(site.state), public: crashing(site.public) })
        .then(
          () => false,
          () => true,
        );
      const next = await site.publish({ now: day(4) });
      // A crash before anything was saved leaves the ledger lost.
      if (next.refused) expect(next.refused.code).toBe("state-lost");
      if (next.refused) await site.publish({ now: day(4), rebuild: true });
      expect(ids(await site.read("feed.json"))).toEqual(before);
      expect((await site.publish({ now: day(4) })).put).toEqual([]);
      if (!hasCrashed) return;
    }
    throw new Error("it never ended");
  });

  test("puts nothing when the documents are still the same", async () => {
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

  test("keeps the catalog that it read back beside its own", async () => {
    const site = await siteWithHistory();
    await loseState(site);
    await site.publish({ now: day(3), rebuild: true });
    const { former } = await site.catalog();
    expect(await site.dump(site.state)).toHaveProperty([former[0] ?? ""]);
  });
});
