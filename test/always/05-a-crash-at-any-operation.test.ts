/** A run is killed at its n-th store operation, for every n; the next run completes its work. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { LEASE_MS } from "../../lib/state/lease.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { type Store, StoreError } from "../../lib/stores/store.ts";
import { randomOf } from "../bench/random.ts";
import { makeDisk, possibleDisks, recorded } from "../faults/powerloss.ts";
import { post, SITE, type World, wholeSite, world } from "../support/world.ts";
import { expectWellFormed } from "./documents.ts";
import { inFolders } from "./environment.ts";

/** Of the files written from now on, half of number `file` is written; then `onCrash` is called and the write throws. */
const torn = vi.hoisted(() => ({ file: Number.POSITIVE_INFINITY, onCrash: () => undefined as undefined }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  /** The first half of the data if this is the file to be torn. */
  const halfOf = (data: unknown): Uint8Array | undefined => {
    if (!(data instanceof Uint8Array) || torn.file-- > 0) return undefined;
    return data.subarray(0, data.length / 2);
  };
  const die = () => {
    torn.onCrash();
    throw new Error("crashed in the middle of a write");
  };
  const writeSync = ((file: number, data: Uint8Array, ...place: number[]) => {
    const half = halfOf(data);
    if (!half) return fs.writeSync(file, data, ...place);
    fs.writeSync(file, half);
    return die();
  }) as typeof fs.writeSync;
  const writeFileSync: typeof fs.writeFileSync = (file, data, options) => {
    const half = halfOf(data);
    if (!half) return fs.writeFileSync(file, data, options);
    fs.writeFileSync(file, half, options);
    return die();
  };
  const { recordedFileSystem } = await import("../faults/powerloss.ts");
  return recordedFileSystem({ ...fs, writeSync, writeFileSync });
});

interface Life {
  /** Operations until the crash. */
  left: number;
  /** Only this operation fails, and the process goes on: the run can release its lease. */
  readonly survives?: boolean;
  hasCrashed?: boolean;
}

/** The store as the killed process sees it: from the crash on every operation fails. */
function crashing(store: Store, life: Life, tookPlace: boolean): Store {
  type Operation = "list" | "get" | "put" | "delete";
  const die = (operation: Operation, key: string) => new StoreError(store.name, operation, key, "crashed");
  const attempt = async <T>(operation: Operation, key: string, work: () => Promise<T>): Promise<T> => {
    if (life.left < 0) throw die(operation, key);
    life.left -= 1;
    if (life.left >= 0) return work();
    life.hasCrashed = true;
    if (life.survives) life.left = Number.POSITIVE_INFINITY;
    if (tookPlace) await work();
    throw die(operation, key);
  };
  return {
    ...store,
    async *list(prefix) {
      await attempt("list", prefix, async () => undefined);
      yield* store.list(prefix);
    },
    get: (key, known) => attempt("get", key, () => store.get(key, known)),
    put: (key, body, options) => attempt("put", key, () => store.put(key, body, options)),
    delete: (key) => attempt("delete", key, () => store.delete(key)),
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

/** The next run completes the work, with hints or without, whether or not the author reverted the edit meanwhile. */
async function expectCompleted(
  site: World,
  stores: Pick<World, "content" | "public" | "state">,
  { reverts, isHinted, good }: { reverts: boolean; isHinted: boolean; good: { readonly [path: string]: string } },
): Promise<void> {
  expectWellFormed(await site.dump(stores.public));
  if (reverts) await revert(stores.content);
  if (isHinted) site.clock.advance(2 * LEASE_MS);
  const start = site.clock.now();
  const report = await site.publish({ ...stores, hints: isHinted ? KEYS : undefined });
  expect(report.refused).toBeUndefined();
  if (isHinted) expect(site.clock.now(), "the run does not wait for a lease that has expired").toEqual(start);
  const documents = await site.dump(stores.public);
  expectWellFormed(documents);
  expect(Object.keys(documents)).toEqual(wholeSite(...(reverts ? ["x", "y", "z"] : ["w", "x"])));
  if (!reverts) expect(documents["tags/w/atom.xml"]).toContain("<title>Edited</title>");
  else expect(withoutTimes(documents)).toEqual(withoutTimes(good));
  const again = await site.publish(stores);
  expect(again.operations).toMatchObject({ public: { put: 0, delete: 0 }, state: { put: 0, delete: 0 } });
  const head = JSON.parse((await site.dump(stores.state))["head.json"] ?? "{}");
  expect(head).not.toHaveProperty("lease");
}

/** An edit that a run saw and its reversal have both changed `updated`. */
const withoutTimes = (documents: { readonly [path: string]: string }) =>
  JSON.stringify(documents).replace(/2026-\d\d-\d\dT[\d:]*Z|\w{3}, \d\d \w{3} 2026 [\d:]* GMT/g, "");

interface Crash {
  /** Whether the operation at which it crashes takes effect. */
  readonly tookPlace: boolean;
  readonly reverts: boolean;
  readonly isHinted: boolean;
  /** The operation fails, but the process goes on and releases its lease. */
  readonly survives?: boolean;
  /** The author edits a post right after the run has taken its lease. */
  readonly editsUnderLease?: boolean;
  /** Documents per commit. */
  readonly batchSize?: number;
  /** An earlier run over the same edit was killed after so many operations. */
  readonly after?: number;
}

/** Returns whether the run ended before the crash. */
async function crashAfter(n: number, crash: Crash): Promise<boolean> {
  const { tookPlace, reverts, survives = false, editsUnderLease = false, batchSize, after } = crash;
  const site = await world(BEFORE, YAML);
  await site.publish();
  const good = await site.dump(site.public);
  const run = async (life: Life, size: number | undefined) => {
    const stores = {
      content: crashing(site.content, life, tookPlace),
      public: crashing(site.public, life, tookPlace),
      state: crashing(state, life, tookPlace),
    };
    await site.publish({ ...stores, batchSize: size }).catch(() => undefined);
    return !life.hasCrashed;
  };
  await edit(site.content);
  let mayEdit = editsUnderLease;
  const state: Store = {
    ...site.state,
    async put(key, body, options) {
      const etag = await site.state.put(key, body, options);
      if (key === "head.json" && mayEdit) await site.write("posts/a.md", post({ title: "Edited", tags: "[x, v]" }));
      mayEdit &&= key !== "head.json";
      return etag;
    },
  };
  if (after !== undefined) {
    expect(await run({ left: after }, undefined)).toBe(false);
    if (reverts) await revert(site.content);
  }
  const isOver = await run({ left: n, survives }, batchSize);
  await expectCompleted(site, site, { ...crash, good });
  return isOver;
}

/** A run is killed that had a record to commit and no document to put. */
async function crashCommittingOnly(n: number): Promise<boolean> {
  const site = await world(BEFORE, YAML);
  await site.publish();
  const good = await site.dump(site.public);
  await write(site.content, "posts/draft.md", post({ title: "D", draft: "true" }));
  const life: Life = { left: n };
  const stores = { public: crashing(site.public, life, true), state: crashing(site.state, life, true) };
  await site.publish(stores).catch(() => undefined);
  await site.remove("posts/draft.md");
  await expectCompleted(site, site, { reverts: true, isHinted: false, good });
  return !life.hasCrashed;
}

/** Posts of which each batch needs other entries, so that later batches render before their first write. */
const APART = Object.fromEntries(
  ["p", "q", "r"].map((tag, i) => [`posts/${tag}.md`, post({ tags: `[${tag}]`, date: `2026-02-0${i + 1}` })]),
);

/** The first run fails half way and releases its lease: the batches that it committed stay committed. */
async function failInFirstRun(n: number): Promise<boolean> {
  const site = await world(APART, `${YAML}limit: 1\n`);
  const life: Life = { left: n, survives: true };
  const stores = {
    content: crashing(site.content, life, false),
    public: crashing(site.public, life, false),
    state: crashing(site.state, life, false),
  };
  await site.publish({ ...stores, batchSize: 4 }).catch(() => undefined);
  const report = await site.publish();
  expect(report.refused).toBeUndefined();
  const whole = await world(APART, `${YAML}limit: 1\n`);
  await whole.publish();
  expect(await site.dump(site.public)).toEqual(await whole.dump(whole.public));
  const { paths } = (await site.head()).outbox;
  expect(paths.toSorted(), "each is still to be announced").toEqual((await whole.head()).outbox.paths.toSorted());
  return !life.hasCrashed;
}

/** The run is killed while it writes a file, of which only the first half is written. */
async function tearFile(n: number): Promise<boolean> {
  return inFolders(async (folders) => {
    const site = await world();
    await write(folders.content, "site.yaml", YAML);
    await revert(folders.content);
    await site.publish(folders);
    const good = await site.dump(folders.public);
    await edit(folders.content);
    const life = { left: Number.POSITIVE_INFINITY };
    torn.onCrash = () => {
      life.left = -1;
      return undefined;
    };
    torn.file = n;
    const stores = { public: crashing(folders.public, life, true), state: crashing(folders.state, life, true) };
    const isOver = await site.publish({ ...folders, ...stores }).then(
      () => true,
      () => false,
    );
    torn.file = Number.POSITIVE_INFINITY;
    await expectCompleted(site, folders, { reverts: false, isHinted: true, good });
    return isOver;
  });
}

/** Power is lost while the run writes: what it did not flush is on the disk or not. A full run repairs the documents. */
async function losePower(): Promise<void> {
  await inFolders(async (folders, root) => {
    const site = await world();
    const content = site.content;
    await write(content, "site.yaml", YAML);
    await revert(content);
    const stores = { ...folders, content };
    await site.publish(stores);
    await edit(content);
    const vault = `${root}-vault`;
    const recording = await recorded(root, vault, () => site.publish({ ...stores, batchSize: 6 }));
    const good = await site.dump(folders.public);
    site.clock.advance(2 * LEASE_MS);
    let number = 0;
    for (const disk of possibleDisks(recording, randomOf(5, 0), 4, 6)) {
      number += 1;
      const place = join(vault, `disk-${number}`);
      makeDisk(recording, disk, place);
      const left = {
        content,
        public: folderStore(join(place, "public")),
        state: folderStore(join(place, "state")),
      };
      // Nothing where the run ends well.
      const complaint = (hints?: readonly string[]) =>
        site.publish({ ...left, hints }).then(({ refused }) => refused?.message, String);
      if (number % 2 === 0) expect(await complaint(KEYS), `disk ${number}`).toBeUndefined();
      expect(await complaint(), `disk ${number}`).toBeUndefined();
      expect(withoutTimes(await site.dump(left.public)), `disk ${number}`).toEqual(withoutTimes(good));
      await rm(place, { recursive: true });
    }
    await rm(vault, { recursive: true });
    expect(number).toBeGreaterThan(30);
  });
}

/** More operations than any of these runs needs. */
const MOST = 200;

test("A crash at any operation leaves documents that readers can parse, and the next run completes.", async () => {
  const crashes: readonly Crash[] = [
    { tookPlace: true, reverts: false, isHinted: false, batchSize: 6 },
    { tookPlace: false, reverts: false, isHinted: true },
    { tookPlace: true, reverts: true, isHinted: true, batchSize: 6 },
    { tookPlace: true, reverts: true, isHinted: true, batchSize: 6, survives: true },
    { tookPlace: true, reverts: true, isHinted: true, editsUnderLease: true },
    { tookPlace: true, reverts: true, isHinted: true, batchSize: 6, after: 30 },
    { tookPlace: false, reverts: true, isHinted: false },
  ];
  // A run that takes over makes so many operations that only each third is tried.
  const cases = crashes.map((crash) => (n: number) => crashAfter(crash.after === undefined ? n : n * 3, crash));
  for (const crashAt of [...cases, crashCommittingOnly, failInFirstRun]) {
    let isOver = false;
    for (let n = 0; !isOver && n < MOST; n++) isOver = await crashAt(n);
    expect(isOver).toBe(true);
  }
  // A crash within an operation leaves half of a file.
  let isOver = false;
  let n = 0;
  for (; !isOver && n < MOST; n += 3) isOver = await tearFile(n);
  expect(isOver).toBe(true);
  expect(n, "files that were torn").toBeGreaterThan(wholeSite("w", "x").length);

  await losePower();
});
