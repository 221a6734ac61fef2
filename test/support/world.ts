/** A site in memory: write posts, publish, and read the documents. */

import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../lib/base/clock.ts";
import type { PublishOptions } from "../../lib/publish/options.ts";
import { publish } from "../../lib/publish/publish.ts";
import type { Report } from "../../lib/publish/types.ts";
import { decodeCatalog } from "../../lib/state/catalog.ts";
import type { Catalog, Head } from "../../lib/state/types.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";
import { openTimeLimit, type TimeLimit } from "../../lib/workers/timelimit.ts";

/** Feeds of the site and of tags only, so that documents are easy to count. */
export const SITE = `title: Field notes
url: https://example.com/
feeds: https://feeds.example.com/
description: Notes from a field
since: 2020
pages: false
archives: false
kinds: { categories: false, authors: false, languages: false, sections: false }
`;

/** The same with every kind of channel and page. */
export const WHOLE_SITE = SITE.replace(/pages: false[\s\S]*/, "");

export const NOW = new Date("2026-06-01T12:00:00Z");

/** A clock that moves only by `wait` and `advance`. */
export function testClock(start = NOW): Clock & { advance(ms: number): void } {
  let time = start.getTime();
  return {
    now: () => new Date(time),
    async wait(ms) {
      time += ms;
    },
    advance(ms) {
      time += ms;
    },
  };
}

export interface World {
  readonly content: Store;
  readonly public: Store;
  readonly state: Store;
  readonly clock: ReturnType<typeof testClock>;
  write(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** With `timeLimit: undefined` posts have the limit that they have elsewhere. */
  publish(options?: Partial<PublishOptions>): Promise<Report>;
  /** The paths of the public store. */
  paths(): Promise<readonly string[]>;
  read(path: string): Promise<string>;
  /** Every object of a store: its key, and its bytes as text. */
  dump(store: Store): Promise<{ readonly [key: string]: string }>;
  head(): Promise<Head>;
  catalog(): Promise<Catalog>;
}

/**
 * Work is begun as in a real limit, and never stopped: to watch it takes a thread each time, a good part of a run over a few small posts.
 * What a real limit does, `test/workers/`, `test/publish/scan/slow.test.ts` and `test/always/06` look at.
 */
const unwatched = (): TimeLimit => ({
  ...openTimeLimit(),
  async run(work) {
    await setImmediate();
    return work();
  },
});

let runs = 0;

export type Stores = Pick<World, "content" | "public" | "state">;

export const memoryStores = (): Stores => {
  return { content: memoryStore("content"), public: memoryStore("public"), state: memoryStore("state") };
};

export async function world(
  posts: { readonly [key: string]: string } = {},
  site = SITE,
  stores = memoryStores(),
): Promise<World> {
  const built = worldOn(stores);
  await built.write("site.yaml", site);
  for (const [key, text] of Object.entries(posts)) await built.write(key, text);
  return built;
}

/** A site over stores that may hold something already. */
export function worldOn(stores: Stores, clock = testClock()): World {
  const built: World = {
    ...stores,
    clock,
    async write(key, text) {
      await stores.content.put(key, new TextEncoder().encode(text), { contentType: "text/markdown" });
    },
    remove: (key) => stores.content.delete(key),
    publish(options = {}) {
      runs += 1;
      return publish({ ...stores, now: NOW, clock, run: `run-${runs}`, timeLimit: unwatched(), ...options });
    },
    paths: async () => Object.keys(await built.dump(stores.public)),
    read: (path) => readText(stores.public, path),
    async dump(store) {
      const objects: { [key: string]: string } = {};
      for await (const { key } of store.list("")) objects[key] = await readText(store, key);
      return objects;
    },
    async head() {
      const { digest: _, ...head } = JSON.parse(await readText(stores.state, "head.json"));
      return head;
    },
    async catalog() {
      const { catalog = "" } = await built.head();
      const object = await stores.state.get(catalog);
      if (typeof object !== "object") throw new Error("there is no catalog");
      return decodeCatalog(catalog, object.body);
    },
  };
  return built;
}

async function readText(store: Store, key: string): Promise<string> {
  const object = await store.get(key);
  if (typeof object !== "object") throw new Error(`there is no ${key}`);
  return new TextDecoder().decode(object.body);
}

/** A post with a title and a date unless `front` gives others. */
export function post(front: { readonly [key: string]: string }, body = "Some words.\n"): string {
  const given = { title: "A post", date: "2026-01-02T03:04:05Z", ...front };
  const lines = Object.entries(given).map(([key, value]) => `${key}: ${value}`);
  return `---\n${lines.join("\n")}\n---\n\n${body}`;
}

/** Documents that list every channel: put when a channel is added, removed or renamed. */
export const DISCOVERY = ["autodiscovery.html", "feeds.json", "feeds.opml"] as const;

/** The feeds of the site and of some tags. */
export const siteAndTags = (...tags: string[]): readonly string[] =>
  ["", ...tags.map((tag) => `tags/${tag}/`)]
    .flatMap((path) => ["rss.xml", "atom.xml", "feed.json"].map((file) => path + file))
    .sort();

/** Every document of a site with these tags. */
export const wholeSite = (...tags: string[]): readonly string[] => [...DISCOVERY, ...siteAndTags(...tags)].sort();

export const putPaths = ({ put }: Report): readonly string[] => put.map(({ path }) => path).sort();
export const codes = ({ problems }: Report): readonly string[] => problems.map(({ code }) => code);

/** The ids of a JSON feed, in its order. */
export const ids = (json: string): readonly string[] => JSON.parse(json).items.map(({ id }: { id: string }) => id);
