/** Tags and categories of a post, and whether the owner's rules exclude it by them. */
import { foldName } from "../../base/text.ts";
import type { DialectName } from "../../model.ts";
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
}

export function readTaxonomy(fields: Fields, { above }: Place, dialect: DialectName): Taxonomy {
  const { separator, categories: list, ignoredTags } = DIALECTS[dialect];
  const separatorOf = ([plural]: readonly string[]) =>
    given(fields, plural ?? "") ? separator.plural : separator.singular;
  const paths = pathsOf(given(fields, ...KEYS.categories), separatorOf(KEYS.categories), list);
  const written = namesOf(given(fields, ...KEYS.tags), separatorOf(KEYS.tags)).map(withoutMark);
  const allTags = [...new Set(written)];
  return {
    tags: allTags.filter((tag) => !ignoredTags.includes(tag)),
    allTags,
    categories: dialect === "jekyll" ? [...above.map((folder) => [folder]), ...paths] : paths,
  };
}

/** Obsidian's `#` only marks a tag as one. */
const withoutMark = (tag: string): string => tag.replace(/^#+(?=[\p{L}\p{N}_])/u, "");

export const isExcludedBy = ({ allTags, categories }: Taxonomy, key: string, site: Pick<Site, "include" | "exclude">) =>
  isExcluded({ key, tags: allTags, categories }, site, foldName);
