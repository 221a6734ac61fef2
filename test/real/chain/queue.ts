/**
 * The queue between a bucket and a function, with everything that AWS does not guarantee: batches of any size, several
 * pollers, concurrent deliveries, duplicates and any order; failed messages are delivered again.
 */
import { createHash, randomUUID } from "node:crypto";
import type { Report } from "../../../lib/publish/types.ts";
import { type Served, serve } from "../../support/loopback.ts";
import type { Environment } from "./lambda.ts";

export interface Delivery {
  /** Number of messages. */
  readonly size: number;
  /** The function's result, or why it failed. */
  readonly report: Report | undefined;
  readonly failed: string | undefined;
}

export interface Behavior {
  /** For how many milliseconds a poller collects messages. */
  window: number;
  /** The most messages of a batch; called for each. */
  batchSize: () => number;
  /** The share of messages that are delivered twice. */
  duplicates: number;
  pollers: number;
  /** After how many milliseconds a failed batch is delivered again. */
  visibility: number;
}

export interface Queue {
  /** Receives the bucket's notifications, and the messages that functions send. */
  readonly origin: string;
  readonly behavior: Behavior;
  readonly deliveries: readonly Delivery[];
  readonly dead: readonly string[];
  /** The environments to invoke, each with one delivery at a time. */
  connect(environments: readonly Environment[]): void;
  /** No message waits, and no delivery is in progress. */
  isIdle(): boolean;
  close(): Promise<void>;
}

interface Message {
  readonly id: string;
  readonly body: string;
  readonly receives: number;
  /** When it was first sent. */
  readonly sent: number;
  readonly visibleAt: number;
}

const MAX_RECEIVES = 5;

export async function openQueue(random: () => number): Promise<Queue> {
  const behavior: Behavior = {
    window: 300,
    batchSize: () => 1 + Math.floor(random() * 1000),
    duplicates: 0.1,
    pollers: 1,
    visibility: 1000,
  };
  const deliveries: Delivery[] = [];
  const dead: string[] = [];
  let free: Environment[] = [];
  let waiting: Message[] = [];
  /** What each poller has collected, and since when. */
  let gathered: { messages: Message[]; since: number }[] = [];
  let underWay = 0;
  let hasEnded = false;

  const send = (body: string, delay = 0, receives = 0, sent = Date.now()) => {
    waiting.push({ id: randomUUID(), body, receives, sent, visibleAt: Date.now() + delay });
  };

  async function deliver(messages: readonly Message[]): Promise<void> {
    const environment = free.pop();
    if (!environment) return;
    underWay += 1;
    const invoking = environment.invoke({ Records: shuffled(messages, random).map(recordOf) });
    try {
      const report = (await invoking) as Report;
      deliveries.push({ size: messages.length, report, failed: undefined });
      for (const message of messages) if (random() < behavior.duplicates) send(message.body, random() * 500);
    } catch (error) {
      deliveries.push({ size: messages.length, report: undefined, failed: (error as Error).message });
      for (const { body, receives, sent } of messages) {
        if (receives + 1 === MAX_RECEIVES) dead.push(body);
        else send(body, behavior.visibility, receives + 1, sent);
      }
    } finally {
      free.push(environment);
      underWay -= 1;
    }
  }

  /** Distributes visible messages among the pollers; each whose window has passed delivers a batch. */
  function poll(): void {
    const now = Date.now();
    const visible = waiting.filter(({ visibleAt }) => visibleAt <= now);
    waiting = waiting.filter(({ visibleAt }) => visibleAt > now);
    while (gathered.length < behavior.pollers) gathered.push({ messages: [], since: 0 });
    for (const message of visible) {
      const poller = gathered[Math.floor(random() * behavior.pollers)];
      if (!poller) continue;
      if (poller.messages.length === 0) poller.since = now;
      poller.messages.push(message);
    }
    for (const poller of gathered) {
      if (poller.messages.length === 0 || now - poller.since < behavior.window || free.length === 0) continue;
      void deliver(poller.messages.splice(0, behavior.batchSize()));
    }
  }
  const timer = setInterval(poll, 20);

  const server: Served = await serve(({ headers, body }) => {
    if (hasEnded) return { status: 503 };
    if (headers["x-amz-target"] === "AmazonSQS.SendMessage") {
      const { MessageBody, DelaySeconds = 0 } = JSON.parse(body);
      send(MessageBody, DelaySeconds * 1000);
      const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
      const reply = JSON.stringify({ MessageId: randomUUID(), MD5OfMessageBody });
      return { headers: { "content-type": "application/x-amz-json-1.0" }, body: reply };
    }
    send(asAws(body));
    return { status: 200 };
  });

  const queue: Queue = {
    origin: server.origin,
    behavior,
    deliveries,
    dead,
    connect(environments) {
      free = [...environments];
    },
    isIdle: () => underWay === 0 && waiting.length === 0 && gathered.every(({ messages }) => messages.length === 0),
    async close() {
      hasEnded = true;
      clearInterval(timer);
      gathered = [];
      await server.close();
    },
  };
  return queue;
}

/** The gateway's notification as S3 would send it: with S3 as its source, and form-encoded keys. */
function asAws(notification: string): string {
  const { Records } = JSON.parse(notification);
  for (const record of Records) {
    record.eventSource = "aws:s3";
    record.s3.object.key = encodeURIComponent(record.s3.object.key).replaceAll("%20", "+").replaceAll("%2F", "/");
  }
  return JSON.stringify({ Records });
}

const recordOf = ({ id, body, receives, sent }: Message) => ({
  messageId: id,
  receiptHandle: id,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives + 1),
    SentTimestamp: String(sent),
    SenderId: "AIDA",
    ApproximateFirstReceiveTimestamp: String(sent + 1),
  },
  messageAttributes: {},
  md5OfBody: createHash("md5").update(body).digest("hex"),
  eventSource: "aws:sqs",
  eventSourceARN: "arn:aws:sqs:us-east-1:123456789012:triggers",
  awsRegion: "us-east-1",
});

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
