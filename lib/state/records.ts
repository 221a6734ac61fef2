/** Records in UTF-8 key order, as a catalog has them. */
import { placeOf } from "../base/search.ts";
import { joinedParts, keepShared } from "../base/segments.ts";
import type { PostRecord } from "../model.ts";
import { compareKeys } from "../stores/store.ts";

/** By binary search; `undefined` where no record has the key. */
export function recordAt(records: readonly PostRecord[], key: string): PostRecord | undefined {
  const record = records[placeOfKey(records, key)];
  return record?.key === key ? record : undefined;
}

/** Where a record with the key is, or would be. */
const placeOfKey = (records: readonly PostRecord[], key: string, start?: number): number =>
  placeOf(records, (record) => compareKeys(record.key, key) >= 0, start);

/** Each in its place, instead of one with its key. */
export function withRecords(records: readonly PostRecord[], others: readonly PostRecord[]): readonly PostRecord[] {
  return replaced(
    records,
    others.map((record) => [record.key, record]),
  );
}

export function withoutKeys(records: readonly PostRecord[], keys: Iterable<string>): readonly PostRecord[] {
  return replaced(
    records,
    Array.from(keys, (key) => [key, undefined]),
  );
}

function replaced(
  records: readonly PostRecord[],
  others: readonly (readonly [key: string, record: PostRecord | undefined])[],
): readonly PostRecord[] {
  if (others.length === 0) return records;
  const parts: (readonly PostRecord[])[] = [];
  let start = 0;
  for (const [key, record] of others.toSorted(([a], [b]) => compareKeys(a, b))) {
    const place = placeOfKey(records, key, start);
    parts.push(records.slice(start, place));
    if (record) parts.push([record]);
    start = records[place]?.key === key ? place + 1 : place;
  }
  parts.push(records.slice(start));
  const all = joinedParts(parts);
  keepShared(all, records);
  return all;
}
