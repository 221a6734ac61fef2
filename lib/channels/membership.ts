/** Post → the channels that it belongs to, by what it says of itself and by what the owner names. */
import type { Facts, Kind, NamedChannel, Site } from "../model.ts";
import { canonicalLanguage } from "../site/language.ts";
import { slugOf } from "./slug.ts";

/** A channel as one of its posts knows it. */
export interface Membership {
  readonly key: string;
  readonly kind: Kind;
  /** As this post spells it. */
  readonly name: readonly string[];
}

type MembershipOf = (facts: Facts) => readonly Membership[];

const memberships = new WeakMap<Site["kinds"], MembershipOf>();

/** Gives the channels of a post's kinds, each once; what was worked out for a site stays known as long as it does. */
export function membershipOf({ kinds }: Pick<Site, "kinds">): MembershipOf {
  const membership = memberships.get(kinds) ?? newMembership(kinds);
  memberships.set(kinds, membership);
  return membership;
}

/** Posts share their names: each is made a slug once. */
function newMembership(kinds: Site["kinds"]): MembershipOf {
  const slugs = slugger();
  const one = (kind: Kind, name: string): Membership => ({ key: `${kind}/${slugs(name)}`, kind, name: [name] });
  const of: { readonly [kind in Kind]: (facts: Facts) => readonly Membership[] } = {
    tags: ({ tags }) => tags.map((tag) => one("tags", tag)),
    categories: ({ categories }) =>
      categories.flatMap((path) =>
        path.map((_, i) => {
          const name = path.slice(0, i + 1);
          return { key: `categories/${pathOf(name, slugs)}`, kind: "categories" as const, name };
        }),
      ),
    authors: ({ authors }) => authors.map((author) => one("authors", author)),
    languages: ({ language }) => [{ key: `languages/${language}`, kind: "languages", name: [language] }],
    sections: ({ section }) => (section === undefined ? [] : [one("sections", section)]),
  };
  const published = Object.keys(kinds) as readonly Kind[];
  const known = new WeakMap<Facts, readonly Membership[]>();
  return (facts) => {
    const before = known.get(facts);
    if (before) return before;
    const found = new Map<string, Membership>();
    for (const kind of published) {
      for (const each of of[kind](facts)) if (!found.has(each.key)) found.set(each.key, each);
    }
    const all = [...found.values()];
    known.set(facts, all);
    return all;
  };
}

/** Of a key in a store, and of an address on a page, this is a part. */
const MAX_PATH_BYTES = 400;

/** Deeper or longer than a path may be, all of it is one slug, which is cut and told apart by a hash. */
function pathOf(name: readonly string[], slugs: (name: string) => string): string {
  const path = name.map(slugs).join("/");
  return Buffer.byteLength(path) <= MAX_PATH_BYTES ? path : slugs(name.join("/"));
}

/** Is the post one of those that the owner means? */
export function memberTest({ of, match }: NamedChannel): (facts: Facts) => boolean {
  const slugs = slugger();
  const says: { readonly [kind in Kind]: (facts: Facts, name: string) => boolean } = {
    tags: ({ tags }, name) => tags.some((tag) => slugs(tag) === slugs(name)),
    categories: ({ categories }, name) => categories.some((path) => path.some((part) => slugs(part) === slugs(name))),
    authors: ({ authors }, name) => authors.some((author) => slugs(author) === slugs(name)),
    languages: ({ language }, name) => `${language}-`.startsWith(`${canonicalLanguage(name) ?? name}-`),
    sections: ({ section }, name) => section !== undefined && slugs(section) === slugs(name),
  };
  const wanted = (Object.entries(of) as [Kind, readonly string[]][]).flatMap(([kind, names]) =>
    names.map((name) => (facts: Facts) => says[kind](facts, name)),
  );
  if (wanted.length === 0) return () => true; // names nothing: all posts, in another form
  return match === "all"
    ? (facts) => wanted.every((test) => test(facts))
    : (facts) => wanted.some((test) => test(facts));
}

function slugger(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const slug = known.get(name) ?? slugOf(name);
    known.set(name, slug);
    return slug;
  };
}
