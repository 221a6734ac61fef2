/** Periods of the site's calendar (years, months, weeks, days), one archive each once it is over (RFC 5005 §4). */
import { Temporal } from "temporal-polyfill";
import type { Instant, Period } from "../model.ts";

export interface CalendarPeriod {
  /** `2026`, `2026-10`, `2026-W43` or `2026-10-15`: sorted as text they are in chronological order. */
  readonly name: string;
  readonly start: Instant;
  /** The first moment after it. */
  readonly end: Instant;
}

export type Calendar = (instant: Instant) => CalendarPeriod;

const calendars = new Map<string, Calendar>();

/** Gives the period that an instant is in. Memoised. */
export function calendarOf(period: Period, timezone: string): Calendar {
  const name = `${period} ${timezone}`;
  const calendar = calendars.get(name) ?? newCalendar(period, timezone);
  calendars.set(name, calendar);
  return calendar;
}

function newCalendar(period: Period, timezone: string): Calendar {
  let last: CalendarPeriod | undefined;
  /** By the date in UTC: a date overlaps two periods at most, and posts come in order. */
  const byDay = new Map<string, CalendarPeriod>();
  const holds = (instant: Instant, { start, end }: CalendarPeriod) => start <= instant && instant < end;
  return (instant) => {
    if (last && holds(instant, last)) return last;
    const day = instant.slice(0, 10);
    const cached = byDay.get(day);
    last = cached && holds(instant, cached) ? cached : periodAt(instant, period, timezone);
    byDay.set(day, last);
    return last;
  };
}

function periodAt(instant: Instant, period: Period, timezone: string): CalendarPeriod {
  const day = Temporal.Instant.from(instant).toZonedDateTimeISO(timezone).toPlainDate();
  const [name, first, length] = STARTS[period](day);
  const bound = (date: Temporal.PlainDate) => {
    return date.toZonedDateTime(timezone).toInstant().toString({ smallestUnit: "second" });
  };
  const end = bound(first.add(length));
  // Where clocks go back from 00:01 to 23:01, a day that has ended comes again: that hour is of the next one.
  return instant < end ? { name, start: bound(first), end } : periodAt(end, period, timezone);
}

type Start = readonly [name: string, first: Temporal.PlainDate, length: Temporal.DurationLike];

const STARTS: { readonly [period in Period]: (day: Temporal.PlainDate) => Start } = {
  year: (day) => [yearOf(day.year), day.with({ month: 1, day: 1 }), { years: 1 }],
  month: (day) => [day.toPlainYearMonth().toString(), day.with({ day: 1 }), { months: 1 }],
  week: (day) => [
    `${yearOf(day.yearOfWeek ?? day.year)}-W${String(day.weekOfYear ?? 1).padStart(2, "0")}`,
    day.subtract({ days: day.dayOfWeek - 1 }),
    { weeks: 1 },
  ],
  day: (day) => [day.toString(), day, { days: 1 }],
};

const yearOf = (year: number): string => String(year).padStart(4, "0");
