/** Errors that `08-what-is-kept-back.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a draft is a post",
    edits: [
      {
        file: "lib/content/facts/visibility.ts",
        find: '  ["isdraft", true, "draft"],',
        replace: "",
      },
    ],
  },
  {
    name: "what is unclear is seen",
    edits: [
      {
        file: "lib/content/facts/visibility.ts",
        find: 'if (flag === holdsBack || flag === "unclear") return reason;',
        replace: "if (flag === holdsBack) return reason;",
      },
    ],
  },
  {
    name: "a post of the future is due",
    edits: [
      {
        file: "lib/publish/reconcile/reconcile.ts",
        find: "return hidden === undefined && published <= now && (expires === undefined || expires > now);",
        replace:
          "return hidden === undefined && published <= `${now.slice(0, 4)}-12-31` && (expires === undefined || expires > now);",
      },
    ],
  },
  {
    name: "an expired post stays",
    edits: [
      {
        file: "lib/publish/reconcile/reconcile.ts",
        find: "return hidden === undefined && published <= now && (expires === undefined || expires > now);",
        replace: "return hidden === undefined && (expires === undefined ? published <= now : published < expires);",
      },
    ],
  },
  {
    name: "a password keeps nothing",
    edits: [
      {
        file: "lib/content/facts/visibility.ts",
        find: 'return all(LOCKS).some(([name, field]) => isLock(foldKey(name), field)) ? "password" : undefined;',
        replace:
          'return all(LOCKS).some(([name, field]) => !PASSWORDS.has(name) && isLock(foldKey(name), field)) ? "password" : undefined;',
      },
    ],
  },
  {
    name: "what was public once stays in every document",
    edits: [
      {
        file: "lib/channels/listed.ts",
        find: 'facts !== undefined && (state === "public" || (lastGood === true && (state === "broken" || state === "conflicting")))',
        replace: 'facts !== undefined && (state !== "removed" || lastGood === true)',
      },
    ],
  },
  {
    name: "the owners rules are for channels alone",
    edits: [
      {
        file: "lib/content/post.ts",
        find: 'input.heldBack ?? (isExcluded({ key, tags: allTags, categories }, site, foldName) ? "excluded" : undefined);',
        replace:
          'input.heldBack ?? (isExcluded({ key, tags: [], categories }, site, foldName) ? "excluded" : undefined);',
      },
    ],
  },
  {
    name: "what lies aside is a post",
    edits: [
      {
        file: "lib/content/facts/place.ts",
        find: 'return parts.some((part) => /^[_.]/.test(part) && part !== "_posts") ? "hidden" : undefined;',
        replace: 'return parts.some((part) => part.startsWith("_") && part !== "_posts") ? "hidden" : undefined;',
      },
    ],
  },
  {
    name: "a post may move before the lease",
    edits: [
      {
        file: "lib/publish/publish.ts",
        find: "const paths = pathsToWrite(batches[0], known);",
        replace: [
          "if (await hasMoved(run.content, view.scanned)) continue;",
          "        const paths = pathsToWrite(batches[0], known);",
        ],
      },
      {
        file: "lib/publish/publish.ts",
        find: "        if (await hasMoved(run.content, view.scanned)) continue;",
        replace: "",
      },
    ],
  },
  {
    name: "the owners word may move before the lease",
    edits: [
      {
        file: "lib/publish/publish.ts",
        find: "const paths = pathsToWrite(batches[0], known);",
        replace: [
          'if ((await run.content.get(SITE_KEY, run.siteEtag)) !== "unchanged") return undefined;',
          "        const paths = pathsToWrite(batches[0], known);",
        ],
      },
      {
        file: "lib/publish/publish.ts",
        find: '        if ((await run.content.get(SITE_KEY, run.siteEtag)) !== "unchanged") return undefined;',
        replace: "",
      },
    ],
  },
  {
    name: "who overslept puts again",
    edits: [
      {
        file: "lib/publish/write/write.ts",
        find: "      await held.confirm();",
        replace: "",
      },
    ],
  },
  {
    name: "what is due waits for its trigger",
    edits: [
      {
        file: "lib/publish/scan/scan.ts",
        find: "const first = new Set([...hints, ...concerned, ...due, ...again].filter(isPost));",
        replace:
          "const first = new Set([...hints, ...concerned, ...due.filter((key) => hinted.has(key)), ...again].filter(isPost));",
      },
    ],
  },
  {
    name: "a broken post does not expire",
    edits: [
      {
        file: "lib/publish/reconcile/kept.ts",
        find: "const hasExpired = former?.due !== undefined && former.due <= now; // broken or not",
        replace: 'const hasExpired = former?.state !== "broken" && former?.due !== undefined && former.due <= now;',
      },
    ],
  },
  {
    name: "a file is rendered as it is by now",
    edits: [
      {
        file: "lib/publish/render/entries.ts",
        find: "if (object?.etag !== etag) return undefined;",
        replace: 'if (!object || etag === "") return undefined;',
      },
    ],
  },
];
