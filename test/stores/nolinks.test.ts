/** The contract in a folder on a file system without hard links (FAT, some mounts). */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { folderStore } from "../../lib/stores/folder.ts";
import { storeContract } from "./contract.ts";

const linkSync = vi.hoisted(() =>
  vi.fn(() => {
    throw Object.assign(new Error("operation not permitted"), { code: "EPERM" });
  }),
);
vi.mock("node:fs", async (original) => ({ ...(await original<object>()), linkSync }));

const folders: string[] = [];

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-nolinks-"));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

storeContract("a folder without links", async () => folderStore(await freshFolder()));

test("a put without hard links leaves no other file", async () => {
  const folder = await freshFolder();
  await folderStore(folder).put("a", new TextEncoder().encode("x"), { contentType: "text/plain", ifAbsent: true });
  expect(linkSync).toHaveBeenCalled();
  expect(await readdir(folder)).toEqual(["a"]);
});
