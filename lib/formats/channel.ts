/** What the formats share of a channel. */
import type { Alternate, Author, Site } from "../model.ts";
import type { Attributes } from "./element.ts";

export const GENERATOR = "Dripfeed";

/** Stands for entries without an author of their own: the site, unless it is one person. */
export function siteAuthor({ authors, title, url }: Site): Author {
  const [only, ...others] = Object.values(authors);
  return only && others.length === 0 ? only : { name: title, url };
}

/** As `rel=alternate` names them, whatever type a store keeps them under. */
export const LINK_TYPES: { readonly [format in Alternate["format"]]: string } = {
  rss: "application/rss+xml",
  atom: "application/atom+xml",
  json: "application/feed+json",
  page: "text/html",
};

/** Of a link: another language has a title of its own, another format has the channel's. */
export function alternateLink({ format, url, title, language }: Alternate): Attributes {
  return { rel: "alternate", type: LINK_TYPES[format], href: url, ...(language && { hreflang: language, title }) };
}
