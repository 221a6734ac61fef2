/** Errors that `08-held-back-posts.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "a post that is held back is shown where another includes it",
    edits: [
      {
        file: "lib/content/includes.ts",
        find: "return flawed(`names another post: ${key}`, MOVE);",
        replace: "return { key, text: source.body };",
      },
    ],
  },
  {
    name: "a draft is published",
    edits: [
      {
        file: "lib/content/facts/holdingwords.ts",
        find: 'const bare = key.replace(/^is/, "");',
        replace: "const bare = key;",
      },
    ],
  },
  {
    name: "a flag that is unclear does not hold a post back",
    edits: [
      {
        file: "lib/content/facts/visibility.ts",
        find: 'if (value === "unclear" && flag.isSure) {',
        replace: 'if (value === "unclear" && key === "") {',
      },
    ],
  },
  {
    name: "a future post is published in its year",
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
    name: "links to a post that was published lead there, whatever it is now",
    edits: [
      {
        file: "lib/publish/reconcile/links.ts",
        find: "if (!isListed(record)) return record.page",
        replace:
          "if (!isListed(record) && record.facts) return { url: record.facts.url };\n      if (!isListed(record)) return record.page",
      },
    ],
  },
  {
    name: "what is said of a folder holds nothing back",
    edits: [
      {
        file: "lib/content/post.ts",
        find: "const fields = fieldsWithAddress(complete(withNested(own)), site.url);",
        replace: "const fields = fieldsWithAddress(withNested(own), site.url);",
      },
    ],
  },
  {
    name: "a key made of two words does not hold a post back",
    edits: [
      {
        file: "lib/content/facts/holdingwords.ts",
        find: "if (KEPT_OUT.test(bare)) return",
        replace: "if (key === bare && bare === LEFT_OUT) return",
      },
    ],
  },
  {
    name: "a password does not hold a post back",
    edits: [
      {
        file: "lib/content/facts/visibility.ts",
        find: "return LOCKS.some((key) => all([key]).some(",
        replace: "return LOCKS.some((key) => !PASSWORDS.has(key) && all([key]).some(",
      },
    ],
  },
  {
    name: "a post that was public stays in documents",
    edits: [
      {
        file: "lib/channels/listed.ts",
        find: 'facts !== undefined && (state === "public" || (lastGood === true && (state === "broken" || state === "conflicting")))',
        replace: 'facts !== undefined && (state !== "removed" || lastGood === true)',
      },
    ],
  },
  {
    name: "exclude in site.yaml leaves the post published",
    edits: [
      {
        file: "lib/content/facts/taxonomy.ts",
        find: "isExcluded({ key, tags, categories }, site, foldName)",
        replace: "isExcluded({ key, tags: tags.slice(0, 0), categories }, site, foldName)",
      },
    ],
  },
  {
    name: "a draft that breaks in the same edit keeps its last good entry",
    edits: [
      {
        file: "lib/content/unread.ts",
        find: "return { heldBack: holder.reason, seen, problems: heldBackBecause(why, problems) };",
        replace: "return { seen, problems: heldBackBecause(why, problems) };",
      },
    ],
  },
  {
    name: "a draft in a file that is not UTF-8 keeps its last good entry",
    edits: [
      {
        file: "lib/content/frontmatter/frontmatter.ts",
        find: "...legibleIn(key, guess) };",
        replace: "...legibleIn(key, guess), legible: [] };",
      },
    ],
  },
  {
    name: "a draft whose front matter is never closed keeps its last good entry",
    edits: [
      {
        file: "lib/content/frontmatter/fences.ts",
        find: "return linesAtTop(file, end < 0 ? file.length : end + 1, line + 1, form);",
        replace: 'return { ...linesAtTop(file, end < 0 ? file.length : end + 1, line + 1, form), text: "" };',
      },
    ],
  },
  {
    name: "a broken post that is dated later stays",
    edits: [
      {
        file: "lib/publish/reconcile/nonpublic.ts",
        find: " || (published !== undefined && published > now);",
        replace: " || (published !== undefined && published > `${now.slice(0, 2)}99`);",
      },
    ],
  },
  {
    name: "a file in a dot folder is published",
    edits: [
      {
        file: "lib/content/facts/place.ts",
        find: "(?:\\.|_(?!posts(?:\\/|$)))",
        replace: "_(?!posts(?:\\/|$))",
      },
      { file: "lib/content/facts/place.ts", find: "(?:\\.|_index\\.)", replace: "_index\\." },
    ],
  },
  {
    name: "posts are checked for changes before the lease only",
    edits: [
      {
        file: "lib/publish/writebatches.ts",
        find: "const lease = await leaseFor(attempt, progress, paths);",
        replace: [
          'if ((await movedKeys(attempt.content, planned.scanned, 0)).length > 0) throw new LookAgain("moved", {});',
          "  const lease = await leaseFor(attempt, progress, paths);",
        ],
      },
      {
        file: "lib/publish/writebatches.ts",
        find: "const restless = await movedKeys(content, scanned, objects);",
        replace: "const restless = scanned.size < 0 ? await movedKeys(content, scanned, objects) : [];",
      },
    ],
  },
  {
    name: "site.yaml is checked for changes before the lease only",
    edits: [
      {
        file: "lib/publish/writebatches.ts",
        find: "const lease = await leaseFor(attempt, progress, paths);",
        replace: [
          "const siteNow = await attempt.content.get(SITE_KEY, attempt.siteEtag);",
          '  if (siteNow !== "unchanged") throw new BeginAgain("moved");',
          "  const lease = await leaseFor(attempt, progress, paths);",
        ],
      },
      {
        file: "lib/publish/writebatches.ts",
        find: [
          "const site = await content.get(SITE_KEY, siteEtag, 0);",
          '  if (site !== "unchanged") throw new BeginAgain("site.yaml changed while posts were read");',
        ],
        replace: 'if (siteEtag === "") throw new BeginAgain("it is empty");',
      },
    ],
  },
  {
    name: "a run that lost its lease still puts",
    edits: [
      {
        file: "lib/publish/write/put.ts",
        find: "      await lease.confirm();",
        replace: "",
      },
    ],
  },
  {
    name: "a record that is due is read only if it is hinted",
    edits: [
      {
        file: "lib/publish/scan/scan.ts",
        find: "const first = new Set([...hints, ...concerned, ...due, ...again].filter(isPost));",
        replace:
          "const first = new Set([...hints, ...concerned, ...due.filter((key) => hints.includes(key)), ...again].filter(isPost));",
      },
    ],
  },
  {
    name: "a broken post does not expire",
    edits: [
      {
        file: "lib/publish/reconcile/nonpublic.ts",
        find: "const until = expires ?? former?.expires; // broken or not",
        replace: 'const until = expires ?? (former?.state === "broken" ? undefined : former?.expires);',
      },
    ],
  },
  {
    name: "an entry is rendered from a file that changed since the scan",
    edits: [
      {
        file: "lib/publish/render/posts.ts",
        find: "if (object?.etag !== etag) return undefined;",
        replace: 'if (!object || etag === "") return undefined;',
      },
      {
        file: "lib/publish/render/posts.ts",
        find: "|| read.hidden) return",
        replace: ") return",
      },
    ],
  },
  {
    name: "a misspelt key does not hold a post back",
    edits: [
      {
        file: "lib/content/facts/misspelt.ts",
        find: "isHolding(meant, field) ? [[meant, field] as const] : []",
        replace: 'isHolding(meant, field) && meant === "unlisted" ? [[meant, field] as const] : []',
      },
    ],
  },
];
