/** FeedDocument → RSS 2.0, with content:encoded and dc:creator. */
import { Feed } from "feed";
import { escapeText } from "../content/html/html.ts";
import type { FeedDocument, Instant } from "../model.ts";
import {
  cutElement,
  fill,
  formOf,
  formsBy,
  replaceOnce,
  textBlank,
  urlBlank,
  xmlAttribute,
  xmlHtml,
  xmlText,
} from "./form.ts";
import { categoryNames, onceEach } from "./item.ts";

const ROOT = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" \
xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">`;
const EPOCH = new Date(0);

export function renderRss(document: FeedDocument): string {
  const { site, channel, self, updated, items } = document;
  return fill(head, {
    title: xmlText(channel.title),
    home: xmlText(channel.home),
    description: xmlText(channel.description),
    updated: rfc822(updated),
    language: xmlText(channel.language),
    self: xmlAttribute(self),
    hubs: site.hubs.map((hub) => `\n        <atom:link href="${xmlAttribute(hub)}" rel="hub"/>`).join(""),
    items: items.map((item) => `\n        ${itemXml(item)}`).join(""),
  });
}

const head = formOf(drawHead());

function drawHead(): string {
  const feed = new Feed({
    title: textBlank("title"),
    link: urlBlank("home"),
    description: textBlank("description"),
    language: textBlank("language"),
    feedLinks: { rss: urlBlank("self") },
    updated: EPOCH,
    generator: "Dripfeed",
  });
  let xml = feed.rss2();
  xml = replaceOnce(xml, `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">`, ROOT);
  xml = replaceOnce(xml, EPOCH.toUTCString(), textBlank("updated"));
  xml = replaceOnce(
    xml,
    `type="application/rss+xml"/>`,
    `type="application/rss+xml"/>${textBlank("hubs")}${textBlank("items")}`,
  );
  return `${xml}\n`;
}

const itemXml = onceEach(({ facts, entry, content }) => {
  const names = categoryNames(facts);
  return fill(itemForm(entry.summary !== undefined, content === "full", names.length, entry.authors.length), {
    title: xmlText(entry.title),
    url: xmlText(facts.url),
    id: xmlText(facts.id),
    published: rfc822(facts.published),
    summary: xmlHtml(escapeText(entry.summary ?? "")), // an RSS description is HTML
    html: xmlHtml(entry.html),
    language: xmlText(entry.language),
    ...Object.fromEntries(names.map((name, i) => [`category${i}`, xmlText(name)])),
    ...Object.fromEntries(entry.authors.map(({ name }, i) => [`author${i}`, xmlText(name)])),
  });
});

const itemForm = formsBy((hasSummary: boolean, isFull: boolean, categories: number, authors: number) => {
  const feed = new Feed({ title: "" });
  feed.addItem({
    title: textBlank("title"),
    link: urlBlank("url"),
    guid: textBlank("id"),
    date: EPOCH,
    ...(hasSummary && { description: textBlank("summary") }),
    ...(isFull && { content: textBlank("html") }),
    category: Array.from({ length: categories }, (_, i) => ({ name: textBlank(`category${i}`) })),
    // An RSS author is an e-mail address; a name goes into dc:creator.
    extensions: [
      { name: "dc:language", objects: { _text: textBlank("language") } },
      {
        name: "dc:creator",
        objects: Array.from({ length: authors }, (_, i) => ({ _text: textBlank(`author${i}`) })) as never,
      },
    ],
  });
  return replaceOnce(cutElement(feed.rss2(), "item"), EPOCH.toUTCString(), textBlank("published"));
});

/** RFC 822 with a year of four digits; `GMT`, which every parser reads. */
function rfc822(instant: Instant): string {
  return new Date(instant).toUTCString();
}
