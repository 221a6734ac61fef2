/**
 * Every version goes on from what the versions before it stored: without a new id, and without a put that nothing asks for.
 * `STORED=write npx vitest run test/stored` writes anew what this version stores, as long as it is not released.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PublishOptions } from "../../lib/publish/options.ts";
import { publish } from "../../lib/publish/publish.ts";
import { publishUnlessAtRest } from "../../lib/publish/rest/look.ts";
import type { Report } from "../../lib/publish/types.ts";
import { drainOutbox } from "../../lib/state/outbox.ts";
import { openBytes, sealBytes, sealJson } from "../../lib/state/sealed.ts";
import type { Changed, Topics } from "../../lib/state/types.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { putPaths, testClock, type World, worldOn } from "../support/world.ts";
import { BUILD, CONTENT, siteAtRest } from "./atrest.ts";
import { filled, type StoredSite, stateOf, store, stored, storedSite, versions, withFileDates } from "./files.ts";
import { siteUnderWay } from "./underway.ts";

if (process.env["STORED"] === "write") {
  await store("at-rest", await siteAtRest());
  await store("under-way", await siteUnderWay());
}

/** Another date of every file than when it was stored: so it is in each checkout. */
const MODIFIED = "2026-03-01T00:00:00Z";

async function opened(site: StoredSite, now: Date, stores?: Parameters<typeof filled>[1]): Promise<World> {
  return worldOn(withFileDates(await filled(site, stores), MODIFIED), testClock(now));
}

async function inFolders(site: StoredSite, now: Date, work: (site: World) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "dripfeed-stored-"));
  const [content, served, state] = ["content", "public", "state"].map((name) => folderStore(join(root, name)));
  try {
    if (content && served && state) await work(await opened(site, now, { content, public: served, state }));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** As the packed command does it, with whether it had to be planned. */
async function look(site: World, build: string, options: Partial<PublishOptions> = {}) {
  let isPlanned = false;
  const { content, public: served, state, clock } = site;
  const given = { content, public: served, state, clock, now: clock.now(), run: `look-${build}`, ...options };
  const report = await publishUnlessAtRest(given, build, (closer) => {
    isPlanned = true;
    return publish(closer);
  });
  return { isPlanned, report };
}

function expectNoWrite({ operations, put, removed, refused }: Report): void {
  expect({ put, removed, refused }).toEqual({ put: [], removed: [], refused: undefined });
  for (const store of Object.values(operations)) expect(store).toMatchObject({ put: 0, delete: 0 });
}

/** Each post that was ever published: by its id the ids and the dates under which readers know it. */
async function knownIn(site: World) {
  const { records, gone } = await site.catalog();
  const posts = [...records, ...gone].flatMap(({ key, facts }) => (facts ? [{ key, facts }] : []));
  return new Map(
    posts.map(({ key, facts: { id, ids, published, updated, url } }) => [id, { key, ids, published, updated, url }]),
  );
}

/** A version that reads or writes posts otherwise may put documents once. No other one does. */
async function settle(site: World, { read }: StoredSite): Promise<void> {
  const known = await knownIn(site);
  const report = await site.publish({ now: site.clock.now() });
  if (JSON.stringify(read.versions) === JSON.stringify(versions())) expectNoWrite(report);
  expect(report.refused).toBeUndefined();
  expect(await knownIn(site)).toEqual(known);
}

/** Announces with an announcer that always succeeds. */
async function announced({ state, public: served, clock }: World) {
  const told: Changed[] = [];
  const topics: Topics[] = [];
  const announcer = {
    invalidate: async (changes: Changed) => void told.push(changes),
    hubs: {
      topics: async (waiting: Topics) => waiting,
      notify: async (all: Topics, settle: (hub: string, topic: string) => void) => {
        topics.push(all);
        for (const [hub, paths] of Object.entries(all)) for (const path of paths) settle(hub, path);
      },
    },
  };
  const drain = { announcer, by: `announcer-${clock.now().getTime()}`, patience: 1000, log: () => undefined };
  const result = await drainOutbox({ state, public: served, clock, ...drain });
  return { result, paths: told.flatMap(({ paths }) => paths), topics };
}

/** What a newer version may have stored in the place of each object that a run or an announcer reads. */
const NEWER: { readonly [key: string]: (key: string, bytes: Uint8Array) => Uint8Array } = {
  "head.json": newerJson,
  "announcing.json": newerJson,
  "intents/killed-2.json": newerJson,
  "catalogs/second.catalog": newerLine,
  "adopted/former-2.jsonl": newerLine,
};

function newerJson(key: string, bytes: Uint8Array): Uint8Array {
  const { digest: _, ...value } = JSON.parse(new TextDecoder().decode(bytes));
  return sealJson(key, { ...value, format: value.format + 1 });
}

function newerLine(key: string, bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(openBytes(key, bytes)).toString("latin1");
  const newer = text.replace(/"format":(\d+)/, (_, format) => `"format":${Number(format) + 1}`);
  return sealBytes(key, Buffer.from(newer, "latin1"));
}

const bytesOf = ({ objects }: StoredSite, key: string): Uint8Array => objects.state.get(key) ?? new Uint8Array();

const failureOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: Error) => error.message,
  );

describe.each(stored())("of what %s stored", (version) => {
  describe("a site at rest", () => {
    const site = storedSite(version, "at-rest");
    const NOW = new Date("2026-06-10T00:00:00Z");

    test("is read as what it is", async () => {
      expect(await stateOf(await opened(site, NOW))).toMatchObject(site.read.state);
    });

    test("has nothing to be done, by a look at it or by a plan", async () => {
      const there = await opened(site, NOW);
      const seen = await look(there, BUILD);
      expect(seen.isPlanned).toBe(false);
      expectNoWrite(seen.report);
      await settle(there, site);
      const planned = await look(there, "another program");
      expect(planned.isPlanned).toBe(true);
      expectNoWrite(planned.report);
      const { operations: _, took: __, ...said } = seen.report;
      expect(planned.report).toMatchObject(said);
    });

    test("has nothing to be done in a copy of its files, which have other ETags and dates", async () => {
      await inFolders(site, NOW, async (copy) => {
        await settle(copy, site);
        expectNoWrite((await look(copy, BUILD)).report);
      });
    });

    const EDITED_ID = "tag:example.com,2020:posts/short";
    const FILES = ["atom.xml", "feed.json", "index.html", "rss.xml"];
    const EDITED = ["", "tags/water/"].flatMap((channel) => FILES.map((file) => channel + file));

    test("takes an edit of a post: its documents alone are put, and the next run finds the site at rest", async () => {
      await inFolders(site, NOW, async (copy) => {
        await settle(copy, site);
        const known = await knownIn(copy);
        const text = new TextDecoder().decode(site.objects.content.get("posts/short.md"));
        await copy.write("posts/short.md", text.replace("三十秒", "一分钟"));
        const { report } = await look(copy, BUILD);
        expect(putPaths(report)).toEqual(EDITED);
        const after = await knownIn(copy);
        expect(after.get(EDITED_ID)).toEqual({ ...known.get(EDITED_ID), updated: "2026-06-10T00:00:00Z" });
        after.delete(EDITED_ID);
        known.delete(EDITED_ID);
        expect(after).toEqual(known);
        expect((await look(copy, BUILD)).isPlanned).toBe(false);
      });
    });

    test("goes back to a former run, and keeps ids and dates", async () => {
      const there = await opened(site, NOW);
      await settle(there, site);
      const known = await knownIn(there);
      // The edit of the last run counts as none: readers are to get the post as it was before.
      const edited = known.get(EDITED_ID);
      if (edited) known.set(EDITED_ID, { ...edited, updated: edited.published });
      expect((await there.publish({ now: NOW, rollback: "run-3" })).refused).toBeUndefined();
      expect(await knownIn(there)).toEqual(known);
      expectNoWrite(await there.publish({ now: NOW }));
    });

    test("is read back from its former catalogs and its documents, and keeps ids, dates and bytes", async () => {
      const there = await opened(site, NOW);
      await settle(there, site);
      const [known, before] = [await knownIn(there), await there.dump(there.public)];
      await there.state.delete("head.json");
      expect((await there.publish({ now: NOW, rebuild: true })).refused).toBeUndefined();
      expect(await knownIn(there)).toEqual(known);
      expect(await there.dump(there.public)).toEqual(before);
    });

    test("is read back from its documents alone, and keeps their bytes, with all ids and dates", async () => {
      const there = await opened(site, NOW);
      // A post that cannot be read is not found in the documents.
      await there.write("posts/breaking.md", CONTENT["posts/breaking.md"]);
      await there.publish({ now: NOW });
      const before = await there.dump(there.public);
      for (const key of Object.keys(await there.dump(there.state))) await there.state.delete(key);
      expect((await there.publish({ now: NOW, rebuild: true })).refused).toBeUndefined();
      expect(await there.dump(there.public)).toEqual(before);
    });

    test("publishes what is due at its moment", async () => {
      const there = await opened(site, new Date("2026-07-01T00:00:00Z"));
      const { put } = await there.publish({ now: there.clock.now() });
      expect(put.length).toBeGreaterThan(0);
      expect(await there.read("feed.json")).toContain("On the first of July.");
    });

    test("is announced: to hubs what they were not told yet, and to caches what changed since", async () => {
      const there = await opened(site, NOW);
      const { paths } = (await there.head()).outbox;
      const { result, ...told } = await announced(there);
      expect(result).toEqual({ paths: paths.length });
      expect(paths).toContain("archive/2026/2/rss.xml");
      expect(told).toEqual({ paths, topics: [{ "https://hub.example/": ["rss.xml", "atom.xml", "feed.json"] }] });
      expect((await announced(there)).result).toBeUndefined();
    });
  });

  describe("a site of which a run was killed", () => {
    const site = storedSite(version, "under-way");
    const NOW = new Date("2026-06-02T16:00:00Z");

    test("is read as what it is", async () => {
      expect(await stateOf(await opened(site, NOW))).toMatchObject(site.read.state);
    });

    test("is completed by the next run: what was begun is put, ids stay, and those that waited reach their posts", async () => {
      const there = await opened(site, NOW);
      const known = await knownIn(there);
      const { intended } = await stateOf(there);
      expect(intended).not.toEqual([]);
      const { isPlanned, report } = await look(there, BUILD);
      expect([isPlanned, report.refused]).toEqual([true, undefined]);
      expect(putPaths(report)).toEqual(expect.arrayContaining([...intended]));
      const after = await knownIn(there);
      for (const [id, { key, ids, published }] of known) expect(after.get(id)).toMatchObject({ key, ids, published });
      const archive = await there.read("archive/2026-04/rss.xml");
      expect([...archive.matchAll(/p=\d/g)].map(([id]) => id)).toEqual(["p=2", "p=1"]);
      expectNoWrite(await there.publish({ now: NOW }));
    });

    test("keeps back the post whose address is another's, until that goes", async () => {
      const there = await opened(site, NOW);
      await there.publish({ now: NOW });
      expect(await there.read("rss.xml")).not.toContain("Same address");
      await there.remove("posts/water.md");
      await there.publish({ now: NOW });
      expect(await there.read("rss.xml")).toContain("Same address");
    });

    test("sees the put of a run that was overtaken, though it arrives late", async () => {
      const there = await opened(site, NOW);
      const { late } = await there.catalog();
      const [path = ""] = Object.keys(late ?? {});
      await there.public.put(path, new TextEncoder().encode("late"), { contentType: "text/plain" });
      const { removed } = await there.publish({ now: NOW });
      expect(removed.map((each) => each.path)).toEqual([path]);
    });

    test("is announced in two parts: what an announcer left, then what runs committed meanwhile", async () => {
      const there = await opened(site, NOW);
      const first = await announced(there);
      expect(first.paths).toContain("languages/zh/rss.xml");
      expect(first.paths).not.toContain("tags/passing/rss.xml");
      await there.publish({ now: NOW });
      const { paths } = (await there.head()).outbox;
      expect(paths).toContain("tags/passing/rss.xml");
      expect((await announced(there)).paths).toEqual(paths);
    });

    test.each(Object.entries(NEWER))("is refused while %s has the form of a newer version", async (key, newer) => {
      const there = await opened(site, NOW);
      await there.state.put(key, newer(key, bytesOf(site, key)), { contentType: "text/plain" });
      const before = [await there.dump(there.state), await there.dump(there.public)];
      const failure =
        key === "announcing.json" ? (await announced(there)).result?.failed : await failureOf(look(there, BUILD));
      expect(failure).toMatch(/^(.*) was written by a newer Dripfeed \(format \d+\); use that one$/);
      expect(failure).toContain(key);
      expect([await there.dump(there.state), await there.dump(there.public)]).toEqual(before);
    });
  });
});
