/**
 * How much one post may have. Documents carry posts of others as well, so one that goes beyond has an error of its own: no
 * document becomes too large by it, and no run is refused for its sake.
 */

import { isError, type ReportProblem } from "../../base/problems.ts";
import { beyond, listInWords, writtenNumber } from "../../base/text.ts";
import type { Author, Problem } from "../../model.ts";
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

interface Named extends Pick<Taxonomy, "tags" | "categories" | "terms"> {
  readonly authors: readonly Author[];
}

/** The names of one kind that a post has, each a channel. */
interface NamesOfKind {
  readonly one: string;
  readonly many: string;
  readonly names: readonly string[];
  readonly count: number;
  readonly field: Field | undefined;
}

/** Each name makes a channel, whose documents carry the text again. `bytes` are those of the text that they carry. */
export function checkNames(named: Named, fields: Fields, guard: Guard, bytes: number, report: ReportProblem): void {
  const kinds = kindsOf(named, fields);
  const all = kinds.reduce((sum, { count }) => sum + count, 0);
  // Without any the text is written once, however long it is.
  const most = all > 0 ? guard.tags : undefined;
  if (most !== undefined && (all > most || bytes > bytesAllowed(all))) {
    const largest = kinds.reduce((a, b) => (b.count > a.count ? b : a));
    const what = `the post has ${listOf(kinds)}`;
    const text = `${writtenNumber(bytes)} bytes of text, which would be written for each of them`;
    report(
      "too-many-tags",
      all > most ? `${what}: ${beyond(all, "in all", most)}` : `${what}, and ${text}`,
      largest.field,
    );
  }
  for (const { one, names, field } of kinds) {
    const name = names.find(({ length }) => length > LONGEST_NAME);
    if (name === undefined) continue;
    report("too-long", `the ${one} ${quoted(name)} has ${beyond(name.length, "characters", LONGEST_NAME)}`, field);
  }
}

function kindsOf({ tags, categories, authors, terms = {} }: Named, fields: Fields): readonly NamesOfKind[] {
  const paths = categories.map((path) => path.join("/"));
  const names = authors.map(({ name }) => name);
  const fieldOf = (kind: "tags" | "categories" | "authors") => given(fields, ...KEYS[kind]);
  return [
    { one: "tag", many: "tags", names: tags, count: tags.length, field: fieldOf("tags") },
    { one: "category", many: "categories", names: paths, count: countLevels(categories), field: fieldOf("categories") },
    { one: "author", many: "authors", names, count: names.length, field: fieldOf("authors") },
    ...Object.entries(terms).map(([kind, names]) => {
      return { one: `name of ${kind}`, many: `names of ${kind}`, names, count: names.length, field: fields.get(kind) };
    }),
  ];
}

/** `4,000 tags and 1 author` */
function listOf(kinds: readonly NamesOfKind[]): string {
  const parts = kinds
    .filter(({ count }) => count > 0)
    .map(({ count, one, many }) => `${writtenNumber(count)} ${count === 1 ? one : many}`);
  return listInWords(parts, "and");
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
