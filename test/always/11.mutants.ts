/** Errors that `11-when-updated-moves.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "what a renderer makes moves updated",
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
    name: "the same file read otherwise moves updated",
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
    name: "media are not the authors words",
    edits: [
      {
        file: "lib/content/post.ts",
        find: "sourceDigest: digest(writtenTitle ?? null, words, mediaAsWritten(fields)),",
        replace: "sourceDigest: digest(writtenTitle ?? null, words, mediaAsWritten(new Map())),",
      },
    ],
  },
  {
    name: "an address is the authors words",
    edits: [
      {
        file: "lib/content/post.ts",
        find: "sourceDigest: digest(writtenTitle ?? null, words, mediaAsWritten(fields)),",
        replace: "sourceDigest: digest(writtenTitle ?? null, words, url, mediaAsWritten(fields)),",
      },
    ],
  },
  {
    name: "templates are the authors words",
    edits: [
      {
        file: "lib/content/post.ts",
        find: "const words = digestOf(body);",
        replace: "const words = digestOf(markdown);",
      },
      {
        file: "lib/content/post.ts",
        find: "inputHash: inputHashOf(rendered, markdown === body ? words : digestOf(markdown)),",
        replace: "inputHash: inputHashOf(rendered, words),",
      },
    ],
  },
  {
    name: "nothing is minor",
    edits: [
      {
        file: "lib/publish/reconcile/updated.ts",
        find: "return isAsWas || post.minor || known.facts.sourceDigest === post.sourceDigest ? known.facts.updated : now;",
        replace: "return isAsWas || known.facts.sourceDigest === post.sourceDigest ? known.facts.updated : now;",
      },
    ],
  },
  {
    name: "a title is no words",
    edits: [
      {
        file: "lib/content/post.ts",
        find: "sourceDigest: digest(writtenTitle ?? null, words, mediaAsWritten(fields)),",
        replace: "sourceDigest: digest(words, mediaAsWritten(fields)),",
      },
    ],
  },
  {
    name: "the updated of a channel falls",
    edits: [
      {
        file: "lib/publish/plan/plan.ts",
        find: "return latest([toldLast(window), former].filter((moment) => moment !== undefined)) ?? beginning;",
        replace: "return toldLast(window) ?? former ?? beginning;",
      },
    ],
  },
  {
    name: "words that were lost count as others",
    edits: [
      {
        file: "lib/publish/reconcile/updated.ts",
        find: "if (isCalm || isWordless(known.facts)) return known.facts.updated;",
        replace: "if (isCalm || (isWordless(known.facts) && post.minor)) return known.facts.updated;",
      },
    ],
  },
  {
    name: "a rebuild dates a post by its beginning",
    edits: [
      {
        file: "lib/recover/facts.ts",
        find: "url: moved, published, updated,",
        replace: "url: moved, published, updated: updated && published,",
      },
    ],
  },
];
