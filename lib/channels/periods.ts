/** Periods of the site's calendar, each of which has an archive once it is over (RFC 5005 §4). */
import { Temporal } from "temporal-polyfill";
import type { Instant, Period } from "../model.ts";

export interface CalendarPeriod {
  /** `2026`, `2026-10`, `2026-W43`, `2026-10-15`: in the order of time as text. */
  readonly name: string;
  readonly start: Instant;
  /** The first moment after it. */
  readonly end: Instant;
}

/** Gives the period of an instant; cheap where instants come in order, since most lie in the period of the one before. */
export function calendarOf(period: Period, timezone: string): (instant: Instant) => CalendarPeriod {
  let last: CalendarPeriod | undefined;
  return (instant) => {
    if (!last || instant < last.start || instant >= last.end) last = periodAt(instant, period, timezone);
    return last;
  };
}

function periodAt(instant: Instant, period: Period, timezone: string): CalendarPeriod {
  const day = Temporal.Instant.from(instant).toZonedDateTimeISO(timezone).toPlainDate();
  const [name, first, length] = STARTS[period](day);
  const bound = (date: Temporal.PlainDate) => {
    return date.toZonedDateTime(timezone).toInstant().toString({ smallestUnit: "second" });
  };
  return { name, start: bound(first), end: bound(first.add(length)) };
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
