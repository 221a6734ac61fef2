/** Records that change by themselves are found by looking only into some segments of the list. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PostRecord } from "../../../lib/model.ts";
import { dueIn, mustBeReadAgain } from "../../../lib/publish/scan/due.ts";
import { listedOf } from "../../channels/records.ts";

const day = (n: number): string => new Date(Date.UTC(2026, 0, n)).toISOString().replace(".000", "");

/** Most wait for nothing, and so do whole segments. */
const RECORDS = Array.from({ length: 3000 }, (_, i): PostRecord => {
  const { facts, ...record } = listedOf(`${i}`, { published: day(i % 600 === 0 ? 20 : 1) });
  if (i % 700 === 1) return { ...record, state: "conflicting", facts };
  if (i % 500 === 2) return { ...record, state: "future", due: day(10 + (i % 7)) };
  return { ...record, facts, ...(i % 900 === 3 && { due: day(15) }) };
});

test("exactly those are found that must be read again, at any moment of one list", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 25 }).map(day), (now) => {
      expect(dueIn(RECORDS, now)).toEqual(RECORDS.filter((record) => mustBeReadAgain(record, now)));
    }),
    { numRuns: 40 },
  );
});
