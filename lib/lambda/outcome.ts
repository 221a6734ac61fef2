/** The outcome of a function, as log lines for people and as metrics for alarms. */

import { present } from "../base/optional.ts";
import { isError } from "../base/problems.ts";
import { isTransient } from "../publish/refusals.ts";
import type { Report } from "../publish/types.ts";
import type { Announced } from "../state/outbox.ts";
import type { Log } from "./log.ts";
import { count, seconds, writeMetrics } from "./metrics.ts";

/** Every problem, then one line that sums up the run. */
export function logReport(report: Report, log: Log, site: string): void {
  const { operations, problems, put, removed, refused, forced, scanned, took, due, dryRun, records } = report;
  for (const problem of problems) log("warn", "problem", { ...problem });
  log(refused ? "error" : "info", refused ? "refused" : "done", {
    put: put.length,
    removed: removed.length,
    problems: problems.length,
    refused,
    forced,
    scanned,
    operations,
    took,
    due,
  });
  if (dryRun) return;
  const errors = problems.filter(isError).length;
  const isOvertaken = isTransient(refused);
  const hasNotLooked = isOvertaken || scanned !== undefined;
  writeMetrics(site, {
    Overtaken: count(isOvertaken ? 1 : 0),
    ...present({
      // The report of a refused run lists what would have been written. A run that another one overtook did no work, and the alarm on
      // old triggers takes those that measure this for runs that did: a part of the posts read, or left to the state machine, is work.
      Put: isOvertaken ? undefined : count(refused ? 0 : put.length),
      // A run that another one overtook, or that had no time, has not looked at all of the content: it must not reset these.
      Refused: hasNotLooked ? undefined : count(refused ? 1 : 0),
      Problems: hasNotLooked ? undefined : count(errors),
      Warnings: hasNotLooked ? undefined : count(problems.length - errors),
      Posts: refused || scanned ? undefined : count(records.public),
    }),
  });
}

/** What an announcement did, as far as the log and the metrics say it. */
export interface AnnouncementOutcome extends Announced {
  readonly invalidated: readonly string[];
  /** When the CDN had no old copy of them any more. */
  readonly completed?: Date;
  /** Whether the CDN serves what was published, where it was asked. */
  readonly checked?: CheckOutcome;
  readonly hubs: readonly HubOutcome[];
}

export interface CheckOutcome {
  readonly stale?: string;
}

interface HubOutcome {
  readonly hub: string;
  readonly topic: string;
  readonly why: string;
}

/** Topics or keys that one line of the log names. */
const MAX_NAMED = 20;

export function logAnnouncement(
  { paths, since, failed, waiting, invalidated, completed, checked, hubs }: AnnouncementOutcome,
  log: Log,
  site: string,
): void {
  for (const [first, ...others] of Map.groupBy(hubs, ({ hub, why }) => `${hub} ${why}`).values()) {
    if (!first) continue;
    const topics = others.slice(0, MAX_NAMED - 1).map(({ topic }) => topic);
    log("warn", "a hub could not be notified", { ...first, also: topics, count: others.length + 1 });
  }
  if (checked) logCheck(checked, log, site);
  log(failed === undefined ? "info" : "error", failed === undefined ? "announced" : "not announced", {
    paths,
    failed,
    waiting,
    invalidated,
    billed: invalidated.length,
    since,
    completed,
  });
  const took = since !== undefined && completed ? (completed.getTime() - Date.parse(since)) / 1000 : undefined;
  writeMetrics(site, {
    // Where not even the outbox could be read, something is in it as far as anybody knows.
    OutboxPaths: count(failed === undefined ? 0 : Math.max(paths, 1)),
    HubFailures: count(hubs.length),
    // A metric costs by the hours in which it is measured.
    ...present({
      InvalidationPaths: invalidated.length > 0 ? count(invalidated.length) : undefined,
      // From the upload, or what else triggered the run, to the CDN. It cannot be less than nothing, whatever clocks say.
      PublishSeconds: took === undefined ? undefined : seconds(Math.max(took, 0)),
    }),
  });
}

/** Each time, so that the alarm ends when all is well. */
export function logCheck({ stale }: CheckOutcome, log: Log, site: string): void {
  if (stale !== undefined) log("warn", "the CDN does not serve what was published", { why: stale });
  writeMetrics(site, { Stale: count(stale === undefined ? 0 : 1) });
}

/** What a count of access logs did, as far as the log and the metrics say it. */
export interface CountOutcome {
  readonly dryRun: boolean;
  readonly days: readonly string[];
  readonly requests: number;
  /** Requests of the day that ended: older days are counted again, and would hide that there are no new logs. */
  readonly ofYesterday: number;
  readonly damaged: number;
  readonly files: number;
  readonly otherHosts: number;
  readonly outOfRange: number;
  /** Days of which a former count was kept, of more requests. */
  readonly fewer: readonly string[];
  readonly skipped: readonly string[];
  readonly repeated: readonly string[];
  readonly cut: readonly string[];
  readonly unreadable: readonly (readonly [key: string, why: string])[];
  /** The day of `subscribers`. */
  readonly day?: string;
  readonly subscribers: { readonly reported: number; readonly estimated: number };
}

export function logCount(outcome: CountOutcome, log: Log, site: string): void {
  const {
    dryRun,
    days,
    fewer,
    requests,
    ofYesterday,
    damaged,
    otherHosts,
    outOfRange,
    files,
    skipped,
    repeated,
    cut,
    unreadable,
    day,
    subscribers,
  } = outcome;
  const warn = (message: string, keys: readonly string[]) => {
    if (keys.length > 0) log("warn", message, { keys: keys.slice(0, MAX_NAMED), count: keys.length });
  };
  warn("some keys are no access logs", skipped);
  warn("some logs end early, or are damaged", cut);
  warn("some logs are there twice, and were counted once", repeated);
  for (const [key, why] of unreadable.slice(0, MAX_NAMED)) log("error", "a log cannot be read", { key, why });
  const { reported, estimated } = subscribers;
  log("info", "counted", { days, fewer, requests, damaged, otherHosts, outOfRange, files, day, reported, estimated });
  if (!dryRun)
    writeMetrics(site, {
      AudienceRequests: count(ofYesterday),
      AudienceDamaged: count(damaged),
      AudienceSubscribers: count(reported + estimated),
    });
}
