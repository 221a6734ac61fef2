/** Dates as authors write them → instants. Never the present moment, never the epoch: unreadable is unreadable. */
import { Temporal } from "temporal-polyfill";
import type { Instant } from "../model.ts";

const WRITTEN =
  /^(?<year>\d{4})(?<sep>[-/.])(?<month>\d{1,2})\k<sep>(?<day>\d{1,2})(?:(?:[Tt]|[ \t]+)(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?[ \t]*(?<zone>[Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** Without a zone it is read on the clock of `timezone` (IANA); a time that daylight saving skips is moved forward. */
export function parseDate(text: string, timezone: string): Instant | undefined {
  const groups = WRITTEN.exec(text.trim())?.groups;
  if (!groups) return undefined;
  const { year, month, day, hour = 0, minute = 0, second = 0, zone } = groups;
  try {
    const clock = Temporal.PlainDateTime.from(
      {
        year: Number(year),
        month: Number(month),
        day: Number(day),
        hour: Number(hour),
        minute: Number(minute),
        second: Number(second),
      },
      { overflow: "reject" },
    );
    const instant = clock.toZonedDateTime(zone === undefined ? timezone : offsetOf(zone)).toInstant();
    const text = instant.toString({ smallestUnit: "second" });
    return /^\d{4}-/.test(text) ? text : undefined; // RFC 3339 knows the years 0000 to 9999
  } catch {
    return undefined; // no such day or time, or no such offset
  }
}

function offsetOf(zone: string): string {
  if (/^[a-z]/i.test(zone)) return "UTC";
  const digits = zone.replace(":", "").padEnd(5, "0");
  return `${digits.slice(0, 3)}:${digits.slice(3)}`;
}

/** The day that the clock of `timezone` shows at an instant. */
export function dayOf(instant: Instant, timezone: string): { year: number; month: number; day: number } {
  const { year, month, day } = Temporal.Instant.from(instant).toZonedDateTimeISO(timezone);
  return { year, month, day };
}

/** Whole seconds, as every instant of the model. */
export function instantOf(date: Date): Instant {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
