/**
 * A store in a folder: atomic writes, exclusive conditions between processes, and no way out of the folder.
 *
 * Synchronous calls but for flushing folders: the files are small and mostly in the kernel's cache, and a round trip through
 * Node's thread pool takes ten times as long.
 */
import { type BigIntStats, closeSync, fstatSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { deleteFile } from "./folder/delete.ts";
import { asStoreError, ignoreMissing } from "./folder/errors.ts";
import { etagOf, haveSameEtag, settledStat, statOf } from "./folder/etag.ts";
import { assertFile, openSameFile, readPart } from "./folder/file.ts";
import { folderNames } from "./folder/flush.ts";
import { listFolder } from "./folder/list.ts";
import { assertInside, followInside, pathOf, type Root } from "./folder/paths.ts";
import { putFile } from "./folder/put.ts";
import { modifiedAt, type Store, type StoredObject, type StoreOperation, StoreUnreadable } from "./store.ts";

type See = (look: () => BigIntStats | undefined) => Promise<BigIntStats | undefined>;
/** Uses the file that was looked at; `undefined` once it is another one. */
type Open = <T>(use: (file: number) => T) => T | undefined;

/**
 * A store in a folder on disk, which is made at the first put. Several processes may use it at once. `root`: where the folder is,
 * if it is not to be looked for from the working directory.
 */
export function folderStore(folder: string, root = resolve(folder)): Store {
  const at: Root = { folder, root };
  const names = folderNames(at.root);

  async function withStoreErrors<T>(operation: StoreOperation, key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asStoreError(folder, operation, key, error);
    }
  }

  /**
   * What `read` makes of the file at a key, as `see` has seen it; `undefined` where nothing is there. Where `read` gives nothing,
   * the file became another one meanwhile, and is looked at again.
   */
  function reading<T>(key: string, see: See, read: (seen: BigIntStats, open: Open) => T | undefined) {
    return withStoreErrors("get", key, async (): Promise<T | undefined> => {
      const path = pathOf(at, "get", key);
      let target = path;
      const look = () => {
        assertInside(at, "get", key, dirname(path));
        target = path;
        return statOf(path, () => {
          target = followInside(at, "get", key, path);
        });
      };
      try {
        for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
          const seen = await see(look);
          if (!seen) return undefined;
          const result = read(seen, (use) => {
            if (!seen.isFile()) assertFile(path);
            return withFile(target, seen, use);
          });
          if (result !== undefined) return result;
        }
        throw new StoreUnreadable(folder, "get", key, "it changes each time that it is read");
      } catch (error) {
        const isDangling = (error as NodeJS.ErrnoException).code === "ENOENT" && statOf(path)?.isSymbolicLink();
        if (isDangling) throw new StoreUnreadable(folder, "get", key, "a symbolic link leads nowhere");
        return ignoreMissing(error);
      }
    });
  }

  return {
    name: folder,

    async *list(prefix) {
      if (prefix.split("/").some((part) => part === ".." || part === ".")) return; // no key is there
      yield* await withStoreErrors("list", prefix, () => listFolder(at, prefix));
    },

    get: (key, known, maxBytes) =>
      reading<StoredObject | "unchanged">(key, settledStat, (seen, open) => {
        if (known !== undefined && etagOf(seen) === known) return "unchanged";
        return open((file) => wholeOf(file, seen, maxBytes));
      }),

    getPart: (key, start, length) =>
      reading(key, seenNow, (seen, open) => {
        const most = Math.max(0, Math.min(length, Number(seen.size) - start));
        return open((file) => readPart(file, start, most));
      }),

    put: (key, body, options) => withStoreErrors("put", key, () => putFile(at, names, key, body, options)),

    delete: (key, options) => withStoreErrors("delete", key, () => deleteFile(at, names, key, options)),
  };
}

/** Where the ETag does not matter, a file that was written just now need not be waited for. */
const seenNow: See = async (look) => look();

/** A file that something goes on writing into is never the same twice. */
const MAX_ATTEMPTS = 20;

/** What is made of the file that was looked at; `undefined` once it is another one. */
function withFile<T>(path: string, seen: BigIntStats, read: (file: number) => T): T | undefined {
  const file = openSameFile(path, seen);
  if (file === undefined) return undefined;
  try {
    return read(file);
  } finally {
    closeSync(file);
  }
}

function wholeOf(file: number, seen: BigIntStats, maxBytes = Number.POSITIVE_INFINITY): StoredObject | undefined {
  const body = readPart(file, 0, Math.min(Number(seen.size), maxBytes));
  const stats = fstatSync(file, { bigint: true });
  return haveSameEtag(stats, seen) ? { body, etag: etagOf(stats), modified: modifiedAt(stats.mtime) } : undefined;
}
