/** For `mutations.ts`: one file at a time, and a counterexample as it is found, since nobody reads it. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/always/*.test.ts"],
    setupFiles: ["test/always/unshrunk.ts"],
    reporters: ["./test/always/reporter.ts"],
    testTimeout: 60_000,
    bail: 1,
  },
});
