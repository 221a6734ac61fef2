/** Which process holds a lease: it is known to have ended only where that is certain. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { holderOf } from "../../lib/commands/holder.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { post, SITE, world } from "../support/world.ts";

const folder = await mkdtemp(join(tmpdir(), "dripfeed-holder-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const LINUX = { skip: process.platform !== "linux" };
/** Longer than a process needs to start, even on a busy machine. */
const DEADLINE_MS = 20_000;
/** No process has it: ids end below. */
const NOBODY = "4194304";

describe("the holder of a lease (only Linux tells processes apart)", LINUX, () => {
  const me = holderOf(".dripfeed");
  const [host, boot, namespace, pid, start] = (me?.name ?? "").split(" ");

  test("has ended where no process has its id any more, or a younger one has", () => {
    expect(me?.hasEnded(`${host} ${boot} ${namespace} ${NOBODY} 1`)).toBe(true);
    expect(me?.hasEnded(`${host} ${boot} ${namespace} ${pid} 1`)).toBe(true);
  });

  test("has ended where it is this process, which has one run after the other", () => {
    expect(me?.hasEnded(me.name)).toBe(true);
  });

  test("lives as long as its process does", async () => {
    const script = `
      import { holderOf } from ${JSON.stringify(resolve("lib/commands/holder.ts"))};
      process.stdout.write(holderOf("state").name);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = once(child, "exit");
    try {
      const [name] = await once(child.stdout, "data", { signal: AbortSignal.timeout(DEADLINE_MS) });
      expect(me?.hasEnded(String(name))).toBe(false);
      child.kill("SIGKILL");
      await exit;
      expect(me?.hasEnded(String(name))).toBe(true);
    } finally {
      child.kill("SIGKILL");
    }
  });

  test.each([
    ["on another machine", `other ${boot} ${namespace} ${NOBODY} 1`],
    ["before this machine was started again", `${host} other ${namespace} ${NOBODY} 1`],
    ["in another container", `${host} ${boot} other ${NOBODY} 1`],
    ["whose id cannot be read", `${host} ${boot} ${namespace} x ${start}`],
    ["that gave itself another kind of name", "someone"],
    ["without a name", ""],
  ])("may live where it is a process %s", (_, name) => {
    expect(me?.hasEnded(name)).toBe(false);
  });

  test.each([
    ["in a state store that machines share", "s3://bucket/state"],
    ["where its folder is on a file system that is not known to be of this machine alone", "/proc/self"],
    ["where its folder would be made on such a one", "/proc/self/state/of/a/site"],
  ])("is not told apart %s", (_, state) => {
    expect(holderOf(state)).toBeUndefined();
  });

  test("is told apart where its folder is yet to be made", () => {
    expect(holderOf(join(folder, "not/yet/made"))?.name).toBe(me?.name);
  });
});

test("a run that was killed while it wrote is not waited for by the next one on this machine", LINUX, async () => {
  const storeAt = (name: string) => folderStore(join(folder, name));
  const stores = { content: storeAt("content"), public: storeAt("public"), state: storeAt(".dripfeed") };
  const site = await world({ "posts/a.md": post({}) }, SITE, stores);
  const args = [resolve("lib/dripfeed.js"), "publish"];
  expect(spawnSync(process.execPath, args, { cwd: folder }).status).toBe(0);
  await site.write("posts/a.md", post({ title: "Edited" }));
  // It cannot put this document, of which another process has the lock, and stays at it.
  const name = createHash("sha256").update("atom.xml").digest("hex").slice(0, 16);
  const lock = join(folder, `public/.~dripfeed-${name}.lock`);
  await symlink(`${hostname()} ${process.pid} test`, lock);
  const child: ChildProcess = spawn(process.execPath, args, { cwd: folder, stdio: "ignore" });
  const head = join(folder, ".dripfeed/head.json");
  const exit = once(child, "exit");
  try {
    const deadline = Date.now() + DEADLINE_MS;
    while (!(await readFile(head, "utf8")).includes('"lease"')) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error("the run has not taken the lease");
      await sleep(5);
    }
  } finally {
    child.kill("SIGKILL");
  }
  await exit;
  expect(JSON.parse(await readFile(head, "utf8")).lease.until > new Date().toISOString()).toBe(true);
  await rm(lock);

  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(await site.read("atom.xml")).toContain("Edited");
  expect((await site.head()).lease).toBeUndefined();
});
