/** `announce`, which the state store's head calls when it changes, and the clock, for what could not be told. */
import { Duration } from "aws-cdk-lib";
import type { Distribution } from "aws-cdk-lib/aws-cloudfront";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as Target } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { CfnBucket } from "aws-cdk-lib/aws-s3";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { lambda } from "./lambda.ts";
import type { Settings } from "./settings.ts";
import type { Buckets } from "./stores.ts";

/** An invalidation takes a minute or two, and has taken ten. */
const TIMEOUT = Duration.minutes(12);

export interface AnnounceProps {
  readonly stores: Buckets;
  readonly distribution: Distribution;
  /** For events on which it failed. */
  readonly dead: IQueue;
}

export function announce(scope: Construct, settings: Settings, props: AnnounceProps): LambdaFunction {
  const { stores, distribution, dead } = props;
  const { content, public: published, state } = stores;
  const made = lambda(scope, settings, {
    name: "announce",
    description: "What was published is told to the CDN and to hubs",
    timeout: TIMEOUT,
    memory: 512, // it waits, mostly
    environment: {
      DRIPFEED_CONTENT: `s3://${content.bucketName}`,
      DRIPFEED_PUBLIC: `s3://${published.bucketName}`,
      DRIPFEED_STATE: `s3://${state.bucketName}`,
      DRIPFEED_DISTRIBUTION: distribution.distributionId,
    },
    stores: [
      { bucket: content, actions: ["s3:GetObject"], keys: "site.yaml" },
      { bucket: published, actions: ["s3:GetObject"], keys: "*" },
      { bucket: state, actions: ["s3:GetObject", "s3:PutObject"], keys: "head.json" },
    ],
    may: [
      new PolicyStatement({
        actions: ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
        resources: [distribution.distributionArn],
      }),
    ],
    dead,
  });
  // Natively, as the triggers do; only what is put by the name of head.json comes through.
  (state.node.defaultChild as CfnBucket).notificationConfiguration = {
    eventBridgeConfiguration: { eventBridgeEnabled: true },
  };
  const target = new Target(made, { deadLetterQueue: dead, retryAttempts: 2 });
  new Rule(scope, "HeadChanged", {
    description: "A run ended: is there something to tell?",
    eventPattern: {
      source: ["aws.s3"],
      detailType: ["Object Created"],
      detail: { bucket: { name: [state.bucketName] }, object: { key: ["head.json"] } },
    },
    targets: [target],
  });
  new Rule(scope, "OutboxLookedAt", {
    description: "What could not be told is told later",
    schedule: Schedule.rate(Duration.minutes(15)),
    targets: [target],
  });
  return made;
}
