/** The state machine that has the posts of a large site read and rendered by many functions at once; and that function, `prepare`. */
import { Aws, Duration, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnStateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import { FINDINGS } from "../lib/state/findings.ts";
import { ENTRIES } from "../lib/state/packs.ts";
import { writeTrigger } from "../lib/triggers/trigger.ts";
import { lambda } from "./lambda.ts";
import type { Settings } from "./settings.ts";
import type { Buckets } from "./stores.ts";
import type { Triggers } from "./triggers.ts";

/**
 * Objects of a batch: some seconds of work for a function, and as many names as its input has room for, 256 KiB
 * (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html).
 */
const BATCH = { MaxItemsPerBatch: 500, MaxInputBytesPerBatch: 200_000 } as const;

/**
 * Functions at once. Each reads some 250 posts a second, and S3 answers 5,500 requests a second for a prefix
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html).
 */
const AT_ONCE = 20;

/** An express workflow, as each child is, has five minutes (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
const TIMEOUT = Duration.minutes(2);

/** A whole processor, and far more memory than 64 posts take. */
const MEMORY = 1769;

/** A machine that stands still keeps the runs from reading by themselves for no longer than this. */
const LONGEST = Duration.hours(1);

/** By name: its own role names it. */
export const machineArn = ({ name }: Pick<Settings, "name">): string =>
  `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:stateMachine:${name}-prepare`;

export function machine(
  scope: Construct,
  settings: Settings,
  { content, state }: Buckets,
  { queue }: Triggers,
): CfnStateMachine {
  const { name } = settings;
  const prepare = lambda(scope, settings, {
    name: "prepare",
    description: "Reads and renders a part of the posts, for rebuild to take up",
    timeout: TIMEOUT,
    memory: MEMORY,
    environment: {
      DRIPFEED_CONTENT: `s3://${content.bucketName}`,
      DRIPFEED_STATE: `s3://${state.bucketName}`,
    },
    stores: [
      { bucket: content, actions: ["s3:GetObject"], keys: "*" },
      { bucket: state, actions: ["s3:PutObject"], keys: `${FINDINGS}*` },
      { bucket: state, actions: ["s3:PutObject"], keys: `${ENTRIES}*` },
    ],
    statements: [],
  });
  Validations.of(prepare).acknowledge({
    id: "Serverless-LambdaDLQ",
    reason: "The state machine waits for its reply, and rebuild reads what it did not.",
  });
  const role = new Role(scope, "PrepareMachineRole", {
    assumedBy: new ServicePrincipal("states.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
    description: "For the state machine: list the content, invoke prepare, enqueue a trigger",
  });
  // As https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html has it.
  const executions = `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:execution:${name}-prepare:*`;
  for (const [actions, resource] of [
    [["s3:ListBucket"], content.bucketArn],
    [["lambda:InvokeFunction"], prepare.functionArn],
    [["sqs:SendMessage"], queue.queueArn],
    [["states:StartExecution"], machineArn(settings)],
    [["states:DescribeExecution", "states:StopExecution"], executions],
  ] as const) {
    role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [resource] }));
  }
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}-prepare:*]`,
    reason: "Executions of the children have names that Step Functions makes.",
  });
  const made = new CfnStateMachine(scope, "PrepareMachine", {
    stateMachineName: `${name}-prepare`,
    stateMachineType: "STANDARD",
    roleArn: role.roleArn,
    definition: definitionOf({ bucket: content.bucketName, prepare: prepare.functionArn, queue: queue.queueUrl }),
  });
  made.node.addDependency(role);
  Validations.of(made).acknowledge(
    {
      id: "AwsSolutions-SF1",
      reason:
        "It has two states, whose history Step Functions keeps for ninety days; what children do is in the log of prepare.",
    },
    { id: "AwsSolutions-SF2", reason: "The functions are traced; beside them the machine does nothing." },
    { id: "Serverless-StepFunctionStateMachineXray", reason: "The functions are traced; beside them it does nothing." },
  );
  return made;
}

interface Named {
  readonly bucket: string;
  /** ARN of the function. */
  readonly prepare: string;
  /** URL of the queue. */
  readonly queue: string;
}

/** In the Amazon States Language. What children fail on is left to `rebuild`, which is triggered in any case. */
function definitionOf({ bucket, prepare, queue }: Named): object {
  const invoke = {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Parameters: { FunctionName: prepare, "Payload.$": "$" },
    // https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception
    Retry: [
      {
        ErrorEquals: ["ServiceException", "AWSLambdaException", "SdkClientException", "TooManyRequestsException"].map(
          (error) => `Lambda.${error}`,
        ),
        IntervalSeconds: 2,
        MaxAttempts: 5,
        BackoffRate: 2,
      },
    ],
    // The results of all batches together are one state's output, of at most 256 KiB.
    ResultSelector: { "rendered.$": "$.Payload.rendered" },
    End: true,
  };
  const trigger = {
    Type: "Task",
    Resource: "arn:aws:states:::sqs:sendMessage",
    Parameters: { QueueUrl: queue, MessageBody: writeTrigger({ prepared: true }) },
    Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 5, MaxAttempts: 5, BackoffRate: 2 }],
    End: true,
  };
  const map = {
    Type: "Map",
    ItemReader: { Resource: "arn:aws:states:::s3:listObjectsV2", Parameters: { Bucket: bucket } },
    ItemSelector: { "Key.$": "$$.Map.Item.Value.Key" },
    ItemBatcher: BATCH,
    MaxConcurrency: AT_ONCE,
    ToleratedFailurePercentage: 100,
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
      StartAt: "Invoke",
      States: { Invoke: invoke },
    },
    Catch: [{ ErrorEquals: ["States.ALL"], Next: "Trigger" }],
    Next: "Trigger",
  };
  return {
    Comment: "Reads and renders all posts at once, then triggers a run that takes up what was made",
    StartAt: "Prepare",
    TimeoutSeconds: LONGEST.toSeconds(),
    States: { Prepare: map, Trigger: trigger },
  };
}
