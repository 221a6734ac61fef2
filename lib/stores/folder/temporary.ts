/** Temporary files: written whole, then given their name in one step. */
import { closeSync, fstatSync, futimesSync, linkSync, lstatSync, openSync, unlinkSync, writeSync } from "node:fs";
import type { Etag } from "../../model.ts";
import { etagOf, nextWriteTime } from "./etag.ts";
import { flushFile } from "./flush.ts";
import { clearLock } from "./lock.ts";
import { removeFile } from "./paths.ts";

/** A temporary file of this age was left by a process that was killed. */
const ABANDONED_MS = 60 * 60 * 1000;

/** Returns the ETag, which the file keeps when it is renamed. A durable file is flushed. */
export async function writeTemporary(path: string, body: Uint8Array, durable: boolean): Promise<Etag> {
  const file = openSync(path, "wx");
  try {
    for (let written = 0; written < body.length; ) written += writeSync(file, body, written);
    // A time of its own, so that two writes within one tick of the clock differ.
    const now = nextWriteTime();
    futimesSync(file, now, now);
    if (durable) await flushFile(file);
    return etagOf(fstatSync(file, { bigint: true }));
  } finally {
    closeSync(file);
  }
}

/** Errors of file systems without hard links. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/**
 * Links the file to a name if that is free, and says whether it was; `"unknown"` without hard links. The kernel does this in one
 * step, so it needs no lock: it counts as done before any work under the lock, which begins with an object there.
 */
export function linkIfAbsent(temporary: string, path: string): "created" | "exists" | "unknown" {
  try {
    linkSync(temporary, path);
    return "created";
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (NO_LINKS.has(code)) return "unknown";
    if (code !== "EEXIST") throw error;
    const present = lstatSync(path, { throwIfNoEntry: false });
    if (present?.isDirectory()) throw Object.assign(error as Error, { code: "EISDIR" });
    // Without any, another process has just removed it.
    return present ? "exists" : linkIfAbsent(temporary, path);
  }
}

/** Ignores errors: where a put failed the reason of that matters more. */
export function removeTemporary(path: string): void {
  try {
    unlinkSync(path);
  } catch {}
}

/** Removes a temporary or lock file of a process that was killed. */
export async function clearAbandoned(path: string): Promise<void> {
  if (path.endsWith(".lock")) return clearLock(path);
  const age = Date.now() - Number(lstatSync(path).mtimeMs);
  if (path.endsWith(".tmp") && age > ABANDONED_MS) removeFile(path);
}
