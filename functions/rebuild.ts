/** The trigger rings → publish(). The only writer of the public store. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { once } from "../lib/base/once.ts";
import { type Log, logger } from "../lib/lambda/log.ts";
import { metricsLine } from "../lib/lambda/metrics.ts";
import { type Environment, type Invocation, settings } from "../lib/lambda/settings.ts";
import type { Report } from "../lib/model.ts";
import { emptyWarmCache, publish } from "../lib/publish/publish.ts";
import { openStores, type Stores, storeOptions } from "../lib/stores/open.ts";
import type { Queue } from "../lib/triggers/queue.ts";
import type { Timer } from "../lib/triggers/timer.ts";
import { isBatch, readTrigger, type Trigger } from "../lib/triggers/trigger.ts";

/** Of the three stores; each `s3://bucket/prefix`, or a folder to try it by hand. */
const NAMES = ["DRIPFEED_CONTENT", "DRIPFEED_PUBLIC", "DRIPFEED_STATE"] as const;

/** A lease that nobody renews is over by then. */
const BUSY_SECONDS = 60;
/** Of the time that is left: what one batch and its commit take at most. */
const LAST_PART = 0.2;

/** A handler for SQS batches of whatever rings, and for `{ full, dryRun, force, keys }` sent by hand. */
export function handlerFor(environment: Environment): (event: unknown, invocation: Invocation) => Promise<Report> {
  const warmCache = emptyWarmCache();
  // Connections that are open stay so from one trigger to the next.
  const open = {
    stores: once(() => openAll(environment)),
    queue: once(() => openQueue(environment)),
    timer: once(() => openTimer(environment)),
  };

  return async (event, invocation) => {
    const log = logger(invocation.awsRequestId);
    try {
      const trigger = readTrigger(event, settings(environment, NAMES).DRIPFEED_CONTENT);
      log("info", "triggered", { ...trigger });
      const remaining = invocation.getRemainingTimeInMillis?.();
      const report = await publish({
        ...(await open.stores()),
        ...{ now: new Date(), clock: { now: () => new Date(), wait: (ms) => sleep(ms) }, run: randomUUID() },
        ...{
          hints: trigger.hints,
          dryRun: trigger.dryRun,
          force: trigger.force,
          warmCache,
          log: (line) => log("info", line),
        },
        ...(remaining !== undefined && {
          patience: remaining / 2,
          until: new Date(Date.now() + remaining * (1 - LAST_PART)),
        }),
      });
      tell(report, log, environment["DRIPFEED_SITE"]);
      await enqueueAgain(report, { trigger, isQueued: isBatch(event), queue: await open.queue(), log });
      await setTimer(report, await open.timer(), log, environment["DRIPFEED_SITE"]);
      return report;
    } catch (error) {
      const { name, message, stack } = error as Error;
      log("error", message, { name, stack });
      throw error;
    }
  };
}

export const handler = handlerFor(process.env);

/**
 * Triggers for which there was no time. They ring again rather than come back: a message that comes back too often ends among
 * the dead, and nothing is wrong with these.
 */
async function enqueueAgain(
  { refused, unfinished, dryRun }: Report,
  { trigger, isQueued, queue, log }: { trigger: Trigger; isQueued: boolean; queue: Queue | undefined; log: Log },
): Promise<void> {
  const isOvertaken = refused?.code === "busy" || refused?.code === "unsettled";
  if (isOvertaken && isQueued) {
    if (!queue) throw new Error(refused.message); // then the queue brings it again
    await queue.enqueue({ ...(trigger.hints && { hints: trigger.hints }) }, BUSY_SECONDS);
    log("info", `rings again in ${BUSY_SECONDS} seconds`);
  }
  if (!unfinished || dryRun) return;
  if (!queue) throw new Error("time was over before all was written: ring again, and it goes on");
  await queue.enqueue({ hints: [] }); // what is planned and not written is found without looking
  log("info", "rings again, to go on");
}

/** Without it the daily run does what is due: late, and somebody should know. */
async function setTimer({ due, dryRun }: Report, timer: Timer | undefined, log: Log, site = ""): Promise<void> {
  if (!timer || due === undefined || dryRun) return;
  try {
    await timer.set(due, new Date());
  } catch (error) {
    const { name, message } = error as Error;
    log("error", `the timer for ${due} is not set: ${message}`, { name });
    process.stderr.write(`${metricsLine(site, { TimerFailed: [1, "Count"] }, new Date())}\n`);
  }
}

/** Every problem and the sum of it all, for people, and as numbers for alarms. */
function tell(report: Report, log: Log, site = ""): void {
  const { operations, problems, put, removed, refused, forced, took, due, dryRun, records } = report;
  for (const problem of problems) log("warn", "problem", { ...problem });
  log(refused ? "error" : "info", refused ? "refused" : "done", {
    ...{ put: put.length, removed: removed.length, problems: problems.length },
    ...{ refused, forced, operations, took, due },
  });
  if (dryRun) return;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const isOvertaken = refused?.code === "busy" || refused?.code === "unsettled";
  const line = metricsLine(
    site,
    {
      // Of a refusal the report tells what would have been written.
      Put: [refused ? 0 : put.length, "Count"],
      ...{ Refused: [refused && !isOvertaken ? 1 : 0, "Count"], Overtaken: [isOvertaken ? 1 : 0, "Count"] },
      // A run that did not get to look at the content knows nothing of these.
      ...(!isOvertaken && { Problems: [errors, "Count"], Warnings: [problems.length - errors, "Count"] }),
      ...(!refused && { Posts: [records.public, "Count"] }),
    },
    new Date(),
  );
  process.stderr.write(`${line}\n`);
}

function openAll(environment: Environment): Promise<Stores> {
  const names = settings(environment, NAMES);
  return openStores(
    { content: names.DRIPFEED_CONTENT, public: names.DRIPFEED_PUBLIC, state: names.DRIPFEED_STATE },
    storeOptions(environment),
  );
}

/** Loaded where they are named: a function that is tried by hand needs neither. */
async function openQueue({ DRIPFEED_QUEUE_URL: url }: Environment): Promise<Queue | undefined> {
  if (!url) return undefined;
  const { sqsQueue } = await import("../lib/triggers/queue.ts");
  return sqsQueue(url);
}

async function openTimer(environment: Environment): Promise<Timer | undefined> {
  const { DRIPFEED_TIMER: name, DRIPFEED_TIMER_GROUP: group } = environment;
  const { DRIPFEED_TIMER_ROLE: role, DRIPFEED_QUEUE_ARN: queue } = environment;
  if (!name || !group || !role || !queue) return undefined;
  const { schedulerTimer } = await import("../lib/triggers/timer.ts");
  return schedulerTimer({ name, group, queue, role });
}
