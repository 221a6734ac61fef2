/** Records in the order of their keys: found, replaced and left out as in a list that is gone through. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PostRecord } from "../../lib/model.ts";
import { recordAt, withoutKeys, withRecords } from "../../lib/state/records.ts";
import { compareKeys } from "../../lib/stores/store.ts";

const key = fc.string({ unit: fc.constantFrom("a", "b", "/", "滴", "😀", "\uffee"), maxLength: 3 });
const recordOf = (key: string, etag: string): PostRecord => ({ key, state: "public", etag, problems: [], deps: [] });
const inOrder = (records: readonly PostRecord[]) => records.toSorted((a, b) => compareKeys(a.key, b.key));
const lists = fc.uniqueArray(key, { maxLength: 12 });

test("a record is found by its key, and none where there is none", () => {
  fc.assert(
    fc.property(lists, key, (keys, sought) => {
      const records = inOrder(keys.map((key) => recordOf(key, "")));
      expect(recordAt(records, sought)).toBe(records.find(({ key }) => key === sought));
    }),
  );
});

test("others take the places of records with their keys, or come between them", () => {
  fc.assert(
    fc.property(lists, lists, (keys, changed) => {
      const records = inOrder(keys.map((key) => recordOf(key, "was")));
      const others = changed.map((key) => recordOf(key, "is"));
      const kept = records.filter(({ key }) => !changed.includes(key));
      expect(withoutKeys(records, changed)).toEqual(kept);
      expect(withRecords(records, others)).toEqual(inOrder([...kept, ...others]));
    }),
  );
});
