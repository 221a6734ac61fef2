/** The outbox: what is to be announced after every run, and is lost by none. */
import { describe, expect, test } from "vitest";
import { matcherOf } from "../../lib/base/fold.ts";
import { LEASE_MS } from "../../lib/state/lease.ts";
import type { Announce } from "../../lib/state/outbox.ts";
import type { Changed } from "../../lib/state/types.ts";
import type { Store } from "../../lib/stores/store.ts";
import { putSealed } from "../support/stores.ts";
import { post, SITE, type World, wholeSite, world } from "../support/world.ts";

const ONE = { "posts/a.md": post({ title: "A", tags: "[tea]" }) };

/** One post that is public, and one in the future. */
const WITH_FUTURE = { ...ONE, "posts/b.md": post({ title: "B", date: "2027-01-01T00:00:00Z" }) };

/** An announcer that keeps what it was given. */
function recorder(): { readonly outboxes: Changed[]; readonly announce: Announce } {
  const outboxes: Changed[] = [];
  return { outboxes, announce: async (changes) => void outboxes.push(changes) };
}

const fails: Announce = async () => {
  throw new Error("the CDN is busy");
};
const hangs: Announce = () => new Promise(() => undefined);

describe("the outbox", () => {
  test("is announced after the commit, and is empty then, but for the next due time", async () => {
    const site = await world(WITH_FUTURE);
    const { outboxes, announce } = recorder();
    const { put, announced, operations } = await site.publish({ announce });
    expect(outboxes.map(({ paths }) => paths.toSorted())).toEqual([put.map(({ path }) => path).toSorted()]);
    expect(announced).toEqual({ paths: put.length });
    expect(operations.state.put - (await (await world(WITH_FUTURE)).publish()).operations.state.put).toBe(3);
    expect((await site.head()).outbox).toEqual({ paths: [], due: "2027-01-01T00:00:00Z" });
  });

  test("is announced once: a run with nothing to do announces nothing and writes nothing", async () => {
    const site = await world(ONE);
    const { outboxes, announce } = recorder();
    await site.publish({ announce });
    const before = await site.dump(site.state);
    const { announced } = await site.publish({ announce });
    expect(announced).toBeUndefined();
    expect(outboxes).toHaveLength(1);
    expect(await site.dump(site.state)).toEqual(before);
  });

  test("is kept by a run without an announcer, and announced by a later run with nothing else to do", async () => {
    const site = await world(ONE);
    const { put } = await site.publish();
    const { outboxes, announce } = recorder();
    const later = await site.publish({ announce, hints: ["posts/a.md"] });
    expect(later.put).toEqual([]);
    expect(outboxes[0]?.paths.toSorted()).toEqual(put.map(({ path }) => path).toSorted());
  });

  test.each([
    ["fails", fails, "the CDN is busy"],
    ["hangs", hangs, "it took longer than 0.01 s"],
  ])(
    "stays when announcing %s: documents stay published, and the next run announces all paths",
    async (_, announce, failed) => {
      const site = await world(ONE);
      const lines: string[] = [];
      const log = (line: string) => void lines.push(line);
      const first = await site.publish({ announce, announcePatience: 10, log });
      expect(first.announced).toEqual({ paths: first.put.length, failed });
      expect(lines).toContain(`not announced, and left for the next run: ${failed}`);
      expect(await site.read("rss.xml")).toContain("<title>A</title>");

      await site.write("posts/c.md", post({ title: "C", tags: "[milk]" }));
      const { outboxes, announce: announceAgain } = recorder();
      const second = await site.publish({ announce: announceAgain });
      const all = new Set([...first.put, ...second.put].map(({ path }) => path));
      expect(new Set(outboxes[0]?.paths)).toEqual(all);
    },
  );

  test("aborts its announcer when the time for it is over", async () => {
    const site = await world(ONE);
    let aborted = false;
    const announce: Announce = (_, signal) =>
      new Promise(() => {
        signal.onabort = () => {
          aborted = true;
        };
      });
    await site.publish({ announce, announcePatience: 10 });
    expect(aborted).toBe(true);
  });

  test("keeps what another run committed while it was announced", async () => {
    const site = await world(ONE);
    const { outboxes, announce } = recorder();
    const meanwhile: Announce = async () => {
      await site.write("posts/a.md", post({ title: "A, again", tags: "[tea]" }));
      await site.publish();
    };
    const { announced } = await site.publish({ announce: meanwhile });
    expect(announced?.failed).toBeUndefined();
    expect((await site.head()).outbox.paths).toContain("rss.xml");
    await site.publish({ announce });
    expect(outboxes[0]?.paths).toContain("rss.xml");
    expect((await site.head()).outbox.paths).toEqual([]);
  });

  test("keeps what hubs are still to be told where it is announced by something that knows no hubs", async () => {
    const site = await world(ONE);
    const topics = { "https://hub.example/": ["rss.xml"] };
    const left = { by: "a", until: "2026-01-01T00:00:00Z", reference: "a", paths: [], media: [], topics };
    await putSealed(site.state, "announcing.json", { format: 1, taken: [left] });
    const { announce } = recorder();
    expect((await site.publish({ announce })).announced).toMatchObject({ waiting: 1 });
    const after = JSON.parse((await site.dump(site.state))["announcing.json"] ?? "");
    expect(after.taken).toMatchObject([{ topics, paths: [] }]);
  });

  test.each([
    ["2026-06-01T12:00:30Z", 0],
    ["2027-06-01T12:00:00Z", 1],
    ["no date", 1],
  ])("what another announcer has until %s: a wrong clock keeps nothing back", async (until, times) => {
    const site = await world(ONE);
    await site.publish({ announce: async () => undefined });
    const left = { by: "a", until, reference: "a", paths: ["rss.xml"], media: [], topics: {} };
    await putSealed(site.state, "announcing.json", { format: 1, taken: [left] });
    const { outboxes, announce } = recorder();
    await site.publish({ announce });
    expect(outboxes).toHaveLength(times);
  });

  test("is not touched while another run is writing", async () => {
    const site = await world(ONE);
    await site.publish();
    const head = await site.head();
    const lease = { run: "other", until: "2026-06-01T12:01:00Z", intent: "intents/other.json" };
    const { outboxes, announce } = recorder();
    await putSealed(site.state, lease.intent, { format: 1, run: "other", paths: [] });
    await putSealed(site.state, "head.json", { ...head, lease });
    const refused = await site.publish({ announce, patience: 0 });
    expect(refused.refused?.code).toBe("busy");
    expect(outboxes).toEqual([]);
    expect(await site.head()).toEqual({ ...head, lease });
  });

  test("is announced by a run that is refused, because earlier runs may have left it", async () => {
    const site = await world(ONE);
    await site.publish({ announce: fails });
    await site.remove("posts/a.md");
    const { outboxes, announce } = recorder();
    const { refused } = await site.publish({ announce });
    expect(refused).toBeDefined();
    expect(outboxes[0]?.paths).toContain("rss.xml");
  });

  test("stays in the head when what was announced cannot be understood, and the run says so", async () => {
    const site = await world(ONE);
    await putSealed(site.state, "announcing.json", { format: 2 });
    const { outboxes, announce } = recorder();
    const { announced } = await site.publish({ announce });
    expect([announced?.failed, outboxes]).toEqual([
      expect.stringMatching(/^announcing\.json was written by a newer Dripfeed/),
      [],
    ]);
    expect((await site.head()).outbox.paths).toContain("rss.xml");
    await site.state.delete("announcing.json");
    await site.publish({ announce });
    expect(outboxes[0]?.paths).toContain("rss.xml");
  });

  test.each(["", "{", "null", '{"format":1,"taken":[]}', '{"digest":"AAAAAAAAAAAAAAAAAAAAAA","format":1,"taken":[]}'])(
    "is all that is published when what was being announced is damaged (%j), and is announced once",
    async (text) => {
      const site = await world(ONE);
      await site.publish({ announce: recorder().announce });
      await site.state.put("announcing.json", new TextEncoder().encode(text), { contentType: "application/json" });
      const { outboxes, announce } = recorder();
      const lines: string[] = [];
      const { announced } = await site.publish({ announce, log: (line) => lines.push(line) });
      const isAnnounced = matcherOf(outboxes[0]?.paths ?? []);
      expect((await site.paths()).filter((path) => !isAnnounced(path))).toEqual([]);
      expect(announced).toEqual({ paths: outboxes[0]?.paths.length });
      expect(lines.join("\n")).toMatch(/announcing\.json is damaged.*all that is published is announced again/);
      expect((await site.publish({ announce })).announced).toBeUndefined();
    },
  );

  test("is not announced by a dry run", async () => {
    const site = await world(ONE);
    await site.publish();
    const { outboxes, announce } = recorder();
    await site.publish({ announce, dryRun: true });
    expect(outboxes).toEqual([]);
  });

  test("stays when the state store fails after announcing, and the run succeeds", async () => {
    const site = await world(ONE);
    const { announce } = recorder();
    let isDown = false;
    const state = {
      ...site.state,
      get: (key: string, known?: string) =>
        isDown ? Promise.reject(new Error("no answer")) : site.state.get(key, known),
    };
    const down: Announce = async (outbox, signal) => {
      await announce(outbox, signal);
      isDown = true;
    };
    const { put } = await site.publish({ state, announce: down });
    expect(put.length).toBeGreaterThan(0);
    isDown = true;
    await expect(site.publish({ state, announce })).rejects.toThrow("no answer");
    isDown = false;
    expect((await site.publish({ state, announce })).refused).toBeUndefined();
  });

  /** Stores of a run that is killed after it has put documents, before its commit. */
  function killedBeforeCommit(site: World): Pick<World, "public" | "state"> {
    let isWriting = false;
    const put: Store["put"] = async (...args) => {
      isWriting = true;
      return site.public.put(...args);
    };
    const putState: Store["put"] = async (...args) => {
      if (isWriting) throw new Error("killed");
      return site.state.put(...args);
    };
    return { public: { ...site.public, put }, state: { ...site.state, put: putState } };
  }

  test("has the paths that a killed run put before its commit, although the next run finds them unchanged", async () => {
    const site = await world(ONE);
    const { outboxes, announce } = recorder();
    await site.publish({ announce });
    await site.write("site.yaml", SITE.replace("Notes from a field", "Notes from two fields"));
    await expect(site.publish(killedBeforeCommit(site))).rejects.toThrow("killed");
    expect(await site.read("feed.json")).toContain("two fields");
    site.clock.advance(2 * LEASE_MS);
    const { put } = await site.publish({ announce });
    expect(put.map(({ path }) => path)).not.toContain("feed.json");
    expect(outboxes.at(-1)?.paths).toContain("feed.json");
  });

  test("has the paths that a run put before it was overtaken", async () => {
    const site = await world(ONE);
    const { outboxes, announce } = recorder();
    await site.publish({ announce });
    await site.write("site.yaml", SITE.replace("Notes from a field", "Notes from two fields"));
    let isOvertaken = false;
    const putState: Store["put"] = async (key, ...rest) => {
      if (key.startsWith("catalogs/") && !isOvertaken) {
        isOvertaken = true;
        site.clock.advance(2 * LEASE_MS);
        await site.publish({ announce });
      }
      return site.state.put(key, ...rest);
    };
    await site.publish({ announce, state: { ...site.state, put: putState } });
    expect(isOvertaken).toBe(true);
    expect(outboxes.slice(1).flatMap(({ paths }) => paths)).toContain("feed.json");
  });

  test("is everything that is published after a rebuild, because the outbox was lost too", async () => {
    const site = await world(ONE);
    await site.publish();
    for (const key of Object.keys(await site.dump(site.state))) await site.state.delete(key);
    const { outboxes, announce } = recorder();
    expect((await site.publish({ rebuild: true, announce })).refused).toBeUndefined();
    expect(outboxes.map(({ paths }) => paths.toSorted())).toEqual([[...wholeSite(), "tags/tea/*"].toSorted()]);
  });

  const POSTS = { "posts/a.md": post({ tags: "[x]" }), "posts/b.md": post({ tags: "[y]" }) };

  test("collects paths over several runs, and names folders when they are too many", async () => {
    const site = await world(POSTS);
    await site.publish();
    await site.write("posts/a.md", post({ tags: "[z]" }));
    await site.publish();
    expect((await site.head()).outbox.paths.toSorted()).toEqual(wholeSite("x", "y", "z"));
    const tags = Array.from({ length: 400 }, (_, i) => `t${i}`);
    await site.write("posts/a.md", post({ tags: `[${tags.join(", ")}]` }));
    await site.publish();
    const { paths } = (await site.head()).outbox;
    expect(paths.length).toBeLessThanOrEqual(1000);
    const isNamed = matcherOf(paths);
    expect((await site.paths()).filter((path) => !isNamed(path))).toEqual([]);
    expect(isNamed("categories/a/rss.xml")).toBe(false);
  });
});
