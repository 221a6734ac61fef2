/** The UTC day of each time that logs have. Neighbouring lines mostly have the same one, so what was worked out last is kept. */
import type { Day } from "../types.ts";

const DAY_SECONDS = 86_400;
const MINUTE_MS = 60_000;
/** The last second of the year 9999: a later day would not sort as text. */
const LAST_SECOND = 253_402_300_799;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const dayAt = (ms: number): Day => new Date(ms).toISOString().slice(0, "2026-11-28".length);

/** `undefined` where the calendar has no such day: `Date.UTC` goes on into the next month. */
function timeOf(year: number, month: number, day: number, hour = 0, minute = 0): number | undefined {
  if (year < 1000 || year > 9998 || hour > 23 || minute > 59) return undefined;
  const ms = Date.UTC(year, month - 1, day, hour, minute);
  const date = new Date(ms);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? ms : undefined;
}

/** What no line has. */
const NOTHING = "\n";

let lastDate: Day = NOTHING;

/** Of `2026-11-28` at `from` of a line, up to `to`. */
export function dayOfDate(line: string, from: number, to: number): Day | undefined {
  if (to - from === lastDate.length && line.startsWith(lastDate, from)) return lastDate;
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(line.slice(from, to));
  const ms = parts && timeOf(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  if (typeof ms !== "number") return undefined;
  lastDate = dayAt(ms);
  return lastDate;
}

let lastNumber = -1;
let lastNumbered: Day = "";

/** Of seconds since 1970. */
export function dayOfSeconds(seconds: number): Day | undefined {
  if (!(seconds >= 0 && seconds <= LAST_SECOND)) return undefined;
  const number = Math.floor(seconds / DAY_SECONDS);
  if (number !== lastNumber) {
    lastNumber = number;
    lastNumbered = dayAt(number * DAY_SECONDS * 1000);
  }
  return lastNumbered;
}

const MINUTE = "28/Nov/2026:10:00".length;
const ZONE = "28/Nov/2026:10:00:00 ".length;
/** Of a time as nginx and Apache write it, without the brackets. */
export const TIME_LENGTH = "28/Nov/2026:10:00:00 +0800".length;

let lastMinute = NOTHING;
let lastZone = NOTHING;
let lastDay: Day = "";

/** Of `28/Nov/2026:10:00:00 +0800` at `from` of a line. All seconds of a minute have one day, whatever the zone; those of an hour do not. */
export function dayOfTime(line: string, from: number): Day | undefined {
  if (line.startsWith(lastMinute, from) && line.startsWith(lastZone, from + ZONE)) {
    return isSeconds(line, from + MINUTE) ? lastDay : undefined;
  }
  const parts = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):\d\d ([+-])(\d\d)(\d\d)$/.exec(
    line.slice(from, from + TIME_LENGTH),
  );
  if (!parts || !isSeconds(line, from + MINUTE)) return undefined;
  const [, day, name = "", year, hour, minute, sign, hours, minutes] = parts;
  const month = MONTHS.indexOf(name) + 1;
  const local = timeOf(Number(year), month, Number(day), Number(hour), Number(minute));
  if (local === undefined || month === 0) return undefined;
  const ahead = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  lastDay = dayAt(sign === "-" ? local + ahead : local - ahead);
  lastMinute = parts[0].slice(0, MINUTE);
  lastZone = parts[0].slice(ZONE);
  return lastDay;
}

/** `:59 ` at `from`. A leap second is `:60 `. */
function isSeconds(line: string, from: number): boolean {
  const tens = line.charCodeAt(from + 1) - 48;
  const ones = line.charCodeAt(from + 2) - 48;
  return line[from] === ":" && line[from + 3] === " " && ones >= 0 && ones <= 9 && tens >= 0 && tens * 10 + ones <= 60;
}

/**
 * Of the texts that Caddy may be told to write: ISO 8601 or RFC 3339 with or without a fraction, `2026/11/28 10:00:00` in UTC (`wall`),
 * and the time of the common log format.
 */
export function dayOfText(text: string): Day | undefined {
  const parts = /^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|([+-])(\d\d):?(\d\d))?$/.exec(
    text,
  );
  if (!parts) return text.length === TIME_LENGTH ? dayOfTime(text, 0) : undefined;
  const [, year, month, day, hour, minute, second, sign, hours = "0", minutes = "0"] = parts;
  const local = timeOf(Number(year), Number(month), Number(day), Number(hour), Number(minute));
  if (local === undefined || Number(second) > 60) return undefined;
  const ahead = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return dayAt(sign === "-" ? local + ahead : local - ahead);
}
