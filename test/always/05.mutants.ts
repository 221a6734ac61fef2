/** Errors that `05-a-crash-at-any-operation.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a file is written where it lies",
    edits: [
      {
        file: "lib/stores/folder.ts",
        find: "renameSync, rmSync }",
        replace: "renameSync, rmSync, statSync, writeFileSync }",
      },
      {
        file: "lib/stores/folder.ts",
        find: ["renameSync(temporary, path);", "            isTemporary = false;", "            return etag;"],
        replace: [
          'if (path.endsWith("head.json")) renameSync(temporary, path);',
          "            else writeFileSync(path, body);",
          "            return etagOf(statSync(path, { bigint: true }));",
        ],
      },
    ],
  },
  {
    name: "the intent of an expired lease is not read",
    edits: [
      {
        file: "lib/state/lease.ts",
        find: "return new Set(paths);",
        replace: "return new Set(paths.filter((path) => path === intent));",
      },
    ],
  },
  {
    name: "an expired lease is nobodys work",
    edits: [
      {
        file: "lib/publish/write/commit.ts",
        find: "    head.head.lease !== undefined ||",
        replace: "",
      },
    ],
  },
  {
    name: "an inherited document may be fresh",
    edits: [
      {
        file: "lib/publish/plan/plan.ts",
        find: ['if (inherited.has(path)) return "inherited";', '    if (!published) return "new";'],
        replace: 'if (!published) return inherited.has(path) ? "inherited" : "new";',
      },
    ],
  },
  {
    name: "an inherited path of no channel stays",
    edits: [
      {
        file: "lib/publish/plan/plan.ts",
        find: "const remove = [...new Set([...published, ...inherited])]",
        replace: "const remove = [...new Set(published)]",
      },
    ],
  },
  {
    name: "who takes over intends its own alone",
    edits: [
      {
        file: "lib/publish/plan/batches.ts",
        find: "): readonly string[] => [...new Set([...pathsOf(batch), ...inherited])];",
        replace: "): readonly string[] => [...new Set(inherited.size > 1000 ? inherited : pathsOf(batch))];",
      },
    ],
  },
  {
    name: "the lease of the next batch names the last",
    edits: [
      {
        file: "lib/publish/write/commit.ts",
        find: "const head = await held.commit(catalog, outbox, next && pathsToWrite(next, { inherited }));",
        replace: "const head = await held.commit(catalog, outbox, next && pathsToWrite(batch, { inherited }));",
      },
    ],
  },
  {
    name: "half of a run is given back as done",
    edits: [
      {
        file: "lib/state/lease.ts",
        find: "if (!isHalfDone) {",
        replace: "if (isHalfDone || left.size === 0) {",
      },
    ],
  },
  {
    name: "an expired lease is waited for",
    edits: [
      {
        file: "lib/state/lease.ts",
        find: "return until && until > clock.now() ? until : undefined;",
        replace: "return until && until > new Date(clock.now().getTime() - 24 * LEASE_MS) ? until : undefined;",
      },
    ],
  },
  {
    name: "a lease is given back as it was taken",
    edits: [
      {
        file: "lib/state/lease.ts",
        find: "settled = committed;",
        replace: "settled = read.head;",
      },
    ],
  },
  {
    name: "who looks again keeps the former intent",
    edits: [
      {
        file: "lib/state/lease.ts",
        find: "await swap({ ...current.head, lease: await leaseFor(paths) });",
        replace: "await swap({ ...current.head, lease: await leaseFor(paths.length === 0 ? paths : intended) });",
      },
    ],
  },
];
