/** Files of a folder that are read while they are sent: a video may be larger than memory. */
import { type BigIntStats, realpathSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { modifiedAt, type OpenFile, type OpenWithin, StoreError } from "../store.ts";
import { asStoreError, ignoreMissing } from "./errors.ts";
import { etagOf, settledStat, statOf } from "./etag.ts";
import { READ_NO_LINK } from "./file.ts";
import { pathOf, type Root } from "./paths.ts";

const CHUNK_BYTES = 256 * 1024;

/** Neither a key nor a symbolic link leads out of the folder `within`. Throws `StoreUnreadable` for what is no key. */
export function fileOpener(folder: string): OpenWithin {
  const at: Root = { folder, root: resolve(folder) };
  return async (key, within) => {
    try {
      const path = realpathSync.native(pathOf(at, "get", key));
      const home = join(realpathSync.native(at.root), ...within.split("/").filter(Boolean));
      if (!path.startsWith(home + sep)) return undefined;
      if (!(await settledStat(() => statOf(path)))?.isFile()) return undefined;
      const file = await open(path, READ_NO_LINK);
      try {
        const stats = await file.stat({ bigint: true });
        if (stats.isFile()) return openFile(file, stats, () => changed(folder, key));
        await file.close(); // another one was put in its place
        return undefined;
      } catch (error) {
        await file.close();
        throw error;
      }
    } catch (error) {
      try {
        return ignoreMissing(error);
      } catch {
        throw asStoreError(folder, "get", key, error);
      }
    }
  };
}

const changed = (folder: string, key: string) =>
  new StoreError(folder, "get", key, "the file changed while it was read");

/** A file that is replaced stays the one that was opened. One that is written into would be half the one, half the other. */
function openFile(file: FileHandle, stats: BigIntStats, changed: () => StoreError): OpenFile {
  const etag = etagOf(stats);
  return {
    size: Number(stats.size),
    etag,
    modified: modifiedAt(stats.mtime),
    async *read(start, end) {
      for (let at = start; at <= end; ) {
        const length = Math.min(CHUNK_BYTES, end - at + 1);
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
        if (bytesRead === 0 || etagOf(await file.stat({ bigint: true })) !== etag) throw changed();
        yield buffer.subarray(0, bytesRead);
        at += bytesRead;
      }
    },
    close: () => file.close(),
  };
}
