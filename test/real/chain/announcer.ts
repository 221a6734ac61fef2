/** What calls `announce`: each put of the state store's head, as EventBridge tells of it; one call after the other. */
import { serve } from "../../support/loopback.ts";
import type { Environment } from "./lambda.ts";

export interface Announcer {
  /** Where the state bucket's notifications go. */
  readonly origin: string;
  /** What it answered. */
  readonly answers: readonly unknown[];
  isIdle(): boolean;
  close(): Promise<void>;
}

export async function openAnnouncer(environment: () => Environment): Promise<Announcer> {
  const answers: unknown[] = [];
  let waiting = 0;
  let underWay: Promise<void> | undefined;

  async function call(): Promise<void> {
    while (waiting > 0) {
      waiting = 0; // whatever it was that changed, the head says what is to be told
      answers.push(
        await environment()
          .invoke(HEAD_CHANGED)
          .catch((error: Error) => error.message),
      );
    }
    underWay = undefined;
  }

  const server = await serve(({ body }) => {
    const keys = JSON.parse(body).Records.map(({ s3 }: Notification) => s3.object.key);
    if (keys.includes("head.json")) {
      waiting += 1;
      underWay ??= call();
    }
    return { status: 200 };
  });
  return { origin: server.origin, answers, isIdle: () => underWay === undefined, close: server.close };
}

interface Notification {
  readonly s3: { readonly object: { readonly key: string } };
}

const HEAD_CHANGED = {
  version: "0",
  "detail-type": "Object Created",
  source: "aws.s3",
  detail: { bucket: { name: "notes-state" }, object: { key: "head.json" } },
};
