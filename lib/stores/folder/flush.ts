/** Flushing: what was flushed to the disk survives a loss of power. */
import { closeSync, fsync, openSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";

/** Windows opens no folder, some file systems flush none, and one above the store may be another user's. */
const NO_FLUSH = new Set(["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EROFS"]);

/** The content of an open file, and its length. Other work goes on while the disk is busy. */
export async function flushFile(file: number): Promise<void> {
  try {
    await flushed(file);
  } catch (error) {
    if (!NO_FLUSH.has(codeOf(error))) throw error;
  }
}

const flushed = promisify(fsync);

/** Notes which folders have a name that would survive. */
export interface FolderNames {
  /** A folder was made, and those below it on the way to a file. */
  made(first: string): void;
  /** Folders were removed, and may be made again. */
  removed(): void;
  /** Flushes the names in `folder`, and once its own and those of the folders that it is in. */
  flush(folder: string): Promise<void>;
}

/** `root`: the store's folder. What is above it was not made by the store, unless it says so. */
export function folderNames(root: string): FolderNames {
  let flushed = new Set<string>();
  let top = dirname(root);
  const flushNames = sharing(flushFolder);
  return {
    made(first) {
      flushed = new Set();
      if (dirname(first).length < top.length) top = dirname(first);
    },
    removed() {
      flushed = new Set();
    },
    async flush(folder) {
      // Where folders are made or removed meanwhile, what is noted here counts no more.
      const noted = flushed;
      let below = folder;
      // Of a folder that is gone, the one above it has that to flush.
      while (!(await flushNames(below)) && below.length > top.length) below = dirname(below);
      for (; below.length > top.length && !noted.has(below); below = dirname(below)) {
        await flushNames(dirname(below));
        noted.add(below);
      }
    },
  };
}

/**
 * Works for one caller after the other in each folder. All that call while it works share the next time, which begins after they
 * called: flushing takes a hard disk ten milliseconds, and a thousand files may be deleted at once.
 */
function sharing<T>(work: (folder: string) => Promise<T>): (folder: string) => Promise<T> {
  const present = new Map<string, Promise<T>>();
  const next = new Map<string, Promise<T>>();
  const begin = (folder: string): Promise<T> => {
    next.delete(folder);
    const begun = work(folder).finally(() => present.delete(folder));
    present.set(folder, begun);
    return begun;
  };
  return (folder) => {
    const waiting = next.get(folder);
    if (waiting) return waiting;
    const before = present.get(folder);
    if (!before) return begin(folder);
    const after = () => begin(folder);
    const promise = before.then(after, after);
    next.set(folder, promise);
    return promise;
  };
}

/** The names in it: which files there are. `false` when it is gone. */
async function flushFolder(folder: string): Promise<boolean> {
  try {
    const file = openSync(folder, "r");
    try {
      await flushed(file);
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    if (!NO_FLUSH.has(code)) throw error;
    return true;
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "";
