/** Reads files, and nothing else that can have a name: a pipe may wait for ever, and a device may never end. */
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";

/** Without it, to open a pipe is to wait for somebody who writes into it. Windows does not have it. */
export const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Throws unless a file, or a link to one, is at the path. Devices are not even opened: that alone can do something. */
export function assertFile(path: string): void {
  const stats = statSync(path);
  if (stats.isDirectory()) throw errorOf("EISDIR");
  if (!stats.isFile()) throw errorOf("ENXIO");
}

/** The descriptor of a file that was one when it was looked at: something else may have been put in its place. */
export function openFileToRead(path: string): number {
  const file = openSync(path, READ);
  const stats = fstatSync(file);
  if (stats.isFile()) return file;
  closeSync(file);
  throw errorOf(stats.isDirectory() ? "EISDIR" : "ENXIO");
}

/** As many of the first bytes as there are, at most `maxBytes`. */
export function readBeginning(file: number, maxBytes: number): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(Math.min(fstatSync(file).size, maxBytes));
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(file, bytes, length, bytes.length - length, length);
    if (read === 0) break; // it became shorter
    length += read;
  }
  return bytes.subarray(0, length);
}

/** The bytes of a file outside of any store. */
export function readFileAt(path: string): Uint8Array {
  assertFile(path);
  const file = openFileToRead(path);
  try {
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** As the file system itself reports it. */
const errorOf = (code: "EISDIR" | "ENXIO"): Error => Object.assign(new Error(code), { code });
