/** Tests need nothing but this folder; those against real servers have a configuration of their own. */
import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "test/real/**"],
    testTimeout: 60_000,
    // By default one core is left free, which on two cores is half of them.
    maxWorkers: "100%",
  },
});
