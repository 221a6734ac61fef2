/** Who a post is: which of the posts that readers know, whatever its file is called now. */
import type { Facts, PostRecord } from "../../model.ts";
import { givenId, mintId, type TagAuthority } from "../../state/ids.ts";
import { isWordless } from "../../state/unknown.ts";
import type { PostHead } from "../scan/scan.ts";

/** A published post whose key changed or went. */
export type KnownPost = Pick<PostRecord, "key" | "rendered" | "lastGood" | "left" | "state"> & {
  readonly facts: Facts;
  /**
   * There is a file at its key that does not say who it is. Who has its words is the post, and so is who has its title,
   * date and language; who only claims its id or address waits until the file is fixed.
   */
  readonly stands?: true;
};

/** A trait that even tells who a post is whose key has a file. */
const STANDING = true;

type Trait = readonly [
  ofPost: (post: PostHead) => string | undefined,
  ofKnown: (known: KnownPost) => string | undefined,
  ofStanding?: typeof STANDING,
];

/** What a post that is renamed and fixed keeps: its title, and the moment it was published. */
export const headline = ({ published, title }: Pick<Facts, "published" | "title">): string => `${published} ${title}`;

/** What tells one post of a day from another, wherever its file is now; an empty title does not. */
const nameOf = ({ language, title, ...post }: Pick<Facts, "language" | "published" | "title">): string | undefined =>
  title === "" ? undefined : `${language} ${headline({ ...post, title })}`;

/**
 * The known post of each new one, by key. A post is the one with the id it gives, else with its words, else with its
 * title, date and language, which few authors change all at once, else that of its key (the one that was there just now
 * before one that is gone), else the one with its address, else with its date and title, though it have none; of posts
 * read back from feeds at last the one whose id was made of this key. A match counts when it is the only one either way,
 * and nobody is two.
 */
export function recognisePosts(
  posts: readonly PostHead[],
  known: readonly KnownPost[],
  authority: TagAuthority,
): ReadonlyMap<string, KnownPost> {
  const traits: readonly Trait[] = [
    [({ id }) => (id === undefined ? undefined : givenId(id, authority)), ({ facts }) => facts.id],
    [({ sourceDigest }) => sourceDigest, ({ facts }) => facts.sourceDigest, STANDING],
    [nameOf, ({ facts }) => nameOf(facts), STANDING],
    [({ key }) => key, ({ key, state }) => (state === "removed" ? undefined : key)],
    [({ key }) => key, ({ key }) => key],
    [({ url }) => url, ({ facts }) => facts.url],
    [headline, ({ facts }) => headline(facts)],
    [
      ({ key }) => mintId(key, undefined, authority, () => false),
      ({ facts }) => (isWordless(facts) ? facts.id : undefined),
    ],
  ];
  const strangers = new Set(posts);
  const free = new Set(known);
  const recognised = new Map<string, KnownPost>();
  for (const [ofPost, ofKnown, ofStanding] of traits) {
    if (free.size === 0) break; // a first run knows nobody
    const alike = Map.groupBy(strangers, ofPost);
    const owners = Map.groupBy(free, (known) => (known.stands && !ofStanding ? undefined : ofKnown(known)));
    for (const [value, [post, ...rivals]] of alike) {
      const [owner, ...others] = value === undefined ? [] : (owners.get(value) ?? []);
      if (!post || !owner || rivals.length + others.length > 0) continue;
      recognised.set(post.key, owner);
      strangers.delete(post);
      free.delete(owner);
    }
  }
  return recognised;
}
