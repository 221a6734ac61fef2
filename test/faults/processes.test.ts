/** Several processes on one folder, killed at random times while posts are edited. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { sealJson } from "../../lib/state/sealed.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { StoreConflict } from "../../lib/stores/store.ts";
import { randomOf } from "../bench/random.ts";
import { WHOLE_SITE, type World, world, worldOn } from "../support/world.ts";
import { addForeign, copyOf, expectSettled, expectSound, namedPost, publicObjects } from "./expectations.ts";

const folder = await mkdtemp(join(tmpdir(), "dripfeed-processes-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

function publishing(): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [resolve("lib/dripfeed.js"), "publish", "--now", "2026-06-01T12:00:00Z"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = once(child, "exit").then(([status, signal]) => ({ status, signal, stderr }));
  return { child, ended };
}

/** Makes the lease expire at once, whether or not its process is alive. */
async function expireLease({ state }: World): Promise<void> {
  const object = await state.get("head.json");
  if (typeof object !== "object") return;
  const { digest: _, ...head } = JSON.parse(new TextDecoder().decode(object.body));
  if (!head.lease) return;
  const body = sealJson("head.json", { ...head, lease: { ...head.lease, until: "2026-01-01T00:00:00Z" } });
  await state.put("head.json", body, { contentType: "application/json", ifMatch: object.etag }).catch((error) => {
    if (!(error instanceof StoreConflict)) throw error; // another process changed the head first
  });
}

/** Waits until a process has taken the lease, which is a short part of its life. */
async function untilLeased({ state }: World): Promise<void> {
  for (let waited = 0; waited < 1500; waited += 3) {
    const object = await state.get("head.json");
    if (typeof object === "object" && new TextDecoder().decode(object.body).includes('"lease"')) return;
    await sleep(3);
  }
}

const ROUNDS = 8;
const POSTS = 24;

test("two and three processes at once, killed at any moment and started again, end as one undisturbed run", async () => {
  const random = randomOf(7, 0);
  const storeAt = (name: string) => folderStore(join(folder, name));
  const stores = { content: storeAt("content"), public: storeAt("public"), state: storeAt(".dripfeed") };
  const tags = (i: number) => `[t${i % 4}, t${(i * 7) % 5}, 滴灌]`;
  const posts = Array.from(
    { length: POSTS },
    (_, i) => [`posts/p${i}.md`, namedPost(`p${i}`, { tags: tags(i) })] as const,
  );
  const site = await world(Object.fromEntries(posts), WHOLE_SITE, stores);
  await addForeign(site);

  let killed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const running = Array.from({ length: random.between(2, 3) }, publishing);
    const killings = running.map(async ({ child }, i) => {
      if (i === 0 && round % 3 === 0) return; // now and then one process is not killed
      if (random.chance(0.3)) await sleep(random.between(100, 1000));
      else await untilLeased(site);
      await sleep(random.between(0, 80));
      child.kill("SIGKILL");
    });
    for (let edits = 0; edits < 8; edits++) {
      const i = random.between(0, POSTS - 1);
      if (random.chance(0.2)) await site.remove(`posts/p${i}.md`);
      else
        await site.write(`posts/p${i}.md`, namedPost(`p${i}`, { tags: tags(i + round) }, `Edited in round ${round}.`));
      await sleep(random.between(0, 50));
    }
    if (random.chance(0.3)) await untilLeased(site).then(() => expireLease(site));
    await Promise.all(killings);
    await expireLease(site);
    for (const { status, signal, stderr } of await Promise.all(running.map(({ ended }) => ended))) {
      if (signal === "SIGKILL") killed += 1;
      else expect(`${status} ${stderr}`).toMatch(/^0 /);
    }
    if ((await site.paths()).includes("feed.json")) await expectSound(site);
    await expireLease(site);
  }
  expect(killed).toBeGreaterThan(ROUNDS / 2);

  const { ended } = publishing();
  expect(await ended).toMatchObject({ status: 0 });
  const good = await publicObjects(site);
  expect(await expectSound(site)).toContain("feed.json");
  const other = worldOn(await copyOf(stores));
  for (const path of Object.keys(good.ours)) await other.public.delete(path);
  await other.publish();
  expect(await publicObjects(other)).toEqual(good);
  await expectSettled(site);

  const locks = (await readdir(join(folder, "public"), { recursive: true })).filter((name) => name.endsWith(".lock"));
  expect(locks).toEqual([]);
});
