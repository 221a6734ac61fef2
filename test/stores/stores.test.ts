/** The contract on the memory and folder stores, and what only the folder store does. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { fileOpener } from "../../lib/stores/folder/open.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { openStore, openStores } from "../../lib/stores/open.ts";
import { type Store, StoreConflict, StoreError, StoreUnreadable } from "../../lib/stores/store.ts";
import { keyOrderContract, storeContract } from "./contract.ts";

const folders: string[] = [];

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-store-"));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const text = (value: string) => new TextEncoder().encode(value);
const TYPE = { contentType: "text/plain" };

async function keysOf(store: Store): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list("")) keys.push(key);
  return keys;
}

storeContract("memory", () => memoryStore());
storeContract("a folder", async () => folderStore(await freshFolder()));
storeContract("a folder that flushes", async () => folderStore(await freshFolder()), { durable: true });
keyOrderContract();

describe("a folder", () => {
  test("that does not exist is an empty store, and the first put makes it", async () => {
    const store = folderStore(join(await freshFolder(), "not", "yet"));
    expect(await keysOf(store)).toEqual([]);
    expect(await store.get("a")).toBeUndefined();
    await store.put("a/b", text("x"), TYPE);
    expect(await keysOf(store)).toEqual(["a/b"]);
  });

  test("is made by concurrent puts as well as by one", async () => {
    const parent = await freshFolder();
    for (let round = 0; round < 40; round++) {
      const store = folderStore(join(parent, `${round}`, "public"));
      const keys = ["a", "b", "c/d", "c/e", "f/g/h", "i/j/k"];
      await Promise.all(keys.map((key) => store.put(key, text(key), { ...TYPE, ifAbsent: true })));
      expect(await keysOf(store)).toEqual(keys);
    }
  });

  test("holds no other files once the puts are done", async () => {
    const folder = await freshFolder();
    const store = folderStore(folder);
    await Promise.all(Array.from({ length: 20 }, (_, i) => store.put(`a/${i % 3}`, text(`${i}`), TYPE)));
    expect((await readdir(folder, { recursive: true })).sort()).toEqual(["a", "a/0", "a/1", "a/2"]);
    for (const key of ["a/0", "a/1", "a/2"]) await store.delete(key);
    expect(await readdir(folder)).toEqual([]);
  });

  test("gives another ETag after an edit in place of the same size, however quick", async () => {
    const folder = await freshFolder();
    const store = folderStore(folder);
    await writeFile(join(folder, "a"), "one");
    for (let i = 0; i < 20; i++) {
      const before = await store.get("a");
      await writeFile(join(folder, "a"), i % 2 ? "one" : "two");
      const after = await store.get("a");
      expect(typeof before === "object" && typeof after === "object" && before.etag !== after.etag).toBe(true);
    }
  });

  test("gives another ETag after a put of the same size with an old modification time", async () => {
    const folder = await freshFolder();
    const store = folderStore(folder);
    const first = await store.put("a", text("one"), TYPE);
    await writeFile(join(folder, "b"), "two");
    await utimes(join(folder, "b"), 1, 1);
    expect(await store.get("a", first)).toBe("unchanged");
    const second = await store.put("a", text("two"), { ...TYPE, ifMatch: first });
    expect(second).not.toBe(first);
  });

  test("refuses symbolic links that lead out of it, and serves the rest", async () => {
    const outside = await freshFolder();
    await writeFile(join(outside, "secret.md"), "secret");
    const folder = await freshFolder();
    const store = folderStore(folder);
    await writeFile(join(folder, "real.md"), "real");
    await symlink(join(outside, "secret.md"), join(folder, "link.md"));
    await symlink(outside, join(folder, "way-out"));
    await symlink(join(folder, "real.md"), join(folder, "inside.md"));
    await expect(store.get("link.md")).rejects.toThrow(StoreUnreadable);
    await expect(store.get("way-out/secret.md")).rejects.toThrow(StoreUnreadable);
    await expect(store.put("way-out/new.md", text("x"), TYPE)).rejects.toThrow(StoreUnreadable);
    await expect(store.delete("way-out/secret.md")).rejects.toThrow(StoreUnreadable);
    expect(await readdir(outside)).toEqual(["secret.md"]);
    const inside = await store.get("inside.md");
    expect(typeof inside === "object" && new TextDecoder().decode(inside.body)).toBe("real");
    expect(await keysOf(store)).not.toContain("way-out/secret.md");
  });

  test("lists a link that leads in a circle, and reports it when it is read", async () => {
    const folder = await freshFolder();
    const store = folderStore(folder);
    await symlink(join(folder, "loop.md"), join(folder, "loop.md"));
    await writeFile(join(folder, "real.md"), "real");
    expect(await keysOf(store)).toEqual(["loop.md", "real.md"]);
    await expect(store.get("loop.md")).rejects.toThrow(/circle/);
  });

  test("writes, makes and removes nothing outside through a link to a folder above it", async () => {
    const outside = await freshFolder();
    const root = join(outside, "root");
    await folderStore(root).put("a", text("x"), TYPE);
    await writeFile(join(outside, "victim.txt"), "outside");
    await symlink("..", join(root, "tags"));
    const store = folderStore(root);
    await expect(store.put("tags/x.xml", text("x"), TYPE)).rejects.toThrow(StoreUnreadable);
    await expect(store.put("tags/y/z.xml", text("x"), TYPE)).rejects.toThrow(StoreUnreadable);
    await expect(store.delete("tags/victim.txt")).rejects.toThrow(StoreUnreadable);
    expect((await readdir(outside)).sort()).toEqual(["root", "victim.txt"]);
  });

  test("may be made below a symbolic link", async () => {
    const real = await freshFolder();
    const link = join(await freshFolder(), "link");
    await symlink(real, link);
    await folderStore(join(link, "deep/public")).put("a/b", text("x"), TYPE);
    expect(await readFile(join(real, "deep/public/a/b"), "utf8")).toBe("x");
  });

  test("reports a link that leads nowhere", async () => {
    const folder = await freshFolder();
    await symlink(join(folder, "missing.md"), join(folder, "dead.md"));
    await expect(folderStore(folder).get("dead.md")).rejects.toThrow(/leads nowhere/);
  });

  test.skipIf(process.platform === "win32")(
    "waits at no pipe, socket or device, and says that it is no file",
    async () => {
      const folder = await freshFolder();
      const store = folderStore(folder);
      execFileSync("mkfifo", [join(folder, "pipe")]);
      await symlink("pipe", join(folder, "link"));
      for (const key of ["link", "pipe"]) {
        await expect(store.get(key)).rejects.toThrow(StoreUnreadable);
        await expect(store.get(key)).rejects.toThrow("it is a pipe, a socket or a device, not a file");
        expect(await fileOpener(folder)(key, "")).toBeUndefined();
        const etag = await store.put(key, text("x"), TYPE);
        expect(await store.get(key, etag)).toBe("unchanged");
      }
    },
  );

  test("reads a file that is written into all the time, or reports it, and ends", async () => {
    const folder = await freshFolder();
    const path = join(folder, "log.md");
    await writeFile(path, "first\n");
    const code = `for (;;) require("node:fs").appendFileSync(${JSON.stringify(path)}, "more\\n")`;
    const writer = spawn(process.execPath, ["-e", code], { stdio: "ignore" });
    try {
      while ((await stat(path)).size < 100) await sleep(5);
      const outcome = await folderStore(folder)
        .get("log.md", undefined, 1_000)
        .then(
          (object) => (typeof object === "object" ? object.body.length <= 1_000 : object),
          (error) => error instanceof StoreUnreadable,
        );
      expect(outcome).toBe(true);
    } finally {
      writer.kill("SIGKILL");
    }
  });

  test("may itself be reached through a symbolic link", async () => {
    const real = await freshFolder();
    const link = join(await freshFolder(), "link");
    await symlink(real, link);
    const store = folderStore(link);
    await store.put("a/b", text("x"), TYPE);
    expect(await keysOf(store)).toEqual(["a/b"]);
    expect(await readFile(join(real, "a/b"), "utf8")).toBe("x");
  });

  test("that cannot be listed completely is an error, never a shorter listing", async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, "a.md"), "a");
    await expect(keysOf(folderStore(join(folder, "a.md")))).rejects.toThrow(StoreError);
    const loop = join(folder, "loop");
    await symlink(loop, loop);
    await expect(keysOf(folderStore(join(loop, "deeper")))).rejects.toThrow(/circle/);
  });

  test("refuses keys that look like its own files", async () => {
    const store = folderStore(await freshFolder());
    await expect(store.put(".~dripfeed-x.lock", text("x"), TYPE)).rejects.toThrow(StoreUnreadable);
  });

  test("explains errors of the file system in words", async () => {
    const folder = await freshFolder();
    const store = folderStore(folder);
    await store.put("a", text("x"), TYPE);
    await expect(store.put("a/b", text("x"), TYPE)).rejects.toThrow(/a part of the path is a file/);
    await expect(store.put(`${"长".repeat(100)}`, text("x"), TYPE)).rejects.toThrow(/name is too long/);
  });

  test("keeps its conditions between processes: of 200 increments by four of them none is lost", async () => {
    const folder = await freshFolder();
    await folderStore(folder).put("counter", text("0"), TYPE);
    const script = `
      import { folderStore } from ${JSON.stringify(resolve("lib/stores/folder.ts"))};
      const store = folderStore(process.argv[1]);
      for (let done = 0; done < 50; ) {
        const { body, etag } = await store.get("counter");
        const next = new TextEncoder().encode(String(Number(new TextDecoder().decode(body)) + 1));
        try { await store.put("counter", next, { contentType: "text/plain", ifMatch: etag }); done++; }
        catch (error) { if (error.name !== "StoreConflict") throw error; }
      }`;
    const run = () =>
      new Promise<number | null>((done) => {
        const child = spawn(process.execPath, ["--input-type=module", "-e", script, folder], { stdio: "inherit" });
        child.on("exit", done);
      });
    expect(await Promise.all([run(), run(), run(), run()])).toEqual([0, 0, 0, 0]);
    expect(await readFile(join(folder, "counter"), "utf8")).toBe("200");
  });

  test("keeps ifAbsent between processes: of 300 objects that four of them create, each is created once", async () => {
    const folder = await freshFolder();
    const script = `
      import { folderStore } from ${JSON.stringify(resolve("lib/stores/folder.ts"))};
      const store = folderStore(process.argv[1]);
      let made = 0;
      for (let i = 0; i < 300; i++) {
        const put = store.put("made/" + i, new TextEncoder().encode(String(process.pid)), { contentType: "text/plain", ifAbsent: true });
        await put.then(() => made++, (error) => { if (error.name !== "StoreConflict") throw error; });
      }
      process.stdout.write(process.pid + " " + made + "\\n");`;
    const run = () =>
      new Promise<string>((done) => {
        const child = spawn(process.execPath, ["--input-type=module", "-e", script, folder], {
          stdio: ["ignore", "pipe", "inherit"],
        });
        let output = "";
        child.stdout.on("data", (chunk) => {
          output += chunk;
        });
        child.on("close", () => done(output.trim()));
      });
    const lines = await Promise.all([run(), run(), run(), run()]);
    const names = await readdir(join(folder, "made"));
    expect(names).toHaveLength(300);
    const makers = await Promise.all(names.map((name) => readFile(join(folder, "made", name), "utf8")));
    for (const line of lines) {
      const [pid, made] = line.split(" ");
      expect(makers.filter((maker) => maker === pid)).toHaveLength(Number(made));
    }
  });

  test("takes over the lock of a process that was killed", async () => {
    const folder = await freshFolder();
    const store = folderStore(folder);
    const etag = await store.put("a", text("one"), TYPE);
    const lockScript = `
      import { acquireLock } from ${JSON.stringify(resolve("lib/stores/folder/lock.ts"))};
      import { createHash } from "node:crypto";
      const name = createHash("sha256").update("a").digest("hex").slice(0, 16);
      await acquireLock(process.argv[1] + "/.~dripfeed-" + name + ".lock");
      process.kill(process.pid, "SIGKILL");`;
    await new Promise((done) => {
      spawn(process.execPath, ["--input-type=module", "-e", lockScript, folder], { stdio: "inherit" }).on("exit", done);
    });
    expect(await readdir(folder)).toHaveLength(2);
    expect(await keysOf(store)).toEqual(["a"]);
    await store.put("a", text("two"), { ...TYPE, ifMatch: etag });
    await expect(store.put("a", text("three"), { ...TYPE, ifMatch: etag })).rejects.toThrow(StoreConflict);
    expect(await readdir(folder)).toEqual(["a"]);
  });
});

describe("files that killed processes leave behind", () => {
  const DEAD = "a-machine-far-away 4194304 8a4f";

  async function leftovers(): Promise<string> {
    const folder = await freshFolder();
    await mkdir(join(folder, "tags"));
    await writeFile(join(folder, "tags/.~dripfeed-1-a.tmp"), "half of");
    await writeFile(join(folder, "tags/.~dripfeed-1-b.tmp"), "half of");
    await symlink(`${hostname()} 4194304 8a4f`, join(folder, "tags/.~dripfeed-c.lock"));
    await symlink(DEAD, join(folder, "tags/.~dripfeed-d.lock"));
    await writeFile(join(folder, "tags/.~dripfeed-e.lock"), DEAD);
    const hoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    await utimes(join(folder, "tags/.~dripfeed-1-a.tmp"), hoursAgo, hoursAgo);
    await utimes(join(folder, "tags/.~dripfeed-e.lock"), hoursAgo, hoursAgo);
    return folder;
  }

  test("are not objects, and a listing removes those that are certainly abandoned", async () => {
    const folder = await leftovers();
    expect(await keysOf(folderStore(folder))).toEqual([]);
    expect((await readdir(join(folder, "tags"))).sort()).toEqual([".~dripfeed-1-b.tmp", ".~dripfeed-d.lock"]);
  });

  test("never include a lock without a ticket: a process killed at any moment of a put blocks no other", async () => {
    const folder = await freshFolder();
    const script = `
      import { folderStore } from ${JSON.stringify(resolve("lib/stores/folder.ts"))};
      const store = folderStore(process.argv[1]);
      console.log("ready");
      for (let i = 0; ; i++) await Promise.all(Array.from({ length: 32 }, (_, k) =>
        store.put("k" + k, new TextEncoder().encode(String(i)), { contentType: "text/plain" })));`;
    for (let round = 0; round < 5; round++) {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script, folder], { stdio: "pipe" });
      await once(child.stdout, "data");
      await new Promise((done) => setTimeout(done, 20 + 13 * round));
      child.kill("SIGKILL");
      await once(child, "exit");
      const locks = (await readdir(folder)).filter((name) => name.endsWith(".lock"));
      for (const lock of locks) expect(await readlink(join(folder, lock))).toContain(`${hostname()} ${child.pid} `);
      await keysOf(folderStore(folder));
      expect((await readdir(folder)).filter((name) => name.endsWith(".lock"))).toEqual([]);
    }
  });
});

describe("the name of a store", () => {
  test("names a folder or a bucket, or is an error that says what to write", async () => {
    expect((await openStore("some/folder")).name).toBe("some/folder");
    expect((await openStore("s3://bucket/some/prefix/")).name).toBe("s3://bucket/some/prefix");
    expect((await openStore("s3://bucket")).name).toBe("s3://bucket");
    await expect(openStore("s3:///prefix")).rejects.toThrow(/names no bucket/);
    await expect(openStore("gs://bucket")).rejects.toThrow(/a folder or s3:/);
  });
});

describe("the three stores of a run", () => {
  /** `site/` with a folder for each store, and `link`, by which the site has another name. */
  async function twoNames() {
    const folder = await freshFolder();
    for (const name of ["content", "public", "state"]) await mkdir(join(folder, "site", name), { recursive: true });
    await symlink(join(folder, "site"), join(folder, "link"));
    const at = (path: string) => join(folder, path);
    return { content: at("site/content"), public: at("site/public"), state: at("site/state"), at };
  }

  test("may be anywhere, by any name, as long as they are apart", async () => {
    const { at, ...names } = await twoNames();
    await expect(openStores({ ...names, state: at("link/state") })).resolves.toBeDefined();
    await expect(openStores({ ...names, state: at("link/not/yet") })).resolves.toBeDefined();
  });

  test("are told apart by where they are, not by what links call them", async () => {
    const { at, ...names } = await twoNames();
    const open = (changed: Partial<typeof names>) => openStores({ ...names, ...changed });
    await expect(open({ public: at("link/content") })).rejects.toThrow("is the content");
    await expect(open({ state: at("link/content") })).rejects.toThrow("is the content");
    await expect(open({ state: at("link/public") })).rejects.toThrow("lies in the public store");
    await expect(open({ state: at("link/public/not/yet") })).rejects.toThrow("lies in the public store");
    await expect(open({ public: at("link"), content: "s3://bucket/content" })).rejects.toThrow("lies in the public");
  });
});
