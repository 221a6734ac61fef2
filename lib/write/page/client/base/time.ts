/** Dates as people read them, in the phone's own zone. */
import { language } from "./data.ts";

const format = new Intl.DateTimeFormat([language, "en"], { dateStyle: "medium", timeStyle: "short" });

export function shownTime(instant: string | number): string {
  const time = new Date(instant);
  return Number.isNaN(time.getTime()) ? String(instant) : format.format(time);
}
