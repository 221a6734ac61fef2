/** Post → the channels that it belongs to: those of its kinds, and those that the owner names in `site.yaml`. */
import type { Facts, FixedKind, Kind } from "../model.ts";
import { isFixedKind } from "../site/kinds.ts";
import { canonicalLanguage } from "../site/language.ts";
import type { NamedChannel, Site } from "../site/types.ts";
import { slugOf } from "./slug.ts";

/** One channel of a post. */
export interface Membership {
  readonly key: string;
  readonly kind: Kind;
  /** As this post spells it; spellings with the same slug are one channel. */
  readonly name: readonly string[];
}

type MembershipOf = (facts: Facts) => readonly Membership[];

const memberships = new WeakMap<Site["kinds"], MembershipOf>();

/** The channels of a post's kinds, each once. Memoised by the site's kinds and by the post's facts. */
export function membershipOf({ kinds }: Pick<Site, "kinds">): MembershipOf {
  const membership = memberships.get(kinds) ?? newMembership(kinds);
  memberships.set(kinds, membership);
  return membership;
}

function newMembership(kinds: Site["kinds"]): MembershipOf {
  const slugs = slugger();
  const one = (kind: Kind, name: string): Membership => ({ key: `${kind}/${slugs(name)}`, kind, name: [name] });
  const membershipsIn: { readonly [kind in FixedKind]: (facts: Facts) => readonly Membership[] } = {
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
  const membershipsOf = (kind: Kind, facts: Facts) =>
    isFixedKind(kind) ? membershipsIn[kind](facts) : (facts.terms?.[kind] ?? []).map((term) => one(kind, term));
  const published = Object.keys(kinds);
  /** By key and name. Many posts have the same one: it is kept once for all of them. */
  const known = new Map<string, Membership>();
  const shared = (membership: Membership): Membership => {
    const { key, name } = membership;
    const identity = [key, ...name].join("\n");
    const same = known.get(identity) ?? membership;
    known.set(identity, same);
    return same;
  };
  const cache = new WeakMap<Facts, readonly Membership[]>();
  return (facts) => {
    const cached = cache.get(facts);
    if (cached) return cached;
    const byKey = new Map<string, Membership>();
    for (const kind of published) {
      for (const each of membershipsOf(kind, facts)) if (!byKey.has(each.key)) byKey.set(each.key, each);
    }
    const all = Array.from(byKey.values(), shared);
    cache.set(facts, all);
    return all;
  };
}

/** A path is part of an S3 key, of which there are 1024 bytes, and of URLs, where percent-encoding triples it. */
const MAX_PATH_BYTES = 400;

/** A path that is too long becomes one slug, shortened and made unique by a hash. */
function pathOf(name: readonly string[], slugs: (name: string) => string): string {
  const path = name.map(slugs).join("/");
  return Buffer.byteLength(path) <= MAX_PATH_BYTES ? path : slugs(name.join("/"));
}

/** The key of a channel of a kind: a category has a part for each of its parents. */
export const keyOf = (kind: Kind, name: readonly string[]): string =>
  `${kind}/${kind === "languages" ? (name[0] ?? "") : pathOf(name, slugOf)}`;

/** Tests whether a post is in a channel that the owner names. */
export function memberTest({ of, match }: NamedChannel): (facts: Facts) => boolean {
  const slugs = slugger();
  const isOf: { readonly [kind in FixedKind]: (facts: Facts, name: string) => boolean } = {
    tags: ({ tags }, name) => tags.some((tag) => slugs(tag) === slugs(name)),
    categories: ({ categories }, name) => categories.some((path) => path.some((part) => slugs(part) === slugs(name))),
    authors: ({ authors }, name) => authors.some((author) => slugs(author) === slugs(name)),
    languages: ({ language }, name) => `${language}-`.startsWith(`${canonicalLanguage(name) ?? name}-`),
    sections: ({ section }, name) => section !== undefined && slugs(section) === slugs(name),
  };
  const hasTerm = (kind: Kind, { terms }: Facts, name: string) =>
    terms?.[kind]?.some((term) => slugs(term) === slugs(name)) === true;
  const wanted = Object.entries(of).flatMap(([kind, names]) =>
    names.map((name) => (facts: Facts) => (isFixedKind(kind) ? isOf[kind](facts, name) : hasTerm(kind, facts, name))),
  );
  if (wanted.length === 0) return () => true; // no condition: all posts, as a channel with its own formats or limit
  return match === "all"
    ? (facts) => wanted.every((test) => test(facts))
    : (facts) => wanted.some((test) => test(facts));
}

/** `slugOf`, memoised: posts share their names. */
function slugger(): (name: string) => string {
  const cache = new Map<string, string>();
  return (name) => {
    const slug = cache.get(name) ?? slugOf(name);
    cache.set(name, slug);
    return slug;
  };
}
