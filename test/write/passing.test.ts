/** What is kept for a while goes where no lifecycle rule ends it, and what is kept for good stays. */
import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { folderStore } from "../../lib/stores/folder.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";
import { PASSING_DAYS, removePassed } from "../../lib/write/passing.ts";

const NOW = new Date("2026-12-01T08:00:00Z");

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-passing-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function keysOf(store: Store): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list("")) keys.push(key);
  return keys;
}

test("goes after its days, each by its own, and not before; devices, tokens and catalogs stay however old they are", async () => {
  const state = folderStore(folder);
  const put = async (key: string, days: number) => {
    await state.put(key, Buffer.from("{}"), { contentType: "application/json" });
    const at = new Date(NOW.getTime() - days * 86_400_000);
    await utimes(join(folder, key), at, at);
  };
  for (const [name, days] of Object.entries(PASSING_DAYS)) {
    await put(`write/${name}/old/a.json`, days + 0.1);
    await put(`write/${name}/new/a.json`, days - 0.1);
  }
  const lasting = ["write/devices/a.json", "write/tokens/a.json", "write/key.json", "write/createdmore", "head.json"];
  for (const key of lasting) await put(key, 1000);
  await removePassed(state, NOW);
  const left = Object.keys(PASSING_DAYS).map((name) => `write/${name}/new/a.json`);
  expect(await keysOf(state)).toEqual([...left, ...lasting].sort());
});

test("stays in a store that does not know when it was written", async () => {
  const state = memoryStore("state");
  await state.put("write/posts/a", Buffer.from("{}"), { contentType: "application/json" });
  await removePassed(state, NOW);
  expect(await keysOf(state)).toEqual(["write/posts/a"]);
});
