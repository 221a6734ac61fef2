/** Errors that `12-never-an-empty-feed.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "one post is not a site",
    edits: [
      {
        file: "lib/publish/guard/refusals.ts",
        find: "if (before === 0 || records.some(isListed)) return undefined;",
        replace: "if (before <= 1 || records.some(isListed)) return undefined;",
      },
    ],
  },
  {
    name: "a trigger is believed",
    edits: [
      {
        file: "lib/publish/guard/refusals.ts",
        find: "if (before === 0 || records.some(isListed)) return undefined;",
        replace: "if (before === 0 || records.length > 0) return undefined;",
      },
    ],
  },
  {
    name: "refused once is told enough",
    edits: [
      {
        file: "lib/publish/guard/guard.ts",
        find: "return { present, ...(force ? { forced: refusal } : { refused: refusal }) };",
        replace: "return { present, ...(force || site.guard.gone ? { forced: refusal } : { refused: refusal }) };",
      },
    ],
  },
  {
    name: "one that expires excuses all",
    edits: [
      {
        file: "lib/publish/guard/refusals.ts",
        find: "if (lost.length === 0 && expired.every(({ due }) => due !== undefined && due <= now)) return undefined;",
        replace: "if (expired.every(({ due }) => due !== undefined && due <= now)) return undefined;",
      },
    ],
  },
];
