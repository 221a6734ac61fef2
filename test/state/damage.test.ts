/** Objects of the state store that are damaged or gone. */
import { expect, test } from "vitest";
import { post, world } from "../support/world.ts";

const GARBAGE = new TextEncoder().encode("garbage");
const JSON_TYPE = { contentType: "application/json" };

test("a damaged entry of the cache is rendered again", async () => {
  const site = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }) });
  await site.publish();
  for (const key of Object.keys(await site.dump(site.state))) {
    if (key.startsWith("entries/")) await site.state.put(key, GARBAGE, JSON_TYPE);
  }
  await site.write("posts/a.md", post({ title: "Edited" }));
  const report = await site.publish();
  expect(report.problems).toEqual([]);
  expect(await site.read("rss.xml")).toMatch(/<title>Edited<[\s\S]*<title>B<|<title>B<[\s\S]*<title>Edited</);
});

test.each(["head.json", "catalogs/"])("a damaged %s is an error that says so, and nothing is written", async (what) => {
  const site = await world({ "posts/a.md": post({}) });
  await site.publish();
  const key = Object.keys(await site.dump(site.state)).find((each) => each.startsWith(what)) ?? "";
  await site.state.put(key, GARBAGE, JSON_TYPE);
  const before = [await site.dump(site.public), await site.dump(site.state)];
  await expect(site.publish()).rejects.toThrow(/is damaged: .*; bring back a copy/);
  expect([await site.dump(site.public), await site.dump(site.state)]).toEqual(before);
});

test.each([GARBAGE, new TextEncoder().encode('{"format":1}')])(
  "a damaged intent of an expired lease is an error that says so",
  async (damaged) => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    const lease = { run: "dead", until: "2020-01-01T00:00:00Z", intent: "intents/dead.json" };
    const head = new TextEncoder().encode(JSON.stringify({ ...(await site.head()), lease }));
    await site.state.put("head.json", head, JSON_TYPE);
    await site.state.put("intents/dead.json", damaged, JSON_TYPE);
    await expect(site.publish()).rejects.toThrow(/intents\/dead\.json is damaged/);
  },
);

test("a head without an outbox is an error that says so", async () => {
  const site = await world({ "posts/a.md": post({}) });
  await site.state.put("head.json", new TextEncoder().encode('{"format":1}'), JSON_TYPE);
  await expect(site.publish()).rejects.toThrow(/head\.json is damaged: it has no outbox/);
  expect(await site.paths()).toEqual([]);
});

test("a missing catalog is an error that says so", async () => {
  const site = await world({ "posts/a.md": post({}) });
  await site.publish();
  await site.state.delete((await site.head()).catalog ?? "");
  await expect(site.publish()).rejects.toThrow(/^catalogs\/.* is gone; bring back/);
});
