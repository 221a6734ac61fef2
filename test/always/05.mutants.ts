/** Errors that `05-a-crash-at-any-operation.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a file is written in place",
    edits: [
      {
        file: "lib/stores/folder/put.ts",
        find: "import { rename }",
        replace: "import { readFileSync, rename, writeFileSync }",
      },
      {
        file: "lib/stores/folder/put.ts",
        find: "await renamed(temporary, path);",
        replace: [
          'if (path.endsWith("head.json")) await renamed(temporary, path);',
          "    else writeFileSync(path, readFileSync(temporary));",
        ],
      },
    ],
  },
  {
    name: "the intent of an expired lease is not read",
    edits: [
      {
        file: "lib/state/intents.ts",
        find: "return new Set(decodeJson(intent, await readNamed(state, intent), isIntent).paths);",
        replace:
          "return new Set(decodeJson(intent, await readNamed(state, intent), isIntent).paths.filter((path) => path === intent));",
      },
    ],
  },
  {
    name: "an expired lease counts as no work",
    edits: [
      {
        file: "lib/publish/write/commit.ts",
        find: "    head.value.lease !== undefined ||",
        replace: "",
      },
    ],
  },
  {
    name: "an inherited document may count as unchanged",
    edits: [
      {
        file: "lib/publish/plan/plan.ts",
        find: ['if (inherited.has(path)) return "inherited";', '    if (!published) return "new";'],
        replace: 'if (!published) return inherited.has(path) ? "inherited" : "new";',
      },
    ],
  },
  {
    name: "an inherited path of no channel is not removed",
    edits: [
      {
        file: "lib/publish/plan/plan.ts",
        find: "const remove = [...new Set([...published, ...inherited])]",
        replace: "const remove = [...new Set(published)]",
      },
    ],
  },
  {
    name: "a run that takes over does not keep the inherited intent",
    edits: [
      {
        file: "lib/publish/plan/batches.ts",
        find: "...new Set([...pathsOf(batch), ...inherited]),",
        replace: "...new Set(inherited.size > 1000 ? inherited : pathsOf(batch)),",
      },
    ],
  },
  {
    name: "the lease of the next batch names the paths of the former",
    edits: [
      {
        file: "lib/publish/write/commit.ts",
        find: "const paths = next && { paths: pathsToWrite(next, inherited), areOwed: inherited.size > 0 };",
        replace: "const paths = next && { paths: pathsToWrite(batch, inherited), areOwed: inherited.size > 0 };",
      },
    ],
  },
  {
    name: "a lease is released though paths are half done",
    edits: [
      {
        file: "lib/state/lease.ts",
        find: "if (!isHalfWritten) {",
        replace: "if (isHalfWritten || disowned.size === 0) {",
      },
    ],
  },
  {
    name: "an expired lease is waited for",
    edits: [
      {
        file: "lib/state/busy.ts",
        find: "if (!until || !(until > clock.now())) return undefined;",
        replace: "if (!until || !(until > new Date(clock.now().getTime() - 24 * LEASE_MS))) return undefined;",
      },
    ],
  },
  {
    name: "releasing the lease restores the head from before it",
    edits: [
      {
        file: "lib/state/lease.ts",
        find: "settled = committed;",
        replace: "settled = read.value;",
      },
    ],
  },
  {
    name: "an intent leaves out a path that is written",
    edits: [
      {
        file: "lib/state/lease.ts",
        find: "paths: paths.filter((path) => !disowned.has(path))",
        replace: "paths: paths.filter((path) => !disowned.has(path)).slice(0, -1)",
      },
    ],
  },
  {
    name: "the catalog may be lost though the head names it",
    edits: [
      {
        file: "lib/state/catalog.ts",
        find: "{ contentType: CATALOG_TYPE, durable: true }",
        replace: "{ contentType: CATALOG_TYPE }",
      },
    ],
  },
  {
    name: "the intent may be lost though the head names it",
    edits: [
      {
        file: "lib/state/intents.ts",
        find: "contentType: JSON_TYPE, durable: true",
        replace: "contentType: JSON_TYPE",
      },
    ],
  },
  {
    name: "the name of a flushed file is not flushed",
    edits: [
      {
        file: "lib/stores/folder/put.ts",
        find: "if (durable) await flushName(",
        replace: "if (durable && key === folder) await flushName(",
      },
    ],
  },
  {
    name: "a document that was removed may come back",
    edits: [
      {
        file: "lib/publish/write/write.ts",
        find: "store.delete(path, { durable: true })",
        replace: "store.delete(path)",
      },
    ],
  },
];
