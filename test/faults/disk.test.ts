/** Faults of a disk: full, read-only, and files that exist but cannot be read. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { folderStore } from "../../lib/stores/folder.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { type Store, StoreError, StoreUnreadable } from "../../lib/stores/store.ts";
import { memoryStores, NOW, SITE, type World, world, worldOn } from "../support/world.ts";
import { addForeign, copyOf, expectSettled, expectSound, namedPost, publicObjects } from "./expectations.ts";

const folder = await mkdtemp(join(tmpdir(), "dripfeed-disk-"));
const mounts: string[] = [];
afterAll(async () => {
  for (const place of mounts) execFileSync("umount", [place]);
  await rm(folder, { recursive: true, force: true });
});

/** Why no file system can be mounted here; undefined where one can. */
const noMount = ((): string | undefined => {
  if (process.platform !== "linux") return "only on Linux";
  const { status, stderr, error } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], {
    encoding: "utf8",
  });
  if (status !== 0) return stderr?.trim() || String(error);
  execFileSync("umount", [folder]);
  return undefined;
})();
const whereMounted = noMount === undefined ? "" : ` (skipped: ${noMount})`;

/** Mounts a small file system in memory. */
async function mounted(name: string, options: string): Promise<string> {
  const place = join(folder, name);
  await mkdir(place);
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", place]);
  mounts.push(place);
  return place;
}

const POSTS = Object.fromEntries(
  ["a", "b", "c"].map((name) => [`posts/${name}.md`, namedPost(name, { tags: `[x, ${name}]` }, "Words. ".repeat(150))]),
);

/** A published and then edited site in folders, of which one may be elsewhere. */
async function editedSite(
  name: string,
  elsewhere: { readonly public?: string; readonly state?: string },
): Promise<World> {
  const storeAt = (part: string) => folderStore(join(folder, name, part));
  const stores = {
    content: storeAt("content"),
    public: elsewhere.public === undefined ? storeAt("public") : folderStore(elsewhere.public),
    state: elsewhere.state === undefined ? storeAt("state") : folderStore(elsewhere.state),
  };
  const site = await world({ "posts/a.md": POSTS["posts/a.md"] ?? "" }, `${SITE}tombstones: 0\n`, stores);
  await addForeign(site);
  await site.publish();
  for (const [key, text] of Object.entries(POSTS)) await site.write(key, text.replace("Words.", "Other words."));
  return site;
}

async function expectPublished(site: World): Promise<void> {
  expect(await site.publish()).not.toHaveProperty("refused");
  await expectSound(site);
  const good = await publicObjects(site);
  const other = worldOn(await copyOf(site));
  for (const path of Object.keys(good.ours)) await other.public.delete(path);
  await other.publish();
  expect(await publicObjects(other)).toEqual(good);
  await expectSettled(site);
}

/** No temporary file is left. */
async function expectNoLeftovers(place: string): Promise<void> {
  expect((await readdir(place, { recursive: true })).filter((name) => name.includes(".~dripfeed-"))).toEqual([]);
}

describe.skipIf(noMount !== undefined)(`a disk${whereMounted}`, () => {
  test.each(["public", "state"] as const)(
    "that is full under the %s store makes the run fail, and nothing is lost",
    async (part) => {
      const place = await mounted(`full-${part}`, "size=256k");
      const site = await editedSite(`site-full-${part}`, { [part]: join(place, "store") });
      // 16 KB are left: enough for the first writes of a run.
      const ballast = join(place, "ballast");
      const fill = spawnSync("dd", ["if=/dev/zero", `of=${ballast}`, "bs=1k"], { encoding: "utf8" });
      expect(fill.stderr).toMatch(/No space left/);
      execFileSync("truncate", ["--size=-16k", ballast]);

      const error = await site.publish().catch((error: unknown) => error);
      expect(error).toBeInstanceOf(StoreError);
      expect(String(error)).toMatch(/^StoreError: \S+: put ".+": the disk is full$/);
      await expectNoLeftovers(place);
      expect(await expectSound(site)).toContain("feed.json");

      await rm(ballast);
      site.clock.advance(60_001);
      await expectPublished(site);
    },
  );

  test.each(["public", "state"] as const)(
    "that is read-only under the %s store makes the run fail, and nothing is lost",
    async (part) => {
      const place = await mounted(`read-only-${part}`, "size=1m");
      const site = await editedSite(`site-read-only-${part}`, { [part]: join(place, "store") });
      const before = await publicObjects(site);
      execFileSync("mount", ["-o", "remount,ro", place]);
      await expect(site.publish()).rejects.toThrow(
        /^\S+: put ".+": the file system is read-only: name a folder on another one$/,
      );
      expect(await publicObjects(site)).toEqual(before);
      execFileSync("mount", ["-o", "remount,rw", place]);
      site.clock.advance(60_001);
      await expectPublished(site);
    },
  );

  test("that is full under the state ends the command line with code 4; with room again the next run does not wait", async () => {
    const place = await mounted("full-cli", "size=256k");
    const home = join(folder, "site-full-cli");
    await world(POSTS, SITE, { ...memoryStores(), content: folderStore(join(home, "content")) });
    const state = join(place, "state");
    const publish = () =>
      spawnSync(process.execPath, [resolve("lib/dripfeed.js"), "publish", "--state", state], {
        cwd: home,
        encoding: "utf8",
      });
    expect(publish().status).toBe(0);
    await writeFile(join(home, "content/posts/a.md"), namedPost("a", { tags: "[w]" }, "Edited."));
    const ballast = join(place, "ballast");
    // Room for one to six more pages: it ends at another put each time, with a lease or without.
    let failures = 0;
    for (const room of [4, 8, 12, 16, 20, 24]) {
      spawnSync("dd", ["if=/dev/zero", `of=${ballast}`, "bs=1k"]);
      execFileSync("truncate", [`--size=-${room}k`, ballast]);
      await writeFile(join(home, "content/posts/a.md"), namedPost("a", { tags: `[w${room}]` }, `Edited, ${room}.`));
      const { status, stderr } = publish();
      if (status !== 0) {
        failures += 1;
        expect(status).toBe(4);
        expect(stderr).toMatch(/^dripfeed: \S+: put ".+": the disk is full\n$/);
      }
      await rm(ballast);
      const next = publish();
      expect({ status: next.status, stderr: next.stderr }).toEqual({ status: 0, stderr: "" });
    }
    expect(failures).toBeGreaterThan(2);
  });

  test("that is read-only ends the command line with code 4 and one line", async () => {
    const place = await mounted("read-only-cli", "size=1m");
    await world(POSTS, SITE, { ...memoryStores(), content: folderStore(join(folder, "site-cli/content")) });
    execFileSync("mount", ["-o", "remount,ro", place]);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [resolve("lib/dripfeed.js"), "publish", "--public", place, "--now", NOW.toISOString()],
      { cwd: join(folder, "site-cli"), encoding: "utf8" },
    );
    expect({ status, stdout }).toEqual({ status: 4, stdout: "" });
    expect(stderr).toMatch(/^dripfeed: \S+: put ".+": the file system is read-only: name a folder on another one\n$/);
  });
});

// The same errors without a mounted file system.
test.each([
  ["ENOSPC", "the disk is full"],
  ["EROFS", "the file system is read-only"],
  ["EDQUOT", "the disk quota is used up"],
  ["EACCES", "permission denied"],
])("a store that fails with %s at every tenth write makes the run fail, and nothing is lost", async (_, why) => {
  const site = await world(POSTS, `${SITE}tombstones: 0\n`);
  await addForeign(site);
  await site.publish();
  await site.write("posts/a.md", namedPost("a", { tags: "[x, w]" }));
  await site.remove("posts/b.md");
  let writes = 0;
  const failing = (store: Store): Store => ({
    ...store,
    async put(key, body, options) {
      writes += 1;
      if (writes % 10 === 0) throw new StoreError(store.name, "put", key, why);
      return store.put(key, body, options);
    },
  });
  const stores = { public: failing(site.public), state: failing(site.state) };
  for (let tries = 0; tries < 3; tries++) {
    await expect(site.publish(stores)).rejects.toThrow(why);
    expect(await expectSound(site)).toContain("feed.json");
  }
  await expectPublished(site);
});

describe("a post that is listed but cannot be read is a problem, keeps its last good entry, and stops no other:", () => {
  async function expectLastGood(site: World, fix: () => Promise<unknown>, stores: Partial<World> = {}): Promise<void> {
    await site.write("posts/d.md", namedPost("d", { tags: "[d]" }));
    const { problems, refused } = await site.publish(stores);
    expect(refused).toBeUndefined();
    expect(problems).toMatchObject([
      { code: "unreadable", file: "posts/a.md", fix: expect.stringContaining("readable") },
    ]);
    const names = await shownNames(site);
    expect(names).toEqual(["a", "b", "d"]);
    // The problem stays in every report until it is fixed.
    expect((await site.publish({ ...stores, hints: ["posts/d.md"] })).problems).toHaveLength(1);
    await fix();
    expect((await site.publish()).problems).toEqual([]);
    expect(await shownNames(site)).toEqual(["a", "b", "d"]);
    await expectPublished(site);
  }

  async function shownNames(site: World): Promise<readonly string[]> {
    await expectSound(site);
    const { items } = JSON.parse(await site.read("feed.json"));
    return items.map(({ id }: { id: string }) => id.slice(-1)).sort();
  }

  const TWO = { "posts/a.md": namedPost("a", { tags: "[a]" }), "posts/b.md": namedPost("b", { tags: "[b]" }) };

  test("in memory", async () => {
    const site = await world(TWO, SITE, { ...memoryStores(), content: memoryStore("content") });
    await addForeign(site);
    await site.publish();
    await site.write("posts/a.md", namedPost("a", { tags: "[a]" }, "Edited."));
    const content: Store = {
      ...site.content,
      async get(key, known) {
        if (key === "posts/a.md") throw new StoreUnreadable("content", "get", key, "access denied");
        return site.content.get(key, known);
      },
    };
    await expectLastGood(site, async () => undefined, { content });
  });

  test("in a folder", async () => {
    const place = join(folder, "unreadable");
    const site = await world(TWO, SITE, { ...memoryStores(), content: folderStore(place) });
    await addForeign(site);
    await site.publish();
    const file = join(place, "posts/a.md");
    await rm(file);
    await symlink("a.md", file);
    await expectLastGood(site, async () => {
      await rm(file);
      await writeFile(file, namedPost("a", { tags: "[a]" }, "Edited."));
    });
  });

  test.skipIf(process.getuid?.() === 0)(
    "in a folder, without permission (skipped for root, who may read all)",
    async () => {
      const place = join(folder, "forbidden");
      const site = await world(TWO, SITE, { ...memoryStores(), content: folderStore(place) });
      await addForeign(site);
      await site.publish();
      await writeFile(join(place, "posts/a.md"), namedPost("a", { tags: "[a]" }, "Edited."));
      await chmod(join(place, "posts/a.md"), 0o000);
      await expectLastGood(site, () => chmod(join(place, "posts/a.md"), 0o644));
    },
  );
});
