/**
 * Directory → `autodiscovery.html`: links to the site's feeds and those of its languages, for the owner to paste into the
 * head of its pages (HTML, `rel=alternate`).
 */
import { html, raw, sourceOf } from "../base/html.ts";
import { LINK_TYPES } from "./channel.ts";
import { FEED_NAMES, feedsInOrder, languageFeeds } from "./page/feeds.ts";
import type { Directory } from "./types.ts";

/** A constant: a comment cannot hold text of authors, who may write `-->`. */
const ADVICE =
  raw(`<!-- For the <head> of every page of the site. A page about one tag, category or author can name the feeds of that
     channel in the same way; feeds.json lists them all. -->
`);

export function renderAutodiscovery({ listings }: Directory): string {
  const links = listings
    .filter(({ channel }) => channel.kind === "site")
    .flatMap(({ feeds }) => feedsInOrder(feeds))
    .map(({ format, title, url }) => {
      const name = `${title} (${FEED_NAMES[format]})`;
      return html`<link rel="alternate" type="${LINK_TYPES[format]}" title="${name}" href="${url}">\n`;
    });
  const languages = languageFeeds(listings).map(({ format, title, url, language }) => {
    const type = LINK_TYPES[format];
    return html`<link rel="alternate" type="${type}" hreflang="${language}" title="${title}" href="${url}">\n`;
  });
  return sourceOf(html`${links}${languages}${ADVICE}`);
}
