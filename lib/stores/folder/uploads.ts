/** Uploads into a folder: each part is a file beside the store's own, and `complete` makes one file of them. */
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Etag } from "../../model.ts";
import { StoreConflict, StoreError } from "../store.ts";
import { TooLarge, type Upload, type UploadPart, type Uploads } from "../uploads.ts";
import { asStoreError, ignoreMissing } from "./errors.ts";
import { etagOf, nextWriteTime } from "./etag.ts";
import { flushFile, folderNames } from "./flush.ts";
import { OWN, pathOf, type Root } from "./paths.ts";
import { putWritten } from "./put.ts";

/** As long as S3 keeps an upload that nobody ends, by the stack's lifecycle rule. */
const EXPIRES_MS = 24 * 60 * 60 * 1000;

/**
 * Uploads into a folder store. `parts`: where they wait, below a name that no listing shows; a state store's folder, so that
 * whoever looks at the content does not find them.
 */
export function folderUploads(folder: string, parts = folder): Uploads {
  const at: Root = { folder, root: resolve(folder) };
  const names = folderNames(at.root);
  const waiting = join(resolve(parts), `${OWN}uploads`);

  function placeOf({ key, id }: Upload): string {
    if (!/^[\da-f-]{36}$/.test(id)) throw new StoreError(folder, "get", key, "no upload has such a name");
    return join(waiting, id);
  }

  return {
    async begin(key) {
      pathOf(at, "put", key);
      const id = randomUUID();
      try {
        await removeExpired(waiting);
        await mkdir(join(waiting, id), { recursive: true });
      } catch (error) {
        throw asStoreError(folder, "put", key, error);
      }
      return { key, id };
    },

    taking: {
      async put(upload, part, body, maxBytes) {
        const place = placeOf(upload);
        const temporary = join(place, `${randomUUID()}.tmp`);
        try {
          await writeStream(temporary, body, maxBytes);
          await rename(temporary, join(place, String(part)));
        } catch (error) {
          await rm(temporary, { force: true });
          if (error instanceof TooLarge) throw error;
          if (isMissing(error)) throw hasEnded(upload.key, error);
          throw asStoreError(folder, "put", upload.key, error);
        }
      },
    },

    async parts(upload) {
      const place = placeOf(upload);
      try {
        const names = (await readdir(place)).filter((name) => /^\d+$/.test(name));
        const parts = await Promise.all(
          names.map(async (name): Promise<UploadPart> => {
            const stats = await stat(join(place, name), { bigint: true });
            return { number: Number(name), size: Number(stats.size), etag: etagOf(stats) };
          }),
        );
        return parts.toSorted((a, b) => a.number - b.number);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw asStoreError(folder, "get", upload.key, error);
      }
    },

    async complete(upload, parts) {
      const place = placeOf(upload);
      const write = (path: string) =>
        writeJoined(
          path,
          parts.map(
            ({ number, etag }) =>
              () =>
                openPart(upload.key, join(place, String(number)), etag),
          ),
        );
      try {
        // The parts are gone afterwards, so that this has to last.
        await putWritten(at, names, upload.key, write, { ifAbsent: true, durable: true });
        await rm(place, { recursive: true, force: true });
      } catch (error) {
        throw asStoreError(folder, "put", upload.key, error);
      }
    },

    async abort(upload) {
      await rm(placeOf(upload), { recursive: true, force: true });
    },
  };

  async function openPart(key: string, path: string, etag: Etag): Promise<FileHandle> {
    const file = await open(path, "r").catch((error) => {
      throw isMissing(error) ? hasEnded(key, error) : error;
    });
    if (etagOf(await file.stat({ bigint: true })) === etag) return file;
    await file.close();
    throw new StoreError(folder, "put", key, "a part was sent once more meanwhile: complete it again");
  }

  function hasEnded(key: string, cause: unknown): StoreConflict {
    return new StoreConflict(folder, "put", key, "the upload has ended", cause);
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

async function writeStream(path: string, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL);
  try {
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > maxBytes) throw new TooLarge(`more than ${maxBytes} bytes`);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
}

const CHUNK_BYTES = 1024 ** 2;

/** Returns the ETag, which the file keeps when it gets its name. */
async function writeJoined(path: string, parts: readonly (() => Promise<FileHandle>)[]): Promise<Etag> {
  const file = await open(path, "wx");
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  try {
    for (const openNext of parts) {
      const part = await openNext();
      try {
        for (;;) {
          const { bytesRead } = await part.read(buffer, 0, CHUNK_BYTES, null);
          if (bytesRead === 0) break;
          await file.writeFile(buffer.subarray(0, bytesRead));
        }
      } finally {
        await part.close();
      }
    }
    const now = nextWriteTime();
    await file.utimes(now, now);
    await flushFile(file.fd);
    return etagOf(await file.stat({ bigint: true }));
  } finally {
    await file.close();
  }
}

/** A folder's time is that of the last part that came into it. */
async function removeExpired(waiting: string): Promise<void> {
  const names = await readdir(waiting).catch(ignoreMissing);
  for (const name of names ?? []) {
    const path = join(waiting, name);
    const stats = await stat(path).catch(ignoreMissing);
    if (stats && Date.now() - stats.mtimeMs > EXPIRES_MS) await rm(path, { recursive: true, force: true });
  }
}
