/** A store by its name: `s3://bucket/prefix`, or else the path of a folder. */
import { resolve } from "node:path";
import { parseS3Name } from "./name.ts";
import type { Store } from "./store.ts";

export interface OpenOptions {
  /** `AWS_ENDPOINT_URL_S3`: an S3 other than AWS. */
  readonly endpoint?: string | undefined;
}

export interface Stores {
  readonly content: Store;
  readonly public: Store;
  readonly state: Store;
}

/** The three stores of a run. Throws a `TypeError` on names that are none, or that would have one lie in another. */
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
      `the state store ${names.state} lies in the public store ${names.public}: it is nobody's business`,
    );
  }
  return { content, public: publicStore, state };
}

/** Ends with a slash, so that what starts with it lies in it. */
function placeOf(name: string): string {
  const s3 = parseS3Name(name);
  return s3 ? `s3://${s3.bucket}/${s3.prefix}` : `${resolve(name)}/`.replace(/\/+$/, "/");
}

/** The SDK is loaded only when a bucket is named, and what folders need for a folder. Throws a `TypeError` on a name that is none. */
export async function openStore(name: string, { endpoint }: OpenOptions = {}): Promise<Store> {
  const s3 = parseS3Name(name);
  if (!s3) return (await import("./folder.ts")).folderStore(name);
  const { s3Store } = await import("./s3.ts");
  return s3Store({ ...s3, ...(endpoint && { endpoint }) });
}
