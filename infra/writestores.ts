/** What the buckets need where posts are written from a phone: uploads from the page, and an end for what is kept for a while. */
import { Duration } from "aws-cdk-lib";
import { type BucketProps, HttpMethods, type LifecycleRule } from "aws-cdk-lib/aws-s3";
import { KEPT } from "../lib/base/writing.ts";
import { PASSING_DAYS } from "../lib/write/passing.ts";
import type { Settings } from "./settings.ts";

/**
 * The page sends large files to the bucket itself, in parts, at addresses that are signed for each: the page's origin has to be
 * allowed that (https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html), and nothing else.
 */
export function uploadable({ write, site }: Settings): Pick<BucketProps, "cors"> {
  if (!write) return {};
  const page = { allowedOrigins: [new URL(site.feeds).origin], allowedMethods: [HttpMethods.PUT] };
  return { cors: [{ ...page, allowedHeaders: ["content-type"], exposedHeaders: ["ETag"], maxAge: 3600 }] };
}

/** S3 removes them some time after that. */
export const passing = ({ write }: Settings): readonly LifecycleRule[] =>
  write
    ? Object.entries(PASSING_DAYS).map(([folder, days]) => {
        const prefix = `${KEPT}${folder}/`;
        return { id: `writing ${folder}`, prefix, expiration: Duration.days(days) };
      })
    : [];
