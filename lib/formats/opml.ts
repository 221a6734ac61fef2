/** OpmlDocument → OPML 2.0 (opml.org/spec2.opml): one feed of every channel, for a reader to import at once. */
import type { Channel } from "../channels/types.ts";
import { ownDescription } from "./channel.ts";
import { xmlAttribute, xmlText } from "./form.ts";
import { feedsInOrder } from "./page/feeds.ts";
import { kindsOf, wordFor, wordsOf } from "./page/words/lookup.ts";
import type { Listing, OpmlDocument } from "./types.ts";

/**
 * One group for each kind. Nested categories are not nested groups: a category with others below it would be a feed and a
 * group at once, of which readers import one or the other. They are feeds of one group, with their parents in the title.
 */
export function renderOpml({ site, owner, listings }: OpmlDocument): string {
  const { words } = wordsOf(site.language);
  const listingsOf = (kind: Channel["kind"]) => listings.filter(({ channel }) => channel.kind === kind);
  const body = [
    ...listingsOf("site").map((listing) => outline(listing, site, "    ")),
    ...kindsOf(site).map((kind) => group(wordFor(kind, words.many), listingsOf(kind), site)),
  ];
  const ownerName = owner === undefined ? "" : `\n    <ownerName>${xmlText(owner)}</ownerName>`;
  return `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
  <head>
    <title>${xmlText(site.title)}</title>${ownerName}
    <docs>http://opml.org/spec2.opml</docs>
  </head>
  <body>
${body.join("")}  </body>
</opml>
`;
}

function group(name: string, listings: readonly Listing[], site: OpmlDocument["site"]): string {
  const outlines = listings.map((listing) => outline(listing, site, "      ")).join("");
  const text = xmlAttribute(name);
  return outlines && `    <outline text="${text}" title="${text}">\n${outlines}    </outline>\n`;
}

/** One format of the channel: a reader would subscribe to every format that is listed. */
function outline({ channel, feeds }: Listing, site: OpmlDocument["site"], indent: string): string {
  const [feed] = feedsInOrder(feeds);
  if (!feed) return "";
  const attributes: { readonly [name: string]: string | undefined } = {
    type: "rss", // for feeds of every format
    text: channel.title,
    title: channel.title,
    xmlUrl: feed.url,
    htmlUrl: site.url, // the website, as the feed itself names it
    description: ownDescription(channel, site) || undefined,
    language: channel.language,
    version: feed.format === "rss" ? "RSS" : undefined, // OPML 2.0 has values for versions of RSS only
  };
  const written = Object.entries(attributes).map(([name, value]) => {
    return value === undefined ? "" : ` ${name}="${xmlAttribute(value)}"`;
  });
  return `${indent}<outline${written.join("")}/>\n`;
}
