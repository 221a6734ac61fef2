/** A part of the content's keys → what they hold, read and rendered for `rebuild`. A state machine invokes many of these at once. */
import { systemClock } from "../lib/clock.ts";
import { logError, logger } from "../lib/lambda/log.ts";
import { once } from "../lib/lambda/once.ts";
import { type Environment, type Invocation, settings } from "../lib/lambda/settings.ts";
import { type PrepareReport, preparePosts } from "../lib/publish/prepare.ts";
import { loadSite } from "../lib/publish/sitefile.ts";
import { openStore, storeOptions } from "../lib/stores/open.ts";

const NAMES = ["DRIPFEED_CONTENT", "DRIPFEED_STATE"] as const;

/** The share of the time that is kept to write what was read. */
const RESERVED = 0.2;

/** A batch of a Map state: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export interface KeyBatch {
  readonly Items: readonly { readonly Key: string }[];
}

export function handlerFor(
  environment: Environment,
): (event: KeyBatch, invocation: Invocation) => Promise<PrepareReport> {
  const open = once(async () => {
    const names = settings(environment, NAMES);
    const options = storeOptions(environment);
    return {
      content: await openStore(names.DRIPFEED_CONTENT, options),
      state: await openStore(names.DRIPFEED_STATE, options),
    };
  });
  return async (event, invocation) => {
    const log = logger(invocation.awsRequestId);
    try {
      const stores = await open();
      const read = await loadSite(stores.content, new Date());
      if (!read.ok) throw new Error("site.yaml cannot be used, so it is unknown which files are posts");
      const remaining = invocation.getRemainingTimeInMillis?.();
      const report = await preparePosts({
        ...stores,
        site: read.site,
        keys: event.Items.map(({ Key }) => Key),
        clock: systemClock,
        until: remaining === undefined ? undefined : new Date(Date.now() + remaining * (1 - RESERVED)),
        log: (line) => log("info", line),
      });
      log("info", "prepared", { ...report });
      return report;
    } catch (error) {
      logError(log, error);
      throw error;
    }
  };
}

export const handler = handlerFor(process.env);
