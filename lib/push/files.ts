/** The files of a folder that a push brings up, by their keys in the content store. */
import { createHash } from "node:crypto";
import type { Etag } from "../model.ts";
import { flawOfKey, readObject, type Store, StoreUnreadable } from "../stores/store.ts";
import type { File } from "./plan.ts";

/** Files that cannot be pushed as they are; the message names all of them. */
export class PushError extends Error {
  override readonly name = "PushError";
}

export interface Files {
  readonly files: readonly File[];
  /** Key in the content store → where it is in the folder, and as what. */
  readonly sources: ReadonlyMap<string, { readonly source: string; readonly etag: Etag }>;
  /** Keys of files that are not pushed. Their objects, if they have any, stay. */
  readonly left: readonly { readonly key: string; readonly why: string }[];
}

/** Larger files are not read: the store reads an object as a whole. */
export const MAX_BYTES = 1024 ** 3;

/** Leaves out hidden files, `node_modules`, and what editors and operating systems leave behind. */
export const isContent = (key: string): boolean =>
  !key.split("/").some((part) => /^\.|^node_modules$|~$|^(?:Thumbs\.db|desktop\.ini|#.*#)$|\.sw[a-p]$/.test(part));

/** Throws a `PushError` for files whose names are one key in the store. Only keys that are `wanted` are read. */
export async function readFiles(from: Store, wanted: (key: string) => boolean = isContent): Promise<Files> {
  const found: { readonly source: string; readonly key: string; readonly size: number }[] = [];
  for await (const { key: source, size } of from.list("")) {
    // File systems differ in how they encode é; URLs and Markdown have it composed.
    if (wanted(source)) found.push({ source, key: source.normalize("NFC"), size });
  }
  const twice = [...Map.groupBy(found, ({ key }) => key)].filter(([, same]) => same.length > 1);
  if (twice.length > 0) {
    const lines = twice.map(
      ([key, same]) => `${key}: ${same.length} files have this name, spelt differently; keep one`,
    );
    throw new PushError(lines.join("\n"));
  }
  const files: File[] = [];
  const left: Files["left"][number][] = [];
  const sources = new Map<string, { readonly source: string; readonly etag: Etag }>();
  for (const { source, key, size } of found) {
    const why = size > MAX_BYTES ? "larger than 1 GiB: upload it by other means" : flawOfKey(source);
    const read = why === undefined ? await readBody(from, source) : { why };
    if (read === undefined) continue; // removed since it was listed
    if ("why" in read) left.push({ key, why: read.why });
    else {
      files.push({ key, digest: sha256(read.body), size: read.body.length });
      sources.set(key, { source, etag: read.etag });
    }
  }
  return { files, sources, left };
}

/** The bytes, or why they cannot be read. */
async function readBody(
  from: Store,
  source: string,
): Promise<{ readonly body: Uint8Array; readonly etag: Etag } | { readonly why: string } | undefined> {
  try {
    return await readObject(from, source);
  } catch (error) {
    if (error instanceof StoreUnreadable) return { why: error.message };
    throw error;
  }
}

export const sha256 = (body: Uint8Array): string => createHash("sha256").update(body).digest("hex");
