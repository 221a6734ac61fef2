/** Power is lost at any moment of a run on folders: whatever of it is on the disk, the next runs complete it. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, describe, expect, test, vi } from "vitest";
import { setIds } from "../../lib/publish/adoption.ts";
import type { PublishOptions } from "../../lib/publish/options.ts";
import { LEASE_MS } from "../../lib/state/lease.ts";
import { drainOutbox } from "../../lib/state/outbox.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";
import { randomOf } from "../bench/random.ts";
import { post, SITE, type Stores, testClock, type World, world, worldOn } from "../support/world.ts";
import { type Disk, makeDisk, possibleDisks, recorded } from "./powerloss.ts";

vi.mock("node:fs", async (original) =>
  (await import("./powerloss.ts")).recordedFileSystem(await original<typeof import("node:fs")>()),
);

// In memory where there is such a place: nothing here asks the real disk to flush.
const folder = await mkdtemp(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "dripfeed-power-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Of the disks that the extremes leave out, so many are tried alone and as many by chance. */
const MANY = 12;

const YAML = `${SITE}tombstones: 0\n`;
/** Says when it was updated, so that the same documents come of runs at different times. */
const dated = (title: string, tags: string, more = "") =>
  post({ title, tags, updated: "2026-02-01T00:00:00Z" }, `Words of ${title}. ${more}\n`);
const POSTS = {
  "posts/a.md": dated("A", "[x, y]"),
  "posts/b.md": dated("B", "[y, z]"),
  "posts/c.md": dated("C", "[x]"),
};

interface Scenario {
  /** Up to the run during which power is lost. */
  readonly before: (site: World) => Promise<unknown>;
  readonly run: (site: World) => Promise<unknown>;
  /** What triggers the first run after it. */
  readonly hints: readonly string[];
  /** Holds before any run. */
  readonly holds?: (site: World) => Promise<void>;
  /** Where the documents may also be those of a site to which it never happened. */
  readonly mayBeUndone?: true;
}

const publishing =
  (options: Partial<PublishOptions> = {}) =>
  (site: World) =>
    site.publish(options);

async function edited(site: World): Promise<void> {
  await site.publish();
  await site.write("posts/a.md", dated("A", "[x, w]", "Edited."));
  await site.remove("posts/b.md");
  await site.write("posts/d.md", dated("D", "[w, v]"));
}

const EDITED = ["posts/a.md", "posts/b.md", "posts/d.md"];

const SCENARIOS: { readonly [name: string]: Scenario } = {
  "the first run of all": { before: async () => undefined, run: publishing(), hints: Object.keys(POSTS) },
  "a run over edits, a removal and a new post": { before: edited, run: publishing(), hints: EDITED },
  "a run with hints, in several batches": {
    before: edited,
    run: publishing({ batchSize: 3, hints: EDITED }),
    hints: EDITED,
  },
  "a run over a post that was renamed": {
    async before(site) {
      await site.publish();
      await site.write("posts/new-name.md", POSTS["posts/a.md"]);
      await site.remove("posts/a.md");
    },
    run: publishing(),
    hints: ["posts/new-name.md", "posts/a.md"],
  },
  "a run that collects what is unused": {
    async before(site) {
      await edited(site);
      // Its lease makes the next run collect.
      await site.publish({ public: dying(site.public) }).catch(() => undefined);
    },
    run: publishing(),
    hints: EDITED,
  },
  "a rollback": {
    async before(site) {
      await edited(site);
      await site.publish();
    },
    run: publishing({ rollback: "" }),
    hints: EDITED,
    mayBeUndone: true,
  },
  "ids of a former system": {
    before: publishing(),
    run: ({ state, clock }) =>
      setIds(state, {
        dryRun: false,
        force: true,
        clock,
        log: () => undefined,
        run: "adoption",
        next: () => new Map([["posts/a.md", { key: "posts/a.md", ids: { rss: "former-a" } }]]),
      }),
    hints: ["posts/a.md"],
    mayBeUndone: true,
  },
  "an announcement that fails": {
    before: publishing(),
    run: ({ state, public: published, clock }) =>
      drainOutbox({
        state,
        public: published,
        clock,
        announcer: { invalidate },
        by: "x",
        patience: 1000,
        log: () => undefined,
      }),
    hints: [],
    async holds(site) {
      const { "head.json": head = "", "announcing.json": announcing = "{}" } = await site.dump(site.state);
      const { taken = [] }: { taken?: { paths: string[] }[] } = JSON.parse(announcing);
      const known = [...JSON.parse(head).outbox.paths, ...taken.flatMap(({ paths }) => paths)];
      expect(new Set(known)).toEqual(new Set(await site.paths()));
    },
  },
};

async function invalidate(): Promise<void> {
  throw new Error("the CDN does not answer");
}

/** A process that is killed at its third put. */
function dying(store: Store): Store {
  let puts = 0;
  return {
    ...store,
    async put(key, body, options) {
      puts += 1;
      if (puts > 2) throw new Error("killed");
      return store.put(key, body, options);
    },
  };
}

const contentOf = async () => (await world(POSTS, YAML)).content;
const storesAt = (content: Store, root: string): Stores => ({
  content,
  public: folderStore(join(root, "public")),
  state: folderStore(join(root, "state")),
});

/** The documents in the end, where power is never lost. */
async function undisturbed({ before, run }: Scenario): Promise<{ readonly [path: string]: string }> {
  const stores = { content: await contentOf(), public: memoryStore("public"), state: memoryStore("state") };
  const site = worldOn(stores);
  await before(site);
  await run(site);
  await site.publish();
  return site.dump(site.public);
}

/** The runs after the machine has started again. */
async function expectRecovered(
  stores: Stores,
  { hints, holds }: Scenario,
  good: readonly { readonly [path: string]: string }[],
  isHinted: boolean,
): Promise<void> {
  const clock = testClock();
  clock.advance(2 * LEASE_MS);
  const site = worldOn(stores, clock);
  await holds?.(site);
  if (isHinted) expect(await site.publish({ hints })).not.toHaveProperty("refused");
  expect(await site.publish()).not.toHaveProperty("refused");
  const documents = await site.dump(site.public);
  if (!good.some((each) => isDeepStrictEqual(each, documents))) expect(documents).toEqual(good[0]);
  const { refused, operations } = await site.publish();
  expect(refused).toBeUndefined();
  expect(operations).toMatchObject({ public: { put: 0, delete: 0 }, state: { put: 0, delete: 0 } });
  const kinds = Object.keys(await site.dump(site.state)).map((key) => key.replace(/\/.*/, ""));
  for (const kind of kinds) expect(KINDS).toContain(kind);
}

const KINDS = ["head.json", "catalogs", "intents", "entries", "adopted", "announcing.json"];

describe.each(Object.entries(SCENARIOS))("when power is lost during %s", (name, scenario) => {
  test("the state can be read, no id changes, and a full run makes every document right", async () => {
    const place = join(folder, name.replaceAll(" ", "-"));
    const live = join(place, "live");
    const content = await contentOf();
    const stores = storesAt(content, live);
    const site = worldOn(stores);
    // Not folders that were there before: the first run makes them.
    await site.public.put("made", new Uint8Array(), { contentType: "text/plain" });
    await site.public.delete("made");
    await rm(join(live, "public"), { recursive: true });
    await scenario.before(site);
    const recording = await recorded(live, join(place, "vault"), () => scenario.run(site));
    const good = [await undisturbed(scenario)];
    if (scenario.mayBeUndone) good.push(await undisturbed({ ...scenario, run: async () => undefined }));
    const random = randomOf(11, 0);
    let number = 0;
    const attempt = async (disk: Disk) => {
      number += 1;
      const root = join(place, `disk-${number}`);
      makeDisk(recording, disk, root);
      try {
        await expectRecovered(storesAt(content, root), scenario, good, number % 2 === 0);
      } catch (cause) {
        throw new Error(`disk ${number}: ${(cause as Error).message}`, { cause });
      }
      await rm(root, { recursive: true });
    };
    for (const disk of possibleDisks(recording, random, MANY)) await attempt(disk);
    expect(number).toBeGreaterThan(4);
  });
});
