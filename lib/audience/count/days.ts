/** Days in UTC, as text. */
import type { Day } from "../types.ts";

const DAY_MS = 86_400_000;

export const dayOf = (moment: Date): Day => moment.toISOString().slice(0, 10);

/** So many days later; before, where it is less than 0. */
export const dayPlus = (day: Day, days: number): Day => dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS));

export const dayBefore = (day: Day): Day => dayPlus(day, -1);
export const dayAfter = (day: Day): Day => dayPlus(day, 1);
