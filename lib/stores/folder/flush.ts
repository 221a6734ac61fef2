/** Flushing: what was flushed to the disk survives a loss of power. */
import { closeSync, fsyncSync, openSync } from "node:fs";
import { dirname } from "node:path";

/** Windows opens no folder, some file systems flush none, and one above the store may be another user's. */
const NO_FLUSH = new Set(["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EROFS"]);

/** The content of an open file, and its length. */
export function flushFile(file: number): void {
  ignoring(NO_FLUSH, () => fsyncSync(file));
}

/** Remembers which folders have a name that would survive. */
export interface FolderNames {
  /** A folder was made, and those below it on the way to a file. */
  made(first: string): void;
  /** Folders were removed, and may be made again. */
  removed(): void;
  /** Flushes the names in `folder`, and once its own and those of the folders that it is in. */
  flush(folder: string): void;
}

/** `root`: the store's folder. What is above it was not made by the store, unless it says so. */
export function folderNames(root: string): FolderNames {
  const flushed = new Set<string>();
  let top = dirname(root);
  return {
    made(first) {
      flushed.clear();
      if (dirname(first).length < top.length) top = dirname(first);
    },
    removed: () => flushed.clear(),
    flush(folder) {
      flushFolder(folder);
      for (let below = folder; below.length > top.length && !flushed.has(below); below = dirname(below)) {
        flushFolder(dirname(below));
        flushed.add(below);
      }
    },
  };
}

/** The names in it: which files there are. A folder that is gone has none. */
function flushFolder(folder: string): void {
  ignoring(new Set([...NO_FLUSH, "ENOENT", "ENOTDIR"]), () => {
    const file = openSync(folder, "r");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  });
}

function ignoring(codes: ReadonlySet<string>, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!codes.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
