/** The authors of a post: names, maps and keys of the site's authors, in any shape. */

import { encodedHref } from "../../base/href.ts";
import { present } from "../../base/optional.ts";
import { oneLine, withoutMarkup } from "../../base/text.ts";
import type { Author } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { isMapValue, type Value } from "../frontmatter/types.ts";
import { type Fields, given } from "../frontmatter/values.ts";
import { KEYS } from "./dialects.ts";

/** A post that names no author is by the site's author, if the site has only one. */
export function readAuthors(fields: Fields, site: Site): readonly Author[] {
  const field = given(fields, ...KEYS.authors);
  const values: readonly Value[] =
    field === undefined ? [] : Array.isArray(field.value) ? field.value : [field.value as Value];
  const authors = values.flatMap((value) => authorsOf(value, site));
  const [only, ...others] = Object.values(site.authors);
  if (authors.length === 0 && only && others.length === 0) return [only];
  const names = new Set<string>();
  return authors.filter(({ name }) => !names.has(name) && names.add(name));
}

function authorsOf(value: Value, site: Site): readonly Author[] {
  if (typeof value === "string") {
    const text = value.includes("](") ? withoutMarkup(oneLine(value)) : oneLine(value);
    const [, name, email] = /^([^<]+)<([^<>\s@]+@[^<>\s@]+)>$/.exec(text) ?? [];
    const written = name?.trimEnd() ?? text;
    if (written === "") return [];
    return [knownAuthor(written, site) ?? { name: written, ...present({ email }) }];
  }
  if (value === null || !isMapValue(value)) return [];
  const member = (...keys: readonly string[]) => {
    const text = keys.map((key) => value.members.get(key)).find((each) => typeof each === "string");
    return typeof text === "string" ? oneLine(text) || undefined : undefined;
  };
  const name = member("name", "display_name", "key", "id", "slug");
  const email = member("email");
  const url = member("url", "link", "website", "homepage");
  if (name === undefined) return [];
  const isWebUrl = url !== undefined && /^https?:/i.test(url) && URL.canParse(url);
  return [
    knownAuthor(name, site) ?? {
      name,
      ...present({ email, url: isWebUrl ? encodedHref(new URL(url)) : undefined }),
    },
  ];
}

/** The author of the site with this key, or with this name. */
function knownAuthor(written: string, { authors }: Site): Author | undefined {
  const byKey = Object.hasOwn(authors, written) ? authors[written] : undefined;
  return byKey ?? Object.values(authors).find((author) => author.name === written);
}
