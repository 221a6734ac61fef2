/** Recognises posts: which of the posts that readers know a file is, whatever it is called now. */
import type { Facts, PostRecord } from "../../model.ts";
import { givenId, mintId, type TagAuthority } from "../../state/ids.ts";
import { headline } from "../../state/traits.ts";
import { hasUnknownText } from "../../state/unknown.ts";
import type { PostMetadata } from "../scan/findings.ts";

/** A published post that a file which was found may be. */
export type KnownPost = Pick<PostRecord, "key" | "rendered" | "lastGood" | "left" | "state"> & {
  readonly facts: Facts;
  /**
   * There is a file at its key that cannot be read. Another file is this post only by its text, or by its title, date and
   * language; one that shares only its id or address waits until the file is fixed.
   */
  readonly isUnreadable?: true;
};

/** What a file and a known post may share; `undefined` is shared with none. */
interface Trait {
  readonly ofPost: (post: PostMetadata) => string | undefined;
  readonly ofKnown: (known: KnownPost) => string | undefined;
  /** Counts even for a known post at whose key there is a file that cannot be read. */
  readonly countsIfUnreadable?: true;
}

/** Tells one post of a day from another, wherever its file is now; an empty title does not. */
const nameOf = ({ language, title, ...post }: Pick<Facts, "language" | "published" | "title">): string | undefined =>
  title === "" ? undefined : `${language} ${headline({ ...post, title })}`;

/**
 * The known post of each post that was found, by key. The traits are compared in this order: the id that the file gives; its
 * text; title, date and language, which few authors change all at once; its key (of the post that was there before one that
 * is gone); its address; date and title, even an empty one; and for posts read back from feeds, the id minted of the key. A match
 * counts when it is the only one in both directions; no known post is matched twice.
 */
export function recognisePosts(
  posts: readonly PostMetadata[],
  known: readonly KnownPost[],
  authority: TagAuthority,
): ReadonlyMap<string, KnownPost> {
  const traits: readonly Trait[] = [
    { ofPost: ({ id }) => (id === undefined ? undefined : givenId(id, authority)), ofKnown: ({ facts }) => facts.id },
    { ofPost: (post) => post.sourceDigest, ofKnown: ({ facts }) => facts.sourceDigest, countsIfUnreadable: true },
    { ofPost: nameOf, ofKnown: ({ facts }) => nameOf(facts), countsIfUnreadable: true },
    { ofPost: ({ key }) => key, ofKnown: ({ key, state }) => (state === "removed" ? undefined : key) },
    { ofPost: ({ key }) => key, ofKnown: ({ key }) => key },
    { ofPost: ({ url }) => url, ofKnown: ({ facts }) => facts.url },
    { ofPost: headline, ofKnown: ({ facts }) => headline(facts) },
    {
      ofPost: ({ key }) => mintId(key, undefined, authority, () => false),
      ofKnown: ({ facts }) => (hasUnknownText(facts) ? facts.id : undefined),
    },
  ];
  const strangers = new Set(posts);
  const free = new Set(known);
  const recognised = new Map<string, KnownPost>();
  for (const { ofPost, ofKnown, countsIfUnreadable } of traits) {
    if (free.size === 0) break; // of a first run
    const alike = Map.groupBy(strangers, ofPost);
    const owners = Map.groupBy(free, (known) =>
      known.isUnreadable && !countsIfUnreadable ? undefined : ofKnown(known),
    );
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
