/** What a count of access logs did, in lines: what went well, and what somebody should look at. */
import type { CountReport } from "../audience/audience.ts";
import { writtenNumber } from "../base/text.ts";
import { visible } from "../terminal/text.ts";

/** Names of files, at most. */
const MOST_NAMED = 3;

const amount = (n: number, noun: string): string => `${writtenNumber(n)} ${noun}${n === 1 ? "" : "s"}`;
const was = (n: number): string => (n === 1 ? "was" : "were");

/** What was read, and what was left out of it, as it is on most days. */
export function countedLines(report: CountReport, dryRun: boolean): readonly string[] {
  const { days, counted, requests, files, closed, damaged, otherHosts, outOfRange, cut, repeated, skipped } = report;
  const kept = dryRun ? "nothing was kept" : `${amount(days.length, "day")} new or changed`;
  return [
    `read ${amount(files, "log file")}: ${amount(requests, "request")} of ${amount(counted.length, "day")}, ${kept}`,
    ...(closed > 0 ? [`${amount(closed, "file")} of days that are closed ${was(closed)} not opened`] : []),
    ...(damaged > 0 ? [`${amount(damaged, "line")} could not be read, and ${was(damaged)} left out`] : []),
    ...(otherHosts > 0 ? [`${amount(otherHosts, "request")} for other hosts ${was(otherHosts)} left out`] : []),
    ...(outOfRange > 0
      ? [`${amount(outOfRange, "request")} of days to come or of more than two years ago ${was(outOfRange)} left out`]
      : []),
    ...filesLine(cut, "ends early: what could be read of it was counted", "end early: what could be read was counted"),
    ...filesLine(
      repeated,
      "is in another file, too, and was counted once",
      "are in other files, too, and were counted once",
    ),
    ...filesLine(skipped, "is no access log", "are no access logs"),
  ];
}

/** What is wrong, with what to do about it. */
export function wrongLines({ fewer, unreadable }: CountReport): readonly string[] {
  const is = fewer.length === 1 ? "count is" : "counts are";
  const isDenied = unreadable.some(([, why]) => why.includes("denied"));
  const fix = isDenied ? ": run this as a user who may, such as one of the group that the logs belong to" : "";
  return [
    ...(fewer.length > 0
      ? [`of ${fewer.join(", ")} the former ${is} kept, of more requests than these logs have (docs/audience.md)`]
      : []),
    ...unreadable.slice(0, MOST_NAMED).map(([, why]) => why),
    ...(unreadable.length > 0 ? [`${amount(unreadable.length, "file")} could not be read${fix}`] : []),
  ];
}

function filesLine(keys: readonly string[], isSo: string, areSo: string): readonly string[] {
  if (keys.length === 0) return [];
  const named = keys.slice(0, MOST_NAMED).map(visible).join(", ");
  const more = keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} more` : "";
  return [`${named}${more} ${keys.length === 1 ? isSo : areSo}`];
}
