/** Errors that `12-never-an-empty-feed.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a site of one post may become empty",
    edits: [
      {
        file: "lib/publish/guard/refusals.ts",
        find: "if (before === 0 || countListed(records) > 0) return undefined;",
        replace: "if (before <= 1 || countListed(records) > 0) return undefined;",
      },
    ],
  },
  {
    name: "records of any state count as posts",
    edits: [
      {
        file: "lib/publish/guard/refusals.ts",
        find: "if (before === 0 || countListed(records) > 0) return undefined;",
        replace: "if (before === 0 || records.length > 0) return undefined;",
      },
    ],
  },
  {
    name: "the guard lets an emptied site through",
    edits: [
      {
        file: "lib/publish/guard/guard.ts",
        find: "return { existing, ...(force ? { forced: refusal } : { refused: refusal }) };",
        replace: "return { existing, ...(force || site.guard.gone ? { forced: refusal } : { refused: refusal }) };",
      },
    ],
  },
  {
    name: "one expired post lets all others go",
    edits: [
      {
        file: "lib/publish/guard/refusals.ts",
        find: "if (lost.length === 0 && expired.every(({ expires }) => expires !== undefined && expires <= now)) return undefined;",
        replace: "if (expired.every(({ expires }) => expires !== undefined && expires <= now)) return undefined;",
      },
    ],
  },
];
