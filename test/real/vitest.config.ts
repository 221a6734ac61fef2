/** Tests against real servers: an object gateway, and the programs that people read feeds with. */
import { join } from "node:path";
import { configDefaults, defineConfig } from "vitest/config";

/** What is bounded in seconds as they pass has the machine for itself. */
const BOUNDED = ["test/real/chain.test.ts"];

const OPTIONS = {
  env: {
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "testtest",
    AWS_REGION: "us-east-1",
    // What a developer may have set must not come before these.
    AWS_PROFILE: "",
    AWS_SESSION_TOKEN: "",
  },
  setupFiles: ["test/support/models/watch.ts"],
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
};

const root = join(import.meta.dirname, "../..");

export default defineConfig({
  root,
  test: {
    // One gateway for all of them.
    globalSetup: ["test/real/setup.ts"],
    // While one waits for servers or a browser, another works: each has its own buckets, ports and browser.
    maxWorkers: 2,
    projects: [
      { root, test: { ...OPTIONS, name: "bounded", include: BOUNDED, sequence: { groupOrder: 0 } } },
      {
        root,
        test: {
          ...OPTIONS,
          name: "real",
          include: ["test/real/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...BOUNDED],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
