/** The address of a file that is no post but a page of the site, so that links to it lead there. */
import { namesDate, permalinkPattern } from "../../site/permalink.ts";
import type { Site } from "../../site/types.ts";
import { type Fields, given, textOf } from "../frontmatter/values.ts";
import { type AddressParts, readUrl } from "./address.ts";
import { KEYS } from "./dialects.ts";
import type { Place } from "./place.ts";

/** Of a page without a date; `undefined` where its address would have one. */
export function pageUrl(fields: Fields, post: Omit<AddressParts, "dated">, site: Site): string | undefined {
  const pattern = textOf(given(fields, ...KEYS.permalink)) ?? site.permalink;
  if (namesDate(permalinkPattern(pattern))) return undefined;
  const dated = "2000-01-01T00:00:00Z"; // any: the address does not contain it
  return readUrl(fields, { ...post, dated }, site, () => undefined);
}

/** Of the `_index.md` of a folder, which to Hugo and Zola is the page of that section. */
export function sectionUrl(key: string, { sections, language }: Place, site: Site): string | undefined {
  if (!/(?:^|\/)_index(?:\.[\w-]+)?\.\w+$/.test(key)) return undefined;
  const spoken = language === undefined || language === site.language ? [] : [language];
  const path = [...spoken, ...sections].map((part) => `${encodeURIComponent(part.toWellFormed())}/`).join("");
  return new URL(path, site.url).href;
}
