/** The queue on which every bell rings: a message of SQS for each. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type Bell, writeBell } from "./bell.ts";

export interface Queue {
  /** Rings after `delay` seconds, at most 900. Throws what the SDK throws. */
  ring(bell: Pick<Bell, "hints">, delay?: number): Promise<void>;
}

export function sqsQueue(url: string): Queue {
  const client = new SQSClient({ requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 } });
  return {
    async ring(bell, delay = 0) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: writeBell(bell),
          ...(delay > 0 && { DelaySeconds: delay }),
        }),
      );
    },
  };
}
