/** Which days are written below a plot: round ones, so few that their names do not touch. */
import type { Day } from "../types.ts";

export interface DayTicks {
  /** Places in the list of days, in its order. */
  readonly places: readonly number[];
  /** Whether the ticks are firsts of months, so that a name needs no day. */
  readonly areMonths: boolean;
}

/** In days, counted back from the last one; beyond the longest, months are written. */
const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12];

/** At most `most` of them. `days` follow each other without a gap. */
export function dayTicks(days: readonly Day[], most: number): DayTicks {
  const step = DAY_STEPS.find((each) => Math.ceil(days.length / each) <= most);
  if (step !== undefined) {
    const last = days.length - 1;
    return { places: days.flatMap((_, i) => ((last - i) % step === 0 ? i : [])), areMonths: false };
  }
  const firsts = days.flatMap((day, i) => (day.endsWith("-01") ? { i, month: monthNumber(day) } : []));
  const months = MONTH_STEPS.find((each) => firsts.filter(({ month }) => month % each === 0).length <= most) ?? 12;
  return { places: firsts.filter(({ month }) => month % months === 0).map(({ i }) => i), areMonths: true };
}

/** Of months since the year 0; January is divisible by 12. */
const monthNumber = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
