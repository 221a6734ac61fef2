/** The schema of `skipHours` and `skipDays` in `site.yaml`: when readers need not ask (RSS 2.0). */
import * as v from "valibot";
import { told } from "../fixes/fix.ts";
import { choiceFix } from "../fixes/values.ts";
import { listOf, text, wholeNumber } from "./values.ts";

export const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

const dayNamed = (written: string) => DAYS.find((day) => day.toLowerCase() === written.toLowerCase());

function dayFix(written: string): string {
  const short = written.slice(0, 3).toLowerCase();
  return choiceFix(DAYS.find((day) => day.toLowerCase().startsWith(short)) ?? written, DAYS);
}

/** In GMT, in their order. A reader that skips all of them would never ask. */
export const skipHours = v.pipe(
  listOf(wholeNumber(0, 23), "must be a list of hours, 0 to 23, in GMT"),
  v.transform((given) => [...new Set(given)].sort((a, b) => a - b)),
  v.maxLength(23, "must leave an hour in which readers may ask"),
);

export const skipDays = v.pipe(
  listOf(
    v.pipe(
      text,
      v.check(
        (written) => dayNamed(written) !== undefined,
        told("must be a whole day of the week in English: Monday, Tuesday, …", dayFix),
      ),
    ),
    "must be a list of days, such as [Saturday, Sunday]",
  ),
  v.transform((given) => DAYS.filter((day) => given.some((written) => dayNamed(written) === day))),
  v.maxLength(6, "must leave a day on which readers may ask"),
);
