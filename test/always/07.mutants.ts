/** Errors that `07-a-published-id-never-changes.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "an id is minted each time the post is read",
    edits: [
      {
        file: "lib/publish/reconcile/public.ts",
        find: "known?.facts.id ?? adoptedId ?? mintId(key, post.id, authority, (taken) => byId.has(taken));",
        replace: "adoptedId ?? mintId(key, post.id, authority, (taken) => byId.has(taken));",
      },
    ],
  },
  {
    name: "the file of ids gives none",
    edits: [
      {
        file: "lib/publish/reconcile/adopted.ts",
        find: "all: waiting ? mergeLedgers(file.posts, waiting) : file.posts }",
        replace: "all: waiting ? mergeLedgers(file.posts, waiting) : new Map() }",
      },
    ],
  },
  {
    name: "a post that a damaged file of ids may name gets a new id",
    edits: [
      {
        file: "lib/publish/reconcile/reconcile.ts",
        find: "else if (input.unreadableIds && !known && !candidate.adopted)",
        replace: "else if (input.unreadableIds && known && !candidate.adopted)",
      },
    ],
  },
  {
    name: "of two lines that contradict each other the first counts",
    edits: [
      {
        file: "lib/adopt/ledger.ts",
        find: "if (lineOf(same) !== lineOf(post)) unclear.add(post.key);",
        replace: "if (lineOf(same) === lineOf(post)) unclear.add(post.key);",
      },
    ],
  },
  {
    name: "posts are not recognised by their words",
    edits: [
      {
        file: "lib/publish/reconcile/recognise.ts",
        find: "[titleAndDate, wordsAndDate, titleAndWords]",
        replace: "[titleAndDate]",
      },
    ],
  },
  {
    name: "what is seen of a post that is kept back is forgotten",
    edits: [
      {
        file: "lib/publish/reconcile/nonpublic.ts",
        find: "present({ seen: seenOf(found, former),",
        replace: "present({",
      },
    ],
  },
  {
    name: "a post that is removed while it is kept back is known as it was published",
    edits: [
      {
        file: "lib/publish/reconcile/reconcile.ts",
        find: "gone.set(facts.id, { key, facts, since, ...present({ seen, removed,",
        replace: "gone.set(facts.id, { key, facts, since, ...present({ removed,",
      },
    ],
  },
  {
    name: "a broken file that was renamed is nobody",
    edits: [
      {
        file: "lib/publish/reconcile/reconcile.ts",
        find: "const files = unread.map(([key, { seen }]) => ({ ...seen, key }));",
        replace: "const files = unread.map(([key]) => ({ key }));",
      },
    ],
  },
  {
    name: "drafts beside the posts are not looked at",
    edits: [
      {
        file: "lib/publish/scan/keys.ts",
        find: "(matches(key) || isDraft(key))",
        replace: "matches(key)",
      },
    ],
  },
  {
    name: "a trigger for the new key alone looks only for what was published",
    edits: [
      {
        file: "lib/publish/scan/alike.ts",
        find: "|| (seen !== undefined && isAlike(seen))",
        replace: "",
      },
    ],
  },
  {
    name: "posts are not recognised by their address",
    edits: [
      {
        file: "lib/publish/reconcile/recognise.ts",
        find: "{ ofFile: ({ url }) => url, ofKnown: ({ facts }) => facts.url },",
        replace: "",
      },
    ],
  },
  {
    name: "posts are not recognised by title and date",
    edits: [
      {
        file: "lib/publish/reconcile/recognise.ts",
        find: "[titleAndDate, wordsAndDate, titleAndWords]",
        replace: "[wordsAndDate, titleAndWords]",
      },
      {
        file: "lib/publish/reconcile/recognise.ts",
        find: "{ ofFile: headline, ofKnown: (known) => pairOf(headline, known, latest(known)) },",
        replace: "",
      },
    ],
  },
  {
    name: "ids follow the current domain",
    edits: [
      {
        file: "lib/publish/load/snapshot.ts",
        find: "const { authority, since } = catalog ?? { authority: new URL(site.url).hostname, since: site.since };",
        replace:
          "const { authority, since } = { authority: new URL(site.url).hostname, since: catalog?.since ?? site.since };",
      },
    ],
  },
  {
    name: "the guid in RSS is the address",
    edits: [
      {
        file: "lib/formats/rss.ts",
        find: 'id: xmlExact(idIn("rss", facts)),',
        replace: "id: xmlExact(facts.url),",
      },
    ],
  },
  {
    name: "an id that is taken is given again",
    edits: [
      {
        file: "lib/state/ids.ts",
        find: "for (let suffix = 2; isTaken(id); suffix++) id = `${base}-${suffix}`;",
        replace: "if (isTaken(id)) id = `${base}-2`;",
      },
    ],
  },
  {
    name: "a removed post is forgotten",
    edits: [
      {
        file: "lib/publish/reconcile/reconcile.ts",
        find: "else if (!gone.has(facts.id))",
        replace: "else if (post.left === undefined && !gone.has(facts.id))",
      },
    ],
  },
  {
    name: "a rebuild takes the current domain for ids",
    edits: [
      {
        file: "lib/recover/catalog.ts",
        find: "const authority = authorityOf([...feedIds.sort(), ...posts.map(({ entry }) => entry.id)]) ?? {",
        replace:
          "const authority = authorityOf([...feedIds.sort(), ...posts.map(({ entry }) => entry.id)].slice(0, 0)) ?? {",
      },
    ],
  },
  {
    name: "a rebuild recognises posts by key alone",
    edits: [
      {
        file: "lib/recover/catalog.ts",
        find: "const facts = factsOf(post, idOf(post, authority), context);",
        replace: 'const facts = { ...factsOf(post, idOf(post, authority), context), url: "", title: "" };',
      },
    ],
  },
  {
    name: "a rebuild reads the feeds alone",
    edits: [
      {
        file: "lib/publish/load/rebuild.ts",
        find: "const [newest] = current || force ? [] : await keptCatalogs(state, head.value);",
        replace: "const [newest] = (await keptCatalogs(state, head.value)).slice(current || force ? 0 : 1, 0);",
      },
    ],
  },
  {
    name: "ids of a former system go with the head that named them",
    edits: [
      {
        file: "lib/publish/load/damage.ts",
        find: "return adopted === undefined ? head : { ...head, value: { ...head.value, adopted } };",
        replace: "return adopted === undefined ? head : { ...head, value: { ...head.value } };",
      },
    ],
  },
  {
    name: "a broken file keeps the post that was at its key",
    edits: [
      {
        file: "lib/publish/reconcile/reconcile.ts",
        find: "const who = recognisePosts(posts, knownPosts, authority, new Set(unreadable));",
        replace: "const who = recognisePosts(posts, [...removed, ...known], authority);",
      },
    ],
  },
];
