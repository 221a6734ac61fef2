/** Every trigger, on one queue: S3, the clock, a timer for what is due, and whoever else may send to it. */
import { Aws, Duration, Validations } from "aws-cdk-lib";
import { Effect, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Bucket, CfnBucket } from "aws-cdk-lib/aws-s3";
import { CfnSchedule, CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { writeTrigger } from "../lib/triggers/trigger.ts";
import type { Settings } from "./settings.ts";

/** Of `rebuild`. Long enough for 500 documents many times over; a run that needs more goes on in the next. */
export const TIMEOUT = Duration.minutes(5);

/**
 * How long triggers are gathered. A burst of uploads that takes ten seconds fits into one window, and each of the five
 * pollers that SQS begins with brings one batch: at most five runs. A single edit waits this long.
 */
export const WINDOW = Duration.seconds(15);

/**
 * A batch that failed comes again after six minutes, which is longer than any run takes. AWS advises six time-outs, so that no
 * batch waits for a function longer than it is hidden; a trigger that comes twice costs a look, and one that comes late is news
 * that comes late.
 */
const VISIBILITY = Duration.minutes(6);

/** Only a store that fails brings a trigger back, since whoever finds another run writing rings anew. Five are half an hour. */
const RECEIVED_AT_MOST = 5;

export interface Triggers {
  readonly queue: Queue;
  readonly dead: Queue;
  /** The one-shot timer for what is due next, which `rebuild` makes. */
  readonly timer: { readonly name: string; readonly group: string; readonly arn: string; readonly role: Role };
}

export function triggers(scope: Construct, { name }: Settings, content: Bucket): Triggers {
  const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
  const dead = new Queue(scope, "DeadTriggers", { ...common, retentionPeriod: Duration.days(14) });
  Validations.of(dead).acknowledge({
    id: "Serverless-SQSRedrivePolicy",
    reason: "It is where dead letters go; from there they go nowhere.",
  });
  const queue = new Queue(scope, "Triggers", {
    ...common,
    visibilityTimeout: VISIBILITY,
    retentionPeriod: Duration.days(4),
    deadLetterQueue: { queue: dead, maxReceiveCount: RECEIVED_AT_MOST },
  });

  ringOnUploads(queue, content, name);

  const group = new CfnScheduleGroup(scope, "Timers", { name });
  const role = new Role(scope, "TimerRole", {
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
    description: "The clock triggers a run",
  });
  role.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [queue.queueArn] }));
  const daily = new CfnSchedule(scope, "Daily", {
    name: "daily",
    groupName: name,
    description: "A full run: it finds what no trigger told of, and fixes what was altered",
    scheduleExpression: "cron(17 3 * * ? *)",
    flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 15 },
    target: { arn: queue.queueArn, roleArn: role.roleArn, input: writeTrigger({}) },
  });
  daily.addResourceDependency(group);

  const timer = "due";
  const arn = `arn:${Aws.PARTITION}:scheduler:${Aws.REGION}:${Aws.ACCOUNT_ID}:schedule/${name}/${timer}`;
  return { queue, dead, timer: { name: timer, group: name, arn, role } };
}

/** Natively: the CDK's own notifications would bring another function, and a role with a wildcard. */
function ringOnUploads(queue: Queue, content: Bucket, name: string): void {
  const arn = `arn:${Aws.PARTITION}:s3:::${name}-content-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
  const allowed = queue.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal("s3.amazonaws.com")],
      actions: ["sqs:SendMessage"],
      resources: [queue.queueArn],
      conditions: {
        ArnEquals: { "aws:SourceArn": arn }, // by name, since the bucket waits for this policy
        StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID },
      },
    }),
  );
  const bucket = content.node.defaultChild as CfnBucket;
  bucket.notificationConfiguration = {
    queueConfigurations: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"].map((event) => ({
      event,
      queue: queue.queueArn,
    })),
  };
  if (allowed.policyDependable) content.node.addDependency(allowed.policyDependable);
}
