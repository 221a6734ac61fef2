/** Records in UTF-8 key order, as a catalog has them. */
import type { PostRecord } from "../model.ts";
import { compareKeys } from "../stores/store.ts";

/** By binary search; `undefined` where no record has the key. */
export function recordAt(records: readonly PostRecord[], key: string): PostRecord | undefined {
  let low = 0;
  let high = records.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const record = records[middle];
    if (!record) return undefined;
    const order = compareKeys(record.key, key);
    if (order === 0) return record;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
