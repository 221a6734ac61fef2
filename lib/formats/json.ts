/** FeedDocument → JSON Feed 1.1 (jsonfeed.org/version/1.1). */
import { idIn } from "../channels/identity.ts";
import type { Author, FeedDocument, Media, Rendition } from "../model.ts";
import { siteAuthor } from "./channel.ts";
import { namedOnce, onceEach, termsOf } from "./item.ts";
import { encoded, type Piece, textOf } from "./pieces.ts";

export const renderJson = (document: FeedDocument): string => textOf(jsonPieces(document));

export function jsonPieces(document: FeedDocument): readonly Piece[] {
  const { site, channel, self, items, history, podcast } = document;
  const icon = podcast?.image ?? site.icon;
  const head = {
    version: "https://jsonfeed.org/version/1.1",
    title: channel.title,
    home_page_url: channel.home,
    feed_url: self,
    ...(channel.description !== "" && { description: channel.description }),
    user_comment: `To follow ${channel.title}, give this address to a feed reader: ${self}`,
    ...(history.previous !== undefined && { next_url: history.previous }),
    ...(icon !== undefined && { icon }),
    ...(site.favicon !== undefined && { favicon: site.favicon }),
    authors: [authorOf(siteAuthor(site))],
    language: channel.language,
    ...(site.hubs.length > 0 && { hubs: site.hubs.map((url) => ({ type: "WebSub", url })) }),
  };
  const opening = JSON.stringify(head, null, 2).replace(/\n\}$/, "");
  const start = `${opening},\n  "items": [`;
  if (items.length === 0) return [`${start}]\n}\n`];
  return [start, ...items.flatMap((item, i) => [i === 0 ? FIRST : NEXT, itemJson(item, site)]), "\n  ]\n}\n"];
}

const [FIRST, NEXT] = [encoded("\n"), encoded(",\n")];

const itemJson = onceEach(({ facts, entry, content }) => {
  const tags = namedOnce(termsOf(facts)).map(({ name }) => name);
  const attachments = (entry.media ?? []).flatMap(attachmentsOf);
  const value = {
    id: idIn("json", facts),
    url: facts.url,
    ...(entry.external !== undefined && { external_url: entry.external }),
    ...(entry.title !== "" && { title: entry.title }),
    // An item must have content of some kind.
    ...(content === "full" ? { content_html: entry.html } : { content_text: entry.summary ?? "" }),
    ...(entry.summary && { summary: entry.summary }),
    ...(entry.image !== undefined && { image: entry.image }),
    date_published: facts.published,
    date_modified: facts.updated,
    ...(entry.authors.length > 0 && { authors: entry.authors.map(authorOf) }),
    ...(tags.length > 0 && { tags }),
    language: entry.language,
    ...(attachments.length > 0 && { attachments }),
  };
  return encoded(`    ${JSON.stringify(value, null, 2).replaceAll("\n", "\n    ")}`);
});

const authorOf = ({ name, url }: Author) => ({ name, ...(url && { url }) });

/** By one title readers know that these are one thing in several forms; without one it is called as its file is. */
function attachmentsOf(media: Media) {
  const { duration, alternates } = media;
  const title = media.title ?? (alternates.length > 0 ? fileName(media.url) : undefined);
  return [media, ...alternates].map(({ url, type, length }: Rendition) => ({
    url,
    mime_type: type,
    ...(title && { title }),
    ...(length > 0 && { size_in_bytes: length }),
    ...(duration !== undefined && { duration_in_seconds: duration }),
  }));
}

const fileName = (url: string): string => /([^/?#]*)(?:[?#].*)?$/.exec(url)?.[1] ?? "";
