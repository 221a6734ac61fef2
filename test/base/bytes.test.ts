/** Bytes that come in parts. */
import { expect, test } from "vitest";
import { readAll } from "../../lib/base/bytes.ts";

const tooLarge = (why: string) => new RangeError(why);

test("parts are joined in their order, however they come", async () => {
  const parts = [Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(3)];
  async function* later() {
    yield* parts;
  }
  for (const given of [parts, later()]) {
    expect([...(await readAll(given, { maxBytes: 3, tooLarge }))]).toEqual([1, 2, 3]);
  }
});

test("parts that never end are read up to the limit, and end there", async () => {
  let hasEnded = false;
  async function* endless() {
    try {
      for (;;) yield new Uint8Array(500_000);
    } finally {
      hasEnded = true;
    }
  }
  const read = readAll(endless(), { maxBytes: 2_000_000, tooLarge });
  await expect(read).rejects.toThrow(new RangeError("it is larger than 2 MB"));
  expect(hasEnded).toBe(true);
});
