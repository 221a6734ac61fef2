/** Errors that `05-a-crash-at-any-operation.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a file is written where it lies",
    edits: [
      {
        file: "lib/stores/folder.ts",
        find: "writeSync,",
        replace: ["writeFileSync,", "  writeSync,"],
      },
      {
        file: "lib/stores/folder.ts",
        find: ["renameSync(temporary, path);", "            isThere = false;", "            return etag;"],
        replace: [
          'if (path.endsWith("head.json")) renameSync(temporary, path);',
          "            else writeFileSync(path, body);",
          "            return etagOf(statSync(path, { bigint: true }));",
        ],
      },
    ],
  },
  {
    name: "the intent of an expired claim is not read",
    edits: [
      {
        file: "lib/state/turn.ts",
        find: "return new Set(paths);",
        replace: "return new Set(paths.filter((path) => path === intent));",
      },
    ],
  },
  {
    name: "an expired claim is nobodys work",
    edits: [
      {
        file: "lib/state/commit.ts",
        find: "    head.head.claim !== undefined ||",
        replace: "",
      },
    ],
  },
  {
    name: "an inherited document may be fresh",
    edits: [
      {
        file: "lib/state/plan.ts",
        find: ['if (inherited.has(path)) return "inherited";', '    if (!published) return "new";'],
        replace: 'if (!published) return inherited.has(path) ? "inherited" : "new";',
      },
    ],
  },
  {
    name: "an inherited path of no channel stays",
    edits: [
      {
        file: "lib/state/plan.ts",
        find: "const remove = [...new Set([...published, ...inherited])]",
        replace: "const remove = [...new Set(published)]",
      },
    ],
  },
  {
    name: "who takes over intends its own alone",
    edits: [
      {
        file: "lib/state/slices.ts",
        find: "): readonly string[] => [...new Set([...pathsOf(slice), ...inherited])];",
        replace: "): readonly string[] => [...new Set(inherited.size > 1000 ? inherited : pathsOf(slice))];",
      },
    ],
  },
  {
    name: "the claim of the next slice names the last",
    edits: [
      {
        file: "lib/state/commit.ts",
        find: "const head = await turn.commit(catalog, outbox, next && pathsToWrite(next, { inherited }));",
        replace: "const head = await turn.commit(catalog, outbox, next && pathsToWrite(slice, { inherited }));",
      },
    ],
  },
  {
    name: "half of a pass is given back as done",
    edits: [
      {
        file: "lib/state/turn.ts",
        find: "if (!isHalfDone) {",
        replace: "if (isHalfDone || left.size === 0) {",
      },
    ],
  },
  {
    name: "an expired claim is waited for",
    edits: [
      {
        file: "lib/state/turn.ts",
        find: "return until && until > clock.now() ? until : undefined;",
        replace: "return until && until > new Date(clock.now().getTime() - 24 * LEASE_MS) ? until : undefined;",
      },
    ],
  },
  {
    name: "a turn is given back as it was taken",
    edits: [
      {
        file: "lib/state/turn.ts",
        find: "settled = committed;",
        replace: "settled = read.head;",
      },
    ],
  },
  {
    name: "who looks again keeps the former intent",
    edits: [
      {
        file: "lib/state/turn.ts",
        find: "await swap({ ...current.head, claim: await claimFor(paths) });",
        replace: "await swap({ ...current.head, claim: await claimFor(paths.length === 0 ? paths : intended) });",
      },
    ],
  },
];
