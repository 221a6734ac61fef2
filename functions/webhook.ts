/** CI enqueues a trigger over HTTPS. Verifies the HMAC; unsigned requests get 401. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { present } from "../lib/base/optional.ts";
import { logError, logger } from "../lib/lambda/log.ts";
import { keptFor, once } from "../lib/lambda/once.ts";
import { readSecret } from "../lib/lambda/secret.ts";
import { type Environment, type Invocation, settings } from "../lib/lambda/settings.ts";
import { openStore, storeOptions } from "../lib/stores/open.ts";
import { deliveriesIn } from "../lib/triggers/deliveries.ts";
import { sqsQueue } from "../lib/triggers/queue.ts";
import { isSigned } from "../lib/triggers/signed.ts";
import { parseDelivery } from "../lib/triggers/trigger.ts";

const NAMES = ["DRIPFEED_SECRET", "DRIPFEED_QUEUE_URL", "DRIPFEED_STATE"] as const;

/** The payload of a large push; more is never needed for a trigger. */
const MAX_BYTES = 1024 * 1024;
const TYPES = /^application\/(?:json|x-www-form-urlencoded)\s*(?:;|$)/i;
/** For how long the secret is cached, and so after how long a new one takes effect. */
const SECRET_MS = 5 * 60 * 1000;

/** The part of a function URL's event (payload format 2.0) that is used. */
export type Request = Pick<APIGatewayProxyEventV2, "headers" | "isBase64Encoded"> & {
  readonly body?: string | undefined;
};

export function handlerFor(
  environment: Environment,
): (event: Request, invocation: Invocation) => Promise<APIGatewayProxyStructuredResultV2> {
  const queue = once(async () => sqsQueue(settings(environment, NAMES).DRIPFEED_QUEUE_URL));
  const state = once(async () => openStore(settings(environment, NAMES).DRIPFEED_STATE, storeOptions(environment)));
  const secret = keptFor(SECRET_MS, async () => readSecret(settings(environment, NAMES).DRIPFEED_SECRET));

  return async ({ headers, body: text = "", isBase64Encoded }, invocation) => {
    const log = logger(invocation.awsRequestId);
    try {
      const body = Buffer.from(text, isBase64Encoded ? "base64" : "utf8");
      if (body.length > MAX_BYTES) return { statusCode: 413 };
      if (!TYPES.test(headers["content-type"] ?? "")) return { statusCode: 415 };
      if (!isSigned(body, headers["x-hub-signature-256"], await secret())) {
        log("warn", "the signature is missing or wrong");
        return { statusCode: 401 };
      }
      if (headers["x-github-event"] === "ping") return { statusCode: 202 }; // GitHub tests the URL: no trigger
      const delivery = headers["x-github-delivery"];
      const deliveries = deliveriesIn(await state(), (line) => log("warn", line));
      if (delivery !== undefined && !(await deliveries.take(delivery))) {
        log("info", "delivered before", { delivery });
        return { statusCode: 202 };
      }
      try {
        const { hints } = parseDelivery(body.toString("utf8"));
        await (await queue()).enqueue(present({ hints }));
        log("info", "enqueued", { delivery, hints });
      } catch (error) {
        if (delivery !== undefined) await deliveries.release(delivery);
        throw error;
      }
      return { statusCode: 202 };
    } catch (error) {
      logError(log, error);
      return { statusCode: 503 };
    }
  };
}

export const handler = handlerFor(process.env);
