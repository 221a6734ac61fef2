/** Two runs whose store operations interleave in every way end as if one had come after the other. */

import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { present } from "../../lib/base/optional.ts";
import { LEASE_MS } from "../../lib/state/lease.ts";
import type { Head } from "../../lib/state/types.ts";
import { type Store, StoreUnknown } from "../../lib/stores/store.ts";
import { post, SITE, WHOLE_SITE, type World, world } from "../support/world.ts";
import { type Folders, inFolders } from "./environment.ts";

/** What one of two authors does to the content, followed by a trigger. */
interface Edit {
  readonly write?: { readonly [key: string]: string };
  readonly remove?: readonly string[];
}

const POSTS = {
  "posts/a.md": post({ title: "A", tags: "[x]" }, "a\n"),
  "posts/b.md": post({ title: "B", tags: "[y]" }, "b\n"),
  "posts/c.md": post({ title: "C", tags: "[x, y]" }, "c\n"),
};

const MINE: readonly Edit[] = [
  { write: { "posts/a.md": post({ title: "A, edited", tags: "[x, new]" }, "edited\n") } },
  { write: { "posts/a.md": post({ title: "A", draft: "true" }, "a\n") } },
  { write: { "posts/renamed.md": POSTS["posts/a.md"] }, remove: ["posts/a.md"] },
  { remove: ["posts/a.md"] },
  {},
];
const THEIRS: readonly Edit[] = [
  { write: { "posts/b.md": post({ title: "B, edited", tags: "[new]" }, "edited\n") } },
  { write: { "posts/d.md": post({ title: "D", tags: "[x, fresh]" }, "d\n") } },
  { write: { "posts/moved.md": POSTS["posts/b.md"] }, remove: ["posts/b.md"] },
  {},
];

/** Without tombstones a removed post and its channels are gone at once. */
const YAML = `${SITE}tombstones: 0\n`;

/** Two edits: the run that publishes `mine` is paused while another run publishes `theirs`. */
interface Race {
  readonly mine: Edit;
  readonly theirs: Edit;
  /** An edit when both runs have ended. */
  readonly after?: Edit;
  /** If the run is paused at a conditional put, the put does not take place and its outcome is unknown. */
  readonly isLost?: boolean;
}

const RACES: readonly Race[] = [
  {
    mine: { write: { "posts/a.md": post({ title: "A, edited", tags: "[x, new]" }, "edited\n") } },
    theirs: { write: { "posts/b.md": post({ title: "B, edited", tags: "[new]" }, "edited\n") } },
  },
  // One run removes documents that the other writes.
  {
    mine: {
      write: { "posts/b.md": post({ title: "B" }, "b\n"), "posts/c.md": post({ title: "C", tags: "[x]" }, "c\n") },
    },
    theirs: { write: { "posts/d.md": post({ title: "D", tags: "[y]" }, "d\n") } },
  },
  // One run writes no document, so no failed condition shows it that the other has written.
  ...[false, true].map((isLost) => ({
    mine: { write: { "posts/draft.md": post({ title: "E", draft: "true" }) } },
    theirs: { write: { "posts/d.md": post({ title: "D", tags: "[x, fresh]" }, "d\n") } },
    after: { remove: ["posts/d.md"] },
    isLost,
  })),
];

/** Makes the edit, and returns the changed keys. */
async function applyEdit({ write = {}, remove = [] }: Edit, content: Store): Promise<readonly string[]> {
  for (const key of remove) await content.delete(key);
  for (const [key, text] of Object.entries(write)) {
    await content.put(key, new TextEncoder().encode(text), { contentType: "text/markdown" });
  }
  return [...remove, ...Object.keys(write)];
}

type Documents = { readonly [path: string]: string };

/** Without times that depend on when a run saw an edit. */
async function documentsOf(site: World, store: Store): Promise<Documents> {
  const times = /(?<="date_modified": "|<updated>|<lastBuildDate>|when=")[^"<]*/g;
  const documents = Object.entries(await site.dump(store));
  return Object.fromEntries(documents.map(([path, text]) => [path, text.replace(times, "")]));
}

/** The same edits published by one run after the other; edits of one turn are published together. */
async function inTurn(turns: readonly (readonly Edit[])[], isFirst: boolean): Promise<Documents> {
  const site = await world(POSTS, YAML);
  if (!isFirst) await site.publish();
  for (const edits of turns) {
    const hints: string[] = [];
    for (const edit of edits) hints.push(...(await applyEdit(edit, site.content)));
    await site.publish({ hints });
  }
  await site.publish();
  return documentsOf(site, site.public);
}

/** Refusals of a run that waited for the other or was overtaken too often. */
const REFUSALS_WHEN_OVERTAKEN = ["busy", "unsettled"];

/** The next run gives one of the outcomes in `all`, and the one after it has nothing to write. */
async function expectAsInTurn(
  site: World,
  stores: Pick<World, "content" | "public" | "state">,
  all: readonly Documents[],
): Promise<void> {
  const last = await site.publish(stores);
  expect(last.refused).toBeUndefined();
  const documents = await documentsOf(site, stores.public);
  expect(all.find((each) => JSON.stringify(each) === JSON.stringify(documents)) ?? all[0]).toEqual(documents);
  const again = await site.publish(stores);
  expect(again.operations).toMatchObject({ public: { put: 0, delete: 0 }, state: { put: 0, delete: 0 } });
}

/** Each operation waits until fast-check's scheduler lets it go on. */
function scheduled(store: Store, s: fc.Scheduler, who: string): Store {
  const turn = (what: string) => s.schedule(Promise.resolve(), `${who} ${store.name} ${what}`);
  return {
    ...store,
    async *list(prefix) {
      await turn(`list ${prefix}`);
      yield* store.list(prefix);
    },
    async get(key, known) {
      await turn(`get ${key}`);
      return store.get(key, known);
    },
    async put(key, body, options) {
      await turn(`put ${key}`);
      return store.put(key, body, options);
    },
    async delete(key) {
      await turn(`delete ${key}`);
      return store.delete(key);
    },
  };
}

/** The run is paused at its `n`th operation while another runs from start to end; false when it had fewer operations. */
async function overtaken(n: number, race: Race, isFirst: boolean, all: readonly Documents[]) {
  const { mine, theirs, after, isLost = false } = race;
  const site = await world(POSTS, YAML);
  if (!isFirst) await site.publish();
  let left = n;
  const pause = async () => {
    if (left-- !== 0) return false;
    const { lease } = await headOf(site);
    const hints = await applyEdit(theirs, site.content);
    const { refused } = await site.publish({ hints, patience: LONG });
    expect(refused).toBeUndefined();
    // The other run waited for the lease of the one that was writing.
    if (lease) expect(site.clock.now().toISOString() >= lease.until).toBe(true);
    return true;
  };
  const paused = (store: Store): Store => ({
    ...store,
    async *list(prefix) {
      await pause();
      yield* store.list(prefix);
    },
    get: (key, known) => pause().then(() => store.get(key, known)),
    async put(key, body, options) {
      const isConditional = options.ifMatch !== undefined || options.ifAbsent === true;
      if ((await pause()) && isLost && isConditional) throw new StoreUnknown(store.name, "put", key, "no reply");
      return store.put(key, body, options);
    },
    delete: (key) => pause().then(() => store.delete(key)),
  });
  const hints = await applyEdit(mine, site.content);
  const stores = { content: paused(site.content), public: paused(site.public), state: paused(site.state) };
  const { refused } = await site.publish({ ...stores, hints, patience: LONG });
  expect(refused).toBeUndefined();
  if (left >= 0) return false;
  // A paused writer may still remove or put a document after all of this.
  await site.public.delete("tags/x/rss.xml");
  await site.public.put("atom.xml", new TextEncoder().encode("<late/>"), { contentType: "application/xml" });
  if (after) await applyEdit(after, site.content);
  await expectAsInTurn(site, site, all);
  return true;
}

/** What the public store may hold in the end: the first run to end may have published one edit, the other, or both. */
const everyOutcome = ({ mine, theirs, after }: Race, isFirst: boolean): Promise<readonly Documents[]> => {
  const ways = [[[mine], [theirs]], [[theirs], [mine]], [[mine, theirs]]];
  return Promise.all(ways.map((turns) => inTurn(after ? [...turns, [after]] : turns, isFirst)));
};

/** Empty before the first run. */
async function headOf({ state }: World): Promise<Partial<Head>> {
  const object = await state.get("head.json");
  return typeof object === "object" ? JSON.parse(new TextDecoder().decode(object.body)) : {};
}

/** As slow as operations get, so that a run takes longer than a lease holds. */
const OPERATION_MS = 700;

/** Another run starts at each operation of a slow one: a lease that is renewed is not taken over. */
async function neverTakenOver(): Promise<void> {
  const tags = Array.from({ length: 25 }, (_, i) => `t${i}`);
  const site = await world({ "posts/a.md": post({ tags: `[${tags.join(", ")}]` }) }, WHOLE_SITE);
  let refusals = 0;
  const slow = async () => {
    site.clock.advance(OPERATION_MS);
    const { lease } = await headOf(site);
    if (!lease) return;
    const { refused } = await site.publish({ patience: 0 });
    expect(refused).toMatchObject({ code: "busy" });
    refusals += 1;
  };
  const slowly = (store: Store): Store => ({
    ...store,
    get: (key, known) => slow().then(() => store.get(key, known)),
    put: (key, body, options) => slow().then(() => store.put(key, body, options)),
    delete: (key) => slow().then(() => store.delete(key)),
  });
  const stores = { content: slowly(site.content), public: slowly(site.public), state: slowly(site.state) };
  const { put } = await site.publish(stores);
  expect(put.length).toBe((await site.paths()).length);
  expect(refusals * OPERATION_MS).toBeGreaterThan(LEASE_MS);
}

/** While the guard looks at a path that would be put, another run puts a newer document there. */
async function overtakenAtTheGuard(): Promise<void> {
  const site = await world({ ...POSTS }, YAML);
  await site.publish();
  await site.write("posts/new.md", post({ title: "Before", tags: "[new]" }));
  let isOvertaken = false;
  const get: Store["get"] = async (key, known) => {
    if (key === "tags/new/rss.xml" && !isOvertaken) {
      isOvertaken = true;
      await site.write("posts/new.md", post({ title: "After", tags: "[new]" }));
      await site.publish();
    }
    return site.public.get(key, known);
  };
  const { refused } = await site.publish({ public: { ...site.public, get } });
  expect([isOvertaken, refused]).toEqual([true, undefined]);
  expect(await site.read("tags/new/rss.xml")).toContain("After");
}

/** Of several conditional puts with the same ETag exactly one succeeds. */
async function expectExclusive({ state }: Folders): Promise<void> {
  const put = (text: string, ifMatch?: string) =>
    state.put("head.json", new TextEncoder().encode(text), {
      contentType: "application/json",
      ...present({ ifMatch }),
    });
  const first = await put("0");
  const outcomes = await Promise.allSettled(["1", "2", "3"].map((text) => put(text, first)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
}

/** Milliseconds that a run waits for another: longer than a lease holds. */
const LONG = 300_000;

test("Two runs at once end as if one had come after the other, up to what the next full run repairs.", async () => {
  await overtakenAtTheGuard();
  await neverTakenOver();
  await inFolders(expectExclusive);
  for (const isFirst of [true, false]) {
    for (const race of RACES) {
      const all = await everyOutcome(race, isFirst);
      for (let n = 0; await overtaken(n, race, isFirst, all); n++);
    }
  }
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.constantFrom(...MINE),
      fc.constantFrom(...THEIRS),
      fc.boolean(),
      async (s, mine, theirs, isFirst) => {
        const site = await world(POSTS, YAML);
        if (!isFirst) await site.publish();
        const run = async (who: string, edit: Edit) => {
          const stores = {
            content: scheduled(site.content, s, who),
            public: scheduled(site.public, s, who),
            state: scheduled(site.state, s, who),
          };
          const hints = await applyEdit(edit, stores.content);
          const { refused } = await site.publish({ ...stores, hints, patience: LONG });
          if (refused) expect(REFUSALS_WHEN_OVERTAKEN).toContain(refused.code);
        };
        await s.waitFor(Promise.all([run("mine", mine), run("theirs", theirs)]));
        const all = await everyOutcome({ mine, theirs }, isFirst);
        await expectAsInTurn(site, site, all);
      },
    ),
    { numRuns: 40 },
  );

  for (let round = 0; round < 2; round++) {
    await inFolders(async (stores) => {
      const site = await world();
      await applyEdit({ write: { ...POSTS, "site.yaml": YAML } }, stores.content);
      const clock = { now: () => new Date(), wait: (ms: number) => sleep(Math.min(ms, 5)) };
      const run = async (edit: Edit) => {
        const hints = await applyEdit(edit, stores.content);
        const { refused } = await site.publish({ ...stores, clock, hints, patience: LONG });
        if (refused) expect(REFUSALS_WHEN_OVERTAKEN).toContain(refused.code);
      };
      const edits = [MINE[0] ?? {}, THEIRS[1] ?? {}, THEIRS[0] ?? {}, {}];
      await Promise.all(edits.map(run));
      await expectAsInTurn(site, stores, [await inTurn([edits], true)]);
    });
  }
});
