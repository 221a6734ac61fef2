/** The queue of triggers: one SQS message for each. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { present } from "../base/optional.ts";
import { type Enqueued, writeTrigger } from "./trigger.ts";

export interface Queue {
  /** Delivered after `delay` seconds, at most 900. Throws what the SDK throws. */
  enqueue(trigger: Enqueued, delay?: number): Promise<void>;
}

export function sqsQueue(url: string): Queue {
  const client = new SQSClient({ requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 } });
  return {
    async enqueue(trigger, delay = 0) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: writeTrigger(trigger),
          ...present({ DelaySeconds: delay || undefined }),
        }),
      );
    },
  };
}
