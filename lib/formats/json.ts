/** JsonDocument → JSON Feed 1.1 (jsonfeed.org/version/1.1). A field that is `undefined` is left out by `JSON.stringify`. */
import { idIn } from "../channels/identity.ts";
import type { Author, Media, Rendition } from "../model.ts";
import { carriedHtml, oncePerItem, termsOf, uniqueNames } from "./item.ts";
import { firstAuthors } from "./named.ts";
import { encoded, type Piece } from "./pieces.ts";
import type { JsonDocument } from "./types.ts";

export function jsonPieces(document: JsonDocument): readonly Piece[] {
  const { site, channel, self, items, history, icon } = document;
  const head = {
    version: "https://jsonfeed.org/version/1.1",
    title: channel.title,
    home_page_url: site.url,
    feed_url: self,
    description: channel.description || undefined,
    user_comment: `To follow ${channel.title}, give this address to a feed reader: ${self}`,
    next_url: history.previous,
    icon,
    favicon: site.favicon,
    authors: [authorOf(site.author)],
    language: channel.language,
    hubs: site.hubs.length > 0 ? site.hubs.map((url) => ({ type: "WebSub", url })) : undefined,
  };
  const opening = JSON.stringify(head, null, 2).replace(/\n\}$/, "");
  const start = `${opening},\n  "items": [`;
  if (items.length === 0) return [`${start}]\n}\n`];
  return [
    start,
    ...items.flatMap((item, i) => [i === 0 ? BEFORE_FIRST : BEFORE_NEXT, itemJson(item, site.ofItems)]),
    "\n  ]\n}\n",
  ];
}

const BEFORE_FIRST = encoded("\n");
const BEFORE_NEXT = encoded(",\n");

export const itemJson = oncePerItem(
  (item, site) => {
    const { facts, entry, content } = item;
    const tags = uniqueNames(termsOf(facts)).map(({ name }) => name);
    const attachments = (entry.media ?? []).flatMap(attachmentsOf);
    const html = carriedHtml(item, site) ?? (content === "full" ? "" : undefined);
    const value = {
      id: idIn("json", facts),
      url: facts.url,
      external_url: entry.external,
      title: entry.title || undefined,
      // JSON Feed 1.1 demands one of the two, be it empty.
      content_html: html,
      content_text: html === undefined ? (entry.summary ?? "") : undefined,
      summary: entry.summary || undefined,
      image: entry.image,
      date_published: facts.published,
      date_modified: facts.updated,
      authors: entry.authors.length > 0 ? firstAuthors(entry.authors).map(authorOf) : undefined,
      tags: tags.length > 0 ? tags : undefined,
      language: entry.language,
      attachments: attachments.length > 0 ? attachments : undefined,
    };
    return encoded(`    ${JSON.stringify(value, null, 2).replaceAll("\n", "\n    ")}`);
  },
  ({ json }) => json,
);

const authorOf = ({ name, url }: Author) => ({ name, url: url || undefined });

/**
 * Attachments with the same title are alternates of each other (JSON Feed 1.1), so alternates without a title get the
 * file's name.
 */
function attachmentsOf(media: Media) {
  const { duration, alternates } = media;
  const title = media.title ?? (alternates.length > 0 ? fileName(media.url) : undefined);
  return [media, ...alternates].map(({ url, type, length }: Rendition) => ({
    url,
    mime_type: type,
    title: title || undefined,
    size_in_bytes: length > 0 ? length : undefined,
    duration_in_seconds: duration,
  }));
}

function fileName(url: string): string {
  const [path = ""] = url.split(/[?#]/, 1);
  return path.slice(path.lastIndexOf("/") + 1);
}
