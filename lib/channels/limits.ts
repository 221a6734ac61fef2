/** Limits: how much a document carries of its channel, and how much room there is in one. */
import type { Content, DialectName, ListedRecord } from "../model.ts";
import type { Limit, Site } from "../site/types.ts";
import { asGenerated } from "./order.ts";

const DAY_MS = 86_400_000;
/** Bytes of an entry besides its text. */
const ENTRY_OVERHEAD = 300;
/** Bytes of a summary in plain text, at most. */
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

/** Those of the posts, newest first, that are within every limit: of the same moment the ones that the generator lists first. */
export function postsWithin(
  posts: readonly ListedRecord[],
  limit: Limit,
  dialect: DialectName | undefined,
): readonly ListedRecord[] {
  const count = countWithin(posts, limit);
  const moment = posts[count - 1]?.facts.published;
  let end = count;
  while (end < posts.length && posts[end]?.facts.published === moment) end += 1;
  if (end === count) return posts.slice(0, count);
  const listed = asGenerated(posts.slice(0, end), dialect);
  return listed.slice(0, countWithin(listed, limit));
}

/**
 * How many of the records, newest first, one document has room for, from the oldest on: as many as the limit allows entries
 * and bytes, and the guard a document; at most `most`. A limit in days says what is new, not what fits. One always does.
 */
export function countFitting(
  records: readonly ListedRecord[],
  { entries, bytes }: Limit,
  site: Pick<Site, "guard" | "content"> & Written,
  most: number = records.length,
): number {
  let room = site.guard.bytes ?? Infinity;
  let size = 0;
  for (let count = 0; count < most; count++) {
    const record = records[records.length - 1 - count];
    if (!record) return count;
    size += record.facts.size;
    room -= entryRoom(record, site.content, site);
    if (count > 0 && (count === entries || (bytes !== undefined && size > bytes) || room < 0)) return count;
  }
  return most;
}

/** What every entry of a document has, besides what its post gives it. */
type Written = Pick<Site, "sourceMarkdown" | "footer">;

/** Bytes of an entry in a document, from the text that it carries: rather too low than too high. */
export const entryBytes = (record: ListedRecord, usual: Content, written: Written): number =>
  ENTRY_OVERHEAD + textBytes(record, usual, written) + Buffer.byteLength(written.footer ?? "");

/** The same, rather too high than too low: what there is room for by this estimate fits. */
export function entryRoom(record: ListedRecord, usual: Content, written: Written): number {
  const { tags, categories, authors, besides = 0 } = record.facts;
  const terms = tags.length + categories.flat().length + authors.length;
  const text = textBytes(record, usual, written) * 1.3;
  return 700 + terms * 200 + besides * 3 + text + footerRoom(record, written.footer);
}

function textBytes({ facts }: ListedRecord, usual: Content, { sourceMarkdown }: Written): number {
  const { content = usual, size, leadSize = 0 } = facts;
  return (content === "full" ? size : Math.min(size, SUMMARY_BYTES) + leadSize) + (sourceMarkdown ? size : 0);
}

/** A title and an address may be there for each of its names, a title encoded in an address. */
function footerRoom({ facts: { title, url } }: ListedRecord, footer: string | undefined): number {
  if (footer === undefined) return 0;
  return Buffer.byteLength(footer) * 2 + (footer.split("{").length - 1) * Buffer.byteLength(title + url) * 3;
}
