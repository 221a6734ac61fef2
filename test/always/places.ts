/** Where a run runs: in folders, and in another place and time than this. */
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

/** Three folders of their own, which go when `work` ends; `root` is the folder that they lie in. */
export async function inFolders<T>(work: (stores: Folders, root: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), "dripfeed-always-"));
  const store = (name: string) => folderStore(join(root, name));
  try {
    return await work({ content: store("content"), public: store("public"), state: store("state") }, root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** While `work` goes on the wall clock stands at `now`, in `zone`, and chance always says `random`. */
export async function elsewhere<T>(
  { now, zone, random }: { readonly now: string; readonly zone: string; readonly random: number },
  work: () => Promise<T>,
): Promise<T> {
  const { TZ } = process.env;
  process.env["TZ"] = zone;
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(now) });
  const chance = vi.spyOn(Math, "random").mockReturnValue(random);
  try {
    return await work();
  } finally {
    chance.mockRestore();
    vi.useRealTimers();
    if (TZ === undefined) delete process.env["TZ"];
    else process.env["TZ"] = TZ;
  }
}
