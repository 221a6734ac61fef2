/** Errors of the file system, as the port reports them. */
import { StoreError, type StoreOperation, StoreUnreadable } from "../store.ts";

/** A get that fails with one of these concerns this one key; the store works. */
const UNREADABLE = new Set(["EACCES", "EPERM", "EISDIR", "ELOOP", "ENAMETOOLONG", "ENXIO"]);

const MEANING: { readonly [code: string]: string } = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only: name a folder on another one",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EISDIR: "there is a folder of that name",
  ENOTDIR: "a part of the path is a file: remove it, or name another folder",
  EEXIST: "a part of the path is a file: remove it, or name another folder",
  ENAMETOOLONG: "the name is too long for the file system",
  ELOOP: "symbolic links lead in a circle",
  ENXIO: "it is a pipe, a socket or a device, not a file",
  EMFILE: "too many open files: raise the limit, such as with ulimit -n 4096",
};

const DENIED = ": let the user who runs this read and write there, or name another folder";
const FIXES: { readonly [code: string]: string } = { EACCES: DENIED, EPERM: DENIED };

export function asStoreError(folder: string, operation: StoreOperation, key: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const Kind = operation === "get" && UNREADABLE.has(code ?? "") ? StoreUnreadable : StoreError;
  // What is wrong with one file is told with the fix of its problem.
  const fix = Kind === StoreUnreadable ? "" : (FIXES[code ?? ""] ?? "");
  return new Kind(folder, operation, key, `${MEANING[code ?? ""] ?? message}${fix}`, error);
}

/** Returns for a file that does not exist, and throws any other error. A path below a file does not exist either. */
export function ignoreMissing(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
}
