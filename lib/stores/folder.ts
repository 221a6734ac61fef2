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

interface Place {
  readonly path: string;
  readonly look: () => BigIntStats | undefined;
  /** The file itself, as of the last look. */
  readonly target: () => string;
}

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

  /** Where a key is: looked at as often as is asked for, and followed where a link is. What is missing is `undefined`. */
  function reading<T>(key: string, read: (place: Place) => Promise<T>): Promise<T | undefined> {
    return withStoreErrors("get", key, async () => {
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
        return await read({ path, look, target: () => target });
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
      reading(key, async ({ path, look, target }) => {
        for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
          const seen = await settledStat(look);
          if (!seen) return undefined;
          if (known !== undefined && etagOf(seen) === known) return "unchanged";
          if (!seen.isFile()) assertFile(path);
          const object = withFile(target(), seen, (file) => wholeOf(file, seen, maxBytes));
          if (object) return object;
        }
        throw new StoreUnreadable(folder, "get", key, "it changes each time that it is read");
      }),

    getPart: (key, start, length) =>
      reading(key, async ({ path, look, target }) => {
        for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
          const seen = look();
          if (!seen) return undefined;
          if (!seen.isFile()) assertFile(path);
          const most = Math.max(0, Math.min(length, Number(seen.size) - start));
          const part = withFile(target(), seen, (file) => readPart(file, start, most));
          if (part) return part;
        }
        throw new StoreUnreadable(folder, "get", key, "it changes each time that it is read");
      }),

    put: (key, body, options) => withStoreErrors("put", key, () => putFile(at, names, key, body, options)),

    delete: (key, options) => withStoreErrors("delete", key, () => deleteFile(at, names, key, options)),
  };
}

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
