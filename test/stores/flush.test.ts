/** What is put durably is flushed, file and folder, as far as the file system can. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { readHead, swapHead } from "../../lib/state/head.ts";
import type { Head } from "../../lib/state/types.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { StoreConflict, StoreError, StoreNotDurable, StoreUnknown } from "../../lib/stores/store.ts";

/** What was flushed, in order: of files the text, of folders the path. And how flushing fails, if it does. */
const disk = vi.hoisted(() => ({
  flushed: [] as string[],
  /** What was in the folder each time that flushing it began. */
  names: [] as (readonly string[])[],
  /** Flushing a folder takes until it has resolved. */
  done: undefined as Promise<void> | undefined,
  fails: (_isFolder: boolean, _call: "open" | "flush"): string | undefined => undefined,
}));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const paths = new Map<number, string>();
  const failing = (isFolder: boolean, call: "open" | "flush") => {
    const code = disk.fails(isFolder, call);
    if (code !== undefined) throw Object.assign(new Error(code), { code });
  };
  const openSync: typeof fs.openSync = (path, ...rest) => {
    if (fs.statSync(path, { throwIfNoEntry: false })?.isDirectory()) failing(true, "open");
    const file = fs.openSync(path, ...rest);
    paths.set(file, String(path));
    return file;
  };
  const fsync = (file: number, done: (error: Error | null) => void) => {
    const path = paths.get(file) ?? "";
    const isFolder = fs.fstatSync(file).isDirectory();
    if (isFolder) disk.names.push(fs.readdirSync(path));
    const flush = async () => {
      if (isFolder) await disk.done;
      failing(isFolder, "flush");
      fs.fsyncSync(file);
      disk.flushed.push(isFolder ? path : fs.readFileSync(path, "utf8"));
    };
    flush().then(() => done(null), done);
  };
  return { ...fs, openSync, fsync };
});

const folder = await mkdtemp(join(tmpdir(), "dripfeed-flush-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  disk.flushed.length = 0;
  disk.names.length = 0;
  disk.done = undefined;
  disk.fails = () => undefined;
});

const text = (value: string) => new TextEncoder().encode(value);
const TYPE = { contentType: "text/plain" };
const DURABLE = { ...TYPE, durable: true };
let stores = 0;
const freshPath = () => {
  stores += 1;
  return join(folder, `store-${stores}`);
};

describe("a folder flushes", () => {
  test("nothing for what need not be durable", async () => {
    const store = folderStore(freshPath());
    await store.put("a/b", text("one"), TYPE);
    await store.put("a/b", text("two"), TYPE);
    await store.get("a/b");
    await store.delete("a/b");
    expect(disk.flushed).toEqual([]);
  });

  test("the file, then the folder that names it, then once the folders that name that one", async () => {
    const path = freshPath();
    const store = folderStore(join(path, "state"));
    const names = [join(path, "state/a"), join(path, "state"), path, folder];
    await store.put("first", text("not durable"), TYPE);
    const etag = await store.put("a/b", text("one"), DURABLE);
    expect(disk.flushed).toEqual(["one", join(path, "state/a"), ...names.slice(1)]);
    disk.flushed.length = 0;
    await store.put("a/b", text("two"), { ...DURABLE, ifMatch: etag });
    await store.put("a/c", text("three"), { ...DURABLE, ifAbsent: true });
    await store.put("d", text("four"), DURABLE);
    expect(disk.flushed).toEqual(["two", join(path, "state/a"), "three", join(path, "state/a"), "four", names[1]]);
  });

  test("the names of folders again that were removed and are made again", async () => {
    const path = freshPath();
    const store = folderStore(path);
    await store.put("a/b", text("one"), DURABLE);
    await store.delete("a/b");
    disk.flushed.length = 0;
    await store.put("a/b", text("two"), DURABLE);
    expect(disk.flushed).toEqual(["two", join(path, "a"), path, folder]);
  });

  test("the folder out of which a file is deleted, or the one that is left", async () => {
    const path = freshPath();
    const store = folderStore(path);
    for (const key of ["a/b/one", "a/b/two", "a/three"]) await store.put(key, text(key), TYPE);
    await store.delete("a/b/one", { durable: true });
    expect(disk.flushed[0]).toBe(join(path, "a/b"));
    disk.flushed.length = 0;
    await store.delete("a/b/two", { durable: true });
    expect(disk.flushed[0]).toBe(join(path, "a"));
  });
});

describe("many files that are deleted at once", () => {
  const keys = Array.from({ length: 100 }, (_, i) => `a/${i}`);

  test("share flushes of their folder, each of which begins after the files are gone that it is for", async () => {
    const path = freshPath();
    const store = folderStore(path);
    for (const key of [...keys, "a/stays"]) await store.put(key, text(key), TYPE);
    await Promise.all(
      keys.map(async (key) => {
        await store.delete(key, { durable: true });
        const name = key.slice("a/".length);
        expect(disk.names.some((names) => names.includes("stays") && !names.includes(name))).toBe(true);
      }),
    );
    expect(disk.flushed.filter((each) => each === join(path, "a")).length).toBeLessThan(10);
  });

  test("leave the process free for other work while the disk is busy", async () => {
    const store = folderStore(freshPath());
    for (const key of [...keys, "a/stays"]) await store.put(key, text(key), TYPE);
    const { promise, resolve } = Promise.withResolvers<void>();
    disk.done = promise;
    let deleted = 0;
    const deletes = keys.map((key) => store.delete(key, { durable: true }).then(() => deleted++));
    await store.put("b", text("other"), TYPE);
    await sleep(20);
    expect(deleted).toBe(0);
    resolve();
    await Promise.all(deletes);
  });

  test("all fail where the flush fails that they share", async () => {
    const store = folderStore(freshPath());
    for (const key of [...keys, "a/stays"]) await store.put(key, text(key), TYPE);
    disk.fails = (isFolder) => (isFolder ? "EIO" : undefined);
    const outcomes = await Promise.allSettled(keys.map((key) => store.delete(key, { durable: true })));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["rejected"]));
    disk.fails = () => undefined;
    await store.delete("a/stays", { durable: true });
  });
});

describe("where a folder cannot be flushed, a put goes on without:", () => {
  test.each([
    ["open", "EISDIR"],
    ["open", "EPERM"],
    ["open", "EACCES"],
    ["flush", "EINVAL"],
    ["flush", "ENOTSUP"],
  ] as const)("%s gives %s", async (call, code) => {
    disk.fails = (isFolder, which) => (isFolder && which === call ? code : undefined);
    const store = folderStore(freshPath());
    const etag = await store.put("a/b", text("one"), DURABLE);
    expect(await store.get("a/b", etag)).toBe("unchanged");
    await store.delete("a/b", { durable: true });
    expect(await store.get("a/b")).toBeUndefined();
  });
});

describe("where the disk fails", () => {
  test("as the head's folder is flushed, the swap is no success, and the head is the one that was put", async () => {
    const store = folderStore(freshPath());
    const head = await swapHead(store, await readHead(store), { format: 1, outbox: { paths: [] } });
    if (!head) throw new Error("nobody else writes");
    disk.fails = (isFolder) => (isFolder ? "EIO" : undefined);
    const next: Head = { format: 1, outbox: { paths: ["rss.xml"] } };
    await expect(swapHead(store, head, next)).rejects.toThrow(/may not survive a loss of power: EIO/);
    disk.fails = () => undefined;
    expect((await readHead(store)).value).toEqual(next);
  });

  test.each([
    ["ENOSPC", /the disk is full/],
    ["EIO", /EIO/],
  ])("as a file is flushed (%s), nothing changed, and nothing is left", async (code, message) => {
    const path = freshPath();
    const store = folderStore(path);
    const etag = await store.put("a", text("one"), DURABLE);
    disk.fails = (isFolder) => (isFolder ? undefined : code);
    const error = await store.put("a", text("two"), { ...DURABLE, ifMatch: etag }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).not.toBeInstanceOf(StoreUnknown);
    expect(String(error)).toMatch(message);
    expect(await store.get("a", etag)).toBe("unchanged");
    expect(await readdir(path)).toEqual(["a"]);
  });

  test("as a folder is flushed, the put fails, and says that it took place but may not last", async () => {
    const store = folderStore(freshPath());
    const etag = await store.put("a", text("one"), DURABLE);
    disk.fails = (isFolder) => (isFolder ? "EIO" : undefined);
    const put = store.put("a", text("two"), { ...DURABLE, ifMatch: etag });
    await expect(put).rejects.toThrow(StoreNotDurable);
    await expect(put).rejects.toThrow(/may not survive a loss of power/);
    disk.fails = () => undefined;
    await expect(store.put("a", text("three"), { ...DURABLE, ifMatch: etag })).rejects.toThrow(StoreConflict);
  });
});
