/**
 * Dates as authors write them → instants. A date that cannot be read is `undefined`, never the present or the epoch.
 */

import { Temporal } from "temporal-polyfill";
import { instantOf } from "../../base/instant.ts";
import type { Instant } from "../../model.ts";
import type { WallTime } from "../../site/permalink.ts";
import { inDigits } from "./eastern.ts";
import { offsetOf } from "./zonenames.ts";
import { steadyOffset } from "./zones.ts";

const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:[.,]\d+)?)?`;
const HALF = String.raw`(?:[ \t]*(?<half>[ap])\.?m\.?)?`;
const ZONE = String.raw`(?:[ \t]*(?<zone>Z|UTC|(?:GMT|UT)(?:[+-]\d{2}:?\d{2})?|[ECMP][SD]T|[IBA]ST|[+-]\d{2}(?::?\d{2})?|[a-z]+(?:/[a-z_]+){1,2})(?:[ \t]*\([^()]*\))?)?`;
const CLOCK = `${TIME}${HALF}(?:[ \\t]+\\k<year>)?${ZONE}`;
const MONTH = "(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?";
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
const YEAR = String.raw`(?<year>\d{4})`;
const WEEKDAY = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?[ \t]+)?`;

/** Year first, as ISO 8601 and RFC 3339 have it; a month by name, as RFC 5322 and English have it. */
const FORMS: readonly RegExp[] = [
  String.raw`${YEAR}(?<sep>[-/.])(?<month>\d{1,2})\k<sep>(?<day>\d{1,2})(?:(?:T|[ \t]+)${CLOCK})?`,
  String.raw`${WEEKDAY}${MONTH}[ \t]+${DAY},?[ \t]+${YEAR}(?:,?[ \t]+${CLOCK})?`,
  String.raw`${WEEKDAY}${DAY}[ \t-]+${MONTH},?[ \t-]+${YEAR}(?:,?[ \t]+${CLOCK})?`,
].map((form) => new RegExp(`^${form}$`, "i"));

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const EASTERN = /[\u3000-\uffef]/;
/** Longer than any date. */
const LONGEST = 100;

/** Milliseconds since 1970. */
const EPOCH = /^(?:[5-9]\d{11}|1\d{12})$/;

/** A date without a zone is in `timezone` (IANA); a time that daylight saving skips is moved forward. */
export function parseDate(text: string, timezone: string): Instant | undefined {
  const trimmed = text.trim();
  if (EPOCH.test(trimmed)) return instantOf(new Date(Number(trimmed)));
  const written = trimmed.length <= LONGEST && EASTERN.test(trimmed) ? inDigits(trimmed) : trimmed;
  for (const form of FORMS) {
    const groups = form.exec(written)?.groups;
    if (groups) return instantFrom(groups, timezone);
  }
  return undefined;
}

function instantFrom(groups: { readonly [name: string]: string | undefined }, timezone: string): Instant | undefined {
  const { year, month, name, day, hour = 0, minute = 0, second = 0, half, zone } = groups;
  const fields = {
    year: Number(year),
    month: name === undefined ? Number(month) : MONTHS.indexOf(name.toLowerCase()) + 1,
    day: Number(day),
    hour: hourOf(Number(hour), half),
    minute: Number(minute),
    second: Number(second),
  };
  const clockZone = zone === undefined ? timezone : zoneOf(zone, timezone);
  const offset = steadyOffset(clockZone, fields.year, fields.month);
  if (offset !== undefined) return steadyInstant(fields, offset);
  try {
    const clock = Temporal.PlainDateTime.from(fields, { overflow: "reject" });
    const instant = clock.toZonedDateTime(clockZone).toInstant();
    const text = instant.toString({ smallestUnit: "second" });
    return /^\d{4}-/.test(text) ? text : undefined; // RFC 3339 has the years 0000 to 9999
  } catch {
    return undefined; // no such day or time, or no such zone
  }
}

type WallTimeFields = Pick<WallTime, "year" | "month" | "day" | "hour" | "minute" | "second">;

/** With a constant offset an instant is a sum. */
function steadyInstant(
  { year, month, day, hour, minute, second }: WallTimeFields,
  offset: number,
): Instant | undefined {
  const isTime = hour >= 0 && hour < 24 && minute < 60 && second < 60;
  const midnight = Date.UTC(year, month - 1, day);
  if (!isTime || day < 1 || new Date(midnight).getUTCDate() !== day) return undefined;
  return instantOf(new Date(midnight + ((hour * 60 + minute) * 60 + second) * 1000 - offset));
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}

function zoneOf(zone: string, timezone: string): string {
  const offset = zone.replace(/^(?:GMT|UT)(?=[+-])/i, "");
  if (/^[+-]/.test(offset)) {
    const digits = offset.replace(":", "").padEnd(5, "0");
    return `${digits.slice(0, 3)}:${digits.slice(3)}`;
  }
  if (zone.includes("/")) return zone;
  return offsetOf(zone, timezone);
}

const DAY_MS = 86_400_000;

/** The wall time in `timezone` at an instant. */
export function wallTimeOf(instant: Instant, timezone: string): WallTime {
  const epoch = Date.parse(instant);
  const steady = steadyOffset(timezone, Number(instant.slice(0, 4)), Number(instant.slice(5, 7)));
  const offset = steady ?? Temporal.Instant.from(instant).toZonedDateTimeISO(timezone).offsetNanoseconds / 1e6;
  const at = new Date(epoch + offset);
  const midnight = Math.floor(at.getTime() / DAY_MS) * DAY_MS;
  const dayOfWeek = at.getUTCDay() || 7;
  // ISO 8601: a week belongs to the year of its Thursday.
  const thursday = midnight + (4 - dayOfWeek) * DAY_MS;
  const daysInYear = (day: number) => (day - new Date(day).setUTCMonth(0, 1)) / DAY_MS;
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    dayOfYear: daysInYear(midnight) + 1,
    dayOfWeek,
    week: Math.floor(daysInYear(thursday) / 7) + 1,
    weekYear: new Date(thursday).getUTCFullYear(),
    seconds: Math.floor(epoch / 1000),
  };
}
