/** A finder leaves out only items that have none of the names. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { finderOf } from "../../lib/base/finder.ts";

interface Item {
  readonly key: string;
  readonly names: readonly string[];
}

const ITEMS = Array.from({ length: 4000 }, (_, i): Item => ({ key: `${i}`, names: [`a${i % 3000}`, `滴${i >> 1}`] }));

test("all items with one of the names are among those that are found, however often it is asked", () => {
  const find = finderOf<Item>(({ names }) => names);
  const name = fc.oneof(
    fc.nat(3999).map((i) => `a${i}`),
    fc.nat(3999).map((i) => `滴${i}`),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(name, { maxLength: 4 }), (names) => {
      const found = new Set(find(ITEMS, names));
      for (const item of ITEMS) if (item.names.some((each) => names.includes(each))) expect(found).toContain(item);
    }),
  );
});

test("few others are found from the second time on", () => {
  const find = finderOf<Item>(({ names }) => names);
  expect(find(ITEMS, ["a7"])).toHaveLength(ITEMS.length);
  expect(find(ITEMS, ["a7"]).length).toBeLessThan(ITEMS.length / 2);
  expect(find(ITEMS, ["none"]).length).toBeLessThan(ITEMS.length / 2);
  expect(find(ITEMS, [])).toEqual([]);
});
