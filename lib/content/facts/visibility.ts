/** Is the post to be seen? Every word by which authors and the owner keep one back. */
import picomatch from "picomatch";
import type { HeldBack, Post, Site } from "../../model.ts";
import type { Report } from "../../problems.ts";
import { type Fields, flagOf, given, textOf } from "../frontmatter/values.ts";
import { type Field, isMapValue } from "../frontmatter/yaml.ts";
import { foldName } from "../text.ts";
import type { Place } from "./place.ts";

/** Each key with the value that keeps a post back. What is unclear keeps it back too: a leak cannot be undone. */
const FLAGS: readonly (readonly [key: string, keepsBack: boolean, reason: HeldBack])[] = [
  ["draft", true, "draft"],
  ["isdraft", true, "draft"],
  ["is_draft", true, "draft"],
  ["published", false, "draft"],
  ["publish", false, "draft"],
  ["hidden", true, "hidden"],
  ["hide", true, "hidden"],
  ["unlisted", true, "hidden"],
  ["private", true, "hidden"],
  ["headless", true, "hidden"],
  ["feed", false, "hidden"],
  ["rss", false, "hidden"],
  ["eleventyexcludefromcollections", true, "hidden"],
];

const LOCKS = ["password", "encrypted", "encrypt"];

/** The reason why the post is in no document, if there is one. `isDate`: does the field hold a date? */
export function heldBackBy(
  fields: Fields,
  place: Place,
  isDate: (field: Field) => boolean,
  report: Report,
): HeldBack | undefined {
  if (place.aside) return place.aside;
  for (const [key, keepsBack, reason] of FLAGS) {
    const field = fields.get(key);
    if (!field || (key === "published" && isDate(field))) continue;
    const flag = flagOf(field);
    if (flag === "unclear") report("flag-unclear", `${key}: ${field.source} is neither true nor false`, field);
    if (flag === keepsBack || flag === "unclear") return reason;
  }
  const said = ["status", "visibility"].map((key) => textOf(fields.get(key))?.toLowerCase() ?? "");
  if (said.some((word) => /^(?:draft|private|pending|hidden|unlisted|members|paid)$/.test(word))) return "draft";
  // Eleventy's word for a post without a page; Hugo's for one in no list.
  if (flagOf(fields.get("permalink")) === false || isBuiltUnlisted(given(fields, "build", "_build"))) return "hidden";
  const locked = LOCKS.some((key) => textOf(fields.get(key)) !== undefined && flagOf(fields.get(key)) !== false);
  return locked ? "password" : undefined;
}

function isBuiltUnlisted(field: Field | undefined): boolean {
  if (!field || field.value === null || !isMapValue(field.value)) return false;
  const { members } = field.value;
  return ["list", "render"].some((name) => /^(?:never|false)$/i.test(String(members.get(name) ?? "")));
}

/** By the owner's rules: some rule of `exclude` fits, or `include` has rules and none fits. */
export function isExcluded({ key, tags, categories }: Pick<Post, "key" | "tags" | "categories">, site: Site): boolean {
  const fits = ({ paths, tags: ruledTags, categories: ruledCategories }: Site["include"]) =>
    (paths.length > 0 && picomatch([...paths])(key)) ||
    shares(ruledTags, tags) ||
    shares(ruledCategories, categories.flat());
  const isRuled = Object.values(site.include).some((rules) => rules.length > 0);
  return fits(site.exclude) || (isRuled && !fits(site.include));
}

function shares(ruled: readonly string[], names: readonly string[]): boolean {
  if (ruled.length === 0) return false;
  const folded = new Set(names.map(foldName));
  return ruled.some((name) => folded.has(foldName(name)));
}
