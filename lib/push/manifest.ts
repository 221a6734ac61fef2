/** The manifest of pushes: which objects of the content store they put, so that the next one knows which are its own. */
import type { Etag } from "../model.ts";
import { readObject, type Store, StoreError } from "../stores/store.ts";

/** Outside the folders of posts and media. */
export const MANIFEST_KEY = ".dripfeed/pushed.json";

export interface Pushed {
  /** SHA-256 of the object that was put, in hexadecimal, and its ETag. */
  readonly digest?: string;
  readonly etag?: Etag;
  /** SHA-256 of what a push is about to put here, `null` where it is about to remove it. Left by a push that failed, which may or may not have done so. */
  readonly next?: string | null;
}

export interface Manifest {
  readonly files: { readonly [key: string]: Pushed };
  /** Of what pulls brought (`seen.ts`), the marks of what a push has brought back since: from then on `files` says more. */
  readonly taken: { readonly [key: string]: readonly string[] };
  /** ETag of the manifest itself; `undefined` before the first push. */
  readonly etag: Etag | undefined;
}

export async function readManifest(store: Store): Promise<Manifest> {
  const object = await readObject(store, MANIFEST_KEY);
  if (!object) return { files: {}, taken: {}, etag: undefined };
  const { format, files, taken = {} } = parsed(object.body);
  if (format !== 1 || !isMap(files) || !isMap(taken)) {
    const why =
      Number(format) > 1
        ? "it was written by a newer Dripfeed: use that one"
        : "it is damaged: restore a former version, or remove it";
    throw new StoreError(store.name, "get", MANIFEST_KEY, why);
  }
  return { files: files as Manifest["files"], taken: taken as Manifest["taken"], etag: object.etag };
}

/** Replaces the manifest that was read. Throws `StoreConflict` where another push did so first. */
export async function writeManifest(store: Store, { files, taken, etag }: Manifest): Promise<Manifest> {
  const marks = Object.keys(taken).length > 0 ? { taken: sorted(taken) } : {};
  const body = new TextEncoder().encode(`${JSON.stringify({ format: 1, files: sorted(files), ...marks }, null, 1)}\n`);
  const condition = etag === undefined ? { ifAbsent: true as const } : { ifMatch: etag };
  return {
    files,
    taken,
    etag: await store.put(MANIFEST_KEY, body, { contentType: "application/json", ...condition }),
  };
}

/** By their keys, so that one that changes is one line. */
export const sorted = <T>(map: { readonly [key: string]: T }): { readonly [key: string]: T } =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

const isMap = (value: unknown): boolean => typeof value === "object" && value !== null;

function parsed(body: Uint8Array): { readonly format?: unknown; readonly files?: unknown; readonly taken?: unknown } {
  try {
    const value = JSON.parse(new TextDecoder().decode(body));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
