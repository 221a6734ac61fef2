/** Under which id a format's readers know a post: the former system's where there is one, else our own. */
import type { Facts, Format } from "../model.ts";

/** What any format takes for an id, Atom included: an IRI (RFC 3987), roughly. */
const IRI = /^[a-z][a-z0-9+.-]*:[^\s\p{C}<>"{}|\\^`]+$/iu;

/** Where a format had no feed before, that of another format, so that a reader who is led there finds nothing new. */
const OTHERS: { readonly [format in Format]: readonly Format[] } = {
  rss: ["atom", "json"],
  atom: ["rss", "json"],
  json: ["atom", "rss"],
};

export function idIn(format: Format, { id, ids }: Pick<Facts, "id" | "ids">): string {
  if (!ids) return id;
  return ids[format] ?? OTHERS[format].map((other) => ids[other]).find((other) => other && IRI.test(other)) ?? id;
}

/** Is the RSS guid the post's address? Only while the address is what it was. */
export function isPermaLink({ ids, url }: Pick<Facts, "ids" | "url">): boolean {
  if (!ids?.isPermaLink || ids.rss === undefined) return false;
  return ids.rss === url || (URL.canParse(ids.rss) && new URL(ids.rss).href === url);
}
