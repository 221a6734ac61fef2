/** Recognises posts: which of the posts that readers know a file is, whatever it is called now. */
import { headline, titleAndDate, titleAndWords, wordsAndDate } from "../../base/traits.ts";
import type { Facts, PostRecord, Traits } from "../../model.ts";
import { givenId, mintId, type TagAuthority } from "../../state/ids.ts";
import { hasUnknownText } from "../../state/unknown.ts";

/** A published post that a file which was found may be. */
export type KnownPost = Pick<PostRecord, "key" | "rendered" | "lastGood" | "left" | "expires" | "state" | "seen"> & {
  readonly facts: Facts;
  /** Its file went so long ago that a new post may well have its title and its words, but for its date. */
  readonly isLongGone?: true;
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

/** Two of title, words and date. */
type Pair = (traits: Traits) => string | undefined;

/** Few authors change more than two of title, words, date and key at once; translations share a date, and perhaps a title. */
const PAIRS: readonly Pair[] = [titleAndDate, wordsAndDate, titleAndWords];

/** What its file said when a run last looked. */
const latest = ({ facts, seen }: KnownPost): Traits => seen ?? facts;

/** What was published of it, where its file said something else since. */
const published = ({ facts, seen }: KnownPost): Traits => (seen ? facts : {});

/** The pair, unless a new post may well have it. */
const pairOf = (pair: Pair, known: KnownPost, traits: Traits): string | undefined =>
  known.isLongGone && (traits.undated || pair === titleAndWords) ? undefined : pair(traits);

const pairsOf = (versionOf: (known: KnownPost) => Traits): readonly Trait[] =>
  PAIRS.map((pair) => ({
    ofFile: pair,
    ofKnown: (known) => pairOf(pair, known, versionOf(known)),
    countsIfUnreadable: true,
  }));

/**
 * The file at its key is still the post: it never gave an id, and it has the title, the words or the date that it had. So no
 * other file gets the post by naming its id.
 */
function isAtHome(known: KnownPost, file: FoundFile | undefined): boolean {
  if (known.state === "removed" || known.facts.givesId || !file || file.id !== undefined) return false;
  const { title, wordsDigest, published, undated } = latest(known);
  const isDated = !undated && !file.undated;
  return (
    (file.title !== "" && file.title === title) ||
    (file.wordsDigest !== "" && file.wordsDigest === wordsDigest) ||
    (isDated && file.published === published)
  );
}

/**
 * The known post of each file that was found, by key. The traits are compared in their order. A match counts when it is the only
 * one in both directions; no known post is matched twice.
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
    // Its text, as it was published or as it was seen at last.
    { ofFile: (file) => file.sourceDigest, ofKnown: ({ facts }) => facts.sourceDigest, countsIfUnreadable: true },
    { ofFile: (file) => file.sourceDigest, ofKnown: ({ seen }) => seen?.sourceDigest, countsIfUnreadable: true },
    ...pairsOf(latest),
    // Its key: of the post that was there before one that is gone.
    { ofFile: ({ key }) => key, ofKnown: ({ key, state }) => (state === "removed" ? undefined : key) },
    { ofFile: ({ key }) => key, ofKnown: ({ key }) => key },
    { ofFile: ({ url }) => url, ofKnown: ({ facts }) => facts.url },
    ...pairsOf(published),
    // Date and title, even an empty one.
    { ofFile: headline, ofKnown: (known) => pairOf(headline, known, latest(known)) },
    // Of a post that was read back from feeds, the id that was minted of the key.
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
