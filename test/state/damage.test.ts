/** Objects of the state store that are damaged or gone. */
import { describe, expect, test } from "vitest";
import { sealJson } from "../../lib/state/sealed.ts";
import { packsOf } from "../support/packs.ts";
import { putSealed } from "../support/stores.ts";
import { post, world } from "../support/world.ts";

const GARBAGE = new TextEncoder().encode("garbage");
const JSON_TYPE = { contentType: "application/json" };

const EVIL = "<script>alert(1)</script>";
const ENTRY = { title: "A", language: "en", authors: [], html: EVIL };
/** Long, so that what stands in an entry's place can have its length. */
const WORDS = `${"Some words. ".repeat(40)}\n`;

/** What `make` gives with as many letters as it takes to be of that length: a record says where its entry begins and ends. */
const ofLength = (length: number, make: (filling: string) => Uint8Array): string => {
  const filled = make("x".repeat(length - make("").length));
  expect(filled).toHaveLength(length);
  return new TextDecoder().decode(filled);
};
const sealed = (hash: string, entry: unknown, { length }: string): string =>
  ofLength(length, (filling) => sealJson(`entries/${hash}`, { inputHash: hash, entry, filling }));

test.each<readonly [how: string, damage: (line: string, hash: string, other: string) => string]>([
  ["garbage", ({ length }) => "garbage".padEnd(length)],
  ["an object without fields", ({ length }) => "{}".padEnd(length)],
  ["null", ({ length }) => "null".padEnd(length)],
  ["other HTML", (line) => line.replace(WORDS.slice(0, EVIL.length), EVIL)],
  ["another entry", (_, __, other) => other],
  ["of another length", (line) => line.slice(1)],
  ["an entry that is not sealed", ({ length }) => JSON.stringify({ entry: ENTRY }).padEnd(length)],
  ["an entry that is sealed under another hash", (line) => sealed("other", ENTRY, line)],
  ["sealed, and no entry", (line, hash) => sealed(hash, null, line)],
  ["sealed, and of another shape", (line, hash) => sealed(hash, { ...ENTRY, html: [EVIL] }, line)],
  ["sealed, and without its HTML", (line, hash) => sealed(hash, { title: "A", language: "en", authors: [] }, line)],
  ["sealed, with media of another shape", (line, hash) => sealed(hash, { ...ENTRY, media: [{ url: EVIL }] }, line)],
])("an entry of the cache that is %s is rendered again", async (_, damage) => {
  await expectSameWithout((text) => {
    const lines = text.split("\n").slice(0, -1);
    expect(lines).toHaveLength(2);
    const damaged = lines.map((line, i) => damage(line, JSON.parse(line).inputHash, lines[1 - i] ?? ""));
    expect(damaged).not.toEqual(lines);
    return `${damaged.join("\n")}\n`;
  });
});

test.each<readonly [how: string, damage: (text: string) => string | undefined]>([
  ["garbage", () => "garbage"],
  ["empty", () => ""],
  ["cut within its first entry", (text) => text.slice(0, 50)],
  ["cut within its last entry", (text) => text.slice(0, -50)],
  ["gone", () => undefined],
])("of a pack that is %s what is missing is rendered again", async (_, damage) => {
  await expectSameWithout(damage);
});

/** The next run publishes the same with a damaged pack as with a whole one. */
async function expectSameWithout(damage: (text: string) => string | undefined): Promise<void> {
  const [site, undamaged] = await Promise.all(
    [0, 1].map(() => world({ "posts/a.md": post({ title: "A" }, WORDS), "posts/b.md": post({ title: "B" }, WORDS) })),
  );
  if (!site || !undamaged) throw new Error("there are two sites");
  for (const each of [site, undamaged]) await each.publish();
  const [key = "", ...more] = await packsOf(site);
  expect(more).toEqual([]);
  const damaged = damage((await site.dump(site.state))[key] ?? "");
  if (damaged === undefined) await site.state.delete(key);
  else await site.state.put(key, new TextEncoder().encode(damaged), JSON_TYPE);
  for (const each of [site, undamaged]) await each.write("posts/a.md", post({ title: "Edited" }));
  expect((await site.publish()).problems).toEqual([]);
  await undamaged.publish();
  expect(await site.dump(site.public)).toEqual(await undamaged.dump(undamaged.public));
}

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
