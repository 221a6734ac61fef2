/** Tests against real servers: an object gateway, and the programs that people read feeds with. */
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: join(import.meta.dirname, "../.."),
  test: {
    include: ["test/real/**/*.test.ts"],
    globalSetup: ["test/real/setup.ts"],
    env: {
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "testtest",
      AWS_REGION: "us-east-1",
      // What a developer may have set must not come before these.
      AWS_PROFILE: "",
      AWS_SESSION_TOKEN: "",
    },
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
