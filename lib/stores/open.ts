/** A store by its name: `s3://bucket/prefix`, or else the path of a folder. */
import { folderStore } from "./folder.ts";
import type { Store } from "./store.ts";

export interface OpenOptions {
  /** `AWS_ENDPOINT_URL_S3`: an S3 other than AWS. */
  readonly endpoint?: string | undefined;
}

/** The SDK is loaded only when a bucket is named. Throws a `TypeError` on a name that is neither. */
export async function openStore(name: string, { endpoint }: OpenOptions = {}): Promise<Store> {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(name)?.[1]?.toLowerCase();
  if (scheme === undefined) return folderStore(name);
  if (scheme !== "s3") throw new TypeError(`${name}: a store is a folder or s3://bucket/prefix`);
  const match = /^s3:\/\/([^/]+)\/?(.*)$/i.exec(name);
  const bucket = match?.[1];
  if (!bucket) throw new TypeError(`${name} names no bucket: write s3://bucket or s3://bucket/prefix`);
  const prefix = match[2]?.replace(/\/*$/, "/").replace(/^\/+/, "") ?? "";
  const { s3Store } = await import("./s3.ts");
  return s3Store({ bucket, prefix, ...(endpoint && { endpoint }) });
}
