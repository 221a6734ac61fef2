/** What the buckets need where posts are written from a phone: uploads from the page, and an end for what is kept for a while. */
import { Duration } from "aws-cdk-lib";
import { type BucketProps, HttpMethods, type LifecycleRule } from "aws-cdk-lib/aws-s3";
import { KEPT } from "../lib/base/writing.ts";
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

/** Days for which objects are of use after they were written, rounded up; S3 removes them some time after that. */
const PASSING: { readonly [folder: string]: number } = {
  challenges: 1,
  codes: 2,
  grants: 1,
  limits: 1,
  uploads: 2,
  // A phone without a network may repeat what it sent weeks ago.
  created: 60,
};

export const passing = ({ write }: Settings): readonly LifecycleRule[] =>
  write
    ? Object.entries(PASSING).map(([folder, days]) => {
        const prefix = `${KEPT}${folder}/`;
        return { id: `writing ${folder}`, prefix, expiration: Duration.days(days) };
      })
    : [];
