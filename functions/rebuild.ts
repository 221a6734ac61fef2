/** The bell rings → publish(). The only writer of the public store. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Bell, readBell } from "../lib/bells/bell.ts";
import { type Log, logger } from "../lib/log.ts";
import type { Report } from "../lib/model.ts";
import { type AtHand, nothingAtHand, publish } from "../lib/publish.ts";
import { openStores, type Stores } from "../lib/stores/open.ts";

export interface Environment {
  readonly [name: string]: string | undefined;
}

/** The part of Lambda's context that is used. */
export interface Invocation {
  readonly awsRequestId: string;
  getRemainingTimeInMillis?(): number;
}

/** Of the three stores; each `s3://bucket/prefix`, or a folder to try it by hand. */
const NAMES = ["DRIPFEED_CONTENT", "DRIPFEED_PUBLIC", "DRIPFEED_STATE"] as const;

/** A handler for SQS batches of S3 events, for EventBridge, and for `{ full, dryRun, force, keys }` sent by hand. */
export function handlerFor(environment: Environment): (event: unknown, invocation: Invocation) => Promise<Report> {
  const atHand = nothingAtHand();
  // Connections that are open stay so from one bell to the next.
  let stores: Promise<Stores> | undefined;
  return async (event, invocation) => {
    const log = logger(invocation.awsRequestId);
    try {
      const names = storeNames(environment);
      const bell = readBell(event, names.DRIPFEED_CONTENT);
      log("info", "the bell rang", { ...bell });
      stores ??= openStores(
        { content: names.DRIPFEED_CONTENT, public: names.DRIPFEED_PUBLIC, state: names.DRIPFEED_STATE },
        { endpoint: environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"] },
      ).catch((error: unknown) => {
        stores = undefined; // the next bell may be luckier
        throw error;
      });
      const report = await publishFor(bell, await stores, invocation, log, atHand);
      const { operations, problems, put, removed, refused, forced, took, due } = report;
      for (const problem of problems) log("warn", "problem", { ...problem });
      log(refused ? "error" : "info", refused ? "refused" : "done", {
        ...{
          put: put.length,
          removed: removed.length,
          problems: problems.length,
          refused,
          forced,
          operations,
          took,
          due,
        },
      });
      // Another pass is writing: the queue brings the bell again.
      if (refused?.code === "busy" || refused?.code === "unsettled") throw new Error(refused.message);
      return report;
    } catch (error) {
      const { name, message, stack } = error as Error;
      log("error", message, { name, stack });
      throw error;
    }
  };
}

export const handler = handlerFor(process.env);

function publishFor(
  { hints, dryRun, force }: Bell,
  stores: Stores,
  invocation: Invocation,
  log: Log,
  atHand: AtHand,
): Promise<Report> {
  const patience = invocation.getRemainingTimeInMillis && invocation.getRemainingTimeInMillis() / 2;
  return publish({
    ...stores,
    now: new Date(),
    clock: { now: () => new Date(), wait: (ms) => sleep(ms) },
    pass: randomUUID(),
    log: (line) => log("info", line),
    ...{ hints, dryRun, force, patience, atHand },
  });
}

function storeNames(environment: Environment): { readonly [name in (typeof NAMES)[number]]: string } {
  const missing = NAMES.filter((name) => !environment[name]);
  if (missing.length > 0) {
    throw new Error(`set ${missing.join(", ")}: each names a store, such as s3://bucket/prefix`);
  }
  const named = (name: (typeof NAMES)[number]) => environment[name] ?? "";
  return {
    DRIPFEED_CONTENT: named("DRIPFEED_CONTENT"),
    DRIPFEED_PUBLIC: named("DRIPFEED_PUBLIC"),
    DRIPFEED_STATE: named("DRIPFEED_STATE"),
  };
}
