/** Errors that `02-a-second-run-writes-nothing.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a moved etag is news",
    edits: [
      {
        file: "lib/publish/reconcile/news.ts",
        find: "return record !== former && withoutEtags(record) !== withoutEtags(former);",
        replace: "return record !== former && JSON.stringify(record) !== JSON.stringify(former);",
      },
    ],
  },
  {
    name: "a moved etag is drift",
    edits: [
      {
        file: "lib/publish/scan/drift.ts",
        find: "if (object && digestOf(object.body) === digest) etags.set(path, object.etag);",
        replace: 'if (object && digestOf(object.body) === digest && object.etag === "") etags.set(path, object.etag);',
      },
    ],
  },
  {
    name: "what is read again is updated",
    edits: [
      {
        file: "lib/publish/reconcile/updated.ts",
        find: "return isAsWas || post.minor || known.facts.sourceDigest === post.sourceDigest ? known.facts.updated : now;",
        replace: "return isAsWas || post.minor ? known.facts.updated : now;",
      },
    ],
  },
  {
    name: "a post kept back leaves again each time",
    edits: [
      {
        file: "lib/publish/reconcile/kept.ts",
        find: 'import { isListed } from "../../channels/listed.ts";',
        replace: "",
      },
      {
        file: "lib/publish/reconcile/kept.ts",
        find: "const left = former?.left ?? (former && isListed(former) ? now : undefined);",
        replace: "const left = former?.facts ? now : undefined;",
      },
    ],
  },
];
