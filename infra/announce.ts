/** `announce`, invoked when the state store's head changes, and every 15 minutes to retry what failed, or to check what is served. */
import { Duration } from "aws-cdk-lib";
import type { IDistribution } from "aws-cdk-lib/aws-cloudfront";
import { Rule, RuleTargetInput, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as Target } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { CfnBucket } from "aws-cdk-lib/aws-s3";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { lambda } from "./lambda.ts";
import type { Settings } from "./settings.ts";
import type { Buckets } from "./stores.ts";

/** Most invalidations complete within two minutes; some have taken ten. */
const TIMEOUT = Duration.minutes(12);

export interface AnnounceProps {
  readonly stores: Buckets;
  readonly distribution: IDistribution;
  /** Receives the events on which it failed. */
  readonly deadLetters: IQueue;
}

export function announce(scope: Construct, settings: Settings, props: AnnounceProps): LambdaFunction {
  const { stores, distribution, deadLetters } = props;
  const { content, public: published, state } = stores;
  const announcer = lambda(scope, settings, {
    name: "announce",
    description: "Announces what was published: invalidates the CDN and notifies hubs",
    timeout: TIMEOUT,
    memory: 512, // most of its time it waits
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
      { bucket: state, actions: ["s3:GetObject", "s3:PutObject"], keys: "announcing.json" },
    ],
    statements: [
      new PolicyStatement({
        actions: ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
        resources: [distribution.distributionArn],
      }),
    ],
    deadLetters,
  });
  // On the CloudFormation resource, as for the triggers; the rule below passes only puts of head.json.
  (state.node.defaultChild as CfnBucket).notificationConfiguration = {
    eventBridgeConfiguration: { eventBridgeEnabled: true },
  };
  const retrying = { deadLetterQueue: deadLetters, retryAttempts: 2 };
  new Rule(scope, "HeadChanged", {
    description: "The head of the state store changed: announces its outbox",
    eventPattern: {
      source: ["aws.s3"],
      detailType: ["Object Created"],
      detail: { bucket: { name: [state.bucketName] }, object: { key: ["head.json"] } },
    },
    targets: [new Target(announcer, retrying)],
  });
  new Rule(scope, "OutboxRetried", {
    description: "Announces again what failed before; else checks that the site's address serves what was published",
    schedule: Schedule.rate(Duration.minutes(15)),
    targets: [new Target(announcer, { ...retrying, event: RuleTargetInput.fromObject({ check: true }) })],
  });
  return announcer;
}
