/** A damaged ledger: what a rebuild keeps of it. */
import { describe, expect, test } from "vitest";
import { writeAdopted } from "../../../lib/state/adopted.ts";
import { readHead } from "../../../lib/state/head.ts";
import { catalogKey } from "../../../lib/state/objects.ts";
import { putSealed } from "../../support/stores.ts";
import { ids, post, SITE, type World, world } from "../../support/world.ts";
import { bytes, CONTENT_TYPE, day, siteWithHistory } from "./past.ts";

describe("a damaged ledger", () => {
  const DAMAGE: readonly (readonly [what: string, (site: World) => Promise<unknown>])[] = [
    ["head", (site) => site.state.put("head.json", bytes("{ half"), CONTENT_TYPE)],
    ["catalog", async (site) => site.state.put((await site.head()).catalog ?? "", bytes("no catalog"), CONTENT_TYPE)],
    ["lost catalog", async (site) => site.state.delete((await site.head()).catalog ?? "")],
  ];

  test.each(DAMAGE)("(%s) is an error with every remedy, and repaired by a rebuild", async (_, damage) => {
    const site = await siteWithHistory();
    const before = await site.dump(site.public);
    await damage(site);
    const damaged = await site.dump(site.state);
    await expect(site.publish({ now: day(3) })).rejects.toThrow(/--rebuild.*dripfeed rollback --to run-\d+/);
    const report = await site.publish({ now: day(3), rebuild: true });
    expect([report.refused, report.put]).toEqual([undefined, []]);
    expect(await site.dump(site.public)).toEqual(before);
    for (const key of Object.keys(damaged))
      if (key !== "head.json") expect(await site.dump(site.state)).toHaveProperty([key]);
    expect((await site.publish({ now: day(3) })).operations.state).toMatchObject({ put: 0 });
  });

  test("of which only the intent of a run is lost keeps its records", async () => {
    const site = await siteWithHistory();
    const known = await site.catalog();
    await site.write("posts/plain.md", post({ title: "Plain", tags: "[fresh]", categories: "Field" }, "Plain words\n"));
    let putsLeft = 9;
    const crashing: World["public"] = {
      ...site.public,
      async put(...args) {
        if (putsLeft-- <= 0) throw new Error("crashed");
        return site.public.put(...args);
      },
    };
    await expect(site.publish({ now: day(3), public: crashing })).rejects.toThrow("crashed");
    await site.state.delete((await site.head()).lease?.intent ?? "");
    await expect(site.publish({ now: day(4) })).rejects.toThrow(/--rebuild/);
    const report = await site.publish({ now: day(4), rebuild: true });
    expect([report.refused, report.recovered]).toEqual([undefined, undefined]);
    expect((await site.catalog()).former[0]).toBe(catalogKey(known.run));
    expect(await site.paths()).toContain("tags/fresh/atom.xml");
    expect((await site.publish({ now: day(4) })).operations.state).toMatchObject({ put: 0 });
  });

  test("does not give two posts one key, when files are numbered and ids are given", async () => {
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

  test("of which only adopted ids are lost loses nothing else", async () => {
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

  test("of which only an intent is lost keeps adopted ids that wait for their posts", async () => {
    const site = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B", draft: "true" }) });
    const id = "https://old.example/?p=2";
    const ledger = new Map([["posts/b.md", { key: "posts/b.md", ids: { rss: id, atom: id, json: id } }]]);
    await writeAdopted(site.state, await readHead(site.state), ledger, "former");
    await site.publish();
    const lease = { run: "dead", until: "2020-01-01T00:00:00Z", intent: "intents/lost.json" };
    await putSealed(site.state, "head.json", { ...(await site.head()), lease });
    expect((await site.publish({ rebuild: true })).refused).toBeUndefined();
    await site.write("posts/b.md", post({ title: "B" }));
    await site.publish();
    expect(ids(await site.read("feed.json"))).toContain(id);
  });

  test("of a newer Dripfeed is not repaired", async () => {
    const site = await siteWithHistory();
    await putSealed(site.state, "head.json", { format: 999 });
    await expect(site.publish({ rebuild: true })).rejects.toThrow(/newer Dripfeed/);
    await expect(site.publish({ rollback: "" })).rejects.toThrow(/newer Dripfeed/);
  });
});
