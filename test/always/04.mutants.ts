/** Errors that `04-two-runs-at-once.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "the memory store ignores the condition",
    edits: [
      {
        file: "lib/stores/memory.ts",
        find: "if (ifMatch !== undefined && current?.etag !== ifMatch) {",
        replace: "if (ifMatch !== undefined && current === undefined) {",
      },
    ],
  },
  {
    name: "documents of another run count as foreign",
    edits: [
      {
        file: "lib/publish/guard/guard.ts",
        find: "else if ((await readHead(state)).etag !== head.etag) throw",
        replace: "else if (head.etag === undefined && (await readHead(state)).value.lease) throw",
      },
    ],
  },
  {
    name: "a missing document does not count as drift",
    edits: [
      {
        file: "lib/publish/scan/drift.ts",
        find: "const suspects = Object.entries(catalog.documents).filter(([path, { etag }]) => listed.get(path) !== etag);",
        replace:
          "const suspects = Object.entries(catalog.documents).filter(([path, { etag }]) => (listed.get(path) ?? etag) !== etag);",
      },
    ],
  },
  {
    name: "a live lease is ignored",
    edits: [
      {
        file: "lib/state/busy.ts",
        find: "if (!until || !(until > clock.now())) return undefined;",
        replace: "if (!until || !(until.getTime() - LEASE_MS > clock.now().getTime())) return undefined;",
      },
    ],
  },
  {
    name: "a failed swap counts as successful",
    edits: [
      {
        file: "lib/state/swap.ts",
        find: "if (error instanceof StoreConflict && attempt === 1) return undefined;",
        replace:
          "if (error instanceof StoreConflict && attempt === 1) return { ...(await readMutable(state, mutable)), value: next };",
      },
    ],
  },
  {
    name: "a swap of unknown outcome counts as successful",
    edits: [
      {
        file: "lib/state/swap.ts",
        find: "if (found.etag !== current.etag) return isSame(found.value, next) ? found : undefined;",
        replace:
          "if (found.etag !== current.etag) return isSame(found.value, next) ? found : { ...found, value: next };",
      },
    ],
  },
  {
    name: "a lease is never renewed",
    edits: [
      {
        file: "lib/state/lease.ts",
        find: "if (remaining > LEASE_MS / 2 && remaining <= LEASE_MS) return;",
        replace: "if (remaining > -LEASE_MS) return;",
      },
    ],
  },
  {
    name: "an altered document does not count as drift",
    edits: [
      {
        file: "lib/publish/scan/drift.ts",
        find: "if (object && digestOf(object.body) === digest) etags.set(path, object.etag);",
        replace: 'if (object && digestOf(object.body) !== "" && digest !== "") etags.set(path, object.etag);',
      },
    ],
  },
  {
    name: "a condition is checked before the file is locked",
    edits: [
      {
        file: "lib/stores/folder/put.ts",
        find: [
          "await exclusively(path, async () => {",
          "    const present = statOf(path);",
          "    if (ifAbsent && present) throw exists();",
          "    if (ifMatch !== undefined && (!present || etagOf(present) !== ifMatch)) {",
          '      throw new StoreConflict(folder, "put", key, "the object is another one");',
          "    }",
        ],
        replace: [
          "const present = statOf(path);",
          "  if (ifAbsent && present) throw exists();",
          "  if (ifMatch !== undefined && (!present || etagOf(present) !== ifMatch)) {",
          '    throw new StoreConflict(folder, "put", key, "the object is another one");',
          "  }",
          "  await exclusively(path, async () => {",
        ],
      },
    ],
  },
];
