/** Conditional puts that fail, lose their reply, or meet objects of others. */
import { describe, expect, test } from "vitest";
import { type Store, StoreConflict, StoreError, StoreUnknown } from "../../../lib/stores/store.ts";
import { undisturbed, withPut } from "../../support/stores.ts";
import { NOW, post, SITE, world } from "../../support/world.ts";

const POSTS = { "posts/a.md": post({ tags: "[x]" }), "posts/b.md": post({ tags: "[y]" }) };

const MANY = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => [`posts/${i}.md`, post({ title: `Post ${i}`, tags: `[t${i}]` }, `${i}\n`)]),
);

describe("a run", () => {
  test("plans again when a post changed between scan and lease", async () => {
    const site = await world(POSTS);
    let isEdited = false;
    const state = withPut(site.state, async (real, key, body, options) => {
      if (key === "head.json" && !isEdited) {
        isEdited = true;
        await site.write("posts/a.md", post({ title: "Moved", tags: "[x]" }));
      }
      return real(key, body, options);
    });
    await site.publish({ state });
    expect(await site.read("rss.xml")).toContain("<title>Moved</title>");
    expect((await site.publish()).put).toEqual([]);
  });

  test("over many posts plans again when one of them changed between scan and lease", async () => {
    const site = await world(MANY, `${SITE}limit: 100\n`);
    let isEdited = false;
    const state: typeof site.state = {
      ...site.state,
      async put(key, body, options) {
        if (key === "head.json" && !isEdited) {
          isEdited = true;
          await site.write("posts/7.md", post({ title: "Moved", tags: "[t7]" }, "7\n"));
        }
        return site.state.put(key, body, options);
      },
    };
    await site.publish({ state });
    expect(await site.read("tags/t7/rss.xml")).toContain("<title>Moved</title>");
  });

  test.each(["took place", "did not take place"])(
    "whose conditional puts lose their reply and %s ends right",
    async (fate) => {
      const site = await world(POSTS);
      const losses = new Map<string, number>();
      const lossy = (store: Store) =>
        withPut(store, async (real, key, body, options) => {
          const isConditional = options.ifMatch !== undefined || options.ifAbsent === true;
          const times = losses.get(key) ?? 0;
          if (!isConditional || times >= 2) return real(key, body, options);
          losses.set(key, times + 1);
          if (fate === "took place") await real(key, body, options).catch(() => undefined);
          throw new StoreUnknown(store.name, "put", key, "no reply");
        });
      const report = await site.publish({ public: lossy(site.public), state: lossy(site.state) });
      expect(report.refused).toBeUndefined();
      expect(losses.get("head.json")).toBe(2);
      expect(site.clock.now()).toEqual(NOW); // the run did not wait for its own lease
      expect(await site.dump(site.public)).toEqual(await undisturbed(site));
      expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
    },
  );

  test("does not overwrite a foreign object that appears just before the put, unless forced", async () => {
    const site = await world(POSTS);
    let hasAppeared = false;
    const busy = withPut(site.public, async (real, key, body, options) => {
      if (key === "tags/x/rss.xml" && !hasAppeared) {
        hasAppeared = true;
        await real(key, new TextEncoder().encode("foreign"), { contentType: "text/xml" });
        throw new StoreConflict("public", "put", key, "there is an object already");
      }
      return real(key, body, options);
    });
    const report = await site.publish({ public: busy });
    expect(report.refused).toMatchObject({ code: "not-ours" });
    expect(await site.read("tags/x/rss.xml")).toBe("foreign");
    expect((await site.publish()).refused).toMatchObject({ code: "not-ours" });
    expect((await site.publish({ force: true })).put).toEqual([{ path: "tags/x/rss.xml", reason: "forced" }]);
  });

  test("names foreign objects in the order of documents, whichever was met first", async () => {
    const met = async (slow: string) => {
      const site = await world(POSTS);
      const busy = withPut(site.public, async (real, key, body, options) => {
        if (key.startsWith("tags/x/")) await real(key, new Uint8Array(1), { contentType: "text/xml" });
        if (key === slow) await new Promise((resolve) => setTimeout(resolve, 20));
        return real(key, body, options);
      });
      return (await site.publish({ public: busy })).refused?.message;
    };
    const named = await met("none");
    expect(named).toContain("tags/x/atom.xml");
    for (const file of ["rss.xml", "atom.xml", "feed.json"]) expect(await met(`tags/x/${file}`)).toBe(named);
  });

  test("that fails after it met a foreign object does not pass it to the next run as its own", async () => {
    const site = await world(POSTS);
    const busy = withPut(site.public, async (real, key, body, options) => {
      if (key === "tags/y/feed.json") throw new StoreError("public", "put", key, "the disk is full");
      if (key !== "tags/x/rss.xml") return real(key, body, options);
      await real(key, new TextEncoder().encode("foreign"), { contentType: "text/xml" });
      throw new StoreConflict("public", "put", key, "there is an object already");
    });
    await expect(site.publish({ public: busy })).rejects.toThrow(/disk is full/);
    expect((await site.publish()).refused).toMatchObject({ code: "not-ours" });
    expect(await site.read("tags/x/rss.xml")).toBe("foreign");
  });
});
