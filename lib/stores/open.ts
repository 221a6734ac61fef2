/** A store by its name: `s3://bucket/prefix`, or else the path of a folder. */
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { present } from "../base/optional.ts";
import { parseS3Name } from "./name.ts";
import type { Store } from "./store.ts";

export interface OpenOptions {
  /** Of a server other than AWS that speaks the protocol of S3. */
  readonly endpoint?: string | undefined;
  /** Where the SDK finds none. */
  readonly region?: string | undefined;
}

/** What stands in the variables that AWS's own SDKs and tools read; the SDK itself does not read `AWS_DEFAULT_REGION`. */
export const storeOptions = (environment: { readonly [name: string]: string | undefined }): OpenOptions => ({
  endpoint: environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"],
  region: environment["AWS_DEFAULT_REGION"],
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
  const [contentPlace, publicPlace, statePlace] = await Promise.all([
    placeOf(names.content),
    placeOf(names.public),
    placeOf(names.state),
  ]);
  if (contentPlace === publicPlace || contentPlace === statePlace) {
    throw new TypeError(
      `${names.content} is the content: name another store with --${contentPlace === publicPlace ? "public" : "state"}`,
    );
  }
  if (statePlace.startsWith(publicPlace)) {
    throw new TypeError(
      `the state store ${names.state} lies in the public store ${names.public}: it is private, so name another with --state`,
    );
  }
  return { content, public: publicStore, state };
}

/** Ends with a slash, so that a place inside another starts with its text. Two names of one folder are one place. */
async function placeOf(name: string): Promise<string> {
  const s3 = parseS3Name(name);
  if (s3) return `s3://${s3.bucket}/${s3.prefix}`;
  return `${await withoutLinks(resolve(name))}/`.replace(/(?<!\/)\/+$/, "/");
}

/** A folder that does not exist yet will be made where the links above it lead. */
async function withoutLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await withoutLinks(parent), basename(path));
  }
}

/** Loads only the adapter that the name calls for. Throws a `TypeError` for a malformed name. */
export async function openStore(name: string, { endpoint, region }: OpenOptions = {}): Promise<Store> {
  const s3 = parseS3Name(name);
  if (!s3) return (await import("./folder.ts")).folderStore(name);
  if (endpoint) assertEndpoint(endpoint, s3.bucket);
  const { s3Store } = await import("./s3.ts");
  return s3Store({ ...s3, ...present({ endpoint: endpoint || undefined, region: region || undefined }) });
}

function assertEndpoint(endpoint: string, bucket: string): void {
  if (!/^https?:\/\//i.test(endpoint) || !URL.canParse(endpoint)) {
    throw new TypeError(`the endpoint ${endpoint} is no URL: write https:// and the name of the server`);
  }
  // The address that Cloudflare's dashboard shows of a bucket.
  if (new URL(endpoint).pathname.split("/").filter(Boolean).at(-1) === bucket) {
    throw new TypeError(`the endpoint ${endpoint} ends with the bucket: write it without /${bucket}`);
  }
}
