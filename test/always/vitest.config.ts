/** For `mutations.ts`: stops at the first failure, and does not shrink counterexamples, since only the failure counts. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/always/unshrunk.ts"],
    reporters: ["./test/always/reporter.ts"],
    testTimeout: 60_000,
    bail: 1,
  },
});
