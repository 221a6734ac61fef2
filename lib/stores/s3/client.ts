/** The client that speaks to a bucket's server. */
import { S3Client } from "@aws-sdk/client-s3";
import { present } from "../../base/optional.ts";
import type { S3Options } from "./options.ts";

const MAX_CONNECTIONS = 64;

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
