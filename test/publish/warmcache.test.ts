/** The warm cache of a process that publishes several times: fewer requests, and the same documents. */
import { describe, expect, test } from "vitest";
import type { HeldEntry } from "../../lib/formats/types.ts";
import { emptyWarmCache, keepWarm, makeRoom } from "../../lib/publish/warmcache.ts";
import { whenRendered } from "../support/rendering.ts";
import { post, world } from "../support/world.ts";

const POSTS = Object.fromEntries(
  Array.from({ length: 12 }, (_, i) => [`posts/${i}.md`, post({ title: `Post ${i}`, tags: "[tea]" })]),
);

const EDITED = post({ title: "Post 3, again", tags: "[tea]" });

test("after an edit a warm process reads no entry again, and writes the documents that a new process would", async () => {
  const [warmSite, coldSite] = [await world(POSTS), await world(POSTS)];
  const warmCache = emptyWarmCache();
  await warmSite.publish({ warmCache });
  await coldSite.publish();
  for (const site of [warmSite, coldSite]) await site.write("posts/3.md", EDITED);
  const warm = await warmSite.publish({ warmCache, hints: ["posts/3.md"] });
  const cold = await coldSite.publish({ hints: ["posts/3.md"] });
  expect(cold.operations.state.get - warm.operations.state.get).toBe(1); // of one pack
  expect(await warmSite.dump(warmSite.public)).toEqual(await coldSite.dump(coldSite.public));
});

test("a change of site.yaml shows in every item, although entries are in the warm cache", async () => {
  const [warmSite, coldSite] = [await world(POSTS), await world(POSTS)];
  const warmCache = emptyWarmCache();
  await warmSite.publish({ warmCache });
  await coldSite.publish();
  for (const site of [warmSite, coldSite]) {
    const text = (await site.dump(site.content))["site.yaml"] ?? "";
    await site.write("site.yaml", text.replace("https://feeds.example.com/", "https://other.example.com/"));
    await site.write("posts/3.md", EDITED);
  }
  await warmSite.publish({ warmCache });
  await coldSite.publish();
  expect(await warmSite.dump(warmSite.public)).toEqual(await coldSite.dump(coldSite.public));
});

test("an entry that a refused run rendered is put into the entry cache by the run that publishes it", async () => {
  const site = await world(POSTS);
  const warmCache = emptyWarmCache();
  await site.publish({ warmCache });
  const all = Object.keys(POSTS);
  for (const key of all.slice(1)) await site.remove(key);
  await site.write("posts/0.md", EDITED);
  const { refused } = await site.publish({ warmCache });
  expect(refused).toBeDefined();
  await site.publish({ warmCache, force: true });
  // The post is broken now, so its last good entry must come from the state store.
  await site.write("posts/0.md", "---\ntitle: [\n---\n");
  await site.write("posts/1.md", post({ title: "Another" }));
  await site.publish();
  expect(await site.read("rss.xml")).toContain("Post 3, again");
});

describe("room in the warm cache", () => {
  const record = (name: string, size = 4_000_000) => ({ facts: { inputHash: name, size } });
  const held = {} as HeldEntry;

  /** Holds the entries of these records alone. */
  function holding(...records: readonly ReturnType<typeof record>[]) {
    const cache = emptyWarmCache();
    const bytes = records.reduce((sum, { facts }) => sum + facts.size, 0);
    keepWarm(cache, new Map(records.map(({ facts }) => [facts.inputHash, held])), bytes);
    return cache;
  }

  test("what the next entries do not need goes before they come, where there is no room for both", () => {
    const cache = holding(record("a"), record("b"), record("c"));
    makeRoom(cache, [record("b"), record("d"), record("e")]);
    expect([...cache.entries.keys()]).toEqual(["b"]);
    expect(cache.weight).toBe(4_000_000);
  });

  test("all stays where there is room, or where nothing comes", () => {
    const cache = holding(record("a"), record("b"), record("c", 12_000_000));
    makeRoom(cache, [record("b")]);
    expect(cache.entries.size).toBe(3);
    const small = holding(record("a"), record("b"));
    makeRoom(small, [record("c")]);
    expect(small.entries.size).toBe(2);
  });

  test("posts are rendered once the entries are gone for which there is no room beside theirs", async () => {
    const warmCache = holding(record("a", 16_000_000));
    const site = await world(POSTS);
    const isHeld = new Set<boolean>();
    const timeLimit = whenRendered(() => {
      isHeld.add(warmCache.entries.has("a"));
    });
    await site.publish({ warmCache, timeLimit });
    expect([...isHeld]).toEqual([false]);
  });
});
