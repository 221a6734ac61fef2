/** A request of a phone, by way of the CDN → posts and media in the content store. Whoever does not come by the CDN gets 403. */
import { randomBytes, randomUUID } from "node:crypto";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { systemClock } from "../lib/clock.ts";
import { requestOf, resultOf, type UrlEvent } from "../lib/lambda/http.ts";
import { BY_THE_CDN, isOneOf } from "../lib/lambda/known.ts";
import { type Log, logError, logger } from "../lib/lambda/log.ts";
import { keptFor, once } from "../lib/lambda/once.ts";
import { logWriting } from "../lib/lambda/outcome/writing.ts";
import { secretReader } from "../lib/lambda/secret.ts";
import { type Environment, type Invocation, settings } from "../lib/lambda/settings.ts";
import { openStore, openUploads, storeOptions } from "../lib/stores/open.ts";
import { openWritingOver } from "../lib/write/open.ts";
import type { AnswerWriting } from "../lib/write/types.ts";

const NAMES = ["DRIPFEED_SECRET", "DRIPFEED_CONTENT", "DRIPFEED_STATE", "DRIPFEED_ORIGIN", "DRIPFEED_SITE"] as const;

/** As of the webhook: for how long the secrets are cached, and how often they are read again for one that is none of them. */
const SECRETS_MS = 5 * 60 * 1000;
const PAUSE_MS = 30 * 1000;

/** `open` makes what answers, over the stores that the environment names. */
export function handlerFor(
  environment: Environment,
  open = openWritingOver,
): (event: UrlEvent, invocation: Invocation) => Promise<APIGatewayProxyStructuredResultV2> {
  const readSecrets = once(async () => secretReader());
  const secrets = keptFor(SECRETS_MS, PAUSE_MS, async () =>
    (await readSecrets())(settings(environment, NAMES).DRIPFEED_SECRET),
  );
  const isByTheCdn = async (given: string | undefined) =>
    given !== undefined && (isOneOf(given, await secrets.get()) || isOneOf(given, await secrets.renewed()));
  /** Of the request that is answered now: a function has one at a time. */
  let log: Log = logger("");
  const writing = once(async (): Promise<AnswerWriting> => {
    const named = settings(environment, NAMES);
    const options = storeOptions(environment);
    const [content, state, uploads] = await Promise.all([
      openStore(named.DRIPFEED_CONTENT, options),
      openStore(named.DRIPFEED_STATE, options),
      openUploads(named.DRIPFEED_CONTENT, options),
    ]);
    return open({
      ...{ content, state, uploads, clock: systemClock, origin: named.DRIPFEED_ORIGIN },
      newName: randomUUID,
      newSecret: () => randomBytes(32),
      log: (line) => log("info", line),
      asked: (line) => logWriting(line, log, named.DRIPFEED_SITE),
    });
  });

  return async (event, { awsRequestId }) => {
    log = logger(awsRequestId);
    try {
      if (!(await isByTheCdn(event.headers[BY_THE_CDN]))) {
        log("warn", "the request did not come by the CDN");
        return { statusCode: 403 };
      }
      const answer = await writing();
      const request = requestOf(event, settings(environment, NAMES).DRIPFEED_ORIGIN);
      if (!request) return { statusCode: 400 };
      const response = await answer(request);
      return response ? await resultOf(response, event.headers["accept-encoding"]) : { statusCode: 404 };
    } catch (error) {
      logError(log, error);
      return { statusCode: 503, headers: { "cache-control": "no-store" } };
    }
  };
}

export const handler = handlerFor(process.env);
