/** The language of a post, and which posts are its translations. */
import type { ReportProblem } from "../../base/problems.ts";
import { languageMeant, tagIn } from "../../site/fixes/languages.ts";
import { canonicalLanguage, languageAmong } from "../../site/language.ts";
import type { Site } from "../../site/types.ts";
import { type Fields, given, textOf } from "../frontmatter/values.ts";
import type { Within } from "./bounds.ts";
import { KEYS } from "./dialects.ts";
import type { Place } from "./place.ts";

export function readLanguage(fields: Fields, { language: inPath }: Place, site: Site, report: ReportProblem): string {
  const field = given(fields, ...KEYS.language);
  const written = textOf(field);
  const language = written === undefined ? undefined : tagIn(written);
  if (written !== undefined && language === undefined) {
    const meant = languageMeant(written);
    const perhaps = meant === undefined ? "" : `, as ${meant} is`;
    report("language-unknown", `${JSON.stringify(written)} is no language tag${perhaps}`, field);
  }
  const chosen = language ?? (inPath === undefined ? undefined : canonicalLanguage(inPath));
  return chosen === undefined ? site.language : languageAmong(site.languages, chosen);
}

/**
 * What a post's translations have in common. `ref` has many uses; beside a language it pairs translations, as in
 * Jekyll.
 */
export function translationOf(fields: Fields, place: Place, within: Within): string | undefined {
  const hasLanguage = given(fields, ...KEYS.language) !== undefined;
  const field = given(fields, ...KEYS.translation.filter((name) => name !== "ref" || hasLanguage));
  const key = textOf(field);
  if (key !== undefined) return `=${within("translation key", key, field)}`;
  return place.language === undefined ? undefined : place.translation;
}
