/** Which bucket a store is in. Programs see this type, so it names none of the SDK. */

export interface S3Options {
  /** It has to exist. */
  readonly bucket: string;
  /** What keys begin with in the bucket: empty, or ends with a slash. */
  readonly prefix: string;
  /** The URL of a server other than AWS; buckets are then addressed by path. */
  readonly endpoint?: string;
  /** Where the SDK finds none. Servers other than AWS have none of their own, and take the first one of AWS. */
  readonly region?: string;
  /** Milliseconds to wait for a reply. */
  readonly requestTimeout?: number;
}

/** For messages. Throws a `TypeError` for a prefix without a slash at its end. */
export function nameOfBucket({ bucket, prefix }: Pick<S3Options, "bucket" | "prefix">): string {
  if (prefix !== "" && !prefix.endsWith("/")) {
    throw new TypeError(`the prefix ${prefix} has no slash at its end: write ${prefix}/`);
  }
  return `s3://${bucket}/${prefix}`.replace(/\/$/, "");
}
