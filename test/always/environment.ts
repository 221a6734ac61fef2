/** Environments for a run: stores in folders; another clock, time zone and random number. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { folderStore } from "../../lib/stores/folder.ts";
import type { Store } from "../../lib/stores/store.ts";

export interface Folders {
  readonly content: Store;
  readonly public: Store;
  readonly state: Store;
}

/** Three folder stores in the temporary folder `root`, which is removed when `work` ends. */
export async function inFolders<T>(work: (stores: Folders, root: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), "dripfeed-always-"));
  const store = (name: string) => folderStore(join(root, name));
  try {
    return await work({ content: store("content"), public: store("public"), state: store("state") }, root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Runs `work` with the clock stopped at `now`, in the time zone `zone`, and `Math.random` fixed to `random`. */
export async function withEnvironment<T>(
  { now, zone, random }: { readonly now: string; readonly zone: string; readonly random: number },
  work: () => Promise<T>,
): Promise<T> {
  const { TZ } = process.env;
  process.env["TZ"] = zone;
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(now) });
  const mock = vi.spyOn(Math, "random").mockReturnValue(random);
  try {
    return await work();
  } finally {
    mock.mockRestore();
    vi.useRealTimers();
    if (TZ === undefined) delete process.env["TZ"];
    else process.env["TZ"] = TZ;
  }
}
