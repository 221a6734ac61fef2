/** What the state store holds and nothing needs is removed in full runs; what a kept catalog needs stays. */
import { describe, expect, test } from "vitest";
import { type Store, StoreError } from "../../../lib/stores/store.ts";
import { entriesOf, packsOf } from "../../support/packs.ts";
import { putSealed } from "../../support/stores.ts";
import { NOW, post, SITE, type World, world } from "../../support/world.ts";

const MANY = Array.from({ length: 60 }, (_, i) => `posts/${String(i).padStart(2, "0")}.md`);

const LEFT = `entries/${"x".repeat(22)}.jsonl`;

const entries = async (site: World) => [...(await entriesOf(site)).keys()];

async function siteOfMany(limit = 60): Promise<World> {
  const site = await world({}, `${SITE}limit: ${limit}\n`);
  for (const key of MANY) await site.write(key, post({ title: key }));
  await site.publish();
  return site;
}

/** Writes every post with new text, and publishes. */
async function rewrite(site: World, words: string, hints?: readonly string[]): Promise<void> {
  for (const key of MANY) await site.write(key, post({ title: `${key} ${words}` }));
  await site.publish({ force: true, hints });
}

describe("entries that nothing needs", () => {
  test("are removed when they are many, except those that kept catalogs need", async () => {
    const site = await siteOfMany();
    await rewrite(site, "once");
    await rewrite(site, "twice");
    expect(await entries(site)).toHaveLength(180); // of three catalogs
    for (const words of ["a", "b", "c", "d", "e", "f"]) await rewrite(site, words);
    expect((await entries(site)).length).toBeLessThanOrEqual(60 * 8);
    expect((await site.publish()).operations.state).toMatchObject({ put: 0, delete: 0 });
  });

  test("are not looked for by a run with hints", async () => {
    const site = await siteOfMany();
    for (const words of ["a", "b", "c", "d", "e", "f", "g", "h"]) await rewrite(site, words, MANY);
    expect(await entries(site)).toHaveLength(60 * 9);
    await rewrite(site, "i");
    expect((await entries(site)).length).toBeLessThan(60 * 9);
  });

  test("that a killed run left are removed by the next run that has something to write", async () => {
    const site = await siteOfMany();
    await site.state.put(LEFT, new TextEncoder().encode("{}"), { contentType: "application/json" });
    await putSealed(site.state, "intents/dead.json", { format: 1, run: "dead", paths: [] });
    const head = {
      ...(await site.head()),
      lease: { run: "dead", until: "2026-01-01T00:00:00Z", intent: "intents/dead.json" },
    };
    await putSealed(site.state, "head.json", head);
    await site.publish();
    expect(Object.keys(await site.dump(site.state))).not.toContain(LEFT);
    expect(await entries(site)).toHaveLength(60);
  });

  test("are objects that runs write: files of a folder that lies in this one stay", async () => {
    const site = await siteOfMany();
    const others = ["entries/rss.xml", "entries/feed.json", "entries/tags/x/feed.json", "catalogs/a/b.catalog"];
    for (const key of [...others, LEFT]) await site.state.put(key, new Uint8Array(), { contentType: "text/plain" });
    for (const words of ["a", "b", "c", "d", "e", "f", "g", "h"]) await rewrite(site, words);
    expect(Object.keys(await site.dump(site.state))).toEqual(expect.arrayContaining(others));
    expect(await packsOf(site)).not.toContain(LEFT);
  });

  test("are never last good entries, however long their posts stay broken", async () => {
    const site = await siteOfMany();
    await site.write("posts/00.md", "---\ntitle: [\n---\n");
    for (let words = 0; words < 12; words++) {
      for (const key of MANY.slice(1)) await site.write(key, post({ title: `${key} ${words}` }));
      await site.publish({ force: true });
    }
    await site.write("posts/01.md", post({ title: "The last" }));
    await site.publish();
    expect(await site.read("rss.xml")).toContain("<title>posts/00.md</title>");
    expect((await entries(site)).length).toBeLessThan(60 * 12);
  });
});

describe("an entry that was lost with its pack", () => {
  test("is rendered once, and found where the catalog then says, however many batches there are", async () => {
    for (const batchSize of [undefined, 20]) {
      const site = await siteOfMany();
      for (const pack of await packsOf(site)) await site.state.delete(pack);
      await site.write("posts/00.md", post({ title: "Another" }));
      await site.write("site.yaml", `${SITE.replace("Field notes", "Notes")}limit: 60\n`);
      expect((await site.publish({ batchSize })).entries.rendered).toBe(60);
      await site.write("site.yaml", `${SITE}limit: 60\n`);
      expect((await site.publish({ batchSize })).entries).toEqual({ rendered: 0, cached: 60 });
    }
  });
});

describe("packs of single entries", () => {
  test("become few, and no post is rendered again for it, nor after a rollback", async () => {
    const site = await siteOfMany();
    await site.write("posts/59.md", "---\ntitle: [\n---\n");
    await site.publish();
    for (const [i, key] of [...MANY.slice(0, 58), ...MANY.slice(0, 50)].entries()) {
      await site.write(key, post({ title: `${key} edit ${i}` }));
      await site.publish({ hints: [key] });
    }
    expect((await packsOf(site)).length).toBeGreaterThan(100);
    const { catalog = "" } = await site.head();
    await site.write("posts/58.md", post({ title: "The last" }));
    expect((await site.publish()).entries.rendered).toBe(1);
    // One of former catalogs, and none of its own beside that of the last.
    const used = new Set((await site.catalog()).records.map(({ rendered }) => rendered?.pack));
    expect(used.size).toBe(2);
    await site.public.delete("rss.xml");
    expect((await site.publish()).entries).toEqual({ rendered: 0, cached: 60 });
    expect(await site.read("rss.xml")).toContain("<title>posts/59.md</title>");
    const { entries, put } = await site.publish({
      rollback: catalog.replace(/^catalogs\/|\.catalog$/g, ""),
      force: true,
    });
    expect(put).not.toEqual([]);
    expect(entries.rendered).toBe(1); // the last is as its file has it
  });
});

describe("a run", () => {
  test("keeps the last few catalogs and intents, and removes older ones", async () => {
    const site = await world({ "posts/a.md": post({}) });
    for (let n = 0; n < 9; n++) {
      await site.write("posts/a.md", post({ title: `Title ${n}` }));
      await site.publish();
    }
    const keys = Object.keys(await site.dump(site.state));
    expect(keys.filter((key) => key.startsWith("catalogs/"))).toHaveLength(6);
    expect(keys.filter((key) => key.startsWith("intents/"))).toHaveLength(6);
    const { catalog = "" } = await site.head();
    expect([catalog, ...(await site.catalog()).former].toSorted()).toEqual(
      keys.filter((key) => key.startsWith("catalogs/")),
    );
  });

  test.each([
    ["that writes in several batches", { batchSize: 3 }],
    ["that has no time for all of its batches", { batchSize: 3, until: NOW }],
  ])("%s keeps no more of them", async (_, options) => {
    const site = await world({ "posts/a.md": post({ tags: "[x, y]" }) });
    for (let n = 0; n < 9; n++) {
      await site.write("posts/a.md", post({ title: `Title ${n}`, tags: "[x, y]" }));
      await site.publish(options);
    }
    const keys = Object.keys(await site.dump(site.state));
    expect(keys.filter((key) => key.startsWith("catalogs/"))).toHaveLength(6);
    expect(keys.filter((key) => key.startsWith("intents/"))).toHaveLength(6);
  });

  test("whose removal of old objects fails still succeeds", async () => {
    const site = await world({ "posts/a.md": post({}) });
    const state: Store = {
      ...site.state,
      async delete(key) {
        throw new StoreError("state", "delete", key, "access denied");
      },
    };
    for (let n = 0; n < 9; n++) {
      await site.write("posts/a.md", post({ title: `Title ${n}` }));
      await site.publish({ state });
    }
    expect(await site.read("rss.xml")).toContain("Title 8");
  });
});
