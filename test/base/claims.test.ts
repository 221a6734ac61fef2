/** Threads that work off one list together do each of it once. */
import { expect, test } from "vitest";
import { claim, closeClaims, newClaims } from "../../lib/base/claims.ts";

test("all of a list is claimed, nothing twice, and less at a time towards its end", () => {
  for (const amount of [0, 1, 7, 100, 1000]) {
    const claims = newClaims(amount);
    const sizes: number[] = [];
    let expected = amount;
    for (;;) {
      const { left, claimed } = claim(claims, 32);
      expect(left).toBe(expected);
      if (claimed === 0) break;
      sizes.push(claimed);
      expected -= claimed;
    }
    expect(expected).toBe(0);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(32);
  }
});

test("what is closed cannot be claimed", () => {
  const claims = newClaims(10);
  claim(claims, 2);
  closeClaims(claims);
  expect(claim(claims, 2).claimed).toBe(0);
});
