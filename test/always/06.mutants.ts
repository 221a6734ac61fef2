/** Errors that `06-a-bad-post.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a last good entry is kept for one run only",
    edits: [
      {
        file: "lib/publish/reconcile/nonpublic.ts",
        find: 'former?.rendered === true && (former.state === "public" || former.lastGood === true);',
        replace: 'former?.rendered === true && former.state === "public";',
      },
    ],
  },
  {
    name: "a broken post is in no document",
    edits: [
      {
        file: "lib/channels/listed.ts",
        find: 'facts !== undefined && (state === "public" || (lastGood === true && (state === "broken" || state === "conflicting")))',
        replace: 'facts !== undefined && (state === "public" || (lastGood === true && state === "conflicting"))',
      },
    ],
  },
  {
    name: "an error while looking for a heading stops the run",
    edits: [
      {
        file: "lib/content/facts/texts.ts",
        find: [
          "try {",
          '    return oneLine(firstHeading(markdown) ?? "") || undefined;',
          "  } catch {",
          "    return undefined;",
          "  }",
        ],
        replace: 'return oneLine(firstHeading(markdown) ?? "") || undefined;',
      },
      {
        file: "lib/publish/scan/read.ts",
        find: "// The parser never throws. Should it fail all the same, it fails on this file alone.",
        replace: "if (error instanceof Error) throw error;",
      },
    ],
  },
  {
    name: "a post may take as long as it likes",
    edits: [
      {
        file: "lib/workers/timelimit.ts",
        find: "SCRIPT.runInThisContext({ timeout: limit });",
        replace: "if (limit > 0) SCRIPT.runInThisContext();",
      },
    ],
  },
  {
    name: "a post that is stopped is broken for good",
    edits: [
      {
        file: "lib/publish/scan/slow.ts",
        find: "if (canStay(recordOf(key), etag) && !isWithdrawn(finding, now)) {",
        replace: "if (etag === key) {",
      },
      {
        file: "lib/publish/scan/slow.ts",
        find: 'findings.set(key, { etag: "", problems: [problem], ...present({ seen, published, expires }) });',
        replace: "findings.set(key, { etag, problems: [problem], ...present({ seen, published, expires }) });",
      },
    ],
  },
];
