/** The outcome of an announcement, or of a check of what the CDN serves, as log lines for people and as metrics for alarms. */
import { present } from "../../base/optional.ts";
import type { Announced } from "../../state/outbox.ts";
import type { Log } from "../log.ts";
import { count, seconds, writeMetrics } from "../metrics.ts";

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

/** Topics that one line of the log names. */
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
