/** Salted hashes, and counts of as many names as anybody makes up. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openHasher, openHashSet } from "../../../lib/audience/count/hashes.ts";
import { openBoundedTally } from "../../../lib/audience/count/tallies.ts";

describe("a hash", () => {
  test("of one text is another under another salt", () => {
    const texts = Array.from({ length: 100 }, (_, i) => `192.0.2.${i}`);
    const one = openHasher([1, 2]);
    const other = openHasher([3, 4]);
    expect(texts.filter((text) => one.of(text) === other.of(text))).toEqual([]);
  });

  test("is different for each of a hundred thousand clients, and of what each does", () => {
    const hasher = openHasher([0x12345678, 0x9abcdef0]);
    const agents = [hasher.of("Example/1.0"), hasher.of("Example/1.1")];
    const set = openHashSet();
    let clients = 0;
    for (let i = 0; i < 60_000; i++) {
      const address = hasher.of(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
      for (const agent of agents) {
        const client = hasher.pair(address, agent);
        if (set.add(client)) clients += 1;
        if (set.add(hasher.pair(client, 1))) clients += 1;
      }
    }
    expect(clients).toBe(240_000);
  });
});

test("a set of hashes holds what was added, and nothing else", () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeNat()), fc.array(fc.maxSafeNat()), (added, asked) => {
      const set = openHashSet();
      const known = new Set<number>();
      for (const hash of added) {
        expect(set.add(hash)).toBe(!known.has(hash) && !(hash <= 1 && known.has(1 - hash)));
        known.add(hash);
      }
      for (const hash of asked) if (hash > 1) expect(set.has(hash)).toBe(known.has(hash));
    }),
  );
});

test("a bounded tally has few names, the same in whatever order they come, with whole counts", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60), { maxLength: 300 }), fc.infiniteStream(fc.nat()), (numbers, ranks) => {
      const counted = (names: readonly number[]) => {
        const tally = openBoundedTally(10, (a, b) => a + b);
        for (const name of names) tally.note(`/${name}`, 1);
        return new Map([...tally.entries()].sort());
      };
      const ranked = numbers.map((each) => [ranks.next().value ?? 0, each] as const);
      const tally = counted(numbers);
      expect(counted(ranked.toSorted(([a], [b]) => a - b).map(([, each]) => each))).toEqual(tally);
      expect(tally.size).toBe(Math.min(10, new Set(numbers).size));
      for (const [name, count] of tally) expect(count).toBe(numbers.filter((each) => `/${each}` === name).length);
    }),
  );
});
