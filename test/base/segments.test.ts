/** Lists in segments: cut at the same places however a list came about, and shared with the list that it was made of. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutSegments, differenceOf, keepShared, ofSegments, segmentsOf } from "../../lib/base/segments.ts";

interface Item {
  readonly key: string;
}

const itemsOf = (count: number): readonly Item[] => Array.from({ length: count }, (_, i) => ({ key: `posts/${i}.md` }));

const ITEMS = itemsOf(6000);
segmentsOf(ITEMS);

/** Items that go, change and come. */
const edits = fc.record({
  gone: fc.array(fc.nat(ITEMS.length - 1), { maxLength: 5 }),
  changed: fc.array(fc.nat(ITEMS.length - 1), { maxLength: 5 }),
  added: fc.array(fc.tuple(fc.nat(ITEMS.length), fc.string({ maxLength: 5 })), { maxLength: 5 }),
});

function edited({ gone, changed, added }: typeof edits extends fc.Arbitrary<infer Edits> ? Edits : never) {
  const items = ITEMS.map((item, i) => (changed.includes(i) ? { ...item } : item)).filter((_, i) => !gone.includes(i));
  for (const [at, key] of added) items.splice(at, 0, { key });
  return items;
}

describe("segments", () => {
  test("are the list, and none is empty", () => {
    for (const count of [0, 1, 700, 6000]) {
      const segments = segmentsOf(itemsOf(count));
      expect(segments.flat()).toEqual(itemsOf(count));
      expect(segments.every(({ length }) => length > 0)).toBe(true);
    }
  });

  test("of a list that was made of another are where they are of the same list, and those that both have are the same", () => {
    const former = cutSegments(ITEMS, ({ key }) => key);
    fc.assert(
      fc.property(edits, (made) => {
        const items = edited(made);
        const segments = cutSegments(items, ({ key }) => key, former);
        const anew = cutSegments(items, ({ key }) => key);
        expect(segments).toEqual(anew);
        const fresh = segments.filter((segment) => !former.includes(segment));
        // An item that begins a segment, and goes or comes, changes the one before as well.
        expect(fresh.length).toBeLessThanOrEqual(2 * (made.gone.length + made.changed.length + made.added.length));
      }),
      { numRuns: 20 },
    );
  });

  test("tell what only one of two lists has, in the order of each", () => {
    fc.assert(
      fc.property(edits, (made) => {
        const items = edited(made);
        keepShared(items, ITEMS);
        const [then, now] = [new Set(ITEMS), new Set(items)];
        expect(differenceOf(ITEMS, items)).toEqual({
          was: ITEMS.filter((item) => !now.has(item)),
          is: items.filter((item) => !then.has(item)),
        });
      }),
      { numRuns: 20 },
    );
  });

  test("end after so many items, should no item begin another", () => {
    const same = Array.from({ length: 10_000 }, (): Item => ({ key: "posts/1.md" }));
    const segments = cutSegments(same, ({ key }) => key);
    expect(segments.map(({ length }) => length)).toEqual([2048, 2048, 2048, 2048, 1808]);
    expect(cutSegments(same.slice(0, 9000), ({ key }) => key, segments)[1]).toBe(segments[1]);
  });
});

test("what is made of a segment is made once, as long as its items are the same", () => {
  const counted: number[] = [];
  const lengths = ofSegments((segment: readonly Item[]) => {
    counted.push(segment.length);
    return segment.length;
  });
  lengths(ITEMS);
  const made = counted.length;
  const others = ITEMS.with(3000, { key: "posts/3000.md" });
  keepShared(others, ITEMS);
  expect(lengths(others).reduce((sum, length) => sum + length, 0)).toBe(ITEMS.length);
  expect(counted.length).toBe(made + 1);
});
