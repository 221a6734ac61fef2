/** The client that speaks to a bucket's server. */
import { S3Client } from "@aws-sdk/client-s3";
import { present } from "../../base/optional.ts";

const MAX_CONNECTIONS = 64;

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

export function s3Client({
  endpoint,
  region,
  requestTimeout = 30_000,
}: Omit<S3Options, "bucket" | "prefix">): S3Client {
  const isElsewhere = endpoint !== undefined;
  return new S3Client({
    ...present({
      endpoint,
      forcePathStyle: isElsewhere ? true : undefined,
      region: regionOr(region ?? (isElsewhere ? "us-east-1" : undefined)),
    }),
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: MAX_CONNECTIONS },
      httpsAgent: { keepAlive: true, maxSockets: MAX_CONNECTIONS },
    },
    // Other servers support few of the newer checksums; TLS and the ETag protect the bytes.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
}

/** The region that the SDK finds, else the other one; it is looked for at the first request. */
function regionOr(other: string | undefined): (() => Promise<string>) | undefined {
  if (other === undefined) return undefined;
  let region: Promise<string> | undefined;
  return () => {
    region ??= new S3Client({}).config.region().catch(() => other);
    return region;
  };
}
