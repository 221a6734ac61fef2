/** Uploads into folders. */
import { mkdtemp, readdir, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { folderUploads } from "../../lib/stores/folder/uploads.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { openUploads } from "../../lib/stores/open.ts";
import { StoreConflict } from "../../lib/stores/store.ts";
import { TooLarge } from "../../lib/stores/uploads.ts";
import { bytesOf, send, uploadsContract } from "./uploadscontract.ts";

const folders: string[] = [];

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-uploads-"));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  const { rm } = await import("node:fs/promises");
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

uploadsContract(
  "a folder",
  async () => {
    const folder = await freshFolder();
    return { store: folderStore(folder), uploads: folderUploads(folder) };
  },
  { spares: true },
);

uploadsContract(
  "a folder, with parts in another",
  async () => {
    const folder = await freshFolder();
    return { store: folderStore(folder), uploads: folderUploads(folder, await freshFolder()) };
  },
  { spares: true },
);

describe("uploads into a folder", () => {
  test("leave nothing behind but the file, and while they wait no store lists them", async () => {
    const [folder, state] = [await freshFolder(), await freshFolder()];
    const uploads = folderUploads(folder, state);
    const upload = await uploads.begin("media/a.gif", { contentType: "image/gif" });
    await send(uploads, upload, 1, bytesOf(10, 1));
    for (const place of [folder, state]) {
      for await (const { key } of folderStore(place).list("")) expect(key).toBe("none");
    }
    await uploads.complete(upload, (await uploads.parts(upload)) ?? []);
    expect(await readdir(join(folder, "media"))).toEqual(["a.gif"]);
    expect(await readdir(join(state, ".~dripfeed-uploads"))).toEqual([]);
  });

  test("take a part whole or not at all: one whose stream breaks, or that is too large, is not there", async () => {
    const uploads = folderUploads(await freshFolder());
    const upload = await uploads.begin("media/a.gif", { contentType: "image/gif" });
    if (!("put" in uploads.taking)) throw new Error("a folder takes parts by way of the server");
    async function* broken() {
      yield bytesOf(100, 1);
      throw new Error("the phone went into a tunnel");
    }
    await expect(uploads.taking.put(upload, 1, broken(), 1000)).rejects.toThrow(/tunnel/);
    const large = new Blob([bytesOf(1001, 1)]).stream();
    await expect(uploads.taking.put(upload, 1, large, 1000)).rejects.toThrow(TooLarge);
    expect(await uploads.parts(upload)).toEqual([]);
    await uploads.abort(upload);
    await expect(send(uploads, upload, 1, bytesOf(10, 1))).rejects.toThrow(StoreConflict);
  });

  test("that nobody has gone on with for a day are gone when the next begins", async () => {
    const folder = await freshFolder();
    const uploads = folderUploads(folder);
    const [left, alive] = [
      await uploads.begin("media/a.gif", { contentType: "image/gif" }),
      await uploads.begin("media/b.gif", { contentType: "image/gif" }),
    ];
    await send(uploads, left, 1, bytesOf(10, 1));
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await utimes(join(folder, ".~dripfeed-uploads", left.id), yesterday, yesterday);
    await uploads.begin("media/c.gif", { contentType: "image/gif" });
    expect(await uploads.parts(left)).toBeUndefined();
    expect(await uploads.parts(alive)).toEqual([]);
  });

  test("know no name but their own", async () => {
    const folder = await freshFolder();
    const uploads = folderUploads(folder);
    for (const id of ["..", "../../etc", "", "x/../../y"]) {
      await expect(uploads.parts({ key: "media/a.gif", id })).rejects.toThrow("no upload has such a name");
      await expect(uploads.abort({ key: "media/a.gif", id })).rejects.toThrow("no upload has such a name");
    }
  });

  test("are opened by the store's name", async () => {
    expect("put" in (await openUploads(await freshFolder())).taking).toBe(true);
    expect("addressOf" in (await openUploads("s3://bucket/some/prefix")).taking).toBe(true);
  });
});
