/** Tags and categories of a post, and whether the owner's rules exclude it by them. */
import { present } from "../../base/optional.ts";
import { foldName } from "../../base/text.ts";
import type { DialectName, Terms } from "../../model.ts";
import { isExcluded } from "../../site/rules.ts";
import type { Site } from "../../site/types.ts";
import { type Fields, given, namesOf, pathsOf } from "../frontmatter/values.ts";
import { DIALECTS, KEYS } from "./dialects.ts";
import type { Place } from "./place.ts";

export interface Taxonomy {
  readonly tags: readonly string[];
  /** Those that name collections of the generator, too. */
  readonly allTags: readonly string[];
  readonly categories: readonly (readonly string[])[];
  /** Of the owner's own taxonomies; absent where the post has none. */
  readonly terms?: Terms;
}

/** A text is one name there: those of series have commas in them. */
const NEVER = /(?!)/;

export function readTaxonomy(
  fields: Fields,
  { above }: Place,
  dialect: DialectName,
  { taxonomies }: Pick<Site, "taxonomies">,
): Taxonomy {
  const { separator, categories: list, ignoredTags } = DIALECTS[dialect];
  const separatorOf = ([plural]: readonly string[]) =>
    given(fields, plural ?? "") ? separator.plural : separator.singular;
  const paths = pathsOf(given(fields, ...KEYS.categories), separatorOf(KEYS.categories), list);
  const written = namesOf(given(fields, ...KEYS.tags), separatorOf(KEYS.tags)).map(withoutMark);
  const allTags = [...new Set(written)];
  const terms = taxonomies.flatMap((kind) => {
    const names = namesOf(fields.get(kind), NEVER);
    return names.length > 0 ? [[kind, names] as const] : [];
  });
  return {
    ...present({ terms: terms.length > 0 ? Object.fromEntries(terms) : undefined }),
    tags: allTags.filter((tag) => !ignoredTags.includes(tag)),
    allTags,
    categories: dialect === "jekyll" ? [...above.map((folder) => [folder]), ...paths] : paths,
  };
}

/** Obsidian's `#` only marks a tag as one. */
const withoutMark = (tag: string): string => tag.replace(/^#+(?=[\p{L}\p{N}_])/u, "");

export const isExcludedBy = ({ allTags, categories }: Taxonomy, key: string, site: Pick<Site, "include" | "exclude">) =>
  isExcluded({ key, tags: allTags, categories }, site, foldName);
