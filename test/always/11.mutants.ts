/** Errors that `11-when-updated-moves.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a change of the renderer moves updated",
    edits: [
      {
        file: "lib/publish/reconcile/updated.ts",
        find: "return isAsWas || post.minor || known.facts.sourceDigest === post.sourceDigest ? known.facts.updated : now;",
        replace:
          "return isAsWas || post.minor || known.facts.inputHash === post.inputHash ? known.facts.updated : now;",
      },
    ],
  },
  {
    name: "the same file read differently moves updated",
    edits: [
      {
        file: "lib/publish/reconcile/updated.ts",
        find: "return isAsWas || post.minor || known.facts.sourceDigest === post.sourceDigest ? known.facts.updated : now;",
        replace:
          "return (isAsWas && post.minor) || post.minor || known.facts.sourceDigest === post.sourceDigest ? known.facts.updated : now;",
      },
    ],
  },
  {
    name: "the source digest leaves out media",
    edits: [
      {
        file: "lib/content/written.ts",
        find: "digest(textOf(given(fields, ...KEYS.title)) ?? null, wordsDigest, mediaAsWritten(fields))",
        replace: "digest(textOf(given(fields, ...KEYS.title)) ?? null, wordsDigest, mediaAsWritten(new Map()))",
      },
    ],
  },
  {
    name: "the source digest includes the address",
    edits: [
      {
        file: "lib/content/post.ts",
        find: "sourceDigest: digestSource(input.own, wordsDigest),",
        replace: "sourceDigest: digestSource(input.own, wordsDigest + url),",
      },
    ],
  },
  {
    name: "the source digest includes what templates expand to",
    edits: [
      {
        file: "lib/content/post.ts",
        find: "sourceDigest: digestSource(input.own, wordsDigest),",
        replace: "sourceDigest: digestSource(input.own, digestWords(markdown).wordsDigest),",
      },
    ],
  },
  {
    name: "minor is ignored",
    edits: [
      {
        file: "lib/publish/reconcile/updated.ts",
        find: "return isAsWas || post.minor || known.facts.sourceDigest === post.sourceDigest ? known.facts.updated : now;",
        replace: "return isAsWas || known.facts.sourceDigest === post.sourceDigest ? known.facts.updated : now;",
      },
    ],
  },
  {
    name: "the source digest leaves out the title",
    edits: [
      {
        file: "lib/content/written.ts",
        find: "digest(textOf(given(fields, ...KEYS.title)) ?? null, wordsDigest, mediaAsWritten(fields))",
        replace: "digest(wordsDigest, mediaAsWritten(fields))",
      },
    ],
  },
  {
    name: "the updated of a feed goes back",
    edits: [
      {
        file: "lib/publish/plan/documents.ts",
        find: "return latest([lastChange(window), former].filter((moment) => moment !== undefined)) ?? beginning;",
        replace: "return lastChange(window) ?? former ?? beginning;",
      },
    ],
  },
  {
    name: "a post without a source digest counts as changed",
    edits: [
      {
        file: "lib/publish/reconcile/updated.ts",
        find: "if (keepsUpdated || hasUnknownText(known.facts)) return known.facts.updated;",
        replace: "if (keepsUpdated || (hasUnknownText(known.facts) && post.minor)) return known.facts.updated;",
      },
    ],
  },
  {
    name: "a rebuild takes published for updated",
    edits: [
      {
        file: "lib/recover/facts.ts",
        find: "url: moved, published, updated,",
        replace: "url: moved, published, updated: updated && published,",
      },
    ],
  },
];
