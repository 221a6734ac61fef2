/** Errors that `03-a-trigger-is-a-hint.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a removed post keeps its record",
    edits: [
      {
        file: "lib/publish/reconcile/reconcile.ts",
        find: "const unchanged = withoutKeys(before, findings.keys());",
        replace:
          'const unchanged = before.filter(({ key, state }) => !findings.has(key) || (findings.get(key)?.gone && state === "public"));',
      },
    ],
  },
  {
    name: "a future post has no due time",
    edits: [
      {
        file: "lib/publish/reconcile/nonpublic.ts",
        find: 'if (published > now) return { ...common, state: "future", due: published };',
        replace: 'if (published > now) return { ...common, state: "future" };',
      },
    ],
  },
  {
    name: "a record that is due is read only after an edit",
    edits: [
      {
        file: "lib/publish/scan/scan.ts",
        find: "return record !== undefined && !mustBeReadAgain(record, now) && !again.has(key) && isAsKnown(record, etag);",
        replace:
          'return record !== undefined && !(record.state === "conflicting" && mustBeReadAgain(record, now)) && !again.has(key) && isAsKnown(record, etag);',
      },
    ],
  },
  {
    name: "a post that was replaced at its key is not looked for elsewhere",
    edits: [
      {
        file: "lib/publish/scan/scan.ts",
        find: "return post.sourceDigest !== latest.sourceDigest && headline(post) !== headline(latest);",
        replace: "return post.sourceDigest !== latest.sourceDigest && post.id === facts.id;",
      },
    ],
  },
  {
    name: "a site counts as at rest though its content is another",
    edits: [
      {
        file: "lib/publish/rest/look.ts",
        find: "rest.build === build && rest.content === content &&",
        replace: "rest.build === build && (rest.content === content || build !== undefined) &&",
      },
    ],
  },
  {
    name: "a site counts as at rest though posts are edited",
    edits: [
      {
        file: "lib/publish/rest/listing.ts",
        find: 'digestOf(listed.map(({ key, etag }) => `${key}\\n${etag}\\n`).join(""))',
        replace: 'digestOf(listed.map(({ key, etag }) => `${key}\\n${etag.length}\\n`).join(""))',
      },
    ],
  },
  {
    name: "a site counts as at rest though something is due",
    edits: [
      {
        file: "lib/publish/rest/look.ts",
        find: "(rest.due === undefined || now < rest.due)",
        replace: "(rest.due === undefined || now < rest.due || rest.from < now)",
      },
    ],
  },
];
