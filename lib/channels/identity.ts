/** The id of a post in a document: that of the former system if the post was adopted from one, else its minted id. */
import type { Facts, Format } from "../model.ts";

/**
 * An id that is valid in every format. Atom is the strictest and demands an IRI (RFC 4287 §4.2.6, RFC 3987); this is an
 * approximation.
 */
const IRI = /^[a-z][a-z0-9+.-]*:[^\s\p{C}<>"{}|\\^`]+$/iu;

/**
 * If the former system had no feed of a format, its ids come from another format: a redirected reader then sees no post
 * twice.
 */
const OTHERS: { readonly [format in Format]: readonly Format[] } = {
  rss: ["atom", "json"],
  atom: ["rss", "json"],
  json: ["atom", "rss"],
};

export function idIn(format: Format, { id, ids }: Pick<Facts, "id" | "ids">): string {
  if (!ids) return id;
  return ids[format] ?? OTHERS[format].map((other) => ids[other]).find((other) => other && IRI.test(other)) ?? id;
}

/** Whether the RSS guid is a permalink: it was one in the former feed, and the post's URL has not changed since. */
export function isPermaLink({ ids, url }: Pick<Facts, "ids" | "url">): boolean {
  if (!ids?.isPermaLink || ids.rss === undefined) return false;
  return ids.rss === url || (URL.canParse(ids.rss) && new URL(ids.rss).href === url);
}
