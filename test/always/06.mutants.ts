/** Errors that `06-a-bad-post.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a last good entry is kept for one run only",
    edits: [
      {
        file: "lib/publish/reconcile/nonpublic.ts",
        find: '(former?.rendered !== undefined && (former.state === "public" || former.lastGood === true)) ||',
        replace: '(former?.rendered !== undefined && former.state === "public") ||',
      },
    ],
  },
  {
    name: "a post with too many tags is published",
    edits: [
      {
        file: "lib/content/facts/bounds.ts",
        find: "if (most !== undefined && (all > most || bytes > bytesAllowed(all))) {",
        replace: "if (most !== undefined && all * bytes > MOST_WRITTEN) {",
      },
    ],
  },
  {
    name: "a category counts without those above it",
    edits: [
      {
        file: "lib/content/facts/bounds.ts",
        find: "count: countLevels(categories),",
        replace: "count: Math.min(countLevels(categories), categories.length),",
      },
    ],
  },
  {
    name: "a title may be of any length",
    edits: [
      {
        file: "lib/content/facts/bounds.ts",
        find: "title: 10_000,",
        replace: "title: 10_000_000,",
      },
    ],
  },
  {
    name: "a name may be of any length",
    edits: [
      {
        file: "lib/content/facts/bounds.ts",
        find: "const LONGEST_NAME = 500;",
        replace: "const LONGEST_NAME = 500_000;",
      },
    ],
  },
  {
    name: "a text may take any share of a document",
    edits: [
      {
        file: "lib/content/text.ts",
        find: "size > limit && problem(",
        replace: "size > limit * 1000 && problem(",
      },
    ],
  },
  {
    name: "a text may be of any length in HTML",
    edits: [
      {
        file: "lib/publish/render/posts.ts",
        find: "if (bytes <= Math.min(limit, named)) return undefined;",
        replace: "if (bytes <= limit * 1000) return undefined;",
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
          '    return oneLine(heading(markdown, { dialect, emoji }) ?? "") || undefined;',
          "  } catch {",
          "    return undefined;",
          "  }",
        ],
        replace: 'return oneLine(heading(markdown, { dialect, emoji }) ?? "") || undefined;',
      },
      {
        file: "lib/publish/scan/read.ts",
        find: "if (error instanceof TooMuchWork) return { problems: [workProblem(key, error)], deps: [] };",
        replace: "",
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
  {
    name: "the work of a post is not counted",
    edits: [{ file: "lib/content/work.ts", find: 'if (left < 0) throw new TooMuchWork("work");', replace: "" }],
  },
  {
    name: "blocks within blocks are not counted",
    edits: [
      {
        file: "lib/content/markdown/lexer.ts",
        find: 'if (++this.#blockDepth > DEEPEST + 1) throw new TooMuchWork("nesting");',
        replace: "",
      },
      {
        file: "lib/content/markdown/blocks.ts",
        find: 'if (MARKS.test(src) && !THEMATIC_BREAK.test(src)) throw new TooMuchWork("nesting");',
        replace: "",
      },
    ],
  },
  {
    name: "marks within marks are not counted",
    edits: [
      {
        file: "lib/content/markdown/lexer.ts",
        find: 'if (++this.#inlineDepth > DEEPEST + 1) throw new TooMuchWork("nesting");',
        replace: "",
      },
    ],
  },
];
