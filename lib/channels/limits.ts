/** Limits: how much a document carries of its channel, and how much room there is in one. */
import type { Content, ListedRecord } from "../model.ts";
import type { Limit, Site } from "../site/types.ts";

const DAY_MS = 86_400_000;
/** Bytes of an entry besides its text; of one with a recording, these and more. */
const ENTRY_OVERHEAD = 300;
const RECORDING_OVERHEAD = 600;
/** Bytes of a summary, at most. */
const SUMMARY_BYTES = 280;

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

/**
 * How many of the records, newest first, one document has room for, from the oldest on: as many as the limit allows entries
 * and bytes, and the guard a document; at most `most`. A limit in days says what is new, not what fits. One always does.
 */
export function countFitting(
  records: readonly ListedRecord[],
  { entries, bytes }: Limit,
  site: Pick<Site, "guard" | "content" | "sourceMarkdown">,
  most: number = records.length,
): number {
  // Documents of prose are less than twice as large as their estimate.
  const room = (site.guard.bytes ?? Infinity) / 2;
  let size = 0;
  let estimate = 0;
  for (let count = 0; count < most; count++) {
    const record = records[records.length - 1 - count];
    if (!record) return count;
    size += record.facts.size;
    estimate += entryBytes(record, site.content, site.sourceMarkdown);
    if (count > 0 && (count === entries || (bytes !== undefined && size > bytes) || estimate > room)) return count;
  }
  return most;
}

/** Bytes of an entry in a document, from the text that it carries: rather too low than too high. */
export function entryBytes({ facts }: ListedRecord, usual: Content, hasMarkdown: boolean): number {
  const content = facts.content ?? usual;
  const text = content === "full" ? facts.size : Math.min(facts.size, SUMMARY_BYTES);
  const besides = ENTRY_OVERHEAD + (facts.playable ? RECORDING_OVERHEAD : 0);
  return besides + text + (hasMarkdown ? facts.size : 0);
}
