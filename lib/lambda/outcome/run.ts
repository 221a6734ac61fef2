/** The outcome of a run, as log lines for people and as metrics for alarms. */
import { present } from "../../base/optional.ts";
import { isError } from "../../base/problems.ts";
import { isTransient } from "../../publish/refusals.ts";
import type { Report } from "../../publish/types.ts";
import type { Log } from "../log.ts";
import { count, writeMetrics } from "../metrics.ts";

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
