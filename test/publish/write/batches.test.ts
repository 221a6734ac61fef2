/** Long runs are written and committed in batches, so that a run that ends early loses at most one batch. */
import { describe, expect, test } from "vitest";
import { type Batch, cutBatches, isOutOfTime } from "../../../lib/publish/plan/batches.ts";
import { readCatalog } from "../../../lib/state/catalog.ts";
import { LEASE_MS } from "../../../lib/state/lease.ts";
import type { Catalog } from "../../../lib/state/types.ts";
import { type Store, StoreError } from "../../../lib/stores/store.ts";
import { NOW, post, putPaths, SITE, type World, wholeSite, world } from "../../support/world.ts";

const TAGS = Array.from({ length: 400 }, (_, i) => `t${i}`);
/** 1,206 documents: three batches. */
const MANY = { "posts/a.md": post({ title: "A", tags: `[${TAGS.join(", ")}]` }) };

/** The state store, whose `n`th put of a key that `isMeant` fails. */
function failingAt(site: World, isMeant: (key: string) => boolean, n: number): Store {
  let times = 0;
  return {
    ...site.state,
    async put(key, body, options) {
      if (isMeant(key) && ++times === n) throw new StoreError("state", "put", key, "the disk is full");
      return site.state.put(key, body, options);
    },
  };
}

const isCatalog = (key: string) => key.startsWith("catalogs/");

describe("a run whose time is over", () => {
  const clock = { now: () => new Date(1000) };
  const over = { until: new Date(1000), clock };
  const removing = (reason: "channel gone" | "inherited"): Batch => {
    return { put: [], remove: [{ path: "tags/x/rss.xml", reason }], records: new Set() };
  };

  test("begins no further batch, if there is one", () => {
    expect(isOutOfTime([removing("channel gone")], over)).toBe(true);
    expect(isOutOfTime([], over)).toBe(false);
    expect(isOutOfTime([removing("channel gone")], { until: new Date(1001), clock })).toBe(false);
    expect(isOutOfTime([removing("channel gone")], { until: undefined, clock })).toBe(false);
  });

  test("still writes the paths that a former run may have left half done", () => {
    expect(isOutOfTime([removing("channel gone"), removing("inherited")], over)).toBe(false);
  });

  test("releases the lease, and the next run goes on without listing the content", async () => {
    const site = await world(MANY);
    const first = await site.publish({ until: NOW });
    expect([first.unfinished, first.put.length, (await site.head()).lease]).toEqual([true, 500, undefined]);
    const second = await site.publish({ hints: [], until: NOW });
    expect([second.unfinished, second.put.length, second.operations.content.list]).toEqual([true, 500, 0]);
    const third = await site.publish({ hints: [] });
    expect([third.unfinished, third.put.length]).toEqual([undefined, 206]);
    expect((await site.publish()).put).toEqual([]);
    const whole = await world(MANY);
    await whole.publish();
    expect(await site.dump(site.public)).toEqual(await whole.dump(whole.public));
  });
});

describe("a long run", () => {
  test("is cut into batches of at most 500 documents, removals last", () => {
    const paths = Array.from({ length: 1200 }, (_, i) => `tags/${i}/rss.xml`);
    const put = paths.map((path) => ({
      document: { path, contentType: "", updated: "", fingerprint: "", source: { as: "host", text: "" } as const },
      reason: "new" as const,
    }));
    const remove = Array.from({ length: 700 }, (_, i) => ({ path: `old/${i}`, reason: "channel gone" as const }));
    const batches = cutBatches({ put, remove });
    expect(batches.map((batch) => [batch.put.length, batch.remove.length])).toEqual([
      [500, 0],
      [500, 0],
      [200, 300],
      [0, 400],
    ]);
    expect(batches.flatMap((batch) => batch.put.map(({ document }) => document.path))).toEqual(paths);
    expect(batches.flatMap((batch) => batch.remove)).toEqual(remove);
  });

  test("is cut into batches of the size that the caller gives", async () => {
    const site = await world({ "posts/a.md": post({ tags: "[x, y]" }) });
    const catalogs: string[] = [];
    const state: Store = {
      ...site.state,
      async put(key, body, options) {
        if (isCatalog(key)) catalogs.push(key);
        return site.state.put(key, body, options);
      },
    };
    const report = await site.publish({ state, batchSize: 5 });
    expect(putPaths(report)).toEqual(wholeSite("x", "y"));
    expect(catalogs).toHaveLength(3); // of 12 documents
  });

  test("commits each batch, and keeps only its last catalog", async () => {
    const site = await world(MANY);
    const outboxes: number[] = [];
    const state: Store = {
      ...site.state,
      async put(key, body, options) {
        const etag = await site.state.put(key, body, options);
        if (key === "head.json") outboxes.push((await site.head()).outbox.paths.length);
        return etag;
      },
    };
    const report = await site.publish({ state });
    expect(putPaths(report)).toEqual(wholeSite(...TAGS));
    expect(outboxes).toEqual([0, 500, 1000, 1000]); // the lease, the batches; at the end folders, for there are too many
    expect(Object.keys(await site.dump(site.state)).filter((key) => !key.startsWith("entries/"))).toHaveLength(3);
    expect((await site.catalog()).former).toEqual([]);
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("makes anew in each catalog only the records whose entries it wrote with the batch", async () => {
    const posts = Array.from({ length: 8 }, (_, i) => [
      `posts/${i}.md`,
      post({ date: `2020-01-0${i + 1}`, tags: `[t${i}]` }),
    ]);
    const site = await world(Object.fromEntries(posts), `${SITE}limit: 1\n`);
    const catalogs: Catalog[] = [];
    const state: Store = {
      ...site.state,
      async put(key, body, options) {
        const etag = await site.state.put(key, body, options);
        const { catalog } = key === "head.json" ? await site.head() : {};
        // The very object that was committed.
        const committed = catalog === undefined ? undefined : await readCatalog(site.state, await site.head());
        if (committed && !catalogs.includes(committed)) catalogs.push(committed);
        return etag;
      },
    };
    await site.publish({ state, batchSize: 5 });
    expect(catalogs.length).toBeGreaterThan(3);
    const made = new Set(catalogs.flatMap(({ records }) => records));
    expect(made.size).toBeLessThanOrEqual(8 + 8); // each once without its entry, and once with it
    expect(catalogs.at(-1)?.records.every(({ rendered }) => rendered)).toBe(true);
  });

  test.each([2, 3])("that fails at the commit of batch %i keeps the batches before it", async (n) => {
    const site = await world(MANY);
    await expect(site.publish({ state: failingAt(site, isCatalog, n) })).rejects.toThrow("the disk is full");
    const before = await site.dump(site.public);
    const report = await site.publish();
    expect(report.put.length + report.unchanged).toBe(1206);
    // The documents of the batch that was not committed are compared with what is there, and need no put.
    expect(report.put.length).toBe(1206 - 500 * n > 0 ? 1206 - 500 * n : 0);
    expect(Object.keys(before).length).toBe(Math.min(500 * n, 1206));
    expect(await site.paths()).toEqual(wholeSite(...TAGS));
    expect((await site.head()).lease).toBeUndefined();
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("that is killed between two batches leaves only the paths of the next one to be checked", async () => {
    const site = await world(MANY);
    let isDead = false;
    const crash = async (): Promise<never> => {
      throw new StoreError("public", "put", "", "crashed");
    };
    const publicStore: Store = {
      ...site.public,
      put: (key, body, options) => (isDead ? crash() : site.public.put(key, body, options)),
    };
    const state: Store = {
      ...site.state,
      async put(key, body, options) {
        if (isDead) return crash();
        const etag = await site.state.put(key, body, options);
        isDead = key === "head.json" && (await site.head()).catalog !== undefined;
        return etag;
      },
    };
    await expect(site.publish({ public: publicStore, state })).rejects.toThrow("crashed");
    expect(await site.paths()).toHaveLength(500);
    site.clock.advance(LEASE_MS + 1);
    const report = await site.publish();
    expect(report.put).toHaveLength(706);
    expect(new Set(report.put.map(({ reason }) => reason))).toEqual(new Set(["inherited", "new"]));
    expect(await site.paths()).toEqual(wholeSite(...TAGS));
  });

  test("that cannot render a post of a later batch goes on without it", async () => {
    const deep = post({ title: "Deep", date: "2020-01-01", tags: "[z1, z2]" }, `${"> ".repeat(20_000)}x`);
    const site = await world({ ...MANY, "posts/deep.md": deep }, `${SITE}limit: 1\n`);
    const report = await site.publish();
    expect(report.problems.map(({ code }) => code)).toEqual(["too-slow"]);
    expect(await site.paths()).toEqual(wholeSite(...TAGS));
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("that may not remove old objects succeeds, and logs which stay", async () => {
    const site = await world(MANY);
    const lines: string[] = [];
    const state: Store = {
      ...site.state,
      async delete(key) {
        throw new StoreError("state", "delete", key, "access denied");
      },
    };
    const report = await site.publish({ state, log: (line) => lines.push(line) });
    expect(report.refused).toBeUndefined();
    expect(report.put).toHaveLength(1206);
    expect(lines.filter((line) => line.includes("access denied")).length).toBeGreaterThan(0);
  });
});
