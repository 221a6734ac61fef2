/** The lease: one writer at a time, and what a run does with the leases of others. */
import { describe, expect, test } from "vitest";
import type { Clock } from "../../lib/base/clock.ts";
import { readHead } from "../../lib/state/head.ts";
import { inheritedPaths } from "../../lib/state/intents.ts";
import { LEASE_MS, takeLease } from "../../lib/state/lease.ts";
import type { Head } from "../../lib/state/types.ts";
import { type Store, StoreConflict, StoreUnknown } from "../../lib/stores/store.ts";
import { putSealed, undisturbed, withPut } from "../support/stores.ts";
import { NOW, post, siteAndTags, testClock, type World, world } from "../support/world.ts";

const POSTS = { "posts/a.md": post({ tags: "[x]" }), "posts/b.md": post({ tags: "[y]" }) };

/** Writes a lease of the run `dead` over `paths` into the head. */
async function leaseFor(site: World, paths: readonly string[], until: Date | string, holder?: string): Promise<void> {
  const intent = "intents/dead.json";
  await putSealed(site.state, intent, { format: 1, run: "dead", paths });
  const hasHead = await site.state.get("head.json");
  const head: Head = hasHead ? await site.head() : { format: 1, outbox: { paths: [] } };
  const lease = { run: "dead", until: typeof until === "string" ? until : until.toISOString(), holder, intent };
  await putSealed(site.state, "head.json", { ...head, lease });
}

const later = (ms: number) => new Date(NOW.getTime() + ms);

describe("runs at the same time", () => {
  test.each([2, 8])("%i of them end as if one had run", async (many) => {
    const site = await world(POSTS);
    const clock = { now: () => new Date(), wait: () => new Promise<void>((done) => setTimeout(done, 1)) };
    const reports = await Promise.all(Array.from({ length: many }, () => site.publish({ clock })));
    expect(reports.filter(({ refused }) => refused)).toEqual([]);
    expect(await site.dump(site.public)).toEqual(await undisturbed(site));
    expect((await site.head()).lease).toBeUndefined();
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("do not take each other's documents for foreign ones", async () => {
    const site = await world(POSTS);
    let overtaken = false;
    const content: Store = {
      ...site.content,
      async get(key, known) {
        const object = await site.content.get(key, known);
        if (key === "posts/a.md" && !overtaken) {
          overtaken = true;
          await site.write("posts/a.md", post({ title: "Edited", tags: "[x]" }));
          await site.publish();
        }
        return object;
      },
    };
    const report = await site.publish({ content });
    expect(report.refused).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(await undisturbed(site));
  });

  /** A state store in which another run is quicker, so many times, to swap the head. */
  const overtakenTimes = (times: number, { state }: World): Store => {
    let left = times;
    return withPut(state, async (put, key, body, options) => {
      if (key === "head.json" && left-- > 0) throw new StoreConflict("state", "put", key, "412");
      return put(key, body, options);
    });
  };

  test("that overtake one again and again do not make it give up while its patience lasts", async () => {
    const site = await world(POSTS);
    const report = await site.publish({ state: overtakenTimes(20, site) });
    expect(report.refused).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(await undisturbed(site));
  });

  test("that overtake one without end make it give up when its patience ends", async () => {
    const site = await world(POSTS);
    const report = await site.publish({ state: overtakenTimes(Number.POSITIVE_INFINITY, site), patience: 1000 });
    expect(report.refused?.code).toBe("busy");
    expect(await site.paths()).toEqual([]);
  });

  test("for different edits publish all of them", async () => {
    const site = await world(POSTS);
    await site.publish();
    const edits = [1, 2, 3].map(async (n) => {
      await site.write(`posts/${n}.md`, post({ tags: "[x]", title: `Post ${n}` }));
      return site.publish({ hints: [`posts/${n}.md`] });
    });
    await Promise.all(edits);
    expect(Object.keys(await undisturbed(site)).sort()).toEqual(await site.paths());
    for (const n of [1, 2, 3]) expect(await site.read("tags/x/rss.xml")).toContain(`Post ${n}`);
  });
});

describe("a lease", () => {
  test("that is alive is waited for, with a message, and taken over when it has expired", async () => {
    const site = await world(POSTS);
    await leaseFor(site, [], later(30_000));
    const lines: string[] = [];
    const report = await site.publish({ log: (line) => lines.push(line) });
    expect(lines).toEqual(["another run (dead) is writing; waiting for it, up to 60 s unless it goes on"]);
    expect(site.clock.now().getTime()).toBeGreaterThanOrEqual(later(30_000).getTime());
    expect(report.refused).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(await undisturbed(site));
  });

  test("that lasts longer than the run may wait makes it refuse", async () => {
    const site = await world(POSTS);
    await leaseFor(site, [], later(30_000));
    const report = await site.publish({ patience: 5_000 });
    expect(report.refused).toMatchObject({ code: "busy" });
    expect(await site.paths()).toEqual([]);
  });

  test("dated by a clock that is a year ahead is taken over when it was not renewed for as long as a lease holds", async () => {
    const site = await world(POSTS);
    await leaseFor(site, [], later(365 * 86_400_000));
    const report = await site.publish();
    expect(report.refused).toBeUndefined();
    expect(site.clock.now().getTime()).toBeGreaterThan(later(LEASE_MS).getTime());
    expect(await site.dump(site.public)).toEqual(await undisturbed(site));
  });

  test("dated by a clock that is ahead is not taken over while it is renewed", async () => {
    const site = await world(POSTS);
    await leaseFor(site, [], later(86_400_000));
    let reads = 0;
    const renewed: Store = {
      ...site.state,
      async get(key, known) {
        if (key === "head.json" && ++reads % 30 === 0) await leaseFor(site, [], later(86_400_000 + reads * 1000));
        return site.state.get(key, known);
      },
    };
    const report = await site.publish({ state: renewed, patience: 5 * LEASE_MS });
    expect(report.refused).toMatchObject({ code: "busy" });
    expect(await site.paths()).toEqual([]);
  });

  test.each([0, 1_000, 20_000])(
    "dated by a clock that is ahead by years blocks no run for two leases, though it may wait for %i ms only",
    async (patience) => {
      const site = await world(POSTS);
      await leaseFor(site, [], later(5 * 365 * 86_400_000));
      const report = await site.publish({ patience });
      expect(report.refused).toBeUndefined();
      expect(site.clock.now().getTime()).toBeLessThanOrEqual(later(2 * LEASE_MS).getTime());
      expect(await site.dump(site.public)).toEqual(await undisturbed(site));
    },
  );

  test.each([0, 1_000, 10_000, 25_000, 90_000])(
    "of a run that lives is not taken over by one whose clock is behind and which may wait for %i ms",
    async (patience) => {
      const site = await world(POSTS);
      const log = () => undefined;
      const live = { state: site.state, clock: site.clock, run: "live", log };
      const lease = await takeLease(live, await readHead(site.state), siteAndTags());
      const behind: Clock = {
        now: () => new Date(site.clock.now().getTime() - 3 * LEASE_MS),
        async wait(ms) {
          await site.clock.wait(ms);
          await lease.renew();
        },
      };
      expect((await site.publish({ clock: behind, patience })).refused).toMatchObject({ code: "busy" });
      await lease.confirm();
    },
  );

  test("dated by a clock that is a little ahead is waited for, since it may be another run's that lives", async () => {
    const site = await world(POSTS);
    await leaseFor(site, [], later(2 * LEASE_MS - 10_000));
    expect((await site.publish({ patience: 5_000 })).refused).toMatchObject({ code: "busy" });
  });

  test("dated by a clock that is ahead, and renewed while a run of little patience waits, makes it refuse", async () => {
    const site = await world(POSTS);
    await leaseFor(site, [], later(86_400_000));
    let reads = 0;
    const renewed: Store = {
      ...site.state,
      async get(key, known) {
        if (key === "head.json" && ++reads === 4) await leaseFor(site, [], later(86_460_000));
        return site.state.get(key, known);
      },
    };
    expect((await site.publish({ state: renewed, patience: 10_000 })).refused).toMatchObject({ code: "busy" });
  });

  test("of a run with a wrong clock that was taken over while it lived: it writes no more, and nothing is wrong", async () => {
    const site = await world(POSTS);
    await site.publish();
    await site.write("posts/a.md", post({ title: "Edited", tags: "[x, z]", updated: "2026-02-01" }));
    const ahead = testClock(later(365 * 86_400_000));
    let other: Promise<unknown> | undefined;
    const paused = withPut(site.public, async (real, key, body, options) => {
      other ??= site.publish({ patience: 1_000 });
      await other;
      return real(key, body, options);
    });
    const report = await site.publish({ public: paused, clock: ahead });
    expect(report.refused).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(await undisturbed(site));
    expect((await site.publish()).operations).toMatchObject({ public: { put: 0 }, state: { put: 0 } });
  });

  test.each([
    ["back by a day", -86_400_000],
    ["back by half a minute, again and again", -30_000],
    ["forward by an hour", 3_600_000],
  ])("is waited for no longer, and no shorter, where the clock is set %s meanwhile", async (name, step) => {
    const site = await world(POSTS);
    // Renewed each time, by a run that lives: it ends a minute later than the clock says.
    const renewed: Store = {
      ...site.state,
      async get(key, known) {
        if (key === "head.json") await leaseFor(site, [], new Date(site.clock.now().getTime() + LEASE_MS));
        return site.state.get(key, known);
      },
    };
    let waited = 0;
    let steps = 0;
    const clock = {
      now: site.clock.now,
      async wait(ms: number) {
        waited += ms;
        await site.clock.wait(ms);
        if (steps === 0 || (name.endsWith("again") && steps < 50)) site.clock.advance(step);
        steps += 1;
      },
    };
    expect((await site.publish({ state: renewed, clock, patience: 20_000 })).refused).toMatchObject({ code: "busy" });
    expect(waited).toBeGreaterThanOrEqual(17_000);
    expect(waited).toBeLessThanOrEqual(21_000);
  });

  test("is renewed where the clock is set back, so that no other run takes it for one of a wrong clock", async () => {
    const site = await world(POSTS);
    const untils = new Set<string>();
    let puts = 0;
    const slow = withPut(site.public, async (real, key, body, options) => {
      puts += 1;
      if (puts === 2) site.clock.advance(-86_400_000);
      const etag = await real(key, body, options);
      untils.add((await site.head()).lease?.until ?? "");
      return etag;
    });
    await site.publish({ public: slow });
    const limit = site.clock.now().getTime() + 2 * LEASE_MS;
    expect(Date.parse([...untils].at(-1) ?? "")).toBeLessThan(limit);
  });

  test("of a process that has ended is not waited for; one of any other process is", async () => {
    const holder = { name: "me", hasEnded: (name: string) => name === "dead" || name === "me" };
    for (const [name, waits] of [
      ["dead", false],
      ["me", false],
      ["alive", true],
      [undefined, true],
    ] as const) {
      const site = await world(POSTS);
      await leaseFor(site, [], later(30_000), name);
      expect((await site.publish({ holder })).refused).toBeUndefined();
      expect(site.clock.now().getTime() > NOW.getTime(), `${name}`).toBe(waits);
      expect(await site.dump(site.public)).toEqual(await undisturbed(site));
    }
  });

  test("names the process that holds it", async () => {
    const site = await world(POSTS);
    const holders = new Set<string | undefined>();
    const watched = withPut(site.public, async (real, key, body, options) => {
      holders.add((await site.head()).lease?.holder);
      return real(key, body, options);
    });
    await site.publish({ public: watched, holder: { name: "me", hasEnded: () => false } });
    expect(holders).toEqual(new Set(["me"]));
  });

  test("that is given back names only the paths that are this run's, and leaves one intent", async () => {
    const site = await world(POSTS);
    const taker = { state: site.state, clock: site.clock, run: "it", log: () => undefined };
    const lease = await takeLease(taker, await readHead(site.state), ["rss.xml", "atom.xml"]);
    await lease.beforeWrite();
    lease.disown("atom.xml");
    await lease.release();
    const head = await readHead(site.state);
    expect(await inheritedPaths(site.state, head)).toEqual(new Set(["rss.xml"]));
    const kept = Object.keys(await site.dump(site.state)).filter((key) => key.startsWith("intents/"));
    expect(kept).toEqual([head.value.lease?.intent]);
  });

  test.each([
    ["is taken over", false],
    ["and names paths that were changed since, is taken over", true],
  ])("whose put arrives after it was given back, as the head is what it was before, %s", async (_, changes) => {
    const site = await world(POSTS);
    await site.publish();
    let late: (() => Promise<unknown>) | undefined;
    const state = withPut(site.state, async (real, key, body, options) => {
      if (key !== "head.json" || late) return real(key, body, options);
      late = () => real(key, body, options);
      throw new StoreUnknown("state", "put", key, "no reply");
    });
    const taker = { state, clock: site.clock, run: "it", log: () => undefined };
    const lease = await takeLease(taker, await readHead(state), siteAndTags());
    if (changes) await lease.intend(siteAndTags("x"));
    await lease.release();
    await late?.();
    expect((await site.head()).lease?.run).toBe("it");
    expect((await site.publish()).refused).toBeUndefined();
    expect((await site.head()).lease).toBeUndefined();
  });

  test("whose paths changed has an intent of the same name as its catalog, so that they are removed together", async () => {
    const site = await world(POSTS);
    await site.publish();
    const taker = { state: site.state, clock: site.clock, run: "it", log: () => undefined };
    const lease = await takeLease(taker, await readHead(site.state), siteAndTags());
    await lease.intend(siteAndTags("x"));
    const { value } = await lease.commit(await site.catalog(), { paths: [] });
    const intent = value.catalog?.replace("catalogs/", "intents/").replace(".catalog", ".json");
    expect(Object.keys(await site.dump(site.state))).toContain(intent);
  });

  test("that expired is taken over even when nothing changed, because its paths may be half done", async () => {
    const site = await world(POSTS);
    await site.publish();
    const good = await site.dump(site.public);
    await site.public.put("tags/x/rss.xml", new TextEncoder().encode("half done"), { contentType: "text/xml" });
    await site.public.put("tags/z/rss.xml", new TextEncoder().encode("half done"), { contentType: "text/xml" });
    await leaseFor(site, ["tags/x/rss.xml", "tags/y/rss.xml", "tags/z/rss.xml"], later(-1));
    const report = await site.publish();
    expect(report.put.map(({ path, reason }) => [path, reason])).toEqual([
      ["tags/x/rss.xml", "drifted"],
      ["tags/y/rss.xml", "inherited"],
    ]);
    expect(report.removed).toEqual([{ path: "tags/z/rss.xml", reason: "inherited" }]);
    expect(await site.dump(site.public)).toEqual(good);
    expect((await site.head()).lease).toBeUndefined();
  });

  test("is renewed while a long run writes", async () => {
    const tags = Array.from({ length: 40 }, (_, i) => `t${i}`);
    const site = await world({ "posts/a.md": post({ tags: `[${tags.join(", ")}]` }) });
    const untils = new Set<string>();
    const slow = withPut(site.public, async (real, key, body, options) => {
      site.clock.advance(LEASE_MS / 20);
      untils.add((await site.head()).lease?.until ?? "");
      return real(key, body, options);
    });
    const report = await site.publish({ public: slow });
    expect(report.put).toHaveLength(126);
    expect(untils.size).toBeGreaterThan(5);
    expect((await site.head()).lease).toBeUndefined();
  });

  test("that another run took over makes the writer stop and begin again", async () => {
    const site = await world(POSTS);
    await site.publish();
    await site.write("posts/a.md", post({ title: "Older", tags: "[x]" }));
    const takeOver = async () => {
      await leaseFor(site, [...siteAndTags("x")], later(-1));
      await site.write("posts/a.md", post({ title: "Newer", tags: "[x]" }));
      await site.publish(); // the other run, from start to commit
    };
    let takeover: Promise<void> | undefined;
    const late: string[] = [];
    const overtaken = withPut(site.public, async (real, key, body, options) => {
      takeover ??= takeOver();
      await takeover;
      const etag = await real(key, body, options);
      if (new TextDecoder().decode(body).includes("Older")) late.push(key);
      return etag;
    });
    const report = await site.publish({ public: overtaken });
    expect(report.refused).toBeUndefined();
    expect(late).toEqual([]);
    for (const path of siteAndTags("x")) expect(await site.read(path)).toContain("Newer");
    expect((await site.publish()).put).toEqual([]);
    expect((await site.head()).lease).toBeUndefined();
  });
});
