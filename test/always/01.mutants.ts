/** Errors that `01-the-same-content-gives-the-same-bytes.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "the feed is dated by the clock",
    edits: [
      {
        file: "lib/formats/rss.ts",
        find: "updated: rfc822(updated),",
        replace: "updated: rfc822(new Date().toISOString() || updated),",
      },
    ],
  },
  {
    name: "the status of a stream depends on the clock",
    edits: [
      {
        file: "lib/channels/cut.ts",
        find: "records.flatMap(({ facts: { id, live } }) => (live ? [[id, liveStatus(live, now)] as const] : [])),",
        replace:
          "records.flatMap(({ facts: { id, live } }) => (live ? [[id, liveStatus(live, new Date().toISOString() || now)] as const] : [])),",
      },
    ],
  },
  {
    name: "posts with the same date keep the order in which they were found",
    edits: [
      {
        file: "lib/channels/cut.ts",
        find: "return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;",
        replace: "return 0;",
      },
      {
        file: "lib/publish/reconcile/reconcile.ts",
        find: "const all = withRecords(unchanged, [...records.values()]);",
        replace: "const all = [...unchanged, ...records.values()];",
      },
    ],
  },
  {
    name: "a podcast guid is random",
    edits: [
      {
        file: "lib/state/ids.ts",
        find: 'import { v5 as uuidv5 } from "uuid";',
        replace: 'import { v4 as uuidv4 } from "uuid";',
      },
      {
        file: "lib/state/ids.ts",
        find: 'uuidv5(url.replace(/^https?:\\/\\//, "").replace(/(?<!\\/)\\/+$/, ""), PODCAST_NAMESPACE);',
        replace: "url === PODCAST_NAMESPACE ? url : uuidv4();",
      },
    ],
  },
  {
    name: "a post expires by the clock",
    edits: [
      {
        file: "lib/publish/reconcile/reconcile.ts",
        find: "return hidden === undefined && published <= now && (expires === undefined || expires > now);",
        replace:
          "return hidden === undefined && published <= now && (expires === undefined || Date.parse(expires) > Date.now());",
      },
    ],
  },
  {
    name: "fingerprints leave out categories",
    edits: [
      {
        file: "lib/formats/digested.ts",
        find: "digest: digest(part)",
        replace:
          "digest: digest(JSON.stringify(part, (name, value) => (name === 'categories' ? value.length : value)))",
      },
    ],
  },
  {
    name: "fingerprints leave out the neighbouring archives",
    edits: [
      {
        file: "lib/publish/plan/fingerprints.ts",
        find: "fields.push(name, isShared(value) ? digestIn(value) : value);",
        replace: "if (name !== 'history') fields.push(name, isShared(value) ? digestIn(value) : value);",
      },
    ],
  },
  {
    name: "fingerprints leave out the rights",
    edits: [
      {
        file: "lib/formats/digested.ts",
        find: "digest: digest(part)",
        replace: "digest: digest({ ...part, rights: null })",
      },
    ],
  },
  {
    name: "fingerprints leave out the accent",
    edits: [
      {
        file: "lib/formats/digested.ts",
        find: "digest: digest(part)",
        replace: "digest: digest({ ...part, accent: null })",
      },
    ],
  },
  {
    name: "fingerprints of pages leave out the icon",
    edits: [
      {
        file: "lib/formats/digested.ts",
        find: "digest: digest(part)",
        replace: "digest: digest('timezone' in part ? { ...part, icon: null } : part)",
      },
    ],
  },
  {
    name: "fingerprints of pages leave out the colour",
    edits: [
      {
        file: "lib/formats/digested.ts",
        find: "digest: digest(part)",
        replace: "digest: digest({ ...part, color: null })",
      },
    ],
  },
  {
    name: "fingerprints leave out the number of posts",
    edits: [
      {
        file: "lib/publish/plan/fingerprints.ts",
        find: "fields.push(name, isShared(value) ? digestIn(value) : value);",
        replace:
          "fields.push(name, isShared(value) ? digestIn(value) : name === 'directory' ? Object.keys(value) : value);",
      },
    ],
  },
  {
    name: "the input hash leaves out the address",
    edits: [
      {
        file: "lib/content/entry.ts",
        find: "return digest(RENDERER_VERSION, title, url, language, authors, words, optional, ...more);",
        replace:
          "return digest(RENDERER_VERSION, title, new URL(url).pathname, language, authors, words, optional, ...more);",
      },
    ],
  },
  {
    name: "the input hash leaves out the description",
    edits: [
      {
        file: "lib/content/entry.ts",
        find: "const optional = [description ?? null, image ?? null, external ?? null, breaks];",
        replace: "const optional = [description === undefined, image ?? null, external ?? null, breaks];",
      },
    ],
  },
  {
    name: "fingerprints leave out when readers need not ask",
    edits: [
      {
        file: "lib/formats/digested.ts",
        find: "digest: digest(part)",
        replace: "digest: digest({ ...part, skipHours: null, skipDays: null })",
      },
    ],
  },
  {
    name: "posts are not read again when their media are served elsewhere",
    edits: [
      {
        file: "lib/publish/scan/reader.ts",
        find: "const served = [mediaUrlsOf(site), enclosurePrefix];",
        replace: "const served = [mediaUrlsOf(site).length, enclosurePrefix];",
      },
    ],
  },
  {
    name: "the input hash leaves out the cover",
    edits: [
      {
        file: "lib/content/entry.ts",
        find: "const optional = [description ?? null, image ?? null, external ?? null, breaks];",
        replace: "const optional = [description ?? null, image === undefined, external ?? null, breaks];",
      },
    ],
  },
  {
    name: "fingerprints of pages leave out the streams that they announce",
    edits: [
      {
        file: "lib/publish/plan/fingerprints.ts",
        find: "fields.push(name, isShared(value) ? digestIn(value) : value);",
        replace: "if (name !== 'streams') fields.push(name, isShared(value) ? digestIn(value) : value);",
      },
    ],
  },
  {
    name: "fingerprints of pages leave out the picture of the podcast",
    edits: [
      {
        file: "lib/publish/plan/fingerprints.ts",
        find: "fields.push(name, isShared(value) ? digestIn(value) : value);",
        replace: "if (name !== 'picture') fields.push(name, isShared(value) ? digestIn(value) : value);",
      },
    ],
  },
];
