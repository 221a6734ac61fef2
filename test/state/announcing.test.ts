/** What is being announced: a path or a topic may be announced twice, and is never lost. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readHead, swapHead } from "../../lib/state/head.ts";
import { drainOutbox } from "../../lib/state/outbox.ts";
import type { Announcer, Changed, Topics } from "../../lib/state/types.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { type Store, StoreUnknown } from "../../lib/stores/store.ts";
import { testClock } from "../support/world.ts";

const HUBS = ["https://one.example/", "https://two.example/"];
const PATIENCE = 1000;

/** A process that is killed before its `n`th operation on the store, or after it took place; or loses the reply to it. */
function troubledAt(state: Store, { at, tookPlace, survives }: Pick<Trouble, "at" | "tookPlace" | "survives">): Store {
  let left = at;
  const dying = async <T>(work: () => Promise<T>): Promise<T> => {
    left -= 1;
    if (left > 0 || (left < 0 && survives)) return work();
    if (left === 0 && tookPlace) await work();
    throw survives ? new StoreUnknown("state", "put", "", "no reply") : new Error("killed");
  };
  return {
    ...state,
    get: (key, known) => dying(() => state.get(key, known)),
    put: (key, body, options) => dying(() => state.put(key, body, options)),
  };
}

/** What one announcement meets. */
interface Trouble {
  /** The operation at which its process is killed, or loses a reply; 0: at none. */
  readonly at: number;
  readonly tookPlace: boolean;
  readonly survives: boolean;
  readonly isCdnDown: boolean;
  /** How many topics each hub takes before it is down. */
  readonly takes: readonly [number, number];
}

interface Model {
  commit(paths: readonly string[], media?: readonly string[]): Promise<void>;
  announce(trouble?: Partial<Trouble>, meanwhile?: () => Promise<void>): Promise<unknown>;
  /** Paths and topics of which a change was never announced. */
  lost(): readonly string[];
  /** How often each was announced, by cache or hub. */
  readonly told: readonly string[];
  readonly references: readonly string[];
  advance(): void;
}

function model(): Model {
  const state = memoryStore("state");
  const clock = testClock();
  const versions = new Map<string, number>();
  const announced = new Map<string, number>();
  const told: string[] = [];
  const references: string[] = [];
  let announcements = 0;
  const tell = (who: string, path: string) => {
    told.push(`${who} ${path}`);
    announced.set(`${who} ${path}`, versions.get(path) ?? 0);
  };
  return {
    told,
    references,
    async commit(paths, media = []) {
      const head = await readHead(state);
      for (const path of [...paths, ...media]) versions.set(path, (versions.get(path) ?? 0) + 1);
      const { outbox } = head.value;
      const all = [...new Set([...outbox.paths, ...paths])];
      const allMedia = [...new Set([...(outbox.media ?? []), ...media])];
      expect(await swapHead(state, head, { ...head.value, outbox: { paths: all, media: allMedia } })).toBeDefined();
    },
    async announce(
      { at = 0, tookPlace = false, survives = false, isCdnDown = false, takes = [99, 99] } = {},
      meanwhile,
    ) {
      announcements += 1;
      const store = at > 0 ? troubledAt(state, { at, tookPlace, survives }) : state;
      let isDead = false;
      const announcer: Announcer = {
        async invalidate({ paths, media }: Changed, _, reference) {
          references.push(reference);
          if (isCdnDown) throw new Error("the CDN is busy");
          for (const path of [...paths, ...media]) tell("cdn", path);
          await meanwhile?.();
        },
        hubs: {
          async topics(waiting: Topics, { paths }: Changed) {
            const wanted = HUBS.map((hub) => [hub, [...new Set([...(waiting[hub] ?? []), ...paths])]] as const);
            return Object.fromEntries(wanted.filter(([, each]) => each.length > 0));
          },
          async notify(topics, settle) {
            for (const [i, hub] of HUBS.entries()) {
              for (const topic of topics[hub]?.slice(0, takes[i]) ?? []) {
                if (isDead) return;
                tell(hub, topic);
                settle(hub, topic);
              }
            }
          },
        },
      };
      const by = `announcement-${announcements}`;
      const result = await drainOutbox({
        state: store,
        public: memoryStore("public"),
        clock,
        announcer,
        by,
        patience: PATIENCE,
        log: () => undefined,
      });
      isDead = true;
      return result;
    },
    lost() {
      const media = (path: string) => path.startsWith("media/");
      return [...versions].flatMap(([path, version]) =>
        ["cdn", ...(media(path) ? [] : HUBS)].flatMap((who) =>
          announced.get(`${who} ${path}`) === version ? [] : [`${who} ${path}`],
        ),
      );
    },
    advance: () => clock.advance(60_000),
  };
}

describe("what changed", () => {
  test("is announced to caches and hubs once", async () => {
    const site = model();
    await site.commit(["rss.xml"], ["media/a.mp3"]);
    expect(await site.announce()).toEqual({ paths: 2 });
    expect(await site.announce()).toBeUndefined();
    expect(site.told).toEqual(["cdn rss.xml", "cdn media/a.mp3", ...HUBS.map((hub) => `${hub} rss.xml`)]);
  });

  test("while caches are told is announced apart from what they are told", async () => {
    const site = model();
    await site.commit(["rss.xml", "atom.xml"]);
    await site.announce({}, () => site.commit(["atom.xml", "feed.json"]));
    await site.announce();
    expect(site.told.filter((each) => each.startsWith("cdn"))).toEqual([
      ...["cdn rss.xml", "cdn atom.xml", "cdn atom.xml", "cdn feed.json"],
    ]);
    expect(site.lost()).toEqual([]);
  });

  test("keeps its reference while nothing is added to it, so that the invalidation stays the same one", async () => {
    const site = model();
    await site.commit(["rss.xml"]);
    for (let i = 0; i < 3; i++) await site.announce({ isCdnDown: true });
    expect(new Set(site.references).size).toBe(1);
    await site.commit(["atom.xml"]);
    await site.announce();
    expect(new Set(site.references).size).toBe(2);
    expect(site.lost()).toEqual([]);
  });

  test("waits for a hub that is down, while the other hub and the caches are told nothing twice", async () => {
    const site = model();
    await site.commit(["rss.xml", "atom.xml"]);
    expect(await site.announce({ takes: [1, 99] })).toEqual({ paths: 2, waiting: 1 });
    for (let i = 0; i < 3; i++) expect(await site.announce({ takes: [0, 99] })).toEqual({ paths: 0, waiting: 1 });
    await site.commit(["atom.xml"]);
    await site.announce();
    expect(site.lost()).toEqual([]);
    expect(site.told.filter((each) => each.startsWith("cdn"))).toHaveLength(3);
    expect(site.told.filter((each) => each === `${HUBS[0]} atom.xml`)).toHaveLength(1);
  });
});

const path = fc.constantFrom("rss.xml", "atom.xml", "tags/a/rss.xml", "tags/b/rss.xml");
const commit = fc.record({
  paths: fc.array(path, { maxLength: 3 }),
  media: fc.subarray(["media/a.mp3", "media/b.mp3"]),
});
const takes = fc.tuple(fc.nat(4), fc.nat(4));
const trouble = fc.record({
  at: fc.nat(12),
  tookPlace: fc.boolean(),
  survives: fc.boolean(),
  isCdnDown: fc.boolean(),
  takes,
});
const step = fc.record({ commit, trouble, meanwhile: fc.option(commit), isLate: fc.boolean() });

test("Whatever happens to announcers, and whatever is committed meanwhile, no change is lost.", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const site = model();
      for (const { commit, trouble, meanwhile, isLate } of steps) {
        await site.commit(commit.paths, commit.media);
        await site.announce(trouble, meanwhile ? () => site.commit(meanwhile.paths, meanwhile.media) : undefined);
        if (isLate) site.advance();
      }
      site.advance();
      await site.announce();
      expect(site.lost()).toEqual([]);
      expect(await site.announce()).toBeUndefined();
    }),
  );
});

test("Where no announcer is killed, nothing is announced more often than it changed.", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ commit, takes, isCdnDown: fc.boolean() }), { maxLength: 8 }),
      async (steps) => {
        const site = model();
        const changes = new Map<string, number>();
        for (const { commit, ...trouble } of steps) {
          for (const each of new Set([...commit.paths, ...commit.media]))
            changes.set(each, (changes.get(each) ?? 0) + 1);
          await site.commit(commit.paths, commit.media);
          await site.announce(trouble);
        }
        await site.announce();
        expect(site.lost()).toEqual([]);
        for (const [what, all] of Map.groupBy(site.told, (each) => each)) {
          expect(all.length).toBeLessThanOrEqual(changes.get(what.split(" ")[1] ?? "") ?? 0);
        }
      },
    ),
  );
});
