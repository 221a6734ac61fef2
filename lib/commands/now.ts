/** The moment at which a command acts. */
import { parseDate } from "../content/facts/dates.ts";
import { clock } from "./console.ts";
import { UsageError } from "./exit.ts";

/** `text`: the value of `--now`, if it was given. Throws a `UsageError`. */
export function momentOf(text: string | undefined): Date {
  if (text === undefined) return clock.now();
  const instant = parseDate(text, "UTC");
  if (instant === undefined) throw new UsageError(`--now ${text} is not a moment: write 2026-01-01T00:00:00Z`);
  return new Date(instant);
}
