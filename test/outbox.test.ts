/** What is to be told to whoever keeps copies: told after every pass, lost by none. */
import { describe, expect, test } from "vitest";
import type { Outbox } from "../lib/model.ts";
import type { Announce } from "../lib/state/outbox.ts";
import { post, world } from "./world.ts";

const A = { "posts/a.md": post({ title: "A", tags: "[tea]" }) };

/** One that is public, and one that is due. */
const A2 = { ...A, "posts/b.md": post({ title: "B", date: "2027-01-01T00:00:00Z" }) };

/** Remembers what it was told of. */
function listener(): { readonly told: Outbox[]; readonly announce: Announce } {
  const told: Outbox[] = [];
  return { told, announce: async (outbox) => void told.push(outbox) };
}

const fails: Announce = async () => {
  throw new Error("the CDN is busy");
};
const hangs: Announce = () => new Promise(() => undefined);

describe("the outbox", () => {
  test("is announced after the commit, with when the next pass is due, and is empty then", async () => {
    const site = await world(A2);
    const { told, announce } = listener();
    const { put, announced, operations } = await site.publish({ announce });
    expect(told.map(({ paths }) => paths.toSorted())).toEqual([put.map(({ path }) => path).toSorted()]);
    expect(told[0]?.due).toBe("2027-01-01T00:00:00Z");
    expect(announced).toEqual({ paths: put.length });
    expect(operations.state.put - (await (await world(A2)).publish()).operations.state.put).toBe(1);
    expect((await site.head()).outbox).toEqual({ paths: [], due: "2027-01-01T00:00:00Z" });
  });

  test("is announced once: a pass with nothing to do tells nobody and writes nothing", async () => {
    const site = await world(A);
    const { told, announce } = listener();
    await site.publish({ announce });
    const before = await site.dump(site.state);
    const { announced } = await site.publish({ announce });
    expect(announced).toBeUndefined();
    expect(told).toHaveLength(1);
    expect(await site.dump(site.state)).toEqual(before);
  });

  test("waits where nobody is to be told, and is announced by a later pass that has nothing else to do", async () => {
    const site = await world(A);
    const { put } = await site.publish();
    const { told, announce } = listener();
    const later = await site.publish({ announce, hints: ["posts/a.md"] });
    expect(later.put).toEqual([]);
    expect(told[0]?.paths.toSorted()).toEqual(put.map(({ path }) => path).toSorted());
  });

  test.each([
    ["fails", fails, "the CDN is busy"],
    ["hangs", hangs, "it took longer than 0.01 s"],
  ])(
    "stays when announcing %s: what was published is published, and the next pass tells all of it",
    async (_, announce, failed) => {
      const site = await world(A);
      const lines: string[] = [];
      const log = (line: string) => void lines.push(line);
      const first = await site.publish({ announce, announcePatience: 10, log });
      expect(first.announced).toEqual({ paths: first.put.length, failed });
      expect(lines).toContain(`not announced, and left for the next pass: ${failed}`);
      expect(await site.read("rss.xml")).toContain("<title>A</title>");

      await site.write("posts/c.md", post({ title: "C", tags: "[milk]" }));
      const { told, announce: tell } = listener();
      const second = await site.publish({ announce: tell });
      const all = new Set([...first.put, ...second.put].map(({ path }) => path));
      expect(new Set(told[0]?.paths)).toEqual(all);
    },
  );

  test("an announcer that nobody waits for any more is told so", async () => {
    const site = await world(A);
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

  test("keeps what another pass committed while it was announced", async () => {
    const site = await world(A);
    const { told, announce } = listener();
    const meanwhile: Announce = async () => {
      await site.write("posts/a.md", post({ title: "A, again", tags: "[tea]" }));
      await site.publish();
    };
    const { announced } = await site.publish({ announce: meanwhile });
    expect(announced?.failed).toBeUndefined();
    expect((await site.head()).outbox.paths).toContain("rss.xml");
    await site.publish({ announce });
    expect(told[0]?.paths).toContain("rss.xml");
    expect((await site.head()).outbox.paths).toEqual([]);
  });

  test("is not touched while another pass is writing", async () => {
    const site = await world(A);
    await site.publish();
    const head = await site.head();
    const claim = { pass: "other", until: "2026-06-01T13:00:00Z", intent: "intents/other.json" };
    const { told, announce } = listener();
    const put = (key: string, value: object) =>
      site.state.put(key, new TextEncoder().encode(JSON.stringify(value)), { contentType: "application/json" });
    await put(claim.intent, { format: 1, pass: "other", paths: [] });
    await put("head.json", { ...head, claim });
    const refused = await site.publish({ announce, patience: 0 });
    expect(refused.refused?.code).toBe("busy");
    expect(told).toEqual([]);
    expect(await site.head()).toEqual({ ...head, claim });
  });

  test("is announced by a pass that is refused: what was published before it is to be told still", async () => {
    const site = await world(A);
    await site.publish({ announce: fails });
    await site.remove("posts/a.md");
    const { told, announce } = listener();
    const { refused } = await site.publish({ announce });
    expect(refused).toBeDefined();
    expect(told[0]?.paths).toContain("rss.xml");
  });

  test("is not announced by a dry run", async () => {
    const site = await world(A);
    await site.publish();
    const { told, announce } = listener();
    await site.publish({ announce, dryRun: true });
    expect(told).toEqual([]);
  });

  test("stays when the state store fails: the pass itself succeeded", async () => {
    const site = await world(A);
    const { announce } = listener();
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
});
