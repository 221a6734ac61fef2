/** Reads files, and nothing else that can have a name: a pipe may wait for ever, and a device may never end. */
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { haveSameEtag } from "./etag.ts";

/** Without it, to open a pipe is to wait for somebody who writes into it. Windows does not have it. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** For a path that no link is at. One that was put there since is not followed, where the system has a way not to. */
export const READ_NO_LINK = READ | (constants.O_NOFOLLOW ?? 0);

/** Throws unless a file, or a link to one, is at the path. Devices are not even opened: that alone can do something. */
export function assertFile(path: string): void {
  const stats = statSync(path);
  if (stats.isDirectory()) throw errorOf("EISDIR");
  if (!stats.isFile()) throw errorOf("ENXIO");
}

/** The descriptor of the file that was looked at, and `undefined` once something else is in its place. */
export function openSameFile(path: string, seen: BigIntStats): number | undefined {
  let file: number;
  try {
    file = openSync(path, READ_NO_LINK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ELOOP") return undefined; // a link
    throw error;
  }
  if (haveSameEtag(fstatSync(file, { bigint: true }), seen)) return file;
  closeSync(file);
  return undefined;
}

/** As many bytes from `start` as there are, at most `maxBytes`. */
export function readPart(file: number, start: number, maxBytes: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(maxBytes);
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(file, bytes, length, bytes.length - length, start + length);
    if (read === 0) break; // it became shorter
    length += read;
  }
  return bytes.subarray(0, length);
}

/** The bytes of a file outside of any store. */
export function readFileAt(path: string): Uint8Array {
  assertFile(path);
  const file = openSync(path, READ);
  try {
    const stats = fstatSync(file);
    if (stats.isFile()) return readFileSync(file);
    throw errorOf(stats.isDirectory() ? "EISDIR" : "ENXIO"); // it was put in its place
  } finally {
    closeSync(file);
  }
}

/** As the file system itself reports it. */
const errorOf = (code: "EISDIR" | "ENXIO"): Error => Object.assign(new Error(code), { code });
