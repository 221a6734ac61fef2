/** Errors that `02-a-second-run-writes-nothing.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a changed ETag counts as a changed record",
    edits: [
      {
        file: "lib/publish/reconcile/news.ts",
        find: "withoutEtags(record) !== withoutEtags(was[i]);",
        replace: "JSON.stringify(record) !== JSON.stringify(was[i]);",
      },
    ],
  },
  {
    name: "a changed ETag counts as drift",
    edits: [
      {
        file: "lib/publish/scan/drift.ts",
        find: "if (object && digestOf(object.body) === digest) etags.set(path, object.etag);",
        replace: 'if (object && digestOf(object.body) === digest && object.etag === "") etags.set(path, object.etag);',
      },
    ],
  },
  {
    name: "a post that is read again gets a new updated",
    edits: [
      {
        file: "lib/publish/reconcile/updated.ts",
        find: "return isAsWas || post.minor || known.facts.sourceDigest === post.sourceDigest ? known.facts.updated : now;",
        replace: "return isAsWas || post.minor ? known.facts.updated : now;",
      },
    ],
  },
  {
    name: "a post that is held back is dated as removed in every run",
    edits: [
      {
        file: "lib/publish/reconcile/nonpublic.ts",
        find: 'import { isListed } from "../../channels/listed.ts";',
        replace: "",
      },
      {
        file: "lib/publish/reconcile/nonpublic.ts",
        find: "const left = former?.left ?? (former && isListed(former) ? now : undefined);",
        replace: "const left = former?.facts ? now : undefined;",
      },
    ],
  },
  {
    name: "posts that every full run reads again are prepared each time",
    edits: [
      {
        file: "lib/publish/scan/scan.ts",
        find: 'return readsAll || !record || (record.etag !== "" && !isAsKnown(record, posts.get(key) ?? ""));',
        replace: "return readsAll || !record || !posts.has(key) || changed.includes(key);",
      },
    ],
  },
];
