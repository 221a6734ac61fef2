/** Another round of an attempt begins with what the one before learned and wrote; the lease and the snapshot stay. */
import { expect, test } from "vitest";
import { beginAttempt, beginRun } from "../../lib/publish/run.ts";
import { writeAdopted } from "../../lib/state/adopted.ts";
import { readHead } from "../../lib/state/head.ts";
import { type Store, StoreError } from "../../lib/stores/store.ts";
import { failingAt } from "../support/rendering.ts";
import { ids, NOW, post, SITE, testClock, type World, world } from "../support/world.ts";

const failing = () => failingAt("Bad", new Error("it cannot be rendered"));

/** A run over the hints that dies after its puts, before it commits: its lease and intent stay. */
async function dieAfter(puts: number, site: World, hints: readonly string[]): Promise<void> {
  let left = puts;
  const dying = (store: Store, counts: boolean): Store => {
    const ifAlive = () => {
      if (left <= 0) throw new Error("the process died");
    };
    return {
      ...store,
      get: async (...given) => {
        ifAlive();
        return store.get(...given);
      },
      delete: async (...given) => {
        ifAlive();
        return store.delete(...given);
      },
      put: async (...given) => {
        ifAlive();
        const etag = await store.put(...given);
        if (counts) left -= 1;
        return etag;
      },
    };
  };
  const stores = { public: dying(site.public, true), state: dying(site.state, false) };
  await expect(site.publish({ ...stores, hints })).rejects.toThrow("died");
  site.clock.advance(120_000);
}

const POST_A = (title: string) => post({ title, date: "2026-05-02T00:00:00Z", tags: "[x]" });
const POST_B = (title: string) => post({ title, date: "2026-01-02T00:00:00Z", tags: "[aa]" });

async function halfWritten(): Promise<World> {
  const site = await world({ "posts/a.md": POST_A("One"), "posts/b.md": POST_B("Bee") }, `${SITE}limit: 1\n`);
  await site.publish();
  await site.write("posts/a.md", POST_A("Two"));
  await dieAfter(6, site, ["posts/a.md"]);
  await site.write("posts/a.md", POST_A("One"));
  await site.write("posts/b.md", POST_B("Bad"));
  return site;
}

const tagFeeds = async (site: World) =>
  Promise.all(["rss.xml", "atom.xml", "feed.json"].map((file) => site.read(`tags/x/${file}`)));

test("what another run left half written is put again, though a post of a later batch cannot be rendered", async () => {
  const site = await halfWritten();
  await site.publish({ hints: ["posts/a.md", "posts/b.md"], batchSize: 1, timeLimit: failing() });
  for (const feed of await tagFeeds(site)) expect(feed).not.toContain("Two");
});

test("what another run left half written is put by the next run, though a store fails after the first commit", async () => {
  const site = await halfWritten();
  // Before anything of the second batch is written.
  const timeLimit = failingAt("Bad", new StoreError("state", "get", "posts/b.md", "503"));
  const hints = ["posts/a.md", "posts/b.md"];
  await expect(site.publish({ hints, batchSize: 1, timeLimit })).rejects.toThrow("503");
  await site.publish({ hints: ["posts/a.md"] });
  for (const feed of await tagFeeds(site)) expect(feed).not.toContain("Two");
});

test("a rebuild stays one, though a post cannot be rendered", async () => {
  const site = await world({ "posts/a.md": post({ title: "One" }), "posts/b.md": post({ title: "Fine" }) });
  await site.publish();
  for (const path of ["rss.xml", "atom.xml", "feed.json"]) {
    const text = (await site.read(path)).replaceAll("2020:posts/a", "2020:posts/older");
    await site.public.put(path, new TextEncoder().encode(text), { contentType: "text/xml" });
  }
  await site.write("posts/b.md", post({ title: "Bad" }));
  const report = await site.publish({ rebuild: true, force: true, timeLimit: failing() });
  expect(report.recovered).toBeDefined();
  expect(ids(await site.read("feed.json"))).toContain("tag:example.com,2020:posts/older");
});

test("a run that began again after a commit is one version, which a rollback can name", async () => {
  const site = await world({ "posts/a.md": POST_A("One"), "posts/b.md": POST_B("Bee") }, `${SITE}limit: 1\n`);
  await site.publish({ run: "first" });
  await site.write("posts/a.md", POST_A("Two"));
  await site.write("posts/b.md", POST_B("Bad"));
  await site.publish({ run: "second", batchSize: 1, timeLimit: failing() });
  const { run, former } = await site.catalog();
  expect([run, former]).toEqual(["second", ["catalogs/first.catalog"]]);
});

test("ids that wait for a file outside `posts:` do not publish it", async () => {
  const site = await world({ "posts/a.md": post({ title: "One" }) }, `${SITE}posts: ["posts/**"]\n`);
  await site.publish();
  const key = "attic/hello.md";
  const waiting = new Map([[key, { key, url: "https://example.com/hello/", ids: { rss: "old-1" } }]]);
  await writeAdopted(site.state, await readHead(site.state), waiting, "adopt");
  await site.write(key, post({ title: "Attic", url: "/hello/", date: "2025-01-01" }));
  await site.publish();
  await site.write("posts/hello.md", post({ title: "Hello", url: "/hello/" }));
  await site.publish({ hints: ["posts/hello.md"] });
  const { records } = await site.catalog();
  expect(records.map(({ key, state }) => [key, state])).toEqual([
    ["posts/a.md", "public"],
    ["posts/hello.md", "public"],
  ]);
});

test("the site is the very same object as long as site.yaml is the same, so that windows stay memoised", async () => {
  const { content, public: publicStore, state } = await world();
  const options = { content, public: publicStore, state, now: NOW, clock: testClock() };
  const begun = await Promise.all(["a", "b"].map((run) => beginAttempt(beginRun({ ...options, run }), 1)));
  const [first, second] = begun.map((each) => (each.ok ? each.attempt.site : undefined));
  expect(first).toBeDefined();
  expect(second).toBe(first);
});

test("a run that others overtake at each scan takes the lease before it scans, and ends", async () => {
  const site = await world({ "posts/a.md": POST_A("One"), "posts/b.md": POST_B("Bee") }, SITE);
  await site.publish();
  let rivals = 0;
  const refusals: unknown[] = [];
  const content: Store = {
    ...site.content,
    async *list(prefix) {
      yield* site.content.list(prefix);
      if ((await readHead(site.state)).value.lease) {
        refusals.push((await site.publish({ patience: 0 })).refused?.code);
        return;
      }
      rivals += 1;
      const key = `posts/rival${rivals}.md`;
      await site.write(key, POST_A(`Rival ${rivals}`));
      await site.publish({ hints: [key] });
    },
  };
  await site.write("posts/b.md", POST_B("Mine"));
  expect((await site.publish({ content })).refused).toBeUndefined();
  expect(await site.read("tags/aa/rss.xml")).toContain("Mine");
  expect(rivals).toBe(4);
  expect(refusals).toEqual(["busy"]);
  expect((await readHead(site.state)).value.lease).toBeUndefined();
});

test("a lease that was taken before the scan is given back when there is nothing to write", async () => {
  const site = await world({ "posts/a.md": POST_A("One") }, SITE);
  await site.publish();
  let rivals = 0;
  let leases = 0;
  const content: Store = {
    ...site.content,
    async *list(prefix) {
      if ((await readHead(site.state)).value.lease) {
        leases += 1;
        yield* site.content.list(prefix);
        return;
      }
      rivals += 1;
      await site.write("posts/a.md", POST_A(`Rival ${rivals}`));
      yield* site.content.list(prefix);
      await site.publish();
    },
  };
  const report = await site.publish({ content });
  expect(report.refused).toBeUndefined();
  expect(leases).toBeGreaterThan(0);
  expect(report.operations.public.put).toBe(0);
  expect((await readHead(site.state)).value.lease).toBeUndefined();
  const again = await site.publish();
  expect(again.operations).toMatchObject({ public: { put: 0, delete: 0 }, state: { put: 0, delete: 0 } });
});

test.each([{ hints: undefined }, { hints: ["posts/log.md", "posts/b.md"] }])(
  "a post that changes each time after it was read is a problem, its last good entry stays, and others are published: %j",
  async ({ hints }) => {
    const site = await world({ "posts/log.md": POST_A("First"), "posts/b.md": POST_B("Bee") });
    await site.publish();
    await site.write("posts/b.md", POST_B("Wasp"));
    let writes = 0;
    const content: Store = {
      ...site.content,
      async get(key, ...given) {
        const object = await site.content.get(key, ...given);
        if (key.endsWith("log.md")) await site.write(key, POST_A(`Line ${++writes}`));
        return object;
      },
      async *list(prefix) {
        await site.write("posts/log.md", POST_A(`Line ${++writes}`));
        yield* site.content.list(prefix);
      },
    };
    const report = await site.publish({ content, hints });
    expect(report.problems).toMatchObject([{ code: "unreadable", file: "posts/log.md" }]);
    expect(report.refused).toBeUndefined();
    const feed = await site.read("feed.json");
    expect(["First", "Wasp"].map((title) => feed.includes(title))).toEqual([true, true]);
  },
);

test("a post that changes twice while it is read is published as it is then", async () => {
  const site = await world({ "posts/a.md": POST_A("One") });
  let writes = 0;
  const content: Store = {
    ...site.content,
    async get(key, ...given) {
      const object = await site.content.get(key, ...given);
      if (key === "posts/a.md" && writes < 2) await site.write(key, POST_A(`Version ${++writes}`));
      return object;
    },
  };
  const report = await site.publish({ content });
  expect(report.problems).toEqual([]);
  expect(await site.read("feed.json")).toContain("Version 2");
});
