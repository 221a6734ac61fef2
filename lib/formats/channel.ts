/** What the renderers of channels share: the site's author, and links to alternate documents. */

import type { Author } from "../model.ts";
import type { Site } from "../site/types.ts";
import type { Attributes } from "./element.ts";
import type { Alternate } from "./types.ts";

export const GENERATOR = "Dripfeed";

/** The author of a feed, and so of its entries without one: the site's only author if it has one, else the site. */
export function siteAuthor({ authors, title, url }: Site): Author {
  const [only, ...others] = Object.values(authors);
  return only && others.length === 0 ? only : { name: title, url };
}

/** The media types of `rel=alternate` links. Stored objects may have others (`files.ts`). */
export const LINK_TYPES: { readonly [format in Alternate["format"]]: string } = {
  rss: "application/rss+xml",
  atom: "application/atom+xml",
  json: "application/feed+json",
  page: "text/html",
};

/** A feed in another language also gets its language and title; another format has the title of this feed. */
export function alternateLink({ format, url, title, language }: Alternate): Attributes {
  const other = language ? { hreflang: language, title } : undefined;
  return { rel: "alternate", type: LINK_TYPES[format], href: url, ...other };
}
