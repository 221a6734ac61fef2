/** Tags and categories of a post, and whether the owner's rules exclude it by them. */
import { present } from "../../base/optional.ts";
import { foldName } from "../../base/text.ts";
import type { DialectName, Terms } from "../../model.ts";
import { isExcluded } from "../../site/rules.ts";
import type { Site } from "../../site/types.ts";
import type { Field } from "../frontmatter/types.ts";
import { distinct, type Fields, given, namesOf, pathsOf } from "../frontmatter/values.ts";
import { DIALECTS, KEYS } from "./dialects.ts";
import type { Place } from "./place.ts";
import { printed } from "./printed.ts";

export interface Taxonomy {
  readonly tags: readonly string[];
  readonly categories: readonly (readonly string[])[];
  /** Of the owner's own taxonomies; absent where the post has none. */
  readonly terms?: Terms;
  /** As they are written, with those that name collections of the generator: addresses and rules have them so. */
  readonly written: Pick<Taxonomy, "tags" | "categories">;
}

/** A text is one name there: those of series have commas in them. */
const NEVER = /(?!)/;

export function readTaxonomy(
  fields: Fields,
  { above }: Place,
  dialect: DialectName,
  { taxonomies }: Pick<Site, "taxonomies">,
): Taxonomy {
  const { separator, categories: list, ignoredTags, printsHtml } = DIALECTS[dialect];
  const isJekyll = dialect === "jekyll";
  /** Of the plural and the singular; one of them counts, in Jekyll both. */
  const readBoth = <T>(
    [plural, singular]: readonly [string, string],
    read: (field: Field, at: RegExp) => readonly T[],
  ) => {
    const [first, second] = [given(fields, plural), given(fields, singular)];
    const several = first ? read(first, separator.plural) : [];
    return second && (!first || isJekyll) ? [...several, ...read(second, separator.singular)] : several;
  };
  const paths = readBoth(KEYS.categories, (field, at) => pathsOf(field, at, list));
  const tags = [...new Set(readBoth(KEYS.tags, namesOf).map(withoutMark))];
  const categories = isJekyll ? distinct([...above.map((folder) => [folder]), ...paths]) : paths;
  // Text is split at spaces there, so that a comma may stand behind a name.
  const shown = (name: string) => printed(isJekyll ? name.replace(/,$/, "") : name, dialect);
  const isShown = !printsHtml && ignoredTags.length === 0;
  const terms = taxonomies.flatMap((kind) => {
    const names = namesOf(fields.get(kind), NEVER).map(shown);
    return names.length > 0 ? [[kind, [...new Set(names)]] as const] : [];
  });
  return {
    ...present({ terms: terms.length > 0 ? Object.fromEntries(terms) : undefined }),
    tags: isShown ? tags : [...new Set(tags.filter((tag) => !ignoredTags.includes(tag)).map(shown))],
    categories: printsHtml ? distinct(categories.map((path) => path.filter(isOne).map(shown))) : categories,
    written: { tags, categories },
  };
}

/** WordPress files what is in no category under one of this name, and what it exports says so; a comma is none. */
const isOne = (category: string): boolean => !/^(?:,|uncategori[sz]ed|未分[类類])$/i.test(category);

/** Obsidian's `#` only marks a tag as one. */
const withoutMark = (tag: string): string => tag.replace(/^#+(?=[\p{L}\p{N}_])/u, "");

/** By their names as written, or as shown. */
export function isExcludedBy({ written, ...shown }: Taxonomy, key: string, site: Pick<Site, "include" | "exclude">) {
  const both = <T>(one: readonly T[], other: readonly T[]) => (one === other ? one : [...one, ...other]);
  const [tags, categories] = [both(written.tags, shown.tags), both(written.categories, shown.categories)];
  return isExcluded({ key, tags, categories }, site, foldName);
}
