/** Directory → `autodiscovery.html`: what to paste into the head of a site's pages (HTML, `rel=alternate`). */
import type { Directory } from "../model.ts";
import { LINK_TYPES } from "./channel.ts";
import { xmlAttribute } from "./form.ts";
import { FEED_NAMES, feedsAmong } from "./page/feeds.ts";

/** No word of an author's: a comment cannot hold every one. */
const ADVICE = `<!-- For the <head> of every page of the site. A page about one tag, category or author can name the feeds of that
     channel in the same way; feeds.json lists them all. -->
`;

export function renderHead({ listings }: Directory): string {
  const links = listings
    .filter(({ channel }) => channel.kind === "site")
    .flatMap(({ feeds }) => feedsAmong(feeds))
    .map(({ format, title, url }) => {
      const name = xmlAttribute(`${title} (${FEED_NAMES[format]})`);
      return `<link rel="alternate" type="${LINK_TYPES[format]}" title="${name}" href="${xmlAttribute(url)}">\n`;
    });
  return links.join("") + ADVICE;
}
