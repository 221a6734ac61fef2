/** The buckets of the three stores and of logs: private, encrypted, reachable only over TLS. */
import { Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { FINDINGS } from "../lib/state/findings.ts";
import type { Settings } from "./settings.ts";
import { passing, uploadable } from "./writestores.ts";

export interface Buckets {
  /** Made by the stack, or the owner's own. */
  readonly content: IBucket;
  readonly public: IBucket;
  readonly state: IBucket;
  readonly logs: IBucket;
}

/** Prefix of the CDN's access logs. */
export const CDN_LOGS = "cdn/";

/** Prefix of the marks that `webhook` makes for what it has enqueued. */
export const DELIVERIES = "deliveries/";

/**
 * The account that this is synthesised for is in the name: a later deployment takes over the bucket of a former one, and with it
 * every id, only if the template has a name without references.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
 */
const nameOf = (scope: Construct, name: string, store: string): string =>
  `${name}-${store}-${Stack.of(scope).account}-${Stack.of(scope).region}`;

export function buckets(scope: Construct, settings: Settings): Buckets {
  const { name, contentBucket, retention, deleteBuckets } = settings;
  const bucket = (id: string, props: BucketProps) =>
    new Bucket(scope, id, {
      bucketName: nameOf(scope, name, id.toLowerCase()),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Retained, but for those that a deployment made before it failed: they are empty, and in the way of the next one.
      removalPolicy: deleteBuckets ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      autoDeleteObjects: deleteBuckets,
      ...props,
    }) as IBucket; // its type differs only under exactOptionalPropertyTypes
  const incomplete = { id: "incomplete uploads", abortIncompleteMultipartUploadAfter: Duration.days(1) };
  const former = {
    id: "former versions",
    noncurrentVersionExpiration: Duration.days(retention.versions),
    // What is left of a removed object whose last version has expired would stay, and be gone through by each listing.
    expiredObjectDeleteMarker: true,
  };

  const logs = bucket("Logs", {
    lifecycleRules: [incomplete, { id: "old logs", expiration: Duration.days(retention.logs) }],
  });
  Validations.of(logs).acknowledge({
    id: "AwsSolutions-S1",
    reason: "This is the bucket of the access logs; logging access to it would itself be logged, without end.",
  });
  const logged = (prefix: string) => ({ serverAccessLogsBucket: logs, serverAccessLogsPrefix: `s3/${prefix}/` });
  return {
    logs,
    content:
      contentBucket === undefined
        ? bucket("Content", {
            versioned: true,
            lifecycleRules: [incomplete, former],
            ...logged("content"),
            ...uploadable(settings),
          })
        : Bucket.fromBucketName(scope, "Content", contentBucket),
    // Not versioned: it can be published again from content and state.
    public: bucket("Public", { lifecycleRules: [incomplete], ...logged("public") }),
    state: bucket("State", {
      versioned: true,
      lifecycleRules: [
        incomplete,
        former,
        // A mark counts for five minutes; a day is the least that S3 offers.
        { id: "deliveries", prefix: DELIVERIES, expiration: Duration.days(1) },
        // The next runs take them up, or read the posts anew.
        { id: "findings", prefix: FINDINGS, expiration: Duration.days(7) },
        ...passing(settings),
      ],
      ...logged("state"),
    }),
  };
}
