/**
 * A store in a folder: atomic writes, exclusive conditions between processes, and no way out of the folder.
 *
 * Synchronous calls but for flushing folders: the files are small and mostly in the kernel's cache, and a round trip through
 * Node's thread pool takes ten times as long.
 */
import { closeSync, fstatSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { deleteFile } from "./folder/delete.ts";
import { asStoreError, ignoreMissing } from "./folder/errors.ts";
import { etagOf, settledStat, statOf } from "./folder/etag.ts";
import { assertFile, openFileToRead, readBeginning } from "./folder/file.ts";
import { folderNames } from "./folder/flush.ts";
import { listFolder } from "./folder/list.ts";
import { assertInside, pathOf, type Root } from "./folder/paths.ts";
import { putFile } from "./folder/put.ts";
import { modifiedAt, type Store, type StoredObject, type StoreOperation, StoreUnreadable } from "./store.ts";

/** A store in a folder on disk, which is made at the first put. Several processes may use it at once. */
export function folderStore(folder: string): Store {
  const at: Root = { folder, root: resolve(folder) };
  const names = folderNames(at.root);

  async function withStoreErrors<T>(operation: StoreOperation, key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asStoreError(folder, operation, key, error);
    }
  }

  return {
    name: folder,

    async *list(prefix) {
      if (prefix.split("/").some((part) => part === ".." || part === ".")) return; // no key is there
      yield* await withStoreErrors("list", prefix, () => listFolder(at, prefix));
    },

    get(key, known, maxBytes) {
      return withStoreErrors("get", key, async () => {
        const path = pathOf(at, "get", key);
        try {
          assertInside(at, "get", key, path);
          for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            const before = await settledStat(path);
            if (!before) return undefined;
            const etag = etagOf(before);
            if (etag === known) return "unchanged";
            if (!before.isFile()) assertFile(path);
            const object = read(path, maxBytes);
            if (object.etag === etag) return object; // else it changed between the two
          }
          throw new StoreUnreadable(folder, "get", key, "it changes each time that it is read");
        } catch (error) {
          const isDangling = (error as NodeJS.ErrnoException).code === "ENOENT" && statOf(path)?.isSymbolicLink();
          if (isDangling) throw new StoreUnreadable(folder, "get", key, "a symbolic link leads nowhere");
          return ignoreMissing(error);
        }
      });
    },

    put: (key, body, options) => withStoreErrors("put", key, () => putFile(at, names, key, body, options)),

    delete: (key, options) => withStoreErrors("delete", key, () => deleteFile(at, names, key, options)),
  };
}

/** A file that something goes on writing into is never the same twice. */
const MAX_ATTEMPTS = 20;

/** The body, with the ETag that the file had after it was read. */
function read(path: string, maxBytes: number | undefined): StoredObject {
  const file = openFileToRead(path);
  try {
    const body = maxBytes === undefined ? readFileSync(file) : readBeginning(file, maxBytes);
    const stats = fstatSync(file, { bigint: true });
    return { body, etag: etagOf(stats), modified: modifiedAt(stats.mtime) };
  } finally {
    closeSync(file);
  }
}
