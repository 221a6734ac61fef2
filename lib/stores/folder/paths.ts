/** Paths of keys inside a folder: no key and no symbolic link leads out of it. */
import { lstatSync, mkdirSync, realpathSync, rmdirSync, unlinkSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { assertKey, type StoreOperation, StoreUnreadable } from "../store.ts";
import { ignoreMissing } from "./errors.ts";

/** Starts the names of temporary and lock files; a key with such a part is refused. */
export const OWN = ".~dripfeed-";

/** The folder of a store. */
export interface Root {
  /** As messages name it. */
  readonly folder: string;
  /** The absolute path. */
  readonly root: string;
}

export function pathOf({ folder, root }: Root, operation: StoreOperation, key: string): string {
  assertKey(folder, operation, key);
  if (key.startsWith(OWN) || key.includes(`/${OWN}`)) {
    throw new StoreUnreadable(folder, operation, key, `names that start with ${OWN} are the store's own`);
  }
  return join(root, key);
}

/**
 * Refuses a path that symbolic links lead out of the folder. It is looked at anew each time: what was noted of a folder is
 * wrong once another process has put a link in its place.
 */
export function assertInside(at: Root, operation: StoreOperation, key: string, path: string): void {
  if (hasLink(at.root, path)) followInside(at, operation, key, path);
}

/** Whether a part of the path below the root is a symbolic link. Where none is, there is no need to ask where it leads. */
function hasLink(root: string, path: string): boolean {
  for (let end = root.length; end < path.length; ) {
    const next = path.indexOf(sep, end + 1);
    end = next < 0 ? path.length : next;
    const stats = lstatSync(path.slice(0, end), { throwIfNoEntry: false });
    if (!stats?.isDirectory()) return stats?.isSymbolicLink() ?? false; // nothing is below it
  }
  return false;
}

/** Where symbolic links lead, if that is inside. Where nothing exists at the path, the nearest folder above decides. */
export function followInside({ folder, root }: Root, operation: StoreOperation, key: string, path: string): string {
  // Read before the path's: if the root exists now, the nearest existing folder cannot be one above it.
  const realRoot = realPathOf(root);
  if (realRoot === undefined) return path; // without a root there is no link in it
  const real = realPathOf(path) ?? realPathOf(nearest(path)) ?? realRoot;
  if (real !== realRoot && !real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) {
    throw new StoreUnreadable(folder, operation, key, "a symbolic link leads out of the folder");
  }
  return real;
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (error) {
    return ignoreMissing(error);
  }
}

/** The path itself, or the nearest one above it that exists. */
function nearest(path: string): string {
  const exists = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  return exists || dirname(path) === path ? path : nearest(dirname(path));
}

const MAX_ATTEMPTS = 4;

interface FolderWork<T> {
  /** Before each attempt. */
  readonly check: () => void;
  readonly work: () => Promise<T>;
  /** Told of the first folder that was made, where any was. */
  readonly made: (first: string) => void;
}

/** Works in a folder, which is made if it is missing, and again if another process removed it as empty meanwhile. */
export async function inFolder<T>(path: string, { check, work, made }: FolderWork<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    check();
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS) throw error;
      ignoreMissing(error);
    }
    made(makeFolder(path));
  }
}

/** The first folder that was missing, though another process may have made it meanwhile. */
function makeFolder(path: string): string {
  const above = nearest(path);
  const [first = ""] = path.slice(above.length).split(sep).filter(Boolean);
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    // A recursive mkdir reports ENOENT where the first level fails: making that level alone gives the real reason.
    if (first === "") throw error;
    try {
      mkdirSync(join(above, first));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    mkdirSync(path, { recursive: true });
  }
  return join(above, first);
}

/** Removes a file, if it is there. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    ignoreMissing(error);
  }
}

/** Removes the folder and those above it, up to the root, as far as they are empty. Returns the one that is left. */
export function removeEmptyFolders(path: string, root: string): string {
  let folder = path;
  for (; folder !== root && folder.startsWith(root); folder = dirname(folder)) {
    try {
      rmdirSync(folder);
    } catch (error) {
      // Not empty; or removed by another process, and the one above it may be empty, too.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") break;
    }
  }
  return folder;
}
