/** FeedDocument → JSON Feed 1.1 (jsonfeed.org/version/1.1). */
import type { FeedDocument } from "../model.ts";
import { categoryNames, onceEach } from "./item.ts";

export function renderJson(document: FeedDocument): string {
  const { site, channel, self, items } = document;
  const head = {
    version: "https://jsonfeed.org/version/1.1",
    title: channel.title,
    home_page_url: channel.home,
    feed_url: self,
    description: channel.description,
    language: channel.language,
    ...(site.hubs.length > 0 && { hubs: site.hubs.map((url) => ({ type: "WebSub", url })) }),
  };
  const opening = JSON.stringify(head, null, 2).replace(/\n\}$/, "");
  const body = items.length === 0 ? "[]" : `[\n${items.map(itemJson).join(",\n")}\n  ]`;
  return `${opening},\n  "items": ${body}\n}\n`;
}

const itemJson = onceEach(({ facts, entry, content }) => {
  const tags = categoryNames(facts);
  const value = {
    id: facts.id,
    url: facts.url,
    ...(entry.external !== undefined && { external_url: entry.external }),
    title: entry.title,
    // An item must have content of some kind.
    ...(content === "full" ? { content_html: entry.html } : { content_text: entry.summary ?? "" }),
    ...(entry.summary !== undefined && { summary: entry.summary }),
    ...(entry.image !== undefined && { image: entry.image }),
    date_published: facts.published,
    date_modified: facts.updated,
    ...(entry.authors.length > 0 && { authors: entry.authors.map(({ name, url }) => ({ name, ...(url && { url }) })) }),
    ...(tags.length > 0 && { tags }),
    language: entry.language,
  };
  return `    ${JSON.stringify(value, null, 2).replaceAll("\n", "\n    ")}`;
});
