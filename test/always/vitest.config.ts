/** For `judge.ts`: counterexamples are not shrunk, since only the failure counts. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Node reads what it runs: a mutant is as any other code, and nothing else is read anew.
    experimental: { viteModuleRunner: false },
    setupFiles: ["test/support/compiled.ts", "test/always/unshrunk.ts"],
    testTimeout: 240_000,
  },
});
