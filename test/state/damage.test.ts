/** Objects of the state store that are damaged or gone. */
import { describe, expect, test } from "vitest";
import { sealJson } from "../../lib/state/sealed.ts";
import { putSealed } from "../support/stores.ts";
import { post, world } from "../support/world.ts";

const GARBAGE = new TextEncoder().encode("garbage");
const JSON_TYPE = { contentType: "application/json" };

const EVIL = "<script>alert(1)</script>";
const ENTRY = { title: "A", language: "en", authors: [], html: EVIL };

test.each<readonly [how: string, damage: (key: string, text: string, other: string) => string | Uint8Array]>([
  ["garbage", () => "garbage"],
  ["emptied", () => ""],
  ["an object without fields", () => "{}"],
  ["null", () => "null"],
  ["other HTML", (_, text) => text.replace("Some words.", EVIL)],
  ["another entry", (_, __, other) => other],
  ["an entry that is not sealed", () => JSON.stringify(ENTRY)],
  ["an entry that is sealed under another name", () => sealJson("entries/other.json", ENTRY)],
  ["sealed, and of another shape", (key) => sealJson(key, { ...ENTRY, html: [EVIL] })],
  ["sealed, and without its HTML", (key) => sealJson(key, { title: "A", language: "en", authors: [] })],
  ["sealed, with media of another shape", (key) => sealJson(key, { ...ENTRY, media: [{ url: EVIL }] })],
])("an entry of the cache that is %s is rendered again", async (_, damage) => {
  const site = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }) });
  await site.publish();
  const entries = Object.entries(await site.dump(site.state)).filter(([key]) => key.startsWith("entries/"));
  expect(entries).toHaveLength(2);
  for (const [i, [key, text]] of entries.entries()) {
    const damaged = damage(key, text, entries[1 - i]?.[1] ?? "");
    expect(damaged).not.toEqual(text);
    const body = typeof damaged === "string" ? new TextEncoder().encode(damaged) : damaged;
    await site.state.put(key, body, JSON_TYPE);
  }
  await site.write("posts/a.md", post({ title: "Edited" }));
  const report = await site.publish();
  expect(report.problems).toEqual([]);
  const undamaged = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }) });
  await undamaged.publish();
  await undamaged.write("posts/a.md", post({ title: "Edited" }));
  await undamaged.publish();
  expect(await site.dump(site.public)).toEqual(await undamaged.dump(undamaged.public));
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

test.each([
  ["garbage", GARBAGE],
  ["without paths", sealJson("intents/dead.json", { format: 1, run: "dead" })],
  ["of another run", sealJson("intents/other.json", { format: 1, run: "dead", paths: [] })],
])("a damaged intent of an expired lease (%s) is an error that says so", async (_, damaged) => {
  const site = await world({ "posts/a.md": post({}) });
  await site.publish();
  const lease = { run: "dead", until: "2020-01-01T00:00:00Z", intent: "intents/dead.json" };
  await putSealed(site.state, "head.json", { ...(await site.head()), lease });
  await site.state.put("intents/dead.json", damaged, JSON_TYPE);
  await expect(site.publish()).rejects.toThrow(/intents\/dead\.json is damaged/);
});

const OUTBOX = { paths: [] };
const TEXTS = ["", "{}", "null", "[]", '"x"', "1", "[".repeat(200_000), `{"a":${"9".repeat(1e7)}}`];
const SHAPES: readonly object[] = [
  { format: 1 },
  { format: 1, outbox: {} },
  { format: 1, outbox: { paths: [1] } },
  { format: 1, outbox: { paths: "rss.xml" } },
  { format: 1, outbox: { ...OUTBOX, due: "soon" } },
  { format: 1, outbox: OUTBOX, lease: {} },
  { format: 1, outbox: OUTBOX, lease: { run: "r", until: "never", intent: "intents/r.json" } },
  { format: 1, outbox: OUTBOX, catalog: 1 },
  { format: 1, outbox: OUTBOX, catalogs: "catalogs/a.catalog" },
  { outbox: OUTBOX },
  JSON.parse('{"format":1,"outbox":{"paths":[]},"__proto__":{"catalog":"a"}}'),
];

describe("a head", () => {
  test.each([
    ...TEXTS.map((text) => [text.slice(0, 20), new TextEncoder().encode(text)] as const),
    ...SHAPES.map((shape) => [JSON.stringify(shape), sealJson("head.json", shape)] as const),
  ])("that is %s is damaged: nothing is written, and a rebuild gets out of it", async (_, body) => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    const before = await site.dump(site.public);
    await site.state.put("head.json", body, JSON_TYPE);
    const damaged = await site.dump(site.state);
    await expect(site.publish()).rejects.toThrow(/^head\.json is damaged: .*dripfeed publish --rebuild/);
    expect([await site.dump(site.public), await site.dump(site.state)]).toEqual([before, damaged]);
    expect((await site.publish({ rebuild: true })).refused).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(before);
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("that a run left when it was killed before its first commit is replaced by a rebuild, though nothing is published", async () => {
    const site = await world({ "posts/a.md": post({}) });
    const lease = { run: "dead", until: "2020-01-01T00:00:00Z", intent: "intents/dead.json" };
    await putSealed(site.state, "head.json", { format: 1, outbox: OUTBOX, lease });
    await expect(site.publish()).rejects.toThrow(/intents\/dead\.json is gone.*dripfeed publish --rebuild/);
    expect((await site.publish({ rebuild: true })).refused).toBeUndefined();
    expect(await site.read("rss.xml")).toContain("A post");
  });

  test("of an older copy of the state store is no damage", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    const head = await site.head();
    await site.write("posts/a.md", post({ title: "Edited" }));
    await site.publish();
    await putSealed(site.state, "head.json", head);
    await site.publish();
    expect(await site.read("rss.xml")).toContain("Edited");
  });
});

test("two catalogs that are swapped are damaged", async () => {
  const site = await world({ "posts/a.md": post({}) });
  await site.publish({ run: "first" });
  await site.write("posts/a.md", post({ title: "Edited" }));
  await site.publish({ run: "second" });
  const first = await site.state.get("catalogs/first.catalog");
  if (typeof first !== "object") throw new Error("the first catalog is not kept");
  await site.state.put("catalogs/second.catalog", first.body, JSON_TYPE);
  await expect(site.publish()).rejects.toThrow(/^catalogs\/second\.catalog is damaged/);
});

test("a missing catalog is an error that says so", async () => {
  const site = await world({ "posts/a.md": post({}) });
  await site.publish();
  await site.state.delete((await site.head()).catalog ?? "");
  await expect(site.publish()).rejects.toThrow(/^catalogs\/.* is gone; bring back/);
});
