/** A store by its name: `s3://bucket/prefix`, or else the path of a folder. */
import { resolve } from "node:path";
import { present } from "../base/optional.ts";
import { parseS3Name } from "./name.ts";
import type { Store } from "./store.ts";

export interface OpenOptions {
  /** Of a server other than AWS that speaks the protocol of S3. */
  readonly endpoint?: string | undefined;
}

/** The endpoint in the variables that AWS's own SDKs and tools read. */
export const storeOptions = (environment: { readonly [name: string]: string | undefined }): OpenOptions => ({
  endpoint: environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"],
});

export interface Stores {
  readonly content: Store;
  readonly public: Store;
  readonly state: Store;
}

/** The three stores of a run. Throws a `TypeError` for a malformed name, and where one store would lie inside another. */
export async function openStores(
  names: { readonly content: string; readonly public: string; readonly state: string },
  options: OpenOptions = {},
): Promise<Stores> {
  const [content, publicStore, state] = await Promise.all([
    openStore(names.content, options),
    openStore(names.public, options),
    openStore(names.state, options),
  ]);
  const places = { content: placeOf(names.content), public: placeOf(names.public), state: placeOf(names.state) };
  if (places.content === places.public || places.content === places.state) {
    throw new TypeError(`${names.content} is the content: publish to another store`);
  }
  if (places.state.startsWith(places.public)) {
    throw new TypeError(
      `the state store ${names.state} lies in the public store ${names.public}: it is private, so put it elsewhere`,
    );
  }
  return { content, public: publicStore, state };
}

/** Ends with a slash, so that a place inside another starts with its text. */
function placeOf(name: string): string {
  const s3 = parseS3Name(name);
  return s3 ? `s3://${s3.bucket}/${s3.prefix}` : `${resolve(name)}/`.replace(/\/+$/, "/");
}

/** Loads only the adapter that the name calls for. Throws a `TypeError` for a malformed name. */
export async function openStore(name: string, { endpoint }: OpenOptions = {}): Promise<Store> {
  const s3 = parseS3Name(name);
  if (!s3) return (await import("./folder.ts")).folderStore(name);
  const { s3Store } = await import("./s3.ts");
  return s3Store({ ...s3, ...present({ endpoint: endpoint || undefined }) });
}
