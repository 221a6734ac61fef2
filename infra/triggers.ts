/** The queue of triggers and what enqueues them: S3 events, the daily schedule and the timer for what is due. */
import { Aws, Duration, Validations } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue as QueueTarget } from "aws-cdk-lib/aws-events-targets";
import { Effect, PolicyStatement, type Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Bucket, type CfnBucket, type IBucket } from "aws-cdk-lib/aws-s3";
import { CfnSchedule, CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { writeTrigger } from "../lib/triggers/trigger.ts";
import { schedulerRole } from "./scheduler.ts";
import type { Settings } from "./settings.ts";

/**
 * How long Lambda collects messages before it invokes `rebuild`; a batch ends earlier with 10,000 of them, or with 6 MB. A burst
 * of uploads that takes ten seconds fits into one window, in which Lambda begins with five batches
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html): at most five runs, two of them at once. A single edit
 * waits this long too.
 */
export const WINDOW = Duration.seconds(15);

/**
 * Messages that failed are delivered again a minute after the longest run: AWS wants no less than the time-out, and advises six times
 * it, so that no message becomes visible again while it waits for the function
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html). Here a trigger that is delivered twice costs only a scan,
 * and half an hour or more would delay what readers see.
 */
const visibilityOf = ({ run }: Settings): Duration => Duration.minutes(run.minutes + 1);

/**
 * A message fails only when a store does: a run that finds the lease held enqueues a new one. Five deliveries take half an hour, and an
 * hour and a half where runs have fifteen minutes.
 */
const MAX_RECEIVES = 5;

export interface Triggers {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** Of all schedules. */
  readonly group: CfnScheduleGroup;
  /** The one-shot schedule for what is due next, which `rebuild` creates. */
  readonly timer: { readonly name: string; readonly group: string; readonly arn: string; readonly role: Role };
}

export function triggers(scope: Construct, settings: Settings, content: IBucket): Triggers {
  const { name } = settings;
  const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
  const deadLetters = new Queue(scope, "DeadTriggers", {
    ...common,
    queueName: `${name}-triggers-dead`,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(deadLetters).acknowledge({
    id: "Serverless-SQSRedrivePolicy",
    reason: "This is the dead letter queue itself.",
  });
  const queue = new Queue(scope, "Triggers", {
    ...common,
    // A retained bucket goes on to notify the queue of this name: taking it over does not set its notifications anew.
    queueName: `${name}-triggers`,
    visibilityTimeout: visibilityOf(settings),
    retentionPeriod: Duration.days(4),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_RECEIVES },
  });

  if (content instanceof Bucket) enqueueOnChanges(queue, content);
  else enqueueOnEvents(scope, { queue, deadLetters }, content);

  const group = new CfnScheduleGroup(scope, "Timers", { name });
  const role = schedulerRole(scope, "TimerRole", name, "For schedules: enqueue triggers");
  role.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [queue.queueArn] }));
  const daily = new CfnSchedule(scope, "Daily", {
    name: "daily",
    groupName: name,
    description: "A full run: finds changes without a trigger, and repairs documents altered by others",
    scheduleExpression: "cron(17 3 * * ? *)",
    flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 15 },
    target: { arn: queue.queueArn, roleArn: role.roleArn, input: writeTrigger({}) },
  });
  daily.addResourceDependency(group);

  const timer = "due";
  const arn = `arn:${Aws.PARTITION}:scheduler:${Aws.REGION}:${Aws.ACCOUNT_ID}:schedule/${name}/${timer}`;
  return { queue, deadLetters, group, timer: { name: timer, group: name, arn, role } };
}

/** On the CloudFormation resource: the CDK's notifications would add another function and a role with a wildcard. */
function enqueueOnChanges(queue: Queue, content: IBucket): void {
  const bucket = content.node.defaultChild as CfnBucket;
  const arn = `arn:${Aws.PARTITION}:s3:::${bucket.bucketName}`;
  const allowed = queue.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal("s3.amazonaws.com")],
      actions: ["sqs:SendMessage"],
      resources: [queue.queueArn],
      conditions: {
        ArnEquals: { "aws:SourceArn": arn }, // by name: a reference would be circular, since the bucket depends on this policy
        StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID },
      },
    }),
  );
  bucket.notificationConfiguration = {
    queueConfigurations: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"].map((event) => ({
      event,
      queue: queue.queueArn,
    })),
  };
  if (allowed.policyDependable) content.node.addDependency(allowed.policyDependable);
}

/** A bucket of the owner's may notify others already: EventBridge, which the owner turns on for it, leaves these as they are. */
function enqueueOnEvents(
  scope: Construct,
  { queue, deadLetters }: Pick<Triggers, "queue" | "deadLetters">,
  { bucketName }: IBucket,
): void {
  new Rule(scope, "ContentChanged", {
    description: "An object was put into or removed from the content store: enqueues a trigger",
    eventPattern: {
      source: ["aws.s3"],
      detailType: ["Object Created", "Object Deleted"],
      detail: { bucket: { name: [bucketName] } },
    },
    targets: [new QueueTarget(queue, { deadLetterQueue: deadLetters })],
  });
}
