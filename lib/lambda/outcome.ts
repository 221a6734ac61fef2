/** The outcome of a function, as log lines for people and as metrics for alarms. */
import type { Announced, Report } from "../model.ts";
import type { Log } from "./log.ts";
import { writeMetrics } from "./metrics.ts";

/** Another run held the lease, or the content kept changing: nothing is wrong, and a later run does the work. */
export const isTransient = ({ refused }: Pick<Report, "refused">): boolean =>
  refused?.code === "busy" || refused?.code === "unsettled";

/** Every problem, then one line that sums up the run. */
export function logReport(report: Report, log: Log, site: string): void {
  const { operations, problems, put, removed, refused, forced, took, due, dryRun, records } = report;
  for (const problem of problems) log("warn", "problem", { ...problem });
  log(refused ? "error" : "info", refused ? "refused" : "done", {
    put: put.length,
    removed: removed.length,
    problems: problems.length,
    refused,
    forced,
    operations,
    took,
    due,
  });
  if (dryRun) return;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const isOvertaken = isTransient(report);
  writeMetrics(site, {
    // The report of a refused run lists what would have been written.
    Put: [refused ? 0 : put.length, "Count"],
    Refused: [refused && !isOvertaken ? 1 : 0, "Count"],
    Overtaken: [isOvertaken ? 1 : 0, "Count"],
    // A run that another one overtook has not looked at the content: it must not reset these.
    ...(!isOvertaken && { Problems: [errors, "Count"], Warnings: [problems.length - errors, "Count"] }),
    ...(!refused && { Posts: [records.public, "Count"] }),
  });
}

/** What an announcement did, as far as the log and the metrics say it. */
export interface AnnouncementOutcome extends Announced {
  readonly invalidated?: readonly string[];
  readonly stale?: string;
  readonly hubs?: readonly object[];
}

export function logAnnouncement(
  { paths, failed, invalidated, stale, hubs = [] }: AnnouncementOutcome,
  log: Log,
  site: string,
): void {
  for (const failure of hubs) log("warn", "a hub could not be notified", { ...failure });
  if (stale !== undefined) log("warn", "the CDN does not serve what was published", { why: stale });
  log(failed === undefined ? "info" : "error", failed === undefined ? "announced" : "not announced", {
    paths,
    failed,
    invalidated,
  });
  writeMetrics(site, {
    OutboxPaths: [failed === undefined ? 0 : paths, "Count"],
    HubFailures: [hubs.length, "Count"],
    Stale: [stale === undefined ? 0 : 1, "Count"],
  });
}
