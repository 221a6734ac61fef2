/**
 * A store in a folder: atomic writes, exclusive conditions between processes, and no way out of the folder.
 *
 * Synchronous calls throughout: the files are small and mostly in the kernel's cache, and a round trip through Node's thread
 * pool takes ten times as long.
 */
import { createHash, randomUUID } from "node:crypto";
import { type BigIntStats, closeSync, fstatSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { asStoreError, ignoreMissing } from "./folder/errors.ts";
import { etagOf, settledStat, statOf } from "./folder/etag.ts";
import { listFolder } from "./folder/list.ts";
import { acquireLock } from "./folder/lock.ts";
import { assertInside, inFolder, OWN, pathOf, type Root, removeEmptyFolders } from "./folder/paths.ts";
import { linkIfAbsent, removeTemporary, writeTemporary } from "./folder/temporary.ts";
import {
  modifiedAt,
  type Store,
  StoreConflict,
  type StoredObject,
  type StoreOperation,
  StoreUnreadable,
} from "./store.ts";

export function folderStore(folder: string): Store {
  const at: Root = { folder, root: resolve(folder) };

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

    get(key, known) {
      return withStoreErrors("get", key, async () => {
        const path = pathOf(at, "get", key);
        try {
          assertInside(at, "get", key, path);
          for (;;) {
            const before = await settledStat(path);
            if (!before) return undefined;
            const etag = etagOf(before);
            if (etag === known) return "unchanged";
            assertFile(at, key, path, before);
            const object = read(path);
            if (object.etag === etag) return object; // else it changed between the two
          }
        } catch (error) {
          const isDangling = (error as NodeJS.ErrnoException).code === "ENOENT" && statOf(path)?.isSymbolicLink();
          if (isDangling) throw new StoreUnreadable(folder, "get", key, "a symbolic link leads nowhere");
          return ignoreMissing(error);
        }
      });
    },

    put(key, body, { ifMatch, ifAbsent }) {
      return withStoreErrors("put", key, async () => {
        const path = pathOf(at, "put", key);
        const temporary = join(dirname(path), `${OWN}${process.pid}-${randomUUID()}.tmp`);
        let isTemporary = true;
        try {
          const etag = inFolder(
            dirname(path),
            () => assertInside(at, "put", key, dirname(path)),
            () => writeTemporary(temporary, body),
          );
          const exists = () => new StoreConflict(folder, "put", key, "there is an object already");
          if (ifMatch === undefined) {
            const outcome = linkIfAbsent(temporary, path);
            if (outcome === "created") return etag;
            if (outcome === "exists" && ifAbsent) throw exists();
          }
          return await exclusively(path, () => {
            const present = statOf(path);
            if (ifAbsent && present) throw exists();
            if (ifMatch !== undefined && (!present || etagOf(present) !== ifMatch)) {
              throw new StoreConflict(folder, "put", key, "the object is another one");
            }
            renameSync(temporary, path);
            isTemporary = false;
            return etag;
          });
        } finally {
          if (isTemporary) removeTemporary(temporary);
        }
      });
    },

    delete(key) {
      return withStoreErrors("delete", key, async () => {
        const path = pathOf(at, "delete", key);
        try {
          assertInside(at, "delete", key, dirname(path));
          await exclusively(path, () => {
            if (statOf(path)) rmSync(path, { force: true });
          });
          removeEmptyFolders(dirname(path), at.root);
        } catch (error) {
          ignoreMissing(error);
        }
      });
    },
  };
}

/** Opening a pipe would wait for somebody who writes into it; a device never ends. */
function assertFile({ folder }: Root, key: string, path: string, stats: BigIntStats): void {
  const target = stats.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : stats;
  if (!target || target.isFile() || target.isDirectory()) return; // reading says what is wrong with these
  throw new StoreUnreadable(folder, "get", key, "it is no file but a pipe, a socket or a device");
}

/** The body, with the ETag that the file had after it was read. */
function read(path: string): StoredObject {
  const file = openSync(path, "r");
  try {
    const body = readFileSync(file);
    const stats = fstatSync(file, { bigint: true });
    return { body, etag: etagOf(stats), modified: modifiedAt(stats.mtime) };
  } finally {
    closeSync(file);
  }
}

/** Works under the key's lock, so that what is checked is what is replaced. */
async function exclusively<T>(path: string, work: () => T): Promise<T> {
  const name = createHash("sha256").update(basename(path)).digest("hex").slice(0, 16);
  const release = await acquireLock(join(dirname(path), `${OWN}${name}.lock`));
  try {
    return work();
  } finally {
    release();
  }
}
