/** Memory of the blocks of entries: used again once nothing in it is held, and never before. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { HeldEntry } from "../../../lib/formats/types.ts";
import { openChunks, takeBlock } from "../../../lib/publish/render/memory.ts";

const heldIn = (line: Uint8Array): HeldEntry => ({ line }) as unknown as HeldEntry;

/** Lends memory for blocks of these sizes, of which those of the last batch are still held. */
function batchesOf(sizes: readonly number[], batches: number) {
  const chunks = openChunks();
  let held: readonly HeldEntry[] = [];
  return Array.from({ length: batches }, () => {
    const memory = chunks.lend(
      sizes.reduce((sum, size) => sum + size, 0),
      held,
    );
    const blocks = sizes.map((size) => takeBlock(memory, size).bytes);
    const before = held;
    held = blocks.map(heldIn);
    return { blocks, before };
  });
}

const overlap = (a: Uint8Array, b: Uint8Array): boolean =>
  a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.length && b.byteOffset < a.byteOffset + a.length;

test("blocks are of the size that was asked for, and never share a byte with one that is held", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 20_000_000 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(sizes, (sizes) => {
      for (const { blocks, before } of batchesOf(sizes, 3)) {
        expect(blocks.map(({ length }) => length)).toEqual(sizes);
        const all = [...blocks, ...before.flatMap(({ line }) => line ?? [])];
        expect(all.some((one, i) => all.some((other, j) => i < j && overlap(one, other)))).toBe(false);
      }
    }),
    { numRuns: 15 },
  );
});

test("many batches take the memory of two, where each needs the one before it", () => {
  const sizes = Array.from({ length: 20 }, () => 2_000_000);
  const blocks = batchesOf(sizes, 40).flatMap(({ blocks }) => blocks);
  const memory = new Set(blocks.map(({ buffer }) => buffer));
  expect([...memory].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(2 * 48_000_001);
});

test("what lies in memory of its own, or in none, is no reason to keep any", () => {
  const chunks = openChunks();
  const [first] = chunks.lend(1, []).chunks;
  expect(chunks.lend(1, [heldIn(new Uint8Array(8)), {} as HeldEntry]).chunks).toEqual([first]);
  expect(chunks.lend(1, [heldIn(new Uint8Array(first ?? new ArrayBuffer(0)))]).chunks).not.toContain(first);
});
