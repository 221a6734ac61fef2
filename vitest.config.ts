/** Tests need nothing but this folder; those against real servers have a configuration of their own. */
import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";

/** Rooms whose modules keep nothing but what they would work out again: their tests share processes, which then load them once. */
const SHARING =
  "{adopt,always,announce,audience,base,channels,content,edge,formats,hosts,publish,recover,site,state,terminal}";
/** What a test of such a room does that another in its process would notice. */
const ALTERS = /\bvi\.|\bprocess\.(?:env|chdir)\b|\bglobalThis\b|\bnode:(?:child_process|worker_threads)\b/;
/** What measures the process, in which others leave garbage to collect and code to compile. */
const MEASURES = /\bsupport\/growth\.ts\b|\bprocess\.(?:cpu|memory|resource)Usage\b/;

const shared = globSync(`test/${SHARING}/**/*.test.ts`).filter((file) => {
  const text = readFileSync(file, "utf8");
  return !ALTERS.test(text) && !MEASURES.test(text);
});

export default defineConfig({
  test: {
    // Only what hangs takes so long, on a busy machine too.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // One more than there are cores: a fifth of the time tests wait for processes, time-outs and second tries.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          include: shared,
          isolate: false,
          // Node itself loads what is tested, as it does for owners.
          experimental: { viteModuleRunner: false },
          setupFiles: ["test/support/compiled.ts", "test/support/models/watch.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "alone",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, "test/real/**", ...shared],
          setupFiles: ["test/support/models/watch.ts"],
        },
      },
    ],
  },
});
