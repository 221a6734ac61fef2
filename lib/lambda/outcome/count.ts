/** The outcome of a count of access logs, as log lines for people and as metrics for alarms. */
import type { Log } from "../log.ts";
import { count, writeMetrics } from "../metrics.ts";

/** Keys that one line of the log names. */
const MAX_NAMED = 20;

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
