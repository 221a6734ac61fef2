/** A put in a folder while another process removes what was there. */
import * as fs from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { folderStore } from "../../lib/stores/folder.ts";

const removed = vi.hoisted(() => ({ before: (_path: string): boolean => false }));
/** A name is taken, and free again when it is looked at. */
vi.mock("node:fs", async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    linkSync(from: string, to: string) {
      real.linkSync(from, to);
      if (!removed.before(to)) return;
      real.unlinkSync(to);
      throw Object.assign(new Error("file exists"), { code: "EEXIST" });
    },
  };
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-meanwhile-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const put = (key: string) => folderStore(folder).put(key, new TextEncoder().encode("x"), { contentType: "text/plain" });

test("an object that is removed while another takes its place is no folder in the way", async () => {
  let times = 2;
  removed.before = () => times-- > 0;
  await put("a");
  expect(times).toBe(-1);
  expect(fs.readFileSync(join(folder, "a"), "utf8")).toBe("x");
  expect(fs.readdirSync(folder)).toEqual(["a"]);
});

test("a folder in the way is told", async () => {
  removed.before = () => false;
  fs.mkdirSync(join(folder, "b"));
  await expect(put("b")).rejects.toThrow("there is a folder of that name");
});
