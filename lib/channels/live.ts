/** Whether a stream is to come, on now or over; and when that changes by itself. */
import type { Facts, Instant, LiveStatus } from "../model.ts";

type Stream = NonNullable<Facts["live"]>;

/** The author's word, else the clock's. A stream without an end is over when its author says so. */
export function liveStatus({ start, end, status }: Stream, now: Instant): LiveStatus {
  if (status !== undefined) return status;
  if (now < start) return "pending";
  return end !== undefined && now >= end ? "ended" : "live";
}

/** When the status changes next. */
export function liveDue({ start, end, status }: Stream, now: Instant): Instant | undefined {
  if (status !== undefined) return undefined;
  if (now < start) return start;
  return end !== undefined && now < end ? end : undefined;
}
