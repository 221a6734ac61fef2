/** A store by its name: `s3://bucket/prefix`, or else the path of a folder. */
import { present } from "../base/optional.ts";
import { parseS3Name } from "./name.ts";
import { assertApart, placeOfBucket, placeOfFolder, type StorePlace } from "./places.ts";
import type { Store } from "./store.ts";
import type { Uploads } from "./uploads.ts";

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
  const [inContent, inPublic, inState] = await Promise.all([
    placed(names.content),
    placed(names.public),
    placed(names.state),
  ]);
  assertApart({ content: inContent, public: inPublic, state: inState }, (store) => `with --${store}`);
  return { content, public: publicStore, state };
}

async function placed(name: string): Promise<StorePlace> {
  const s3 = parseS3Name(name);
  return { name, place: s3 ? placeOfBucket(s3) : await placeOfFolder(name) };
}

/** Loads only the adapter that the name calls for. Throws a `TypeError` for a malformed name. */
export async function openStore(name: string, options: OpenOptions = {}): Promise<Store> {
  const s3 = bucketOf(name, options);
  return s3 ? (await import("./s3.ts")).s3Store(s3) : (await import("./folder.ts")).folderStore(name);
}

/** Of the store that `openStore` opens by the same name. `parts`: the folder where those for a folder wait, if it is another one. */
export async function openUploads(
  name: string,
  options: OpenOptions & { readonly parts?: string } = {},
): Promise<Uploads> {
  const s3 = bucketOf(name, options);
  if (s3) return (await import("./s3/uploads.ts")).s3Uploads(s3);
  return (await import("./folder/uploads.ts")).folderUploads(name, options.parts);
}

function bucketOf(name: string, { endpoint, region }: OpenOptions) {
  const s3 = parseS3Name(name);
  if (s3 && endpoint) assertEndpoint(endpoint, s3.bucket);
  return s3 && { ...s3, ...present({ endpoint: endpoint || undefined, region: region || undefined }) };
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
