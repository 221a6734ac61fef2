/**
 * How much one post may have. Documents carry posts of others as well, so one that goes beyond has an error of its own: no
 * document becomes too large by it, and no run is refused for its sake.
 */

import { isError, type ReportProblem } from "../../base/problems.ts";
import { beyond, writtenNumber } from "../../base/text.ts";
import type { Author, Kind, Problem } from "../../model.ts";
import type { Guard } from "../../site/types.ts";
import { bytesAllowed, countLevels } from "../entrylimit.ts";
import type { Field } from "../frontmatter/types.ts";
import { type Fields, given } from "../frontmatter/values.ts";
import { KEYS } from "./dialects.ts";
import { quoted } from "./members.ts";
import type { Taxonomy } from "./taxonomy.ts";

/** Characters (UTF-16 code units), each far more than a post has. */
const MOST = {
  title: 10_000,
  description: 50_000,
  id: 2_000,
  address: 8_000,
  "translation key": 2_000,
} as const;

/** Characters of the name of a channel: a tag, a category with those above it, an author. */
const LONGEST_NAME = 500;

/** Bytes of all that an entry has besides its text, as JSON: addresses, authors, media, episode. */
const MOST_BESIDES = 200_000;

/** Reports a text that is too long, and gives as much of it as may be worked with. */
export type Within = (what: keyof typeof MOST, text: string, field: Line | undefined) => string;

type Line = Pick<Field, "line">;

export const withinBounds =
  (report: ReportProblem): Within =>
  (what, text, field) => {
    const most = MOST[what];
    if (text.length <= most) return text;
    report("too-long", `the ${what} has ${beyond(text.length, "characters", most)}`, field);
    return text.slice(0, most).toWellFormed();
  };

interface Named extends Pick<Taxonomy, "tags" | "categories"> {
  readonly authors: readonly Author[];
}

type NamedKind = Extract<Kind, keyof Named>;

/** Each name makes a channel, whose documents carry the text again. `bytes` are those of the text that they carry. */
export function checkNames(named: Named, fields: Fields, guard: Guard, bytes: number, report: ReportProblem): void {
  const counts: { readonly [kind in NamedKind]: number } = {
    tags: named.tags.length,
    categories: countLevels(named.categories),
    authors: named.authors.length,
  };
  const fieldOf = (kind: NamedKind) => given(fields, ...KEYS[kind]);
  const all = counts.tags + counts.categories + counts.authors;
  // Without any the text is written once, however long it is.
  const most = all > 0 ? guard.tags : undefined;
  if (most !== undefined && (all > most || bytes > bytesAllowed(all))) {
    const largest = NAMED_KINDS.reduce((a, b) => (counts[b] > counts[a] ? b : a));
    const what = `the post has ${listOf(counts)}`;
    const text = `${writtenNumber(bytes)} bytes of text, which would be written for each of them`;
    report(
      "too-many-tags",
      all > most ? `${what}: ${beyond(all, "in all", most)}` : `${what}, and ${text}`,
      fieldOf(largest),
    );
  }
  const names: { readonly [kind in NamedKind]: readonly string[] } = {
    tags: named.tags,
    categories: named.categories.map((path) => path.join("/")),
    authors: named.authors.map(({ name }) => name),
  };
  for (const kind of NAMED_KINDS) {
    const name = names[kind].find(({ length }) => length > LONGEST_NAME);
    if (name === undefined) continue;
    const message = `the ${WORDS[kind].one} ${quoted(name)} has ${beyond(name.length, "characters", LONGEST_NAME)}`;
    report("too-long", message, fieldOf(kind));
  }
}

const NAMED_KINDS = ["tags", "categories", "authors"] as const satisfies readonly NamedKind[];

const WORDS: { readonly [kind in NamedKind]: { readonly one: string; readonly many: string } } = {
  tags: { one: "tag", many: "tags" },
  categories: { one: "category", many: "categories" },
  authors: { one: "author", many: "authors" },
};

/** `4,000 tags and 1 author` */
function listOf(counts: { readonly [kind in NamedKind]: number }): string {
  const parts = NAMED_KINDS.filter((kind) => counts[kind] > 0).map(
    (kind) => `${writtenNumber(counts[kind])} ${counts[kind] === 1 ? WORDS[kind].one : WORDS[kind].many}`,
  );
  return [parts.slice(0, -1).join(", "), ...parts.slice(-1)].filter(Boolean).join(" and ");
}

/** The most values of a list that is read one by one, each of which may name a file to look for in the content store. */
const MOST_VALUES = 300;

/** The values, or where they are too many, which is reported, as many as may be worked with. */
export function fewEnough<T>(
  values: readonly T[],
  what: string,
  field: Field | undefined,
  report: ReportProblem,
): readonly T[] {
  if (values.length <= MOST_VALUES) return values;
  report("too-long", `the list of ${what} has ${beyond(values.length, "values", MOST_VALUES)}`, field);
  return values.slice(0, MOST_VALUES);
}

/** The most problems of one post. */
const MOST_PROBLEMS = 50;

/** Errors before warnings where there are too many, since they decide about the post. */
export function fewProblems(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  const kept = new Set([...new Set([...problems.filter(isError), ...problems])].slice(0, MOST_PROBLEMS));
  return problems.filter((each) => kept.has(each));
}

/** `besides` is what the front matter gives an entry; the longest field is named. */
export function checkBesides(besides: object, fields: Fields, report: ReportProblem): void {
  const { length } = JSON.stringify(besides);
  if (length <= MOST_BESIDES) return;
  const [[key, field] = ["", undefined]] = [...fields].toSorted(([, a], [, b]) => b.source.length - a.source.length);
  const message = `what feeds show besides the text has ${beyond(length, "characters", MOST_BESIDES)}`;
  report("too-long", `${message}; \`${key.slice(0, 100)}\` is the longest`, field);
}
