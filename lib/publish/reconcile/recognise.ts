/** Recognises posts: which of the posts that readers know a file is, whatever it is called now. */
import { headline, titleAndDate, titleAndWords, wordsAndDate } from "../../base/traits.ts";
import type { PostRecord, Traits } from "../../model.ts";
import { givenId, mintId, type TagAuthority } from "../../state/ids.ts";
import { hasUnknownText } from "../../state/unknown.ts";

/** A published post that a file which was found may be. */
export type KnownPost = Pick<PostRecord, "key" | "rendered" | "lastGood" | "left" | "due" | "state" | "seen"> & {
  readonly facts: NonNullable<PostRecord["facts"]>;
};

/** A file that was found. Of one that cannot be read as a post, as much as can. */
export interface FoundFile extends Traits {
  readonly key: string;
  /** That its author gave it. */
  readonly id?: string;
  readonly url?: string;
}

/** What a file and a known post may share; `undefined` is shared with none. */
interface Trait {
  readonly ofFile: (file: FoundFile) => string | undefined;
  readonly ofKnown: (known: KnownPost) => string | undefined;
  /** Counts even for a known post that is `unreadable`. */
  readonly countsIfUnreadable?: true;
}

/** Few authors change more than two of title, words, date and key at once; translations share a date, and perhaps a title. */
const PAIRS: readonly ((traits: Traits) => string | undefined)[] = [titleAndDate, wordsAndDate, titleAndWords];

/** What its file said when a run last looked. */
const latest = ({ facts, seen }: KnownPost): Traits => seen ?? facts;
/** What was published of it, where its file said something else since. */
const published = ({ facts, seen }: KnownPost): Traits => (seen ? facts : {});

const pairsOf = (traitsOf: (known: KnownPost) => Traits): readonly Trait[] =>
  PAIRS.map((pair) => ({ ofFile: pair, ofKnown: (known) => pair(traitsOf(known)), countsIfUnreadable: true }));

/** The file at its key is still the post, by all but its id: no other file gets the post by naming its id. */
function isAtHome({ facts, state }: KnownPost, file: FoundFile | undefined): boolean {
  if (state === "removed" || !file || file.id !== undefined) return false;
  const { url, title, published, sourceDigest } = facts;
  const isSame = file.url === url || file.title === title || file.published === published;
  return isSame || file.sourceDigest === sourceDigest;
}

/**
 * The known post of each file that was found, by key. The traits are compared in this order: the id that the file gives; its
 * text, as it was published or as it was seen at last; two of title, words and date, as they were seen at last; its key (of the post that was
 * there before one that is gone); its address; two of title, words and date, as they were published; date and title, even an empty
 * one; and for posts read back from feeds, the id minted of the key. A match counts when it is the only one in both directions;
 * no known post is matched twice.
 *
 * At the keys of those that are `unreadable` there are files that cannot be read. Another file is such a post only by its text,
 * or by two of title, words and date; one that shares only its id or address waits until the file is fixed.
 */
export function recognisePosts(
  files: readonly FoundFile[],
  known: readonly KnownPost[],
  authority: TagAuthority,
  unreadable: ReadonlySet<KnownPost> = new Set(),
): ReadonlyMap<string, KnownPost> {
  const fileAt = new Map(files.map((file) => [file.key, file]));
  const traits: readonly Trait[] = [
    {
      ofFile: ({ id }) => (id === undefined ? undefined : givenId(id, authority)),
      ofKnown: (known) => (isAtHome(known, fileAt.get(known.key)) ? undefined : known.facts.id),
    },
    { ofFile: (file) => file.sourceDigest, ofKnown: ({ facts }) => facts.sourceDigest, countsIfUnreadable: true },
    { ofFile: (file) => file.sourceDigest, ofKnown: ({ seen }) => seen?.sourceDigest, countsIfUnreadable: true },
    ...pairsOf(latest),
    { ofFile: ({ key }) => key, ofKnown: ({ key, state }) => (state === "removed" ? undefined : key) },
    { ofFile: ({ key }) => key, ofKnown: ({ key }) => key },
    { ofFile: ({ url }) => url, ofKnown: ({ facts }) => facts.url },
    ...pairsOf(published),
    { ofFile: headline, ofKnown: (known) => headline(latest(known)) },
    {
      ofFile: ({ key }) => mintId(key, undefined, authority, () => false),
      ofKnown: ({ facts }) => (hasUnknownText(facts) ? facts.id : undefined),
    },
  ];
  const strangers = new Set(files);
  const free = new Set(known);
  const recognised = new Map<string, KnownPost>();
  for (const { ofFile, ofKnown, countsIfUnreadable } of traits) {
    if (free.size === 0) break; // of a first run
    const alike = Map.groupBy(strangers, ofFile);
    const owners = Map.groupBy(free, (known) =>
      unreadable.has(known) && !countsIfUnreadable ? undefined : ofKnown(known),
    );
    for (const [value, [file, ...rivals]] of alike) {
      const [owner, ...others] = value === undefined ? [] : (owners.get(value) ?? []);
      if (!file || !owner || rivals.length + others.length > 0) continue;
      recognised.set(file.key, owner);
      strangers.delete(file);
      free.delete(owner);
    }
  }
  return recognised;
}
