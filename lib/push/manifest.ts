/** The manifest of pushes: which objects of the content store they put, so that the next one knows which are its own. */
import type { Etag } from "../model.ts";
import { readObject, type Store, StoreError } from "../stores/store.ts";

/** Outside the folders of posts and media. */
export const MANIFEST_KEY = ".dripfeed/pushed.json";

export interface Pushed {
  /** SHA-256 of the object that was put, in hexadecimal, and its ETag. */
  readonly digest?: string;
  readonly etag?: Etag;
  /** SHA-256 of what a push is about to put here. Left by a push that failed, which may or may not have put it. */
  readonly next?: string;
}

export interface Manifest {
  readonly files: { readonly [key: string]: Pushed };
  /** ETag of the manifest itself; `undefined` before the first push. */
  readonly etag: Etag | undefined;
}

export async function readManifest(store: Store): Promise<Manifest> {
  const object = await readObject(store, MANIFEST_KEY);
  if (!object) return { files: {}, etag: undefined };
  const { format, files } = parsed(object.body);
  if (format !== 1 || typeof files !== "object" || files === null) {
    const why =
      Number(format) > 1
        ? "it was written by a newer Dripfeed: use that one"
        : "it is damaged: restore a former version, or remove it";
    throw new StoreError(store.name, "get", MANIFEST_KEY, why);
  }
  return { files: files as Manifest["files"], etag: object.etag };
}

/** Replaces the manifest that was read. Throws `StoreConflict` where another push did so first. */
export async function writeManifest(store: Store, { files, etag }: Manifest): Promise<Manifest> {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const body = new TextEncoder().encode(`${JSON.stringify({ format: 1, files: sorted }, null, 1)}\n`);
  const condition = etag === undefined ? { ifAbsent: true as const } : { ifMatch: etag };
  return {
    files: sorted,
    etag: await store.put(MANIFEST_KEY, body, { contentType: "application/json", ...condition }),
  };
}

function parsed(body: Uint8Array): { readonly format?: unknown; readonly files?: unknown } {
  try {
    const value = JSON.parse(new TextDecoder().decode(body));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
