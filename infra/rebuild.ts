/** `rebuild`, invoked with the triggers of the queue. */

import { Duration, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { CfnEventSourceMapping, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { lambda } from "./lambda.ts";
import { machineArn } from "./machine.ts";
import type { Settings } from "./settings.ts";
import type { Buckets } from "./stores.ts";
import { type Triggers, WINDOW } from "./triggers.ts";

export function rebuild(
  scope: Construct,
  settings: Settings,
  stores: Buckets,
  { queue, timer }: Triggers,
): LambdaFunction {
  const machine = settings.parallel ? machineArn(settings) : undefined;
  const { content, public: published, state } = stores;
  const made = lambda(scope, settings, {
    name: "rebuild",
    description: "Publishes the feeds that a trigger concerns",
    // A run that needs longer goes on in the next one.
    timeout: Duration.minutes(settings.run.minutes),
    memory: settings.run.memory,
    environment: {
      DRIPFEED_CONTENT: `s3://${content.bucketName}`,
      DRIPFEED_PUBLIC: `s3://${published.bucketName}`,
      DRIPFEED_STATE: `s3://${state.bucketName}`,
      DRIPFEED_QUEUE_URL: queue.queueUrl,
      DRIPFEED_QUEUE_ARN: queue.queueArn,
      DRIPFEED_TIMER: timer.name,
      DRIPFEED_TIMER_GROUP: timer.group,
      DRIPFEED_TIMER_ROLE: timer.role.roleArn,
      ...(machine !== undefined && { DRIPFEED_MACHINE: machine }),
    },
    stores: [
      { bucket: content, actions: ["s3:GetObject"], keys: "*" },
      { bucket: published, actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], keys: "*" },
      { bucket: state, actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], keys: "*" },
    ],
    statements: [
      new PolicyStatement({
        actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:SendMessage"],
        resources: [queue.queueArn],
      }),
      new PolicyStatement({
        actions: ["scheduler:CreateSchedule", "scheduler:UpdateSchedule"],
        resources: [timer.arn],
      }),
      new PolicyStatement({
        actions: ["iam:PassRole"],
        resources: [timer.role.roleArn],
        conditions: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
      }),
      ...(machine === undefined
        ? []
        : [
            new PolicyStatement({
              actions: ["states:ListExecutions", "states:StartExecution"],
              resources: [machine],
            }),
          ]),
    ],
  });
  const mapping = new CfnEventSourceMapping(scope, "TriggersInvokeRebuild", {
    functionName: made.functionName,
    eventSourceArn: queue.queueArn,
    // The most that AWS allows. A batch has at most 6 MB, too: some thousands of events of S3, each with what SQS says of it.
    batchSize: 10_000,
    maximumBatchingWindowInSeconds: WINDOW.toSeconds(),
    // The minimum that AWS allows: one run writes while another waits for the lease.
    scalingConfig: { maximumConcurrency: 2 },
  });
  mapping.node.addDependency(made.role ?? made);
  Validations.of(mapping).acknowledge({
    id: "Serverless-LambdaEventSourceMappingDestination",
    reason: "SQS event sources have no failure destination; the dead letter queue keeps what fails.",
  });
  Validations.of(made).acknowledge({
    id: "Serverless-LambdaDLQ",
    reason: "It is invoked by the queue, which has a dead letter queue, and by people who wait for the reply.",
  });
  return made;
}
