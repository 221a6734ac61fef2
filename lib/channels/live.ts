/** The status of a live stream (pending, live, ended), and when the clock changes it next. */
import type { Facts, Instant, LiveStatus } from "../model.ts";

type Stream = NonNullable<Facts["live"]>;

/**
 * What front matter states, else what the clock implies. A stream without an end is live until front matter says
 * otherwise.
 */
export function liveStatus({ start, end, status }: Stream, now: Instant): LiveStatus {
  if (status !== undefined) return status;
  if (now < start) return "pending";
  return end !== undefined && now >= end ? "ended" : "live";
}

export function liveDue({ start, end, status }: Stream, now: Instant): Instant | undefined {
  if (status !== undefined) return undefined;
  if (now < start) return start;
  return end !== undefined && now < end ? end : undefined;
}
