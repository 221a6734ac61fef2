/** What pushes have put: kept beside it, so that the next one knows what is ours. */
import type { Etag } from "../model.ts";
import { readObject, type Store, StoreError } from "../stores/store.ts";

/** No post is there, and no media. */
export const MANIFEST_KEY = ".dripfeed/pushed.json";

export interface Pushed {
  /** SHA-256 of what was put, in hexadecimal, and the ETag that it got. */
  readonly digest?: string;
  readonly etag?: Etag;
  /** SHA-256 of what a push set out to put here: whether it came to it is to be seen. */
  readonly next?: string;
}

export interface Manifest {
  readonly files: { readonly [key: string]: Pushed };
  /** Of the object that says so; nothing before the first push. */
  readonly etag: Etag | undefined;
}

export async function readManifest(store: Store): Promise<Manifest> {
  const object = await readObject(store, MANIFEST_KEY);
  if (!object) return { files: {}, etag: undefined };
  const { format, files } = parsed(object.body);
  if (format !== 1 || typeof files !== "object" || files === null) {
    const why =
      Number(format) > 1 ? "it is of a newer Dripfeed" : "it is damaged: bring a former version back, or remove it";
    throw new StoreError(store.name, "get", MANIFEST_KEY, why);
  }
  return { files: files as Manifest["files"], etag: object.etag };
}

/** Over exactly the one that was read. Throws `StoreConflict` where another push was quicker. */
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
