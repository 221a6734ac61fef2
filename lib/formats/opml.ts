/** Directory → OPML 2.0 (opml.org/spec2.opml): every channel, to be taken into a reader at once. */
import type { Channel, Directory, Listing } from "../model.ts";
import { xmlAttribute, xmlText } from "./form.ts";
import { feedsAmong } from "./page/feeds.ts";
import { KINDS, wordsOf } from "./page/words/lookup.ts";

/**
 * A group for each kind. A category that has others below it would be a feed and a group in one, which readers import as
 * either, so categories are feeds in one group, and their titles say where they belong.
 */
export function renderOpml({ site, listings }: Directory): string {
  const { words } = wordsOf(site.language);
  const of = (kind: Channel["kind"]) => listings.filter(({ channel }) => channel.kind === kind);
  const body = [
    ...of("site").map((listing) => outline(listing, "    ")),
    ...KINDS.map((kind) => group(words.many[kind], of(kind))),
  ];
  const [author, ...others] = Object.values(site.authors);
  const owner = author && others.length === 0 ? `\n    <ownerName>${xmlText(author.name)}</ownerName>` : "";
  return `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
  <head>
    <title>${xmlText(site.title)}</title>${owner}
    <docs>http://opml.org/spec2.opml</docs>
  </head>
  <body>
${body.join("")}  </body>
</opml>
`;
}

function group(name: string, listings: readonly Listing[]): string {
  const outlines = listings.map((listing) => outline(listing, "      ")).join("");
  const text = xmlAttribute(name);
  return outlines && `    <outline text="${text}" title="${text}">\n${outlines}    </outline>\n`;
}

/** One feed: were all of a channel's formats given, a reader would subscribe to each. */
function outline({ channel, feeds, page = channel.home }: Listing, indent: string): string {
  const [feed] = feedsAmong(feeds);
  if (!feed) return "";
  const attributes: { readonly [name: string]: string | undefined } = {
    // Of a feed in whatever format; `version` names those that were there when OPML was written.
    ...{ type: "rss", text: channel.title, title: channel.title, xmlUrl: feed.url, htmlUrl: page },
    description: channel.description || undefined,
    language: channel.language,
    version: feed.format === "rss" ? "RSS" : undefined,
  };
  const written = Object.entries(attributes).map(([name, value]) => {
    return value === undefined ? "" : ` ${name}="${xmlAttribute(value)}"`;
  });
  return `${indent}<outline${written.join("")}/>\n`;
}
