/** CI enqueues a trigger over HTTPS. Verifies the HMAC; unsigned requests get 401. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { present } from "../lib/base/optional.ts";
import { logError, logger } from "../lib/lambda/log.ts";
import { keptFor, once } from "../lib/lambda/once.ts";
import { secretReader } from "../lib/lambda/secret.ts";
import { type Environment, type Invocation, settings } from "../lib/lambda/settings.ts";
import { openStore, storeOptions } from "../lib/stores/open.ts";
import { deliveriesIn } from "../lib/triggers/deliveries.ts";
import { sqsQueue } from "../lib/triggers/queue.ts";
import { isSigned, mayBeSignature } from "../lib/triggers/signed.ts";
import { parseDelivery } from "../lib/triggers/trigger.ts";

const NAMES = ["DRIPFEED_SECRET", "DRIPFEED_QUEUE_URL", "DRIPFEED_STATE"] as const;

/** The payload of a large push; more is never needed for a trigger. */
const MAX_BYTES = 1024 * 1024;
const TYPES = /^application\/(?:json|x-www-form-urlencoded)\s*(?:;|$)/i;
/** For how long the secrets are cached, and so after how long a withdrawn one no longer counts. */
const SECRETS_MS = 5 * 60 * 1000;
/** A signature by none of them may be by a new one: they are read again, but not for every request that anyone sends. */
const PAUSE_MS = 30 * 1000;

/** The part of a function URL's event (payload format 2.0) that is used. */
export type Request = Pick<APIGatewayProxyEventV2, "headers" | "isBase64Encoded"> & {
  readonly body?: string | undefined;
};

export function handlerFor(
  environment: Environment,
): (event: Request, invocation: Invocation) => Promise<APIGatewayProxyStructuredResultV2> {
  const queue = once(async () => sqsQueue(settings(environment, NAMES).DRIPFEED_QUEUE_URL));
  const deliveries = once(async () =>
    deliveriesIn(await openStore(settings(environment, NAMES).DRIPFEED_STATE, storeOptions(environment))),
  );
  const readSecrets = once(async () => secretReader());
  const secrets = keptFor(SECRETS_MS, PAUSE_MS, async () =>
    (await readSecrets())(settings(environment, NAMES).DRIPFEED_SECRET),
  );
  const isVerified = async (body: Uint8Array, signature: string | undefined) =>
    mayBeSignature(signature) &&
    (isSigned(body, signature, await secrets.get()) || isSigned(body, signature, await secrets.renewed()));

  return async ({ headers, body: text = "", isBase64Encoded }, invocation) => {
    const log = logger(invocation.awsRequestId);
    try {
      const body = Buffer.from(text, isBase64Encoded ? "base64" : "utf8");
      if (body.length > MAX_BYTES) return { statusCode: 413 };
      if (!TYPES.test(headers["content-type"] ?? "")) return { statusCode: 415 };
      if (!(await isVerified(body, headers["x-hub-signature-256"]))) {
        log("warn", "the signature is missing or wrong");
        return { statusCode: 401 };
      }
      if (headers["x-github-event"] === "ping") return { statusCode: 202 }; // GitHub tests the URL: no trigger
      const id = headers["x-github-delivery"]; // for whoever looks for it in the log; it is not signed
      const delivery = await (await deliveries()).take(body, new Date(), (line) => log("warn", line));
      if (!delivery) {
        log("info", "the same came before, and a run after this moment is enqueued", { delivery: id });
        return { statusCode: 202 };
      }
      const { delay } = delivery;
      try {
        const { hints } = parseDelivery(body.toString("utf8"));
        await (await queue()).enqueue(present({ hints }), delay);
        log("info", "enqueued", { delivery: id, hints, delay });
      } catch (error) {
        await delivery.release();
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
