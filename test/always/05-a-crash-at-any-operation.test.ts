/** A process that dies, after its n-th operation for every n, and whoever comes next. */
import { expect, test, vi } from "vitest";
import { LEASE_MS } from "../../lib/state/lease.ts";
import { type Store, StoreError } from "../../lib/stores/store.ts";
import { post, SITE, type World, wholeSite, world } from "../support/world.ts";
import { expectWellFormed } from "./documents.ts";
import { inFolders } from "./places.ts";

/** Of the files written from now on this one is only written by half; then nothing works any more. */
const torn = vi.hoisted(() => ({ file: Number.POSITIVE_INFINITY, died: () => undefined as undefined }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  /** Half of the file whose turn it is. */
  const half = (data: unknown): Uint8Array | undefined => {
    if (!(data instanceof Uint8Array) || torn.file-- > 0) return undefined;
    return data.subarray(0, data.length / 2);
  };
  const die = () => {
    torn.died();
    throw new Error("crashed in the middle of a write");
  };
  const writeSync = ((file: number, data: Uint8Array, ...place: number[]) => {
    const torso = half(data);
    if (!torso) return fs.writeSync(file, data, ...place);
    fs.writeSync(file, torso);
    return die();
  }) as typeof fs.writeSync;
  const writeFileSync: typeof fs.writeFileSync = (file, data, options) => {
    const torso = half(data);
    if (!torso) return fs.writeFileSync(file, data, options);
    fs.writeFileSync(file, torso, options);
    return die();
  };
  return { ...fs, writeSync, writeFileSync };
});

interface Life {
  /** How many operations there still are. */
  left: number;
  /** Only this operation fails, and the run, which does not die of it, does what it then does. */
  readonly stumbles?: boolean;
  isStruck?: boolean;
}

/** The store as the process that dies sees it: after the last of its operations nothing answers any more. */
function dying(store: Store, life: Life, tookPlace: boolean): Store {
  type Operation = "list" | "get" | "put" | "delete";
  const die = (operation: Operation, key: string) => new StoreError(store.name, operation, key, "crashed");
  const live = async <T>(operation: Operation, key: string, work: () => Promise<T>): Promise<T> => {
    if (life.left < 0) throw die(operation, key);
    life.left -= 1;
    if (life.left >= 0) return work();
    life.isStruck = true;
    if (life.stumbles) life.left = Number.POSITIVE_INFINITY;
    if (tookPlace) await work();
    throw die(operation, key);
  };
  return {
    ...store,
    async *list(prefix) {
      await live("list", prefix, async () => undefined);
      yield* store.list(prefix);
    },
    get: (key, known) => live("get", key, () => store.get(key, known)),
    put: (key, body, options) => live("put", key, () => store.put(key, body, options)),
    delete: (key) => live("delete", key, () => store.delete(key)),
  };
}

const YAML = `${SITE}tombstones: 0\n`;
const BEFORE: { readonly [key: string]: string } = {
  "posts/a.md": post({ title: "A", tags: "[x, y]" }),
  "posts/b.md": post({ title: "B", tags: "[y, z]" }),
};
const KEYS = ["posts/a.md", "posts/b.md", "posts/c.md"];

const write = (content: Store, key: string, text: string) =>
  content.put(key, new TextEncoder().encode(text), { contentType: "text/markdown" });

async function edit(content: Store): Promise<void> {
  await write(content, "posts/a.md", post({ title: "Edited", tags: "[x, w]" }));
  await content.delete("posts/b.md");
  await write(content, "posts/c.md", post({ title: "C" }));
}

async function revert(content: Store): Promise<void> {
  for (const [key, text] of Object.entries(BEFORE)) await write(content, key, text);
  await content.delete("posts/c.md");
}

/** What the next run has to come to, by a trigger or by itself, whether the author took the edit back meanwhile or not. */
async function expectCompleted(
  site: World,
  stores: Pick<World, "content" | "public" | "state">,
  { reverts, rings, good }: { reverts: boolean; rings: boolean; good: { readonly [path: string]: string } },
): Promise<void> {
  expectWellFormed(await site.dump(stores.public));
  if (reverts) await revert(stores.content);
  if (rings) site.clock.advance(2 * LEASE_MS);
  const came = site.clock.now();
  const report = await site.publish({ ...stores, ...(rings && { hints: KEYS }) });
  expect(report.refused).toBeUndefined();
  if (rings) expect(site.clock.now(), "nobody waits for a lease that has expired").toEqual(came);
  const documents = await site.dump(stores.public);
  expectWellFormed(documents);
  expect(Object.keys(documents)).toEqual(wholeSite(...(reverts ? ["x", "y", "z"] : ["w", "x"])));
  if (!reverts) expect(documents["tags/w/atom.xml"]).toContain("<title>Edited</title>");
  else expect(withoutMoments(documents)).toEqual(withoutMoments(good));
  const again = await site.publish(stores);
  expect(again.operations).toMatchObject({ public: { put: 0, delete: 0 }, state: { put: 0, delete: 0 } });
  const head = JSON.parse((await site.dump(stores.state))["head.json"] ?? "{}");
  expect(head).not.toHaveProperty("lease");
}

/** An edit that was seen and taken back has moved `updated`, as two edits do. */
const withoutMoments = (documents: { readonly [path: string]: string }) =>
  JSON.stringify(documents).replace(/2026-\d\d-\d\dT[\d:]*Z|\w{3}, \d\d \w{3} 2026 [\d:]* GMT/g, "");

interface Death {
  /** Its last operation took place. */
  readonly tookPlace: boolean;
  readonly reverts: boolean;
  readonly rings: boolean;
  /** It failed, and lived on to give back its lease. */
  readonly stumbles?: boolean;
  /** Its author wrote on when it had just said what it was going to write. */
  readonly writesOn?: boolean;
  /** Documents per commit. */
  readonly batchSize?: number;
  /** Another died before it, over the same edit, after so many operations. */
  readonly after?: number;
}

/** Gives whether the run came to its end. */
async function dieAfter(n: number, death: Death): Promise<boolean> {
  const { tookPlace, reverts, stumbles = false, writesOn = false, batchSize, after } = death;
  const site = await world(BEFORE, YAML);
  await site.publish();
  const good = await site.dump(site.public);
  const live = async (life: Life, size: number | undefined) => {
    const dead = {
      content: dying(site.content, life, tookPlace),
      public: dying(site.public, life, tookPlace),
      state: dying(state, life, tookPlace),
    };
    await site.publish({ ...dead, batchSize: size }).catch(() => undefined);
    return !life.isStruck;
  };
  await edit(site.content);
  let mayWrite = writesOn;
  const state: Store = {
    ...site.state,
    async put(key, body, options) {
      const etag = await site.state.put(key, body, options);
      if (key === "head.json" && mayWrite) await site.write("posts/a.md", post({ title: "Edited", tags: "[x, v]" }));
      mayWrite &&= key !== "head.json";
      return etag;
    },
  };
  if (after !== undefined) {
    expect(await live({ left: after }, undefined)).toBe(false);
    if (reverts) await revert(site.content);
  }
  const isOver = await live({ left: n, stumbles }, batchSize);
  await expectCompleted(site, site, { ...death, good });
  return isOver;
}

/** A run dies that had something to note, and no document to write. */
async function dieNoting(n: number): Promise<boolean> {
  const site = await world(BEFORE, YAML);
  await site.publish();
  const good = await site.dump(site.public);
  await write(site.content, "posts/draft.md", post({ title: "D", draft: "true" }));
  const life: Life = { left: n };
  const dead = { public: dying(site.public, life, true), state: dying(site.state, life, true) };
  await site.publish(dead).catch(() => undefined);
  await site.remove("posts/draft.md");
  await expectCompleted(site, site, { reverts: true, rings: false, good });
  return !life.isStruck;
}

/** Posts whose entries no two batches share, so that a later one has something to do before its first write. */
const APART = Object.fromEntries(
  ["p", "q", "r"].map((tag, i) => [`posts/${tag}.md`, post({ tags: `[${tag}]`, date: `2026-02-0${i + 1}` })]),
);

/** A first run fails half way, and lives to give its lease back: what it committed stays committed. */
async function stumbleAtFirst(n: number): Promise<boolean> {
  const site = await world(APART, `${YAML}limit: 1\n`);
  const life: Life = { left: n, stumbles: true };
  const dead = {
    content: dying(site.content, life, false),
    public: dying(site.public, life, false),
    state: dying(site.state, life, false),
  };
  await site.publish({ ...dead, batchSize: 4 }).catch(() => undefined);
  const report = await site.publish();
  expect(report.refused).toBeUndefined();
  const whole = await world(APART, `${YAML}limit: 1\n`);
  await whole.publish();
  expect(await site.dump(site.public)).toEqual(await whole.dump(whole.public));
  const { paths } = (await site.head()).outbox;
  expect(paths.toSorted(), "each is still to be told").toEqual((await whole.head()).outbox.paths.toSorted());
  return !life.isStruck;
}

async function tearFile(n: number): Promise<boolean> {
  return inFolders(async (stores) => {
    const site = await world();
    await write(stores.content, "site.yaml", YAML);
    await revert(stores.content);
    await site.publish(stores);
    const good = await site.dump(stores.public);
    await edit(stores.content);
    const life = { left: Number.POSITIVE_INFINITY };
    torn.died = () => {
      life.left = -1;
      return undefined;
    };
    torn.file = n;
    const dead = { public: dying(stores.public, life, true), state: dying(stores.state, life, true) };
    const isOver = await site.publish({ ...stores, ...dead }).then(
      () => true,
      () => false,
    );
    torn.file = Number.POSITIVE_INFINITY;
    await expectCompleted(site, stores, { reverts: false, rings: true, good });
    return isOver;
  });
}

const MOST = 200;

test("A crash at any operation leaves documents that readers can parse, and the next run completes.", async () => {
  const deaths: readonly Death[] = [
    { tookPlace: true, reverts: false, rings: false, batchSize: 6 },
    { tookPlace: false, reverts: false, rings: true },
    { tookPlace: true, reverts: true, rings: true, batchSize: 6 },
    { tookPlace: true, reverts: true, rings: true, batchSize: 6, stumbles: true },
    { tookPlace: true, reverts: true, rings: true, writesOn: true },
    { tookPlace: true, reverts: true, rings: true, batchSize: 6, after: 30 },
    { tookPlace: false, reverts: true, rings: false },
  ];
  // Who takes over does much, and each third has to do.
  const works = deaths.map((death) => (n: number) => dieAfter(death.after === undefined ? n : n * 3, death));
  for (const work of [...works, dieNoting, stumbleAtFirst]) {
    let isOver = false;
    for (let n = 0; !isOver && n < MOST; n++) isOver = await work(n);
    expect(isOver).toBe(true);
  }
  // Within an operation, too: of a file that is being written there is half.
  let isOver = false;
  let n = 0;
  for (; !isOver && n < MOST; n += 3) isOver = await tearFile(n);
  expect(isOver).toBe(true);
  expect(n, "files that were torn").toBeGreaterThan(wholeSite("w", "x").length);
});
