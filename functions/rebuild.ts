/** A trigger → publish(). On AWS the only writer of the public store. */
import { randomUUID } from "node:crypto";
import { systemClock } from "../lib/clock.ts";
import { type Log, logError, logger } from "../lib/lambda/log.ts";
import { count, writeMetrics } from "../lib/lambda/metrics.ts";
import { orNoContent } from "../lib/lambda/nocontent.ts";
import { once } from "../lib/lambda/once.ts";
import { logReport } from "../lib/lambda/outcome/run.ts";
import { type Environment, type Invocation, storeSettings } from "../lib/lambda/settings.ts";
import type { Preparer, Report } from "../lib/publish/types.ts";
import { emptyWarmCache } from "../lib/publish/warmcache.ts";
import { readHead } from "../lib/state/head.ts";
import { openStores, type Stores, storeOptions } from "../lib/stores/open.ts";
import { prefetchedStore } from "../lib/stores/prefetched.ts";
import { enqueueAgain } from "../lib/triggers/again.ts";
import type { Queue } from "../lib/triggers/queue.ts";
import { sentAt } from "../lib/triggers/sent.ts";
import type { Timer } from "../lib/triggers/timer.ts";
import { hasRecords, readTrigger } from "../lib/triggers/trigger.ts";

/** The share of the remaining time that is kept for the last batch and its commit. */
const RESERVED = 0.2;

/** A handler for SQS messages, and for `{ full, dryRun, force, keys }` sent by hand. */
export function handlerFor(environment: Environment): (event: unknown, invocation: Invocation) => Promise<Report> {
  const site = environment["DRIPFEED_SITE"] ?? "";
  const warmCache = emptyWarmCache();
  // Kept from one invocation to the next, and with them their open connections.
  const open = {
    stores: once(async () => openStores(storeSettings(environment), storeOptions(environment))),
    queue: once(() => openQueue(environment)),
    timer: once(() => openTimer(environment)),
    preparer: once(() => openPreparer(environment)),
  };

  return async (event, invocation) => {
    const log = logger(invocation.awsRequestId);
    try {
      const trigger = readTrigger(event, storeSettings(environment).content);
      log("info", "triggered", { ...trigger });
      const invoked = new Date();
      const since = sentAt(event);
      const { publish, ...stores } = await begun(await open.stores());
      const published = await publish({
        ...stores,
        ...timing(invocation.getRemainingTimeInMillis?.()),
        run: randomUUID(),
        since,
        hints: trigger.hints,
        dryRun: trigger.dryRun,
        force: trigger.force,
        warmCache,
        // The state machine cannot carry `force` to the run after it.
        preparer: trigger.prepared || trigger.force ? undefined : await open.preparer(),
        log: (line) => log("info", line),
      });
      const report = await orNoContent(published, stores);
      logReport(report, log, site);
      await enqueueAgain(report, {
        trigger,
        since: hasRecords(event) ? since : invoked,
        isQueued: hasRecords(event),
        queue: await open.queue(),
        log: (line) => log("info", line),
      });
      await setTimer(report, await open.timer(), log, site);
      return report;
    } catch (error) {
      logError(log, error);
      throw error;
    }
  };
}

export const handler = handlerFor(process.env);

/** The first request is on its way while the code that publishes is loaded. */
async function begun(stores: Stores) {
  const { ahead, store: state } = prefetchedStore(stores.state);
  // Where it fails, the run finds out by itself.
  const head = readHead(ahead).catch(() => undefined);
  const { publish } = await import("../lib/publish/publish.ts");
  await head;
  return { ...stores, state, publish };
}

/** The clock of a run, and where Lambda limits its time, how long it waits for a lease and when it stops to commit. */
function timing(remaining: number | undefined) {
  const now = new Date();
  const clock = systemClock;
  if (remaining === undefined) return { now, clock };
  return { now, clock, patience: remaining / 2, until: new Date(Date.now() + remaining * (1 - RESERVED)) };
}

/**
 * A failure is logged and measured, not thrown: everything is published, and the daily run does what is due, late. So is that there was
 * none, unless the run ended before it knew what is due, refused or without the time to read all posts: the timer may still be wrong.
 */
async function setTimer(report: Report, timer: Timer | undefined, log: Log, site: string): Promise<void> {
  const { due, dryRun, refused, scanned } = report;
  if (!timer || dryRun || ((refused || scanned) && due === undefined)) return;
  try {
    if (due !== undefined) await timer.set(due, new Date());
    writeMetrics(site, { TimerFailed: count(0) });
  } catch (error) {
    const { name, message } = error as Error;
    log("error", `the timer for ${due} is not set: ${message}`, { name });
    writeMetrics(site, { TimerFailed: count(1) });
  }
}

/** Its SDK is loaded only where a queue is configured, so that a function tried by hand starts without it. */
async function openQueue({ DRIPFEED_QUEUE_URL: url }: Environment): Promise<Queue | undefined> {
  if (!url) return undefined;
  const { sqsQueue } = await import("../lib/triggers/queue.ts");
  return sqsQueue(url);
}

async function openPreparer(environment: Environment): Promise<Preparer | undefined> {
  const { DRIPFEED_MACHINE: arn, DRIPFEED_MACHINE_POSTS: posts } = environment;
  if (!arn) return undefined;
  const { machinePreparer } = await import("../lib/triggers/machine.ts");
  const log = logger("machine");
  return machinePreparer({ arn, atLeast: leastPosts(posts), clock: systemClock, log: (line) => log("warn", line) });
}

/** Fewer a run reads in a few seconds; and with no number it would read them all. */
const LEAST_POSTS = 1000;

function leastPosts(given: string | undefined): number | undefined {
  if (!given) return undefined;
  const posts = Number(given);
  if (/^\d+$/.test(given) && posts >= LEAST_POSTS) return posts;
  throw new Error(`DRIPFEED_MACHINE_POSTS is ${given}: write a whole number of at least ${LEAST_POSTS}, or nothing`);
}

async function openTimer(environment: Environment): Promise<Timer | undefined> {
  const { DRIPFEED_TIMER: name, DRIPFEED_TIMER_GROUP: group } = environment;
  const { DRIPFEED_TIMER_ROLE: role, DRIPFEED_QUEUE_ARN: queue } = environment;
  if (!name || !group || !role || !queue) return undefined;
  const { schedulerTimer } = await import("../lib/triggers/timer.ts");
  return schedulerTimer({ name, group, queue, role });
}
