/** Errors that `07-a-published-id-never-changes.test.ts` must notice. */
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "an id is minted each time the post is read",
    edits: [
      {
        file: "lib/publish/reconcile/public.ts",
        find: "known?.facts.id ?? adopted?.id ?? mintId(key, post.id, authority, (taken) => byId.has(taken));",
        replace: "adopted?.id ?? mintId(key, post.id, authority, (taken) => byId.has(taken));",
      },
    ],
  },
  {
    name: "posts are not recognised by their words",
    edits: [
      {
        file: "lib/publish/reconcile/recognise.ts",
        find: "{ ofPost: (post) => post.sourceDigest, ofKnown: ({ facts }) => facts.sourceDigest, countsIfUnreadable: true },",
        replace: "",
      },
    ],
  },
  {
    name: "posts are not recognised by their address",
    edits: [
      {
        file: "lib/publish/reconcile/recognise.ts",
        find: "{ ofPost: ({ url }) => url, ofKnown: ({ facts }) => facts.url },",
        replace: "",
      },
    ],
  },
  {
    name: "posts are not recognised by title and date",
    edits: [
      {
        file: "lib/publish/reconcile/recognise.ts",
        find: [
          'const nameOf = ({ language, title, ...post }: Pick<Facts, "language" | "published" | "title">): string | undefined =>',
          '  title === "" ? undefined : `${language} ${headline({ ...post, title })}`;',
          "",
        ],
        replace: "",
      },
      {
        file: "lib/publish/reconcile/recognise.ts",
        find: "{ ofPost: nameOf, ofKnown: ({ facts }) => nameOf(facts), countsIfUnreadable: true },",
        replace: "",
      },
      {
        file: "lib/publish/reconcile/recognise.ts",
        find: "{ ofPost: headline, ofKnown: ({ facts }) => headline(facts) },",
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
    name: "a broken file keeps the post that was at its key",
    edits: [
      {
        file: "lib/publish/reconcile/reconcile.ts",
        find: "const who = recognisePosts(posts, [...removed, ...known, ...unreadable], authority);",
        replace: "const who = recognisePosts(posts, [...removed, ...known], authority);",
      },
    ],
  },
];
