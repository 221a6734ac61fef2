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

interface Found {
  readonly period: CalendarPeriod;
  /** Its first day. */
  readonly first: Temporal.PlainDate;
}

function newCalendar(period: Period, timezone: string): Calendar {
  let last: Found | undefined;
  /** By the date in UTC: a date overlaps two periods at most, and posts come in order. */
  const byDay = new Map<string, Found>();
  const holds = (instant: Instant, { period: { start, end } }: Found) => start <= instant && instant < end;
  const { firstOf, nameOf, length } = DIVISIONS[period];
  const startOf = (date: Temporal.PlainDate): Instant =>
    date.toZonedDateTime(timezone).toInstant().toString({ smallestUnit: "second" });

  function periodAt(instant: Instant): Found {
    const first = firstOf(Temporal.Instant.from(instant).toZonedDateTimeISO(timezone).toPlainDate());
    const end = startOf(first.add(length));
    // Where clocks go back from 00:01 to 23:01, a day that has ended comes again: that hour is of the next one.
    return instant < end ? { first, period: { name: nameOf(first), start: startOf(first), end } } : periodAt(end);
  }

  /** The period before. Posts come newest first, so that it is mostly the next one to be found. */
  function before({ first: next, period: { start: end } }: Found): Found {
    const first = next.subtract(length);
    return { first, period: { name: nameOf(first), start: startOf(first), end } };
  }

  return (instant) => {
    if (last && holds(instant, last)) return last.period;
    const day = instant.slice(0, 10);
    const cached = byDay.get(day);
    const found =
      cached && holds(instant, cached) ? cached : last && instant < last.period.start ? before(last) : undefined;
    last = found && holds(instant, found) ? found : periodAt(instant);
    byDay.set(day, last);
    return last.period;
  };
}

interface Division {
  /** The first day of the period that a day is in. */
  readonly firstOf: (day: Temporal.PlainDate) => Temporal.PlainDate;
  readonly nameOf: (first: Temporal.PlainDate) => string;
  readonly length: Temporal.DurationLike;
}

const DIVISIONS: { readonly [period in Period]: Division } = {
  year: {
    firstOf: (day) => day.with({ month: 1, day: 1 }),
    nameOf: (first) => yearOf(first.year),
    length: { years: 1 },
  },
  month: {
    firstOf: (day) => day.with({ day: 1 }),
    nameOf: (first) => first.toPlainYearMonth().toString(),
    length: { months: 1 },
  },
  week: {
    firstOf: (day) => day.subtract({ days: day.dayOfWeek - 1 }),
    nameOf: (first) => `${yearOf(first.yearOfWeek ?? first.year)}-W${String(first.weekOfYear ?? 1).padStart(2, "0")}`,
    length: { weeks: 1 },
  },
  day: { firstOf: (day) => day, nameOf: (first) => first.toString(), length: { days: 1 } },
};

const yearOf = (year: number): string => String(year).padStart(4, "0");
