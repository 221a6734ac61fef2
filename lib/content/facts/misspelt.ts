/** Keys of front matter that nobody reads, one slip away from one that is read: `tgas`, `titel`, `datе` with a letter of Cyrillic. */
import { slips } from "../../base/nearest.ts";
import { problem } from "../../base/problems.ts";
import type { OwnKind, Problem } from "../../model.ts";
import type { Field, NamedField } from "../frontmatter/types.ts";
import { type Fields, flagOf, hasText } from "../frontmatter/values.ts";
import { KEYS } from "./dialects.ts";
import { isFilmKey } from "./films.ts";
import { flagNamed, mayHoldBack, PASSWORDS } from "./holdingwords.ts";
import { foldKey } from "./members.ts";

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Without those that are near to many words, such as `live`, `lang`, `content` and `comments`. */
const READ = words(`
  title date pubdate publishdate updated lastmod modified expires expirydate
  tags categories category authors author description summary excerpt permalink slug language canonical
  image cover thumbnail audio video enclosure podcast episode season duration
  draft published unpublished hidden private unlisted password
`);

/** What generators, themes and plugins have that is as near, and words of the owner's own that may be meant. */
const OTHERS: ReadonlySet<string> = new Set(
  words(`
    data dare datum tabs taps tile style drift coder cove corer covered audit videoid imageid imagery
    update updates updater updating primate publisher modifier expired express except exempt slag slog snug seasoned pinned
    languages series serie abstract podcasts episodes duty
  `),
);

/** Longer ones are near to none. */
const MAX_KEY = 30;

/** Posts have the same keys again and again. */
const MOST_KNOWN = 1000;
const known = new Map<string, string | undefined>();

/** The key that was meant by one that is not read. */
function keyMeant(name: string, own: readonly OwnKind[]): string | undefined {
  if (name.length < 4 || name.length > MAX_KEY) return undefined;
  if (!known.has(name)) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(name, nearestOf(name, READ));
  }
  return known.get(name) ?? (own.includes(name) ? undefined : nearestOf(name, own));
}

const ALL_READ: ReadonlySet<string> = new Set([...Object.values(KEYS).flat(), ...READ].map(foldKey));

function nearestOf(name: string, read: readonly string[]): string | undefined {
  const folded = foldKey(name);
  if (ALL_READ.has(folded) || OTHERS.has(folded) || isFilmKey(folded) || mayHoldBack(folded)) return undefined;
  const latin = withoutLookalikes(folded);
  if (latin !== folded) return read.find((each) => each.length >= 4 && foldKey(each) === latin);
  return read.find((each) => each.length >= 4 && isSlip(folded, foldKey(each)));
}

/** A slip seldom is in the first letter, and a letter more at either end is rather another word: `titles`, `cdate`. */
function isSlip(written: string, read: string): boolean {
  if (slips(written, read) !== 1) return false;
  const isSwapped = written[0] === read[1] && written[1] === read[0];
  const isLonger = written.startsWith(read) && written.at(-1) !== read.at(-1);
  return (written[0] === read[0] || isSwapped) && !isLonger;
}

/** Letters of Cyrillic and Greek that look like ones of Latin. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  [..."аеорсухіјѕԁһοναρι"].map((letter, i) => [letter, [..."aeopcyxijsdhovapi"][i] ?? letter] as const),
);

const withoutLookalikes = (text: string): string =>
  [...text.normalize("NFKC")].map((letter) => LOOKALIKES.get(letter) ?? letter).join("");

interface Misspelt {
  readonly name: string;
  readonly meant: string;
  readonly field: Field;
}

/** `fields`: those of the file itself. A key does no harm that has no value, or beside the right one. */
export function misspeltKeys(fields: Fields, own: readonly OwnKind[]): readonly Misspelt[] {
  return [...fields].flatMap(([name, field]) => {
    if (!hasText(field)) return [];
    const meant = keyMeant(name, own);
    return meant === undefined || hasText(fields.get(meant)) ? [] : [{ name, meant, field }];
  });
}

/**
 * As if they were spelt right: who writes `draf: true` wants no reader to see the post, and what was in a feed cannot be called
 * back. Whoever meant something else is told so, and loses nothing.
 */
export const holdingAsMeant = (misspelt: readonly Misspelt[]): readonly NamedField[] =>
  misspelt.flatMap(({ meant, field }) => (isHolding(meant, field) ? [[meant, field] as const] : []));

const isHolding = (meant: string, field: Field): boolean =>
  PASSWORDS.has(meant) || (flagNamed(meant) !== undefined && flagOf(field) === flagNamed(meant)?.holdsBack);

export const misspeltProblems = (file: string, misspelt: readonly Misspelt[]): readonly Problem[] =>
  misspelt.map(({ name, meant, field }) => {
    const isAlike = !/^[\0-\x7f]*$/.test(name) && withoutLookalikes(foldKey(name)) === foldKey(meant);
    const why = isAlike
      ? `${name} has a letter of another alphabet that looks like one of ${meant}`
      : `nothing reads ${name}`;
    const held = isHolding(meant, field) ? `; the post is held back, as ${meant} would do` : "";
    const other = isHolding(meant, field) ? "; or, if something else is meant, name it otherwise" : "";
    return problem("key-misspelt", file, `${why}${held}`, field.line, `write ${meant}${other}`);
  });
