/** A site at rest: a run that sees it says what one that plans would say, and does nothing else. */
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PublishOptions } from "../../../lib/publish/options.ts";
import { publish } from "../../../lib/publish/publish.ts";
import { publishUnlessAtRest } from "../../../lib/publish/rest/look.ts";
import type { Report } from "../../../lib/publish/types.ts";
import { folderStore } from "../../../lib/stores/folder.ts";
import { inFolders } from "../../always/environment.ts";
import { author, type Change, change } from "../../support/author.ts";
import {
  memoryStores,
  NOW,
  post,
  type Stores,
  testClock,
  WHOLE_SITE,
  type World,
  world,
  worldOn,
} from "../../support/world.ts";

const SITE = WHOLE_SITE.replace("archives: false\n", "");

const POSTS = {
  "posts/old.md": post({ title: "Old", date: "2025-03-01T00:00:00Z", tags: "[x]" }),
  "posts/may.md": post({ title: "May", date: "2026-05-30T00:00:00Z" }),
  "posts/later.md": post({ title: "Later", date: "2026-06-03T00:00:00Z" }),
  "posts/passing.md": post({ title: "Passing", expires: "2026-06-20T00:00:00Z" }),
  "posts/live.md": post({ title: "Live", live: "{ start: 2026-06-10T10:00:00Z, end: 2026-06-10T11:00:00Z }" }),
  "posts/draft.md": post({ title: "Draft", draft: "true" }),
  "posts/picture.md": post({ title: "Picture" }, "![a](../media/a.png)\n"),
  "media/a.png": "no picture",
};

let runs = 0;

/** As the command does it, with whether it had to be planned. */
async function look(site: Stores, options: Partial<PublishOptions> & { readonly build?: string } = {}) {
  runs += 1;
  let isPlanned = false;
  const { build = "this one", ...more } = options;
  const given = { ...site, now: NOW, clock: testClock(), run: `look-${runs}`, ...more };
  const report = await publishUnlessAtRest(given, build, (closer) => {
    isPlanned = true;
    return publish(closer);
  });
  return { isPlanned, report };
}

const withoutCosts = ({ operations: _, took: __, ...said }: Report) => said;

async function expectAsPlanned(site: World, now = NOW): Promise<boolean> {
  const seen = await look(site, { now });
  if (!seen.isPlanned) expect(withoutCosts(seen.report)).toEqual(withoutCosts(await site.publish({ now })));
  return !seen.isPlanned;
}

const hours = (count: number) => new Date(NOW.getTime() + count * 3_600_000);

describe("a run that looks first", () => {
  test("says what planning would, whatever the author did before, and whenever it runs", async () => {
    const moment = fc.oneof(
      fc.constantFrom(NOW, hours(1 / 3600), new Date("2026-07-01T00:00:00Z"), new Date("2027-01-01T00:00:00Z")),
      fc.integer({ min: -100, max: 10_000 }).map(hours),
    );
    let skipped = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 6 }),
        fc.array(moment, { maxLength: 4 }),
        async (changes, moments) => {
          const site = await world(POSTS, SITE);
          const writer = author(site);
          for (const each of changes as readonly Change[]) {
            await writer.change(each);
            await look(site);
          }
          await look(site);
          for (const now of [NOW, ...moments]) if (await expectAsPlanned(site, now)) skipped += 1;
        },
      ),
      { numRuns: 20 },
    );
    expect(skipped).toBeGreaterThan(10);
  }, 30_000);

  test("asks for two objects, and two listings, where nothing is to be done", async () => {
    const site = await world(POSTS, SITE);
    expect((await look(site)).isPlanned).toBe(true);
    const { isPlanned, report } = await look(site);
    expect(isPlanned).toBe(false);
    expect(report).toMatchObject({ put: [], removed: [], dryRun: false });
    expect(report.operations).toEqual({
      content: { list: 1, get: 0, put: 0, delete: 0 },
      public: { list: 1, get: 0, put: 0, delete: 0 },
      state: { list: 0, get: 2, put: 0, delete: 0 },
    });
  });

  test("asks for nothing twice where something is to be done", async () => {
    const [one, other] = [await world(POSTS, SITE), await world(POSTS, SITE)];
    const pairs = [[await look(one), await other.publish()] as const];
    for (const site of [one, other]) await site.write("posts/new.md", post({ title: "New" }));
    pairs.push([await look(one), await other.publish()]);
    for (const [{ report }, planned] of pairs) {
      expect(withoutCosts(report)).toEqual(withoutCosts(planned));
      expect(report.operations).toEqual(planned.operations);
    }
  });

  const CHANGES: readonly (readonly [what: string, work: (site: World) => Promise<unknown>])[] = [
    ["a post is new", (site) => site.write("posts/new.md", post({ title: "New" }))],
    ["a post is gone", (site) => site.remove("posts/old.md")],
    ["site.yaml says something else", (site) => site.write("site.yaml", SITE.replace("Field notes", "Notes"))],
    ["a picture is another", (site) => site.write("media/a.png", "another")],
    ["a document is gone", (site) => site.public.delete("rss.xml")],
    ["a document is another", (site) => site.public.put("rss.xml", new Uint8Array(3), { contentType: "text/xml" })],
    ["a former system's ids are there", (site) => site.write("ids.jsonl", "")],
  ];
  test.each(CHANGES)("looks closer when %s", async (_, work) => {
    const site = await world(POSTS, SITE);
    await look(site);
    await work(site);
    expect((await look(site)).isPlanned).toBe(true);
    await look(site);
  });

  test("needs no look at what others put into the public store", async () => {
    const site = await world(POSTS, SITE);
    await look(site);
    await site.public.put("about.html", new Uint8Array(3), { contentType: "text/html" });
    expect(await expectAsPlanned(site)).toBe(true);
  });

  test("looks closer with another program, a moment before, what is due, and a year that begins", async () => {
    const site = await world({ "posts/a.md": post({ date: "2026-12-30T00:00:00Z" }) }, `${SITE}archives: false\n`);
    await look(site);
    expect((await look(site)).isPlanned).toBe(false);
    expect((await look(site, { build: "another" })).isPlanned).toBe(true);
    expect((await look(site, { now: hours(-1) })).isPlanned).toBe(true);
    expect((await look(site, { now: new Date("2026-12-29T23:59:59Z") })).isPlanned).toBe(false);
    const plain = await world({ "posts/a.md": post({}) }, `${SITE}archives: false\ntombstones: 0\n`);
    await look(plain);
    expect((await look(plain, { now: new Date("2026-12-31T23:59:59Z") })).isPlanned).toBe(false);
    expect((await look(plain, { now: new Date("2027-01-01T00:00:00Z") })).isPlanned).toBe(true);
  });

  const TOLD: readonly (readonly [string, Partial<PublishOptions>])[] = [
    ["hints", { hints: [] }],
    ["a dry run", { dryRun: true }],
    ["force", { force: true }],
    ["a rollback", { rollback: "" }],
    ["a rebuild", { rebuild: true }],
    ["every post to be rendered", { renderAll: true }],
    ["announcing", { announce: { invalidate: async () => undefined } as never }],
  ];
  test.each(TOLD)("does as it is told with %s", async (_, options) => {
    const site = await world(POSTS, SITE);
    await look(site);
    const seen = await look(site, options).catch(() => ({ isPlanned: true }));
    expect(seen.isPlanned).toBe(true);
  });

  test("leaves it to planning to say that the catalog is damaged", async () => {
    const site = await world(POSTS, SITE);
    await look(site);
    const { catalog = "" } = await site.head();
    await site.state.put(catalog, new TextEncoder().encode("damaged"), { contentType: "text/plain" });
    await expect(look(site)).rejects.toThrow(/damaged/);
  });

  test("notes nothing where posts wait for others, or not all batches were written", async () => {
    const waiting = await world(
      { ...POSTS, "posts/b.md": post({ title: "B" }), "posts/c.md": post({ title: "B", slug: "b" }) },
      SITE,
    );
    await look(waiting);
    expect((await look(waiting)).isPlanned).toBe(true);
    const clock = testClock();
    const many = worldOn(memoryStores(), clock);
    await many.write("site.yaml", SITE);
    for (const [key, text] of Object.entries(POSTS)) await many.write(key, text);
    const { report } = await look(many, { batchSize: 3, until: NOW, clock });
    expect(report.unfinished).toBe(true);
    expect((await look(many)).isPlanned).toBe(true);
    expect((await look(many)).isPlanned).toBe(false);
  });

  test("is not confused by stores that lie in the content's folder", async () => {
    await inFolders(async (_, root) => {
      const name = join(root, "blog");
      const stores = {
        content: folderStore(name),
        public: folderStore(join(name, "public")),
        state: folderStore(join(name, ".dripfeed")),
      };
      const site = worldOn(stores);
      await site.write("site.yaml", SITE);
      await site.write("posts/a.md", POSTS["posts/may.md"]);
      await look(stores);
      expect((await look(stores)).isPlanned).toBe(false);
      await site.write("posts/a.md", POSTS["posts/old.md"]);
      expect((await look(stores)).isPlanned).toBe(true);
      expect((await look(stores)).isPlanned).toBe(false);
      await site.write("public/more.md", POSTS["posts/old.md"]);
      expect((await look(stores)).isPlanned).toBe(true);
    });
  });

  test("says what planning would where documents lie among the posts", async () => {
    await inFolders(async (_, root) => {
      const name = join(root, "blog");
      const site = worldOn({
        content: folderStore(name),
        public: folderStore(join(name, "posts/public")),
        state: folderStore(join(name, ".dripfeed")),
      });
      await site.write("site.yaml", SITE);
      await site.write("posts/a.md", POSTS["posts/may.md"]);
      await look(site);
      await expectAsPlanned(site);
    });
  });
});
