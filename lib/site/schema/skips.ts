/** The schema of `skipHours` and `skipDays` in `site.yaml`: when readers need not ask (RSS 2.0). */
import * as v from "valibot";
import { text, wholeNumber } from "./values.ts";

export const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

const dayNamed = (written: string) => DAYS.find((day) => day.toLowerCase() === written.toLowerCase());

/** In GMT, in their order. A reader that skips all of them would never ask. */
export const skipHours = v.pipe(
  v.array(wholeNumber(0, 23), "must be a list of hours, 0 to 23, in GMT"),
  v.transform((given) => [...new Set(given)].sort((a, b) => a - b)),
  v.maxLength(23, "must leave an hour in which readers may ask"),
);

export const skipDays = v.pipe(
  v.array(
    v.pipe(
      text,
      v.check(
        (written) => dayNamed(written) !== undefined,
        "must be a whole day of the week in English: Monday, Tuesday, …",
      ),
    ),
    "must be a list of days, such as [Saturday, Sunday]",
  ),
  v.transform((given) => DAYS.filter((day) => given.some((written) => dayNamed(written) === day))),
  v.maxLength(6, "must leave a day on which readers may ask"),
);
