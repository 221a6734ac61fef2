/** What the renderers of channels share: the site's author, a channel's own description, the media types of links. */
import type { Channel } from "../channels/types.ts";
import type { Author, Format } from "../model.ts";
import type { Site } from "../site/types.ts";

export const GENERATOR = "Dripfeed";

/** The author of a feed, and so of its entries without one: the site's only author if it has one, else the site. */
export function siteAuthor({ authors, title, url }: Pick<Site, "authors" | "title" | "url">): Author {
  const [only, ...others] = Object.values(authors);
  return only && others.length === 0 ? only : { name: title, url };
}

/** A channel without a description has the site's, which does not describe the channel. */
export const ownDescription = (
  { kind, description }: Pick<Channel, "kind" | "description">,
  site: Pick<Site, "description">,
): string => (kind === "site" || description !== site.description ? description : "");

/** The media types of `rel=alternate` links. Stored objects may have others (`files.ts`). */
export const LINK_TYPES: { readonly [format in Format]: string } = {
  rss: "application/rss+xml",
  atom: "application/atom+xml",
  json: "application/feed+json",
};
