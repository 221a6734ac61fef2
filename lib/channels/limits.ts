/** Applies a channel's limits: how many of its entries its documents carry. */
import type { ListedRecord } from "../model.ts";
import type { Limit } from "../site/types.ts";

const DAY_MS = 86_400_000;

/** How many of the records, newest first, are within every limit; the newest always is, however large. */
export function countWithin(records: readonly ListedRecord[], { entries, days, bytes }: Limit): number {
  const [newest] = records;
  if (!newest) return 0;
  const oldest = days === undefined ? -Infinity : Date.parse(newest.facts.published) - days * DAY_MS;
  let size = 0;
  let count = 0;
  for (const { facts } of records) {
    size += facts.size;
    const isOver = count === entries || (bytes !== undefined && size > bytes);
    if (count > 0 && (isOver || (days !== undefined && Date.parse(facts.published) < oldest))) break;
    count += 1;
  }
  return count;
}
