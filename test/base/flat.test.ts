/** Texts in one piece. */
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { flat } from "../../lib/base/flat.ts";

test("a text in one piece is the same text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
      expect(flat(a + b)).toBe(a + b);
    }),
  );
});

test("of a text that was joined of parts of long ones, its own characters are kept, and not those texts", () => {
  const program = `
    import { flat } from "./lib/base/flat.ts";
    const kept = [];
    function bytesOf(made) {
      globalThis.gc();
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < 5000; i++) {
        const long = flat(("post " + i).padEnd(1000, "x"));
        kept.push(made(long.slice(0, 30) + long.slice(100, 120)));
      }
      globalThis.gc();
      return (process.memoryUsage().heapUsed - before) / 5000;
    }
    console.log(JSON.stringify([bytesOf((text) => text), bytesOf(flat)]));`;
  const args = ["--expose-gc", "--no-warnings", "--input-type=module", "--eval", program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  const [joined, whole] = JSON.parse(stdout);
  expect(joined).toBeGreaterThan(1000);
  expect(whole).toBeLessThan(200);
});
