/** The moment at which a command acts. */
import { clock } from "./console.ts";
import { UsageError } from "./exit.ts";

/** As `--now` is mostly written: calendars, by which all else is read, take longer to load than a run without work. */
const IN_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** `text`: the value of `--now`, if it was given. Throws a `UsageError`. */
export async function momentOf(text: string | undefined): Promise<Date> {
  if (text === undefined) return clock.now();
  const moment = new Date(text);
  // Of a day that does not exist `Date` makes another one.
  if (IN_UTC.test(text) && moment.toJSON()?.slice(0, 19) === text.slice(0, 19)) return moment;
  const { parseDate } = await import("../content/facts/dates.ts");
  const instant = parseDate(text, "UTC");
  if (instant === undefined) throw new UsageError(`--now ${text} is not a moment: write 2026-01-01T00:00:00Z`);
  return new Date(instant);
}
