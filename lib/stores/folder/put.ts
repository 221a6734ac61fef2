/** Puts a file: written whole beside its place, then given its name in one step, under its conditions. */
import { randomUUID } from "node:crypto";
import { rename } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Etag } from "../../model.ts";
import { type PutOptions, StoreConflict, StoreNotDurable } from "../store.ts";
import { etagOf, statOf } from "./etag.ts";
import type { FolderNames } from "./flush.ts";
import { exclusively } from "./lock.ts";
import { assertInside, inFolder, OWN, pathOf, type Root } from "./paths.ts";
import { linkIfAbsent, removeTemporary, writeTemporary } from "./temporary.ts";

export const putFile = (
  at: Root,
  names: FolderNames,
  key: string,
  body: Uint8Array,
  options: PutOptions,
): Promise<Etag> => putWritten(at, names, key, (path) => writeTemporary(path, body, options.durable ?? false), options);

/** A durable file is flushed by `write` before it has its name, and its name before this returns. */
export async function putWritten(
  at: Root,
  names: FolderNames,
  key: string,
  write: (temporary: string) => Promise<Etag>,
  options: Omit<PutOptions, "contentType">,
): Promise<Etag> {
  const path = pathOf(at, "put", key);
  const folder = dirname(path);
  const temporary = join(folder, `${OWN}${process.pid}-${randomUUID()}.tmp`);
  const { durable = false } = options;
  let etag: Etag;
  let isRenamed = false;
  try {
    etag = await inFolder(folder, {
      check: () => assertInside(at, "put", key, folder),
      work: () => write(temporary),
      made: names.made,
    });
    isRenamed = await giveName(temporary, path, { at, key, options });
  } finally {
    if (!isRenamed) removeTemporary(temporary);
  }
  if (durable) await flushName(at, names, key, folder);
  return etag;
}

interface Naming {
  readonly at: Root;
  readonly key: string;
  readonly options: Omit<PutOptions, "contentType">;
}

/** Whether the file was renamed. Else it has its first name still. */
async function giveName(temporary: string, path: string, { at, key, options }: Naming): Promise<boolean> {
  const { folder } = at;
  const { ifMatch, ifAbsent } = options;
  const exists = () => new StoreConflict(folder, "put", key, "there is an object already");
  if (ifMatch === undefined) {
    const outcome = linkIfAbsent(temporary, path);
    if (outcome === "created") return false;
    if (outcome === "exists" && ifAbsent) throw exists();
  }
  await exclusively(path, async () => {
    const present = statOf(path);
    if (ifAbsent && present) throw exists();
    if (ifMatch !== undefined && (!present || etagOf(present) !== ifMatch)) {
      throw new StoreConflict(folder, "put", key, "the object is another one");
    }
    await renamed(temporary, path);
  });
  return true;
}

/** Some file systems write the content of a file out before it replaces another. Other work goes on meanwhile. */
const renamed = promisify(rename);

/** The file has its name already: a put that fails now did not change nothing. */
async function flushName({ folder: store }: Root, names: FolderNames, key: string, folder: string): Promise<void> {
  try {
    await names.flush(folder);
  } catch (error) {
    const why = `it is written, but may not survive a loss of power: ${(error as Error).message}; check the disk`;
    throw new StoreNotDurable(store, "put", key, why, error);
  }
}
