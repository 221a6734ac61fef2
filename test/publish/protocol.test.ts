/** One writer at a time, and what a run makes of the traces of others. */
import { describe, expect, test } from "vitest";
import type { Head } from "../../lib/model.ts";
import { LEASE_MS } from "../../lib/state/lease.ts";
import { type PutOptions, type Store, StoreConflict, StoreError, StoreUnknown } from "../../lib/stores/store.ts";
import { NOW, post, putPaths, SITE, siteAndTags, type World, wholeSite, world } from "../support/world.ts";

type Put = (key: string, body: Uint8Array, options: PutOptions) => Promise<string>;

/** The store with another `put`, which is given the real one. */
const withPut = (store: Store, put: (real: Put, ...args: Parameters<Put>) => Promise<string>): Store => ({
  ...store,
  put: (key, body, options) => put(store.put, key, body, options),
});

const POSTS = { "posts/a.md": post({ tags: "[x]" }), "posts/b.md": post({ tags: "[y]" }) };

/** What one undisturbed run makes of the same content. */
async function undisturbed(site: World): Promise<{ readonly [path: string]: string }> {
  const other = await world();
  for (const [key, text] of Object.entries(await site.dump(site.content))) await other.write(key, text);
  await other.publish();
  return other.dump(other.public);
}

async function leaseFor(site: World, paths: readonly string[], until: Date): Promise<void> {
  const intent = "intents/dead.json";
  const json = { contentType: "application/json" };
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  await site.state.put(intent, bytes({ format: 1, run: "dead", paths }), json);
  const object = await site.state.get("head.json");
  const head: Head =
    typeof object === "object"
      ? JSON.parse(new TextDecoder().decode(object.body))
      : { format: 1, outbox: { paths: [] } };
  await site.state.put(
    "head.json",
    bytes({ ...head, lease: { run: "dead", until: until.toISOString(), intent } }),
    json,
  );
}

const later = (ms: number) => new Date(NOW.getTime() + ms);

describe("runs at once", () => {
  test.each([2, 8])("%i of them end as if one had run", async (many) => {
    const site = await world(POSTS);
    const clock = { now: () => new Date(), wait: () => new Promise<void>((done) => setTimeout(done, 1)) };
    const reports = await Promise.all(Array.from({ length: many }, () => site.publish({ clock })));
    expect(reports.filter(({ refused }) => refused)).toEqual([]);
    expect(await site.dump(site.public)).toEqual(await undisturbed(site));
    expect((await site.head()).lease).toBeUndefined();
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("do not take each other's documents for somebody else's", async () => {
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

  test("with an edit between them lose neither", async () => {
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
  test("that is alive is waited for, with a word, and taken over once it has expired", async () => {
    const site = await world(POSTS);
    await leaseFor(site, [], later(30_000));
    const lines: string[] = [];
    const report = await site.publish({ log: (line) => lines.push(line) });
    expect(lines).toEqual(["another run (dead) is writing; waiting for it"]);
    expect(site.clock.now().getTime()).toBeGreaterThanOrEqual(later(30_000).getTime());
    expect(report.refused).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(await undisturbed(site));
  });

  test("that outlasts our patience is a refusal", async () => {
    const site = await world(POSTS);
    await leaseFor(site, [], later(30_000));
    const report = await site.publish({ patience: 5_000 });
    expect(report.refused).toMatchObject({ code: "busy" });
    expect(await site.paths()).toEqual([]);
  });

  test("of a clock that is a year ahead is taken over once nobody has renewed it for a lease", async () => {
    const site = await world(POSTS);
    await leaseFor(site, [], later(365 * 86_400_000));
    const report = await site.publish();
    expect(report.refused).toBeUndefined();
    expect(site.clock.now().getTime()).toBeGreaterThan(later(LEASE_MS).getTime());
    expect(await site.dump(site.public)).toEqual(await undisturbed(site));
  });

  test("of a clock that is ahead, of somebody who renews it, is never taken over", async () => {
    const site = await world(POSTS);
    await leaseFor(site, [], later(86_400_000));
    let looks = 0;
    const renewed: Store = {
      ...site.state,
      async get(key, known) {
        if (key === "head.json" && ++looks % 30 === 0) await leaseFor(site, [], later(86_400_000 + looks * 1000));
        return site.state.get(key, known);
      },
    };
    const report = await site.publish({ state: renewed, patience: 5 * LEASE_MS });
    expect(report.refused).toMatchObject({ code: "busy" });
    expect(await site.paths()).toEqual([]);
  });

  test("that expired is taken over even when nothing seems to change: its paths may be half done", async () => {
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

  test("is renewed while a long run writes, so that nobody takes over", async () => {
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

  test("that another run took over stops the writer, who begins again", async () => {
    const site = await world(POSTS);
    await site.publish();
    await site.write("posts/a.md", post({ title: "Older", tags: "[x]" }));
    const steal = async () => {
      await leaseFor(site, [...siteAndTags("x")], later(-1));
      await site.write("posts/a.md", post({ title: "Newer", tags: "[x]" }));
      await site.publish(); // the other run, from takeover to commit
    };
    let stolen: Promise<void> | undefined;
    const late: string[] = [];
    const robbed = withPut(site.public, async (real, key, body, options) => {
      stolen ??= steal();
      await stolen;
      const etag = await real(key, body, options);
      if (new TextDecoder().decode(body).includes("Older")) late.push(key);
      return etag;
    });
    const report = await site.publish({ public: robbed });
    expect(report.refused).toBeUndefined();
    expect(late).toEqual([]);
    for (const path of siteAndTags("x")) expect(await site.read(path)).toContain("Newer");
    expect((await site.publish()).put).toEqual([]);
    expect((await site.head()).lease).toBeUndefined();
  });
});

describe("a run", () => {
  test("that sees a post move between scan and lease plans again", async () => {
    const site = await world(POSTS);
    let moved = false;
    const state = withPut(site.state, async (real, key, body, options) => {
      if (key === "head.json" && !moved) {
        moved = true;
        await site.write("posts/a.md", post({ title: "Moved", tags: "[x]" }));
      }
      return real(key, body, options);
    });
    await site.publish({ state });
    expect(await site.read("rss.xml")).toContain("<title>Moved</title>");
    expect((await site.publish()).put).toEqual([]);
  });

  test("puts over a document that somebody altered, and says that it drifted", async () => {
    const site = await world(POSTS);
    await site.publish();
    await site.public.put("rss.xml", new TextEncoder().encode("altered"), { contentType: "text/xml" });
    await site.public.delete("atom.xml");
    await site.write("posts/a.md", post({ title: "Edited", tags: "[x]" }));
    const report = await site.publish();
    const reasons = Object.fromEntries(report.put.map(({ path, reason }) => [path, reason]));
    expect(reasons).toMatchObject({ "rss.xml": "drifted", "atom.xml": "drifted", "feed.json": "changed" });
    expect(putPaths(report)).toEqual(siteAndTags("x"));
    expect(await site.read("rss.xml")).toContain("Edited");
  });

  test.each(["took place", "did not take place"])(
    "whose conditional puts lose their reply and %s still ends right",
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
      expect(site.clock.now()).toEqual(NOW); // nobody waited for a lease that was their own
      expect(await site.dump(site.public)).toEqual(await undisturbed(site));
      expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
    },
  );

  test("never overwrites what appears where it is about to put a new document", async () => {
    const site = await world(POSTS);
    let appeared = false;
    const busy = withPut(site.public, async (real, key, body, options) => {
      if (key === "tags/x/rss.xml" && !appeared) {
        appeared = true;
        await real(key, new TextEncoder().encode("somebody's"), { contentType: "text/xml" });
        throw new StoreConflict("public", "put", key, "there is an object already");
      }
      return real(key, body, options);
    });
    const report = await site.publish({ public: busy });
    expect(report.refused).toMatchObject({ code: "not-ours" });
    expect(await site.read("tags/x/rss.xml")).toBe("somebody's");
    expect((await site.publish()).refused).toMatchObject({ code: "not-ours" });
    expect((await site.publish({ force: true })).put).toEqual([{ path: "tags/x/rss.xml", reason: "forced" }]);
  });

  test("that fails after it met somebody's object does not hand it on as its own", async () => {
    const site = await world(POSTS);
    const busy = withPut(site.public, async (real, key, body, options) => {
      if (key === "tags/y/feed.json") throw new StoreError("public", "put", key, "the disk is full");
      if (key !== "tags/x/rss.xml") return real(key, body, options);
      await real(key, new TextEncoder().encode("somebody's"), { contentType: "text/xml" });
      throw new StoreConflict("public", "put", key, "there is an object already");
    });
    await expect(site.publish({ public: busy })).rejects.toThrow(/disk is full/);
    expect((await site.publish()).refused).toMatchObject({ code: "not-ours" });
    expect(await site.read("tags/x/rss.xml")).toBe("somebody's");
  });

  test("whose tidying fails is done all the same", async () => {
    const site = await world({ "posts/a.md": post({}) });
    const state: Store = {
      ...site.state,
      async delete(key) {
        throw new StoreError("state", "delete", key, "access denied");
      },
    };
    for (let n = 0; n < 9; n++) {
      await site.write("posts/a.md", post({ title: `Title ${n}` }));
      await site.publish({ state });
    }
    expect(await site.read("rss.xml")).toContain("Title 8");
  });

  test("keeps the last few catalogs and lets older ones go", async () => {
    const site = await world({ "posts/a.md": post({}) });
    for (let n = 0; n < 9; n++) {
      await site.write("posts/a.md", post({ title: `Title ${n}` }));
      await site.publish();
    }
    const keys = Object.keys(await site.dump(site.state));
    expect(keys.filter((key) => key.startsWith("catalogs/"))).toHaveLength(6);
    expect(keys.filter((key) => key.startsWith("intents/"))).toHaveLength(6);
    const { catalog = "" } = await site.head();
    expect([catalog, ...(await site.catalog()).former].toSorted()).toEqual(
      keys.filter((key) => key.startsWith("catalogs/")),
    );
  });

  test("adds to what is still to announce, and says * when it is too much to name", async () => {
    const site = await world(POSTS);
    await site.publish();
    await site.write("posts/a.md", post({ tags: "[z]" }));
    await site.publish();
    expect((await site.head()).outbox.paths.toSorted()).toEqual(wholeSite("x", "y", "z"));
    const tags = Array.from({ length: 400 }, (_, i) => `t${i}`);
    await site.write("posts/a.md", post({ tags: `[${tags.join(", ")}]` }));
    await site.publish();
    expect((await site.head()).outbox.paths).toEqual(["*"]);
  });

  test("of a site whose zone, address or globs changed reads every post anew", async () => {
    const site = await world({ ...POSTS, "posts/c.md": post({ date: "2026-01-02 10:00" }) });
    await site.publish();
    await site.write("site.yaml", `${SITE}timezone: Asia/Shanghai\n`);
    await site.publish({ hints: ["site.yaml"] });
    const item = JSON.parse(await site.read("feed.json")).items.find(({ id }: { id: string }) => id.endsWith("/c"));
    expect(item).toMatchObject({ date_published: "2026-01-02T02:00:00Z", date_modified: "2026-01-02T10:00:00Z" });
    await site.write("site.yaml", `${SITE}posts: [posts/a.md]\n`);
    await site.publish();
    expect(JSON.parse(await site.read("feed.json")).items).toHaveLength(1);
  });
});
