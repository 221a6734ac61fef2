/** CI triggers a run over HTTPS, signed. Whoever cannot sign learns nothing here. */
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { once } from "../lib/base/once.ts";
import { logger } from "../lib/lambda/log.ts";
import { type Environment, type Invocation, settings } from "../lib/lambda/settings.ts";
import { openStore, storeOptions } from "../lib/stores/open.ts";
import { deliveriesIn } from "../lib/triggers/deliveries.ts";
import { sqsQueue } from "../lib/triggers/queue.ts";
import { isSigned } from "../lib/triggers/signed.ts";
import { readTrigger } from "../lib/triggers/trigger.ts";

const NAMES = ["DRIPFEED_SECRET", "DRIPFEED_QUEUE_URL", "DRIPFEED_STATE"] as const;

/** What a large push tells of; a trigger needs none of it. */
const MAX_BYTES = 1024 * 1024;
const TYPES = /^application\/(?:json|x-www-form-urlencoded)\s*(?:;|$)/i;
/** A secret that was changed counts after this. */
const SECRET_MS = 5 * 60 * 1000;

/** The part of a function URL's event (payload format 2.0) that is used. */
export type Request = Pick<APIGatewayProxyEventV2, "headers" | "isBase64Encoded"> & {
  readonly body?: string | undefined;
};

export function handlerFor(
  environment: Environment,
): (event: Request, invocation: Invocation) => Promise<APIGatewayProxyStructuredResultV2> {
  const queue = once(async () => sqsQueue(settings(environment, NAMES).DRIPFEED_QUEUE_URL));
  const state = once(() => openStore(settings(environment, NAMES).DRIPFEED_STATE, storeOptions(environment)));
  const secret = keptFor(SECRET_MS, () => readSecret(settings(environment, NAMES).DRIPFEED_SECRET));

  return async (event, invocation) => {
    const log = logger(invocation.awsRequestId);
    try {
      const body = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
      const { headers } = event;
      if (body.length > MAX_BYTES) return { statusCode: 413 };
      if (!TYPES.test(headers["content-type"] ?? "")) return { statusCode: 415 };
      if (!isSigned(body, headers["x-hub-signature-256"], await secret())) {
        log("warn", "a trigger with no right signature");
        return { statusCode: 401 };
      }
      if (headers["x-github-event"] === "ping") return { statusCode: 202 }; // it asks whether anybody is there
      const delivery = headers["x-github-delivery"];
      const deliveries = deliveriesIn(await state(), (line) => log("warn", line));
      if (delivery !== undefined && !(await deliveries.take(delivery))) {
        log("info", "delivered before", { delivery });
        return { statusCode: 202 };
      }
      try {
        const { hints } = readTrigger(parsed(body), "");
        await (await queue()).enqueue(hints ? { hints } : {});
        log("info", "triggered", { delivery, hints });
      } catch (error) {
        if (delivery !== undefined) await deliveries.giveBack(delivery);
        throw error;
      }
      return { statusCode: 202 };
    } catch (error) {
      const { name, message, stack } = error as Error;
      log("error", message, { name, stack });
      return { statusCode: 503 };
    }
  };
}

export const handler = handlerFor(process.env);

/** `{ "keys": ["posts/a.md"] }` says what changed. What GitHub tells of a push says nothing about keys: look at all. */
function parsed(body: Buffer): unknown {
  try {
    const { keys } = JSON.parse(body.toString("utf8"));
    return { keys };
  } catch {
    return { full: true };
  }
}

async function readSecret(id: string): Promise<string> {
  const client = new SecretsManagerClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
  if (!SecretString) throw new Error("the secret of the webhook is empty");
  return SecretString;
}

function keptFor<T>(ms: number, make: () => Promise<T>): () => Promise<T> {
  let kept: { readonly value: Promise<T>; readonly until: number } | undefined;
  return () => {
    if (!kept || kept.until < Date.now()) {
      const value = make();
      kept = { value, until: Date.now() + ms };
      value.catch(() => {
        kept = undefined;
      });
    }
    return kept.value;
  };
}
