/**
 * HeadDocument → `autodiscovery.html`: links to the site's feeds and those of its languages, for the owner to paste into the
 * head of its pages (HTML, `rel=alternate`).
 */
import { html, raw, sourceOf } from "../base/html.ts";
import { LINK_TYPES } from "./channel.ts";
import { FEED_NAMES } from "./page/feeds.ts";
import type { HeadDocument } from "./types.ts";

/** A constant: a comment cannot hold text of authors, who may write `-->`. */
const ADVICE =
  raw(`<!-- For the <head> of every page of the site. A page about one tag, category or author can name the feeds of that
     channel in the same way; feeds.json lists them all. -->
`);

export function renderAutodiscovery(document: HeadDocument): string {
  const links = document.feeds.map(({ format, title, url }) => {
    const name = `${title} (${FEED_NAMES[format]})`;
    return html`<link rel="alternate" type="${LINK_TYPES[format]}" title="${name}" href="${url}">\n`;
  });
  const languages = document.languages.map(({ format, title, url, language }) => {
    const type = LINK_TYPES[format];
    return html`<link rel="alternate" type="${type}" hreflang="${language}" title="${title}" href="${url}">\n`;
  });
  return sourceOf(html`${links}${languages}${ADVICE}`);
}
