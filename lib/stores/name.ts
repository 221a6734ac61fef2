/** The names of stores: `s3://bucket/prefix`, or else the path of a folder. */

export interface S3Name {
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
}

/** `undefined` for the path of a folder. Throws a `TypeError` for a malformed name. */
export function parseS3Name(name: string): S3Name | undefined {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(name)?.[1]?.toLowerCase();
  if (scheme === undefined) return undefined;
  if (scheme !== "s3") throw new TypeError(`${name}: a store is a folder or s3://bucket/prefix`);
  const [, bucket, path = ""] = /^s3:\/\/([^/]+)(?:\/(.*))?$/i.exec(name) ?? [];
  if (!bucket) throw new TypeError(`${name} names no bucket: write s3://bucket or s3://bucket/prefix`);
  const prefix = path.split("/").filter(Boolean).join("/");
  return { bucket, prefix: prefix === "" ? "" : `${prefix}/` };
}
