/** Invokes `announce` for each put of the state store's head, as EventBridge does, one invocation at a time. */
import { serve } from "../../support/loopback.ts";
import type { Environment } from "./lambda.ts";

export interface Announcer {
  /** Receives the state bucket's notifications. */
  readonly origin: string;
  /** The results of the invocations. */
  readonly results: readonly unknown[];
  isIdle(): boolean;
  close(): Promise<void>;
}

export async function openAnnouncer(environment: () => Environment): Promise<Announcer> {
  const results: unknown[] = [];
  let waiting = 0;
  let underWay: Promise<void> | undefined;

  async function call(): Promise<void> {
    while (waiting > 0) {
      waiting = 0; // one invocation announces everything that the head names
      results.push(
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
  return { origin: server.origin, results, isIdle: () => underWay === undefined, close: server.close };
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
