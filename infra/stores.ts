/** The buckets of the three stores and of logs: private, encrypted, reachable only over TLS. */
import { Aws, Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
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

export interface Buckets {
  readonly content: Bucket;
  readonly public: Bucket;
  readonly state: Bucket;
  readonly logs: Bucket;
}

/** Prefix of the CDN's access logs. */
export const CDN_LOGS = "cdn/";

/** Prefix of the marks that `webhook` makes for accepted deliveries. */
export const DELIVERIES = "deliveries/";

export function buckets(scope: Construct, { name, retention, deleteBuckets }: Settings): Buckets {
  const bucket = (id: string, props: BucketProps) =>
    new Bucket(scope, id, {
      // A fixed name: a later deployment can take over the bucket of a former one, and with it every id.
      bucketName: `${name}-${id.toLowerCase()}-${Aws.ACCOUNT_ID}-${Aws.REGION}`,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: deleteBuckets ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
      autoDeleteObjects: deleteBuckets,
      ...props,
    });
  const incomplete = { id: "incomplete uploads", abortIncompleteMultipartUploadAfter: Duration.days(1) };
  const former = { id: "former versions", noncurrentVersionExpiration: Duration.days(retention.versions) };

  const logs = bucket("Logs", {
    lifecycleRules: [incomplete, { id: "old logs", expiration: Duration.days(retention.logs) }],
  });
  Validations.of(logs).acknowledge({
    id: "AwsSolutions-S1",
    reason: "This is the bucket of the access logs; logging access to it would itself be logged, without end.",
  });
  const logsBucket = logs as IBucket; // its type differs only under exactOptionalPropertyTypes
  const logged = (prefix: string) => ({ serverAccessLogsBucket: logsBucket, serverAccessLogsPrefix: `s3/${prefix}/` });
  return {
    logs,
    content: bucket("Content", { versioned: true, lifecycleRules: [incomplete, former], ...logged("content") }),
    // Not versioned: it can be published again from content and state.
    public: bucket("Public", { lifecycleRules: [incomplete], ...logged("public") }),
    state: bucket("State", {
      versioned: true,
      lifecycleRules: [
        incomplete,
        former,
        // GitHub lets a delivery be repeated for three days.
        { id: "deliveries", prefix: DELIVERIES, expiration: Duration.days(7) },
        // The next runs take them up, or read the posts anew.
        { id: "findings", prefix: FINDINGS, expiration: Duration.days(7) },
      ],
      ...logged("state"),
    }),
  };
}
