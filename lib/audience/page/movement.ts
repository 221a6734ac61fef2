/** A line of a plot in a sentence: where it begins and ends, and where it is highest. */
import type { Day } from "../types.ts";
import type { AudienceLocale } from "./locale.ts";
import type { PlotCounts } from "./plot.ts";

/** `days` are those of the counts. Nothing where no day was counted. */
export function movementOf(
  counts: PlotCounts,
  days: readonly Day[],
  { words, number, date }: AudienceLocale,
): string | undefined {
  const counted = counts.flatMap((count, i) => {
    const day = days[i];
    return count === undefined || day === undefined ? [] : { count, day };
  });
  const [first, last] = [counted[0], counted.at(-1)];
  if (!first || !last) return undefined;
  const highest = counted.reduce((most, each) => (each.count > most.count ? each : most), first);
  return words.moved({
    ...{ first: number(first.count), firstDay: date(first.day) },
    ...{ last: number(last.count), lastDay: date(last.day) },
    ...{ highest: number(highest.count), highestDay: date(highest.day) },
  });
}
