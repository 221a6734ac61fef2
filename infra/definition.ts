/** The state machine in the Amazon States Language: all objects of the content are handed to many functions, then a run is triggered. */
import { Duration } from "aws-cdk-lib";
import { writeTrigger } from "../lib/triggers/trigger.ts";

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

/**
 * A machine that stands still keeps the runs from reading by themselves for no longer than this. No state can catch that this time is over,
 * nor `States.DataLimitExceeded` (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html): the last state is left
 * out, a rule of EventBridge triggers the run (`machine.ts`), and for a day no run begins the machine again (`lib/triggers/machine.ts`).
 */
const LONGEST = Duration.hours(1);

interface Named {
  readonly bucket: string;
  /** ARN of the function. */
  readonly prepare: string;
  /** URL of the queue. */
  readonly queue: string;
}

/** In the Amazon States Language. What children fail on is left to `rebuild`, which is triggered in any case, by the machine or the rule. */
export function definitionOf({ bucket, prepare, queue }: Named): object {
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
